"""A signed note that names somebody stays in until its author says why the words must stay."""

from __future__ import annotations

import uuid

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.audit.tags import Tag
from groupnotes.clients.models import Client
from groupnotes.core.db import db
from tests.support import journey, review
from tests.support.cast import Cast
from tests.support.events import events, last
from tests.support.site import Site, fields_of, one

NAME = "Wilhelmina"
WHY = "She is the client’s own sister, of the same name."


@pytest.fixture
def annies(cast: Cast, site: Site, app: Flask) -> uuid.UUID:
    """Annie's signed note, which names somebody who turned out to be of the group."""
    journey.document(site.sign_in(cast.fiona), cast)
    note = journey.note_of(site, cast, "Annie")
    journey.write(site, note, response=f"Liked what {NAME} wrote.")
    journey.sign(site, note)
    with app.app_context():
        db.session.get_one(Client, cast.ben).first_name = NAME
        db.session.commit()
    return note


def keep(site: Site, note: uuid.UUID, why: str, *, status: int = 303) -> BeautifulSoup:
    page = site.get(f"/notes/{note}/record/names")
    fill = {str(one(page, "input[name^='why ']")["name"]): why}
    return site.submit(page, "#names-form", button="[name=keep]", status=status, fill=fill)


def test_its_author_is_told_where_they_read_it(site: Site, annies: uuid.UUID) -> None:
    page = site.get(f"/notes/{annies}/signed")

    assert "no record of it is given out" in one(page, "#signed .warning").text
    assert f"/notes/{annies}/record/names" in str(page)


def test_a_note_that_names_nobody_says_nothing(cast: Cast, site: Site) -> None:
    note = journey.signed_note(site.sign_in(cast.fiona), cast)

    assert not site.get(f"/notes/{note}/signed").select("#signed .warning")
    assert "Nothing in this note" in site.get(f"/notes/{note}/record/names").text


def test_the_words_are_marked_in_their_text(site: Site, annies: uuid.UUID) -> None:
    page = site.get(f"/notes/{annies}/record/names")

    [text] = page.select("section.card")
    assert "Response to the group" in text.text
    assert one(text, "mark").text == NAME


def test_with_a_reason_the_record_is_given_out_as_it_was_signed(
    app: Flask, cast: Cast, site: Site, annies: uuid.UUID
) -> None:
    review.record(site, annies, status=409)
    since = last(app)

    keep(site, annies, WHY)

    assert WHY in site.follow().text
    review.record(site, annies)
    page = site.get(f"/notes/{annies}/signed")
    assert "Verified" in page.text
    assert not page.select("#signed .warning")
    [told] = [one for one in events(app, after=since) if one.tag == Tag.IDENTIFIER_KEEP]
    assert told.client_id == cast.ana
    assert NAME not in str(told.detail)


def test_without_one_it_is_not(site: Site, annies: uuid.UUID) -> None:
    page = keep(site, annies, "Sister", status=422)

    assert "There is a problem" in page.text
    assert one(page, "input[name^='why ']")["value"] == "Sister"
    review.record(site, annies, status=409)


def test_what_stays_in_one_record_stays_in_no_other(app: Flask, cast: Cast, site: Site) -> None:
    journey.document(site.sign_in(cast.fiona), cast, dynamics=f"They read {NAME}’s letter.")
    anas, bens = (journey.note_of(site, cast, name) for name in ("Annie", "Ben"))
    for note in (anas, bens):
        journey.write(site, note)
        journey.sign(site, note)
    with app.app_context():
        db.session.get_one(Client, cast.cleo).first_name = NAME
        db.session.commit()

    keep(site, anas, WHY)

    review.record(site, anas)
    review.record(site, bens, status=409)


def test_words_that_are_somewhere_else_are_not_kept(site: Site, annies: uuid.UUID) -> None:
    page = site.get(f"/notes/{annies}/record/names")

    moved = "own-response 0 5"
    fields = fields_of(one(page, "#names-form")) | {"keep": moved, f"why {moved}": WHY}
    site.post(f"/notes/{annies}/record/names", fields, status=409)
    review.record(site, annies, status=409)


def test_a_note_in_error_is_not_given_out_for_any_reason(site: Site, annies: uuid.UUID) -> None:
    page = site.get(f"/notes/{annies}/record/names")
    fill = {str(one(page, "input[name^='why ']")["name"]): WHY}
    wrong = site.get(f"/notes/{annies}/entered-in-error")
    site.submit(wrong, "#in-error-form", fill=review.WRONG)

    site.submit(page, "#names-form", button="[name=keep]", status=409, fill=fill)


def test_words_that_stay_may_be_said_again_in_an_addendum(site: Site, annies: uuid.UUID) -> None:
    added = f"/notes/{annies}/entries/new"
    entry = review.ENTRY | {"text": f"{NAME} called."}
    site.submit(site.get(added), "#entry-form", status=422, fill=entry)

    keep(site, annies, WHY)

    site.submit(site.get(added), "#entry-form", fill=entry)
    review.record(site, annies)
