"""The practice's own lists: words that identify nobody, and words that no shared note may hold."""

from __future__ import annotations

from flask import Flask

from tests.support import journey
from tests.support.cast import Cast
from tests.support.site import Site

TO_REVIEW = "The Fulton County court was a theme."


def lists(app: Flask, cast: Cast, **words: str) -> None:
    """Have the administrator fill the lists."""
    adam = Site(app).sign_in(cast.adam)
    adam.submit(adam.get("/practice/edit"), "#practice-form", fill=words)


def marked(site: Site) -> list[str]:
    return [mark.text for mark in site.follow().select("#dynamics-found mark")]


def test_an_allowed_word_is_passed_over(app: Flask, cast: Cast, site: Site) -> None:
    journey.document(site.sign_in(cast.fiona), cast, dynamics=TO_REVIEW)
    assert marked(site) == ["Fulton County"]

    lists(app, cast, allowed_words="Orchard House\r\nFulton County")
    journey.document(site, cast, dynamics=f"{TO_REVIEW} Twice.")

    assert marked(site) == []


def test_a_denied_word_stops_the_notes(app: Flask, cast: Cast, site: Site) -> None:
    lists(app, cast, denied_words="orchard house")

    page = journey.document(
        site.sign_in(cast.fiona), cast, status=422, dynamics="One lives at Orchard House."
    )

    assert "Orchard House" in [mark.text for mark in page.select("#dynamics-found mark")]


def test_a_client_is_found_though_the_name_is_allowed(app: Flask, cast: Cast, site: Site) -> None:
    lists(app, cast, allowed_words="Annie")

    journey.document(site.sign_in(cast.fiona), cast, status=422, dynamics="Annie spoke first.")
