"""A supervisor's evening: what waits, one note returned, one co-signed; with and without script."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from groupnotes.core.db import db
from tests.e2e.product.conftest import sign_in
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.review import COMMENT, ENTRY, add
from tests.support.site import Site

pytestmark = pytest.mark.e2e


@pytest.fixture
def waiting(app: Flask, cast: Cast) -> None:
    """Two notes of Fiona's, who is supervised by Sam, signed by her."""
    with app.app_context():
        factories.change_supervision(co_signs=True)
        db.session.commit()
    fiona = Site(app).sign_in(cast.fiona)
    journey.document(fiona, cast)
    for name in ("Annie", "Ben"):
        note_id = journey.note_of(fiona, cast, name)
        journey.write(fiona, note_id)
        journey.sign(fiona, note_id)


@pytest.mark.usefixtures("waiting")
def test_one_note_is_returned_and_one_co_signed(browser_page: Page, address: str) -> None:
    page = browser_page
    sign_in(page, address, "sam")
    expect(page.get_by_text("2 to review: notes, and what was added to notes.")).to_be_visible()
    page.get_by_role("link", name="Review and co-sign").click()

    page.get_by_role("link", name="Return to its author… the note of Ben").click()
    page.get_by_role("button", name="Return the note").click()
    expect(page.get_by_role("alert")).to_contain_text("Write what the author should change.")
    page.get_by_label("What should change").fill("Say what the homework was.")
    page.get_by_role("button", name="Return the note").click()
    expect(page.get_by_text("The note is returned to its author.")).to_be_visible()

    # By the keyboard alone from here on.
    box = page.get_by_role("checkbox", name="I have reviewed this note of Ana")
    box.focus()
    page.keyboard.press("Space")
    page.get_by_label("Your password").focus()
    page.keyboard.type(factories.PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_text("Nothing waits for your review.")).to_be_visible()


@pytest.mark.usefixtures("waiting")
def test_a_wrong_password_keeps_what_was_ticked(browser_page: Page, address: str) -> None:
    page = browser_page
    sign_in(page, address, "sam")
    page.goto(f"{address}/cosign")
    page.get_by_role("checkbox", name="I have reviewed this note of Ana").check()
    page.get_by_label("Your password").fill("not the one")

    page.get_by_role("button", name="Co-sign the reviewed notes").click()

    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(page.get_by_role("checkbox", name="I have reviewed this note of Ana")).to_be_checked()


@pytest.fixture
def added(app: Flask, cast: Cast) -> None:
    """Ana's locked note, to which Fiona added something that waits for Sam."""
    fiona = Site(app).sign_in(cast.fiona)
    note_id = journey.signed_note(fiona, cast)
    with app.app_context():
        factories.change_supervision(co_signs=True)
        db.session.commit()
    add(fiona, note_id)


@pytest.mark.usefixtures("added")
def test_what_was_added_is_returned_and_written_again(browser_page: Page, address: str) -> None:
    page = browser_page
    sign_in(page, address, "sam")
    page.goto(f"{address}/cosign")
    page.get_by_role("link", name="Return to its author… the addendum of Ana").click()
    page.get_by_label("What should change").fill(COMMENT)
    page.get_by_role("button", name="Return the entry").click()
    expect(page.get_by_text("The entry is returned to its author.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    sign_in(page, address, "fiona")
    page.get_by_role("region", name="Returned entries").get_by_role("link").click()
    expect(page.get_by_text(COMMENT)).to_be_visible()
    page.get_by_role("link", name="Write it again… Addendum").click()
    expect(page.get_by_text(COMMENT)).to_be_visible()
    expect(page.get_by_label("What is added")).to_have_value(ENTRY["text"])
    page.get_by_label("What is added").fill("It helped at once.")
    page.get_by_label("Your password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign and add").click()

    expect(page.get_by_text("Addendum signed.")).to_be_visible()
    expect(page.get_by_text("It helped at once.")).to_be_visible()
