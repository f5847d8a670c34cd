"""Text is saved while it is written, and the page says so only when it is true."""

from __future__ import annotations

import re
import threading

import pytest
from flask import Response, make_response, request
from playwright.sync_api import Dialog, Locator, Page, expect

from tests.e2e.showcase.conftest import Showcase
from tests.support.showcase import Answer, keep, refused

pytestmark = pytest.mark.e2e

DRAFT = "**/note/draft"


def box(page: Page) -> Locator:
    return page.get_by_label("Response")


def status(page: Page) -> Locator:
    return page.locator("#draft-status")


class TestWriting:
    def test_it_is_saved_after_a_pause_without_disturbing_the_writer(
        self, note: Page, showcase: Showcase, complaints: list[str]
    ) -> None:
        box(note).press_sequentially("Named two triggers", delay=5)
        expect(status(note)).to_have_text("Saving…")
        expect(status(note)).to_have_text("Saved 15:58")
        note.keyboard.type(" and a plan.")
        expect(note.locator("#tally")).to_have_text("2 saves")

        expect(box(note)).to_be_focused()
        expect(box(note)).to_have_value("Named two triggers and a plan.")
        expect(status(note)).to_have_text("Saved 15:58")
        assert showcase.state.text == "Named two triggers and a plan."
        assert [save["edit"] for save in showcase.state.saves] == ["1", "2"]
        assert complaints == []

    def test_what_is_typed_while_a_save_is_under_way_is_saved_next(
        self, note: Page, showcase: Showcase
    ) -> None:
        arrived, answer = threading.Event(), threading.Event()

        def slow() -> Response:
            arrived.set()
            answer.wait(10)
            return keep()

        showcase.state.draft = [slow]
        box(note).fill("First")
        assert arrived.wait(5)
        box(note).press_sequentially(" second")
        answer.set()

        expect(status(note)).to_have_text("Saved 15:58")
        expect(note.locator("#tally")).to_have_text("2 saves")
        expect(box(note)).to_have_value("First second")
        assert [save["text"] for save in showcase.state.saves] == ["First", "First second"]

    def test_what_is_typed_and_taken_back_leaves_it_saved(
        self, note: Page, showcase: Showcase
    ) -> None:
        note.clock.install()
        box(note).fill("Named two triggers")
        note.clock.run_for(700)
        expect(status(note)).to_have_text("Saved 15:58")

        box(note).press("x")
        expect(status(note)).to_have_text("Saving…")
        box(note).press("Backspace")
        note.clock.run_for(700)

        expect(box(note)).to_have_value("Named two triggers")
        expect(status(note)).to_have_text("Saved 15:58")
        assert len(showcase.state.saves) == 1

    def test_a_choice_is_saved_at_once(self, note: Page, showcase: Showcase) -> None:
        note.get_by_role("radio", name="High").check()
        expect(status(note)).to_have_text("Saved 15:58")
        assert showcase.state.saves[0]["level"] == "high"

    def test_it_is_saved_when_the_page_goes_out_of_sight(
        self, note: Page, showcase: Showcase
    ) -> None:
        note.clock.install()
        box(note).press_sequentially("Half a sent")
        note.evaluate(
            """() => {
                Object.defineProperty(document, "visibilityState", {value: "hidden"});
                document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )
        expect(status(note)).to_have_text("Saved 15:58")
        assert showcase.state.text == "Half a sent"

    def test_the_save_is_announced_once(self, note: Page) -> None:
        box(note).fill("Text")
        expect(note.locator("#announcer")).to_have_text("Saved 15:58")

    @pytest.mark.browser_context_args(java_script_enabled=False)
    def test_without_script_there_is_a_button(self, note: Page, showcase: Showcase) -> None:
        box(note).fill("Typed")
        note.get_by_role("button", name="Save draft").click()
        expect(box(note)).to_have_value("Typed")
        assert showcase.state.text == "Typed"


class TestALostConnection:
    def test_it_never_says_saved_and_tries_again(self, note: Page, showcase: Showcase) -> None:
        note.clock.install()
        note.route(DRAFT, lambda route: route.abort())
        box(note).fill("Not lost")
        note.clock.run_for(700)
        expect(status(note)).to_have_text("Not saved: the server did not answer. Retrying.")
        note.clock.run_for(1100)
        note.clock.run_for(2100)
        expect(status(note)).to_have_text("Not saved: the server did not answer. Retrying.")

        note.unroute(DRAFT)
        note.clock.run_for(4100)
        expect(status(note)).to_have_text("Saved 15:58")
        assert showcase.state.text == "Not lost"

    def test_a_lost_answer_is_asked_for_again_with_the_same_edit(
        self, note: Page, showcase: Showcase
    ) -> None:
        sent: list[str] = []

        def answer_is_lost() -> Response:
            sent.append(f"{request.form['edit']} {request.form['version']} {request.form['text']}")
            return make_response("", 502)

        showcase.state.draft = [answer_is_lost]
        box(note).fill("First")
        expect(status(note)).to_have_text(re.compile("Not saved"))
        box(note).press_sequentially(" second")
        expect(status(note)).to_have_text("Saved 15:58")

        assert sent == ["1 3 First"]
        assert [(s["edit"], s["version"], s["text"]) for s in showcase.state.saves] == [
            ("1", "3", "First"),
            ("2", "4", "First second"),
        ]

    @pytest.mark.parametrize(
        "answer",
        [
            lambda: make_response("<h1>Welcome to the hotel</h1>"),
            lambda: make_response('<p id="draft-status" data-edit="7">Saved 15:58</p>'),
            refused(500, "Something went wrong."),
            refused(507, "The disk is full."),
        ],
        ids=["another page", "another edit", "crash", "full disk"],
    )
    def test_only_the_servers_word_for_this_edit_counts(
        self, note: Page, showcase: Showcase, answer: Answer
    ) -> None:
        showcase.state.draft = [answer]
        box(note).fill("Text")
        expect(status(note)).to_have_text(re.compile("Not saved"))
        expect(status(note)).to_have_text("Saved 15:58")
        assert len(showcase.state.saves) == 1

    def test_the_browser_warns_before_unsaved_text_is_left_and_only_then(self, note: Page) -> None:
        asked: list[str] = []

        def stay(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.dismiss()

        note.on("dialog", stay)
        note.route(DRAFT, lambda route: route.abort())
        box(note).fill("Unsaved")
        expect(status(note)).to_have_text(re.compile("Not saved"))
        note.evaluate("location.reload()")
        expect(box(note)).to_have_value("Unsaved")
        assert asked == ["beforeunload"]

        note.unroute(DRAFT)
        expect(status(note)).to_have_text("Saved 15:58")
        note.reload()
        assert asked == ["beforeunload"]


class TestARefusal:
    @pytest.mark.parametrize("code", [403, 409, 422])
    def test_it_is_told_and_not_repeated(self, note: Page, showcase: Showcase, code: int) -> None:
        note.clock.install()
        showcase.state.draft = [refused(code, "Not this time.")]
        box(note).fill("Text")
        note.clock.run_for(700)
        expect(status(note)).to_have_text("Not saved: see the message.")
        expect(note.locator("#messages")).to_contain_text("Not this time.")
        note.clock.run_for(60_000)
        expect(box(note)).to_have_value("Text")
        assert showcase.state.saves == []

    def test_what_is_typed_and_taken_back_is_still_refused(
        self, note: Page, showcase: Showcase
    ) -> None:
        note.clock.install()
        showcase.state.draft = [refused(422, "Too long.")]
        box(note).fill("Text")
        note.clock.run_for(700)
        expect(status(note)).to_have_text("Not saved: see the message.")

        box(note).press("x")
        expect(status(note)).to_have_text("Saving…")
        box(note).press("Backspace")
        note.clock.run_for(700)

        expect(status(note)).to_have_text("Not saved: see the message.")
        assert showcase.state.saves == []

    def test_the_next_change_is_tried(self, note: Page, showcase: Showcase) -> None:
        showcase.state.draft = [refused(422, "Too long.")]
        box(note).fill("Text")
        expect(status(note)).to_have_text("Not saved: see the message.")
        box(note).fill("Txt")
        expect(status(note)).to_have_text("Saved 15:58")
        assert showcase.state.text == "Txt"


class TestOtherActions:
    def test_signing_waits_for_the_text_and_signs_the_version_that_holds_it(
        self, note: Page, showcase: Showcase
    ) -> None:
        box(note).press_sequentially("The last words")
        note.get_by_role("button", name="Sign now").click()
        expect(note.locator("#messages")).to_contain_text("Note signed.")
        assert showcase.state.text == "The last words"

    def test_nothing_is_signed_while_the_text_is_not_saved(
        self, note: Page, showcase: Showcase
    ) -> None:
        note.route(DRAFT, lambda route: route.abort())
        box(note).fill("Not there yet")
        note.get_by_role("button", name="Sign now").click()
        expect(status(note)).to_have_text(re.compile("Not saved"))
        expect(note.locator("#announcer")).to_have_text(re.compile("Not"))
        expect(note.locator("#messages .message")).to_have_count(0)
        assert showcase.state.version == 3

    def test_a_link_is_followed_after_the_save(self, note: Page, showcase: Showcase) -> None:
        box(note).press_sequentially("Before leaving")
        note.locator("#elsewhere").click()
        note.wait_for_url("**/parts")
        assert showcase.state.text == "Before leaving"

    def test_sign_out_saves_first(self, note: Page, showcase: Showcase) -> None:
        box(note).press_sequentially("Before signing out")
        note.get_by_role("button", name="Sign out").click()
        note.wait_for_url("**/sign-in")
        assert showcase.state.text == "Before signing out"

    def test_saving_by_button_goes_on_after_a_failure(self, note: Page, showcase: Showcase) -> None:
        showcase.state.draft = [refused(500, "Crashed.")]
        showcase.state.send = [refused(500, "Crashed.")]
        box(note).fill("Text")
        note.get_by_role("button", name="Save draft").click()
        expect(note.locator("#messages")).to_contain_text("Crashed.")
        expect(status(note)).to_have_text("Saved 15:58")
        assert showcase.state.text == "Text"


class TestASignInThatEnded:
    def test_the_text_waits_until_its_writer_has_signed_in_again(
        self, note: Page, showcase: Showcase
    ) -> None:
        showcase.state.viewer = None
        box(note).fill("Written by Rosa")
        expect(status(note)).to_have_text(re.compile("Not saved: you have been signed out"))

        with note.expect_popup() as opened:
            note.get_by_role("link", name="Sign in again in a new tab").click()
        tab = opened.value
        tab.get_by_label("Email").fill("rosa@example.org")
        tab.get_by_role("button", name="Sign in").click()
        tab.wait_for_url(f"{showcase.url}/")
        expect(box(note)).to_have_value("Written by Rosa")

        note.bring_to_front()
        note.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(status(note)).to_have_text("Saved 15:58")
        expect(note.locator("#messages")).to_contain_text("You are signed in again.")
        assert showcase.state.text == "Written by Rosa"
        expect(note.locator("form#draft input[name=csrf_token]")).to_have_value("second-token")

    def test_an_ordinary_form_keeps_its_text_and_works_afterwards(
        self, page: Page, showcase: Showcase
    ) -> None:
        page.goto(f"{showcase.url}/form")
        page.get_by_label("About").fill("Written by Rosa")
        viewer, showcase.state.viewer = showcase.state.viewer, None
        page.get_by_role("button", name="Add client").click()
        expect(page.locator("#messages")).to_contain_text("You have been signed out.")
        expect(page.get_by_label("About")).to_have_value("Written by Rosa")

        showcase.state.viewer, showcase.state.token = viewer, "second-token"
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(page.locator("#messages")).to_contain_text("You are signed in again.")
        page.get_by_role("button", name="Add client").click()
        expect(page.get_by_role("alert")).to_contain_text("Enter the legal name.")
        expect(page.get_by_label("About")).to_have_value("Written by Rosa")

    def test_another_person_who_signs_in_sees_nothing_of_it(
        self, note: Page, showcase: Showcase
    ) -> None:
        showcase.state.viewer = None
        box(note).fill("Written by Rosa")
        expect(status(note)).to_have_text(re.compile("Not saved"))

        showcase.state.viewer, showcase.state.token = "somebody-else", "third-token"
        note.evaluate("window.dispatchEvent(new Event('focus'))")
        note.wait_for_url(f"{showcase.url}/")
        expect(note.get_by_text("Written by Rosa")).to_have_count(0)
        assert showcase.state.saves == []

    def test_a_token_of_an_earlier_sign_in_is_renewed(self, note: Page, showcase: Showcase) -> None:
        showcase.state.token = "newer-token"
        box(note).fill("Text")
        expect(status(note)).to_have_text("Saved 15:58")
        assert showcase.state.text == "Text"
