"""After signing out, the Back button shows nothing of a client."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.support import journey
from tests.support.cast import Cast
from tests.support.site import Site

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Keep left pages in memory as an ordinary browser does; Playwright switches that off."""
    return {
        **browser_type_launch_args,
        "ignore_default_args": ["--disable-back-forward-cache"],
    }


def test_back_shows_nothing(
    fiona: Page, app: Flask, cast: Cast, address: str, nothing_stored: None
) -> None:
    site = Site(app).sign_in(cast.fiona)
    journey.document(site, cast)
    fiona.goto(f"{address}/notes/{journey.note_of(site, cast, 'Ben')}")
    expect(fiona.get_by_role("heading", name="Ben Brandt")).to_be_visible()
    fiona.get_by_role("button", name="Sign out").click()
    fiona.wait_for_url("**/sign-in")

    fiona.go_back()

    expect(fiona.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(fiona.get_by_text("Ben Brandt")).to_have_count(0)
