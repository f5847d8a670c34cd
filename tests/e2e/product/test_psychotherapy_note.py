"""A psychotherapy note is written, found again and destroyed, with and without script."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.e2e.product.conftest import sign_in
from tests.support import journey
from tests.support.cast import Cast
from tests.support.site import Site

pytestmark = pytest.mark.e2e

TEXT = "Dreamt of the orchard."
QUOTE = "She said: “" + "I had nobody to call, and I sat in the car. " * 8 + "”"


def begin(page: Page) -> None:
    page.get_by_role("link", name="Your psychotherapy notes").click()
    page.get_by_role("link", name="Begin a note").click()
    page.get_by_label("Kind").select_option("Psychotherapy note")
    page.get_by_role("button", name="Begin writing").click()
    expect(page.get_by_role("heading", name="Psychotherapy note", level=1)).to_be_visible()


def destroy(page: Page) -> None:
    page.get_by_role("link", name="Destroy this note").click()
    page.get_by_role("button", name="Destroy the note").click()
    expect(page.get_by_text("The note is destroyed.")).to_be_visible()
    expect(page.get_by_text("You have written none about this client.")).to_be_visible()


@pytest.mark.usefixtures("nothing_stored")
def test_what_is_typed_is_kept_by_a_pause(fiona: Page, cast: Cast, address: str) -> None:
    fiona.goto(f"{address}/clients/{cast.ana}")
    begin(fiona)

    fiona.get_by_label("Text").press_sequentially(TEXT)
    expect(fiona.locator(".save-status")).to_have_text(re.compile(r"^Saved \d"))

    fiona.reload()
    expect(fiona.get_by_label("Text")).to_have_value(TEXT)
    fiona.get_by_label("Text").fill(f"{TEXT} More.")
    fiona.get_by_role("button", name="Save note").click()
    expect(fiona.get_by_text("Note saved.")).to_be_visible()
    destroy(fiona)


def test_it_works_without_script(browser: Browser, cast: Cast, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, address)
    page.goto(f"{address}/clients/{cast.ana}")
    begin(page)

    page.get_by_label("Text").fill(TEXT)
    page.get_by_role("button", name="Save note").click()

    expect(page.get_by_text("Note saved.")).to_be_visible()
    expect(page.get_by_label("Text")).to_have_value(TEXT)
    destroy(page)
    context.close()


def test_a_hint_comes_under_the_field_and_goes_with_what_it_is_about(
    fiona: Page, app: Flask, cast: Cast, address: str
) -> None:
    site = Site(app).sign_in(cast.fiona)
    journey.document(site, cast)
    fiona.goto(f"{address}/notes/{journey.note_of(site, cast, 'Ben')}")
    response = fiona.get_by_label("Response to the group")
    hint = fiona.locator("#main").get_by_text("This quotes the client at length.")

    response.fill(QUOTE)
    expect(hint).to_be_visible()
    assert Axe().run(fiona).response["violations"] == []
    response.fill("Spoke of a bad night.")
    expect(hint).to_be_hidden()

    response.fill(QUOTE)
    expect(hint).to_have_count(1)
    fiona.get_by_role("link", name="Begin one").click()
    expect(fiona.get_by_role("heading", name="Begin a psychotherapy note")).to_be_visible()
