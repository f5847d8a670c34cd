"""Every page: no violation that axe finds, no sideways scrolling on a narrow phone."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, ViewportSize

from groupnotes.core.db import db
from groupnotes.groups.models import Group
from tests.e2e.product.conftest import sign_in
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.site import Site

pytestmark = pytest.mark.e2e

PHONE = ViewportSize(width=320, height=640)
DESK = ViewportSize(width=1440, height=900)


def pages(app: Flask, cast: Cast) -> dict[str, list[str]]:
    """Return the addresses of every page by who opens it, with a draft and a signed note there."""
    site = Site(app).sign_in(cast.fiona)
    fresh = f"/sessions/{_second_session(app, cast)}"
    signed = journey.signed_note(site, cast)
    draft = journey.note_of(site, cast, "Ben")
    journey.write(site, draft)
    return {
        "fiona": [
            "/",
            fresh,
            f"/sessions/{cast.session}",
            f"/sessions/{cast.session}/sign",
            f"/notes/{draft}",
            f"/notes/{draft}/sign",
            f"/notes/{signed}/signed",
            "/nowhere",
        ],
    }


def _second_session(app: Flask, cast: Cast) -> uuid.UUID:
    with app.app_context():
        group = db.session.get_one(Group, cast.group)
        starts = dt.datetime(2026, 3, 10, 21, tzinfo=dt.UTC)
        session = factories.session(
            group,
            held_on=starts.date(),
            starts_at=starts,
            ends_at=starts + dt.timedelta(minutes=90),
        )
        db.session.commit()
        return session.id


def check(page: Page, where: str) -> list[str]:
    """Return what is wrong with the page that is open."""
    found = [
        f"{where}: {violation['id']}: {[node['target'] for node in violation['nodes']][:3]}"
        for violation in Axe().run(page).response["violations"]
    ]
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > page.viewport_size["width"]:  # type: ignore[index]
        found.append(f"{where}: scrolls sideways, {width} px")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(
    page: Page, app: Flask, cast: Cast, address: str, complaints: list[str], scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{address}/sign-in")
    found = check(page, "/sign-in")
    for who, urls in pages(app, cast).items():
        page.context.clear_cookies()
        sign_in(page, address, who)
        for url in urls:
            for size in (DESK, PHONE):
                page.set_viewport_size(size)
                page.goto(address + url)
                found += check(page, f"{who} {url} at {size['width']}")

    assert found == []
