"""Somebody turns out to have been absent: what was written of them is kept, and comes back."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.core.db import db
from groupnotes.notes.models import IndividualNote, NoteDiagnosis, ProgressRating
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.rows import at_rest
from tests.support.site import Site, both, fields_of, one

WORDS: dict[str, Any] = {
    "response": "Said “I’ll try”.\n\n  • twice \N{SMILING FACE WITH SMILING EYES}",
    "group_response": "שלום e\N{COMBINING ACUTE ACCENT}",
    "risk_level": "present",
    "risk_action": "Safety plan\treviewed.",
    "plan": "<b>Call</b> & ask; 50 % is \\ enough.",
}
SENTENCE = "set aside: the client is marked absent"


@pytest.fixture
def bens(cast: Cast, site: Site) -> uuid.UUID:
    """Ben's note, written in full."""
    journey.document(site.sign_in(cast.fiona), cast)
    note_id = journey.note_of(site, cast, "Ben")
    journey.write(site, note_id, **WORDS)
    return note_id


def written(app: Flask, note_id: uuid.UUID) -> list[dict[str, Any]]:
    """Return the stored bytes of a note and its parts, without its state."""
    with app.app_context():
        queries = (
            sa.select(IndividualNote.__table__).where(IndividualNote.id == note_id),
            sa.select(NoteDiagnosis.__table__).where(NoteDiagnosis.note_id == note_id),
            sa.select(ProgressRating.__table__).where(ProgressRating.note_id == note_id),
        )
        rows = [dict(row) for query in queries for row in db.session.execute(query).mappings()]
    for state in ("status", "version", "changed_at"):
        rows[0].pop(state)
    return rows


class TestMarkedAbsent:
    @both
    @pytest.mark.parametrize("kind", ["no_show", "cancelled", "excused"])
    def test_the_text_is_set_aside_and_comes_back_byte_for_byte(
        self, app: Flask, cast: Cast, site: Site, bens: uuid.UUID, kind: str, htmx: bool
    ) -> None:
        form = fields_of(one(site.get(f"/notes/{bens}"), f"#note-{bens}"))
        before = written(app, bens)

        journey.document(site, cast, attendance={"ben": kind}, htmx=htmx)

        page = site.follow()
        assert "Ben Brandt" not in [name.text for name in page.select(".client__name")]
        assert one(page, ".progress__count").text == "0 of 2 signed"
        aside = one(page, "details:-soup-contains('Set aside')")
        summary = one(aside, "summary").text
        assert summary == "Set aside: 1 note of a client marked absent"
        assert one(aside, f"a[href='/notes/{bens}']").text == "Ben Brandt"
        assert written(app, bens) == before

        journey.document(site, cast, htmx=htmx)

        after = fields_of(one(site.get(f"/notes/{bens}"), f"#note-{bens}"))
        assert {**after, "version": form["version"]} == form
        assert written(app, bens) == before
        assert one(site.get(f"/notes/{bens}"), ".tag").text == "Ready to sign"

    def test_a_form_from_before_loses_nothing_when_the_note_is_back(
        self, cast: Cast, site: Site, bens: uuid.UUID
    ) -> None:
        old = site.get(f"/notes/{bens}")
        journey.document(site, cast, attendance={"ben": "no_show"})
        journey.document(site, cast)

        page = site.submit(old, f"#note-{bens}", response="Written since.", status=409)

        assert "Written since." in [area.text.strip("\n") for area in page.select("textarea")]
        assert WORDS["response"] in site.get(f"/notes/{bens}").text

    def test_an_empty_note_comes_back_too_and_not_twice(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        cleos = journey.note_of(site, cast, "Cleo")
        journey.document(site, cast, attendance={"cleo": "excused"})

        journey.document(site, cast)

        assert journey.note_of(site, cast, "Cleo") == cleos
        assert len(at_rest(app)["individual_notes"]) == 3


class TestANoteSetAside:
    @pytest.fixture
    def aside(self, cast: Cast, site: Site, bens: uuid.UUID) -> uuid.UUID:
        journey.document(site, cast, attendance={"ben": "no_show"})
        return bens

    def test_it_is_read_but_offers_no_form(self, site: Site, aside: uuid.UUID) -> None:
        page = site.get(f"/notes/{aside}")

        assert "This note is set aside." in page.text
        assert WORDS["response"] in [text.text for text in page.select(".user-text")]
        assert not page.select(f"#note-{aside}, a[href$='/sign']")

    @both
    @pytest.mark.parametrize("action", ["", "/draft", "/refresh", "/sign"])
    def test_nothing_is_written_or_signed(
        self, app: Flask, cast: Cast, site: Site, aside: uuid.UUID, action: str, htmx: bool
    ) -> None:
        before = at_rest(app)
        sent = {
            "csrf_token": site.token(),
            "version": "3",
            "response": "Forged.",
            "notes": f"{aside}:0",
            "password": factories.PASSWORD,
        }

        page = site.post(f"/notes/{aside}{action}", sent, status=409, htmx=htmx)

        assert SENTENCE in page.text
        assert at_rest(app) == before

    def test_it_is_not_offered_for_signing(self, cast: Cast, site: Site, aside: uuid.UUID) -> None:
        page = site.get(f"/sessions/{cast.session}/sign")

        assert "Ben Brandt" not in page.text

    def test_it_is_not_on_today(self, site: Site, aside: uuid.UUID) -> None:
        page = site.get("/")

        assert not page.select(f"a[href='/notes/{aside}']")
        assert page.select("a[href^='/notes/']")

    def test_it_can_be_signed_once_it_is_back(
        self, cast: Cast, site: Site, aside: uuid.UUID
    ) -> None:
        journey.document(site, cast, attendance={"ben": "left_early -18:00"})

        journey.sign(site, aside)

        page = site.get(f"/notes/{aside}/signed")
        assert "60 minutes" in page.text
        assert WORDS["response"] in [text.text for text in page.select(".user-text")]
