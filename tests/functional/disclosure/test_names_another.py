"""A record that names another client of the group is not given out, whenever that came to light."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask

from groupnotes.audit.tags import Outcome, Tag
from groupnotes.clients.models import Client
from groupnotes.core.db import db
from tests.support import factories, journey, review
from tests.support.cast import Cast
from tests.support.events import events, last
from tests.support.site import Site, one

NAME = "Wilhelmina"


@pytest.fixture
def annies(cast: Cast, site: Site) -> uuid.UUID:
    """Annie's signed note, whose text names somebody whom nobody knew then."""
    journey.document(site.sign_in(cast.fiona), cast)
    note = journey.note_of(site, cast, "Annie")
    journey.write(site, note, response=f"Liked what {NAME} wrote.")
    journey.sign(site, note)
    return note


def rename(app: Flask, client_id: uuid.UUID) -> None:
    with app.app_context():
        db.session.get_one(Client, client_id).first_name = NAME
        db.session.commit()


def test_it_is_stopped_and_the_log_tells(
    app: Flask, cast: Cast, site: Site, annies: uuid.UUID
) -> None:
    review.record(site, annies)
    rename(app, cast.ben)
    since = last(app)

    answer = review.record(site, annies, status=409)

    assert b"names another client" in answer
    assert NAME.encode() not in answer
    refused = [one for one in events(app, after=since) if one.outcome == Outcome.REFUSED]
    assert [(one.tag, one.detail) for one in refused] == [
        (Tag.RECORD_PRINT, "names another client")
    ]


def test_who_is_of_no_group_of_theirs_stops_nothing(
    app: Flask, cast: Cast, site: Site, annies: uuid.UUID
) -> None:
    rename(app, cast.zoe)

    review.record(site, annies)


def test_who_joins_later_stops_nothing(
    app: Flask, cast: Cast, site: Site, annies: uuid.UUID
) -> None:
    page = site.get(f"/groups/{cast.group}/enrolments/new")
    site.submit(page, "#enrolment-form", mrn="MRN-9", started_on="2030-01-01")
    rename(app, cast.zoe)

    review.record(site, annies)


def test_an_entry_is_looked_at_too(app: Flask, cast: Cast, site: Site) -> None:
    note = journey.signed_note(site.sign_in(cast.fiona), cast)
    page = site.get(f"/notes/{note}/entries/new")
    entry = {"kind": "addendum", "reason": "Known since", "text": f"{NAME} wrote it."}
    site.submit(page, "#entry-form", fill=entry | {"password": factories.PASSWORD})
    assert one(site.follow(), "main")
    rename(app, cast.ben)

    review.record(site, note, status=409)
