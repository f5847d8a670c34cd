"""A practice may ask for the password for each note, and not once for those reviewed together."""

from __future__ import annotations

import uuid

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.support import journey
from tests.support.cast import Cast
from tests.support.factories import PASSWORD
from tests.support.rows import at_rest
from tests.support.site import Site


@pytest.fixture
def together(cast: Cast, site: Site) -> BeautifulSoup:
    """The review of two notes, shown before the practice changed its mind."""
    journey.document(site.sign_in(cast.fiona), cast)
    for name in ("Annie", "Ben"):
        journey.write(site, journey.note_of(site, cast, name))
    page = site.get(f"/sessions/{cast.session}/sign")
    adam = Site(site.app).sign_in(cast.adam)
    adam.submit(adam.get("/practice/edit"), "#practice-form", fill={"sign_each": "y"})
    return page


def test_each_note_is_signed_on_its_own_page(
    app: Flask, cast: Cast, site: Site, together: BeautifulSoup
) -> None:
    page = site.get(f"/sessions/{cast.session}/sign")
    assert page.select("[name=notes], [name=password]") == []
    links = [str(link["href"]) for link in page.select("a[href$='/sign']")]
    assert len(links) == 2

    for link in links:
        journey.sign(site, uuid.UUID(link.split("/")[2]))

    assert len(at_rest(app)["signatures"]) == 2


def test_two_at_once_are_refused(app: Flask, site: Site, together: BeautifulSoup) -> None:
    boxes = [str(box["value"]) for box in together.select("[name=notes]")]
    fill = {"notes": boxes, "password": PASSWORD}

    page = site.submit(together, "#sign-form", status=422, fill=fill)

    assert "Sign one at a time." in page.text
    assert at_rest(app)["signatures"] == []
