"""What waits for a supervisor, and what was said about it, is shown to whom it concerns."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from flask import Flask

from groupnotes.core import clock
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from groupnotes.notes.states import NoteStatus
from groupnotes.web.words import calendar_day
from tests.support import emergency, factories, journey
from tests.support.cast import Cast
from tests.support.factories import PASSWORD
from tests.support.review import COMMENT, add, co_sign, return_entry, return_note, status_of
from tests.support.site import Site, one

ENTRY = {"kind": "addendum", "reason": "She called.", "text": "It helped.", "password": PASSWORD}


@pytest.fixture
def returned(cast: Cast, site: Site, sam: Site, supervised: None) -> uuid.UUID:
    """Ana's note, which Sam returned to Fiona."""
    note_id = journey.signed_note(site.sign_in(cast.fiona), cast)
    return_note(sam, note_id)
    return note_id


def test_an_emergency_shows_the_draft_and_no_comment(
    app: Flask, cast: Cast, site: Site, returned: uuid.UUID
) -> None:
    olga = Site(app).sign_in(cast.olga)
    emergency.begin(olga)

    page = olga.get(f"/notes/{returned}")

    assert "Named two situations" in page.text
    assert COMMENT not in page.text
    assert COMMENT in site.get(f"/notes/{returned}").text


def test_a_supervisor_who_does_not_sign_beside_them_has_nothing_to_sign(
    app: Flask, cast: Cast, site: Site, sam: Site, supervised: None
) -> None:
    note_id = journey.signed_note(site.sign_in(cast.fiona), cast)
    queue = sam.get("/cosign")
    with app.app_context():
        factories.change_supervision(co_signs=False)
        sue = factories.user("Sue Sand", Role.SUPERVISOR).id
        factories.supervise(sue, cast.fiona)
        db.session.commit()

    boxes = [str(box["value"]) for box in queue.select("[name=notes]")]
    fill = {"notes": boxes, "password": PASSWORD}
    sam.submit(queue, "#co-sign-form", status=409, fill=fill)

    assert status_of(app, note_id) is NoteStatus.AWAITING_REVIEW
    assert sam.get("/cosign").select("[name=notes]") == []
    sam.get(f"/notes/{note_id}/return", status=409)
    co_sign(Site(app).sign_in(sue))
    assert status_of(app, note_id) is NoteStatus.SIGNED


def test_the_records_role_is_not_shown_an_entry_that_waits(
    app: Flask, cast: Cast, site: Site, sam: Site, supervised: None
) -> None:
    note_id = journey.signed_note(site.sign_in(cast.fiona), cast)
    co_sign(sam)
    page = site.get(f"/notes/{note_id}/entries/new")
    site.submit(page, "#entry-form", status=303, fill=ENTRY)
    rita = Site(app).sign_in(cast.rita)
    assert ENTRY["text"] not in rita.get(f"/notes/{note_id}/signed").text
    assert ENTRY["text"] in site.get(f"/notes/{note_id}/signed").text

    co_sign(sam)

    assert ENTRY["text"] in rita.get(f"/notes/{note_id}/signed").text


def test_the_administrator_learns_of_what_nobody_can_review(
    app: Flask, cast: Cast, site: Site, supervised: None
) -> None:
    journey.signed_note(site.sign_in(cast.fiona), cast)
    adam = Site(app).sign_in(cast.adam)
    assert adam.get("/").select("[aria-labelledby=stuck-title]") == []
    with app.app_context():
        factories.close_account(cast.sam)
        db.session.commit()

    told = one(adam.get("/"), "[aria-labelledby=stuck-title]")

    assert "Fiona Field, LCSW: 1 note and 0 entries" in " ".join(told.text.split())
    assert one(told, "a")["href"] == f"/staff/{cast.fiona}"


def test_an_entry_that_nobody_can_review_is_counted(
    app: Flask, cast: Cast, site: Site, sam: Site, locked: uuid.UUID
) -> None:
    for _ in range(2):
        add(site, locked)
    return_entry(sam, locked)
    adam = Site(app).sign_in(cast.adam)
    with app.app_context():
        factories.close_account(cast.sam)
        db.session.commit()

    told = one(adam.get("/"), "[aria-labelledby=stuck-title]")

    assert "Fiona Field, LCSW: 0 notes and 1 entry" in " ".join(told.text.split())


@pytest.mark.parametrize(
    ("days", "is_told"), [(None, False), (0, True), (14, True), (15, False)], ids=str
)
def test_the_administrator_is_told_before_a_supervision_ends(
    app: Flask, cast: Cast, site: Site, locked: uuid.UUID, days: int | None, is_told: bool
) -> None:
    add(site, locked)
    last = None if days is None else clock.today(factories.ZONE.key) + dt.timedelta(days=days)
    with app.app_context():
        factories.change_supervision(ended_on=last)
        db.session.commit()

    page = Site(app).sign_in(cast.adam).get("/")

    told = " ".join(page.text.split())
    assert ("Supervision that ends soon" in told) is is_told
    if last is not None and is_told:
        until = f"until {calendar_day(last)}; 0 notes and 1 entry await a co-signature now"
        assert f"Fiona Field, LCSW: {until}" in told


def test_nobody_is_told_where_another_follows(app: Flask, cast: Cast, locked: uuid.UUID) -> None:
    today = clock.today(factories.ZONE.key)
    with app.app_context():
        factories.change_supervision(ended_on=today)
        sue = factories.user("Sue Sand", Role.SUPERVISOR).id
        factories.supervise(sue, cast.fiona, started_on=today)
        db.session.commit()

    page = Site(app).sign_in(cast.adam).get("/")

    assert page.select("[aria-labelledby=ending-title]") == []
