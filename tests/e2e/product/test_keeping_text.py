"""What is typed is kept, or the page says that it is not."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.support import journey
from tests.support.cast import Cast
from tests.support.site import Site

pytestmark = pytest.mark.e2e

TYPED = "Stayed until the end and asked for the handout."


@pytest.fixture
def note(fiona: Page, app: Flask, cast: Cast, address: str) -> Page:
    """Ben's draft, open in the browser."""
    site = Site(app).sign_in(cast.fiona)
    journey.document(site, cast)
    fiona.goto(f"{address}/notes/{journey.note_of(site, cast, 'Ben')}")
    return fiona


def saved(page: Page) -> None:
    expect(page.locator(".save-status")).to_have_text(re.compile(r"^Saved \d"))


class TestAutosave:
    def test_a_pause_in_typing_saves(self, note: Page) -> None:
        response = note.get_by_label("Response to the group")
        response.press_sequentially(TYPED)
        saved(note)

        expect(response).to_be_focused()
        note.reload()
        expect(note.get_by_label("Response to the group")).to_have_value(TYPED)

    def test_what_is_missing_shrinks_while_one_types(self, note: Page) -> None:
        expect(note.get_by_text("Add what this client said or did.")).to_be_visible()

        note.get_by_label("Response to the group").fill(TYPED)

        expect(note.get_by_text("Add what this client said or did.")).to_be_hidden()

    def test_another_clients_name_is_not_saved_and_not_lost(self, note: Page) -> None:
        response = note.get_by_label("Response to the group")
        response.fill("Leaned on Cleo.")

        expect(note.get_by_text("must not name another client")).to_be_visible()
        expect(note.locator(".save-status")).not_to_have_text(re.compile("^Saved"))
        expect(response).to_have_value("Leaned on Cleo.")

    def test_a_refused_text_is_still_sent_by_one_click(self, note: Page) -> None:
        note.get_by_label("Response to the group").fill("Leaned on Cleo.")
        expect(note.get_by_text("must not name another client")).to_be_visible()

        note.get_by_role("button", name="Save").click()

        expect(note.get_by_role("button", name="Replace with")).to_be_visible()

    def test_a_lost_connection_never_says_saved(self, note: Page, complaints: list[str]) -> None:
        note.context.set_offline(offline=True)
        note.get_by_label("Response to the group").fill(TYPED)
        expect(note.locator(".save-status")).to_have_text(re.compile("Not saved"))

        note.context.set_offline(offline=False)
        saved(note)
        note.reload()
        expect(note.get_by_label("Response to the group")).to_have_value(TYPED)
        complaints[:] = [text for text in complaints if "ERR_INTERNET_DISCONNECTED" not in text]


class TestAnEndedSignIn:
    def test_the_way_back_stays_under_the_pointer(self, note: Page) -> None:
        """Pressing the button leaves the field, which saves again and is refused again."""
        note.context.clear_cookies()
        note.get_by_label("Response to the group").fill(TYPED)
        note.get_by_role("link", name="Sign in again in a new tab").first.hover()

        with note.expect_response("**/draft"):
            note.mouse.down()
        expect(note.locator(".save-status")).to_have_text(re.compile("^Not saved"))
        with note.context.expect_page() as opened:
            note.mouse.up()

        expect(opened.value.get_by_label("Sign-in name")).to_be_visible()

    def test_the_text_stays_and_is_saved_after_signing_in_again(
        self, note: Page, app: Flask, cast: Cast, address: str
    ) -> None:
        note.context.clear_cookies()
        note.get_by_label("Response to the group").fill(TYPED)
        expect(note.get_by_text("You have been signed out.").first).to_be_visible()
        expect(note.get_by_label("Response to the group")).to_have_value(TYPED)

        with note.context.expect_page() as opened:
            note.get_by_role("link", name="Sign in again in a new tab").first.click()
        other = opened.value
        other.get_by_label("Sign-in name").fill("fiona@example.org")
        other.get_by_label("Password").fill("correct horse battery staple")
        other.get_by_role("button", name="Sign in").click()
        other.wait_for_url(f"{address}/")
        other.close()
        note.bring_to_front()
        note.evaluate("window.dispatchEvent(new Event('focus'))")

        saved(note)


def test_a_closed_browser_keeps_what_was_typed_about_a_session(
    fiona: Page, cast: Cast, address: str
) -> None:
    fiona.goto(f"{address}/sessions/{cast.session}")
    fiona.get_by_label("Group dynamics").fill("Lively.")
    fiona.get_by_role("group", name="Attendance, Ben Brandt").get_by_label("Late").check()
    saved(fiona)

    fiona.goto(f"{address}/sessions/{cast.session}")

    expect(fiona.get_by_label("Group dynamics")).to_have_value("Lively.")
    expect(
        fiona.get_by_role("group", name="Attendance, Ben Brandt").get_by_label("Late")
    ).to_be_checked()
    fiona.get_by_role("button", name="Discard it").click()
    expect(fiona.get_by_label("Group dynamics")).to_have_value("")


def test_a_note_is_saved_from_the_sessions_page(note: Page, cast: Cast, address: str) -> None:
    note.goto(f"{address}/sessions/{cast.session}")
    card = note.get_by_role("listitem").filter(has=note.get_by_role("link", name="Annie Alvarez"))
    card.get_by_label("Response to the group").fill("Leaned on Ben.")
    card.get_by_role("button", name="Save").click()
    expect(note.get_by_role("alert")).to_contain_text("must not name another client")
    expect(card.get_by_label("Response to the group")).to_have_value("Leaned on Ben.")

    card.get_by_role("button", name="Replace with").click()
    card.get_by_role("button", name="Save").click()

    expect(note.get_by_text("Draft saved.")).to_be_visible()
    expect(note.get_by_role("heading", name="Coping skills")).to_be_visible()
    note.goto(f"{address}/sessions/{cast.session}")
    expect(card.get_by_label("Response to the group")).to_have_value("Leaned on another member.")
