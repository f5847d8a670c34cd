"""A draft that does not open, or that was signed and is none: its session stays open all the same.

Nothing of it reads as empty, nothing is saved over it or signed, and the administrator is told.
"""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup, Tag
from flask import Flask

from groupnotes.core.db import db
from groupnotes.notes.models import IndividualNote, ProgressRating
from tests.support import factories, faults, journey
from tests.support.cast import Cast
from tests.support.review import return_note
from tests.support.rows import at_rest
from tests.support.site import Site, fields_of, one

CLOSED = "This note cannot be opened"
UNSIGNED = "This is no draft"
AS_DRAFT = (
    "UPDATE individual_notes SET status = 'draft', signed_at = NULL, group_revision_id = NULL "
    "WHERE status = 'signed'"
)


def flipped(value: bytes) -> bytes:
    return value[:-1] + bytes([value[-1] ^ 1])


def damage(app: Flask, note_id: uuid.UUID, model: Any, column: str) -> None:
    """Alter one stored text of a note, past the triggers."""
    faults.as_owner(app)
    of_note = (model.id if model is IndividualNote else model.note_id) == note_id
    with app.app_context():
        values = db.session.execute(sa.select(getattr(model, column)).where(of_note)).scalars()
        value = next(value for value in values if value is not None)
        db.session.execute(sa.update(model).where(of_note).values({column: flipped(value)}))
        db.session.commit()


def card_of(page: BeautifulSoup, note_id: uuid.UUID) -> Tag:
    return one(page, f"#client-{note_id}")


def alarms(app: Flask, cast: Cast) -> str:
    return one(Site(app).sign_in(cast.adam).get("/"), "[aria-labelledby=alarms-title]").text


@pytest.fixture
def note_id(cast: Cast, site: Site) -> uuid.UUID:
    """Ana's draft, which Fiona wrote so that it is ready; Ben's is ready too."""
    journey.document(site.sign_in(cast.fiona), cast)
    journey.write(site, journey.note_of(site, cast, "Ben"))
    note_id = journey.note_of(site, cast, "Annie")
    journey.write(site, note_id)
    return note_id


@pytest.fixture
def damaged(app: Flask, note_id: uuid.UUID) -> uuid.UUID:
    damage(app, note_id, IndividualNote, "response_sealed")
    return note_id


class TestOneThatDoesNotOpen:
    @pytest.mark.parametrize("who", ["fiona", "sam"])
    def test_the_session_shows_the_others_and_says_so(
        self, app: Flask, cast: Cast, note_id: uuid.UUID, who: str
    ) -> None:
        bens = journey.note_of(Site(app).sign_in(cast.fiona), cast, "Ben")
        reader = Site(app).sign_in(getattr(cast, who))
        before = card_of(reader.get(f"/sessions/{cast.session}"), bens)
        damage(app, note_id, IndividualNote, "response_sealed")

        page = reader.get(f"/sessions/{cast.session}")

        card = card_of(page, note_id)
        assert CLOSED in card.text
        assert "Annie Alvarez" in card.text
        assert card.select("form, textarea, a") == []
        assert card_of(page, bens).text == before.text
        assert "Coping ahead" in str(page)
        assert str(note_id) in alarms(app, cast)
        assert "does not open" in alarms(app, cast)

    @pytest.mark.parametrize(
        ("model", "column"),
        [
            (IndividualNote, "plan_sealed"),
            (IndividualNote, "risk_level_sealed"),
            (ProgressRating, "rating_sealed"),
            (ProgressRating, "evidence_sealed"),
        ],
        ids=lambda value: getattr(value, "__tablename__", value),
    )
    def test_whichever_of_its_texts_it_is(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID, model: Any, column: str
    ) -> None:
        damage(app, note_id, model, column)

        page = site.get(f"/sessions/{cast.session}")

        assert CLOSED in card_of(page, note_id).text
        assert page.text.count(CLOSED) == 1

    def test_nothing_is_saved_over_it(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        page = site.get(f"/notes/{note_id}")
        typed = fields_of(one(page, f"#note-{note_id}")) | {"response": "Something else."}
        damage(app, note_id, IndividualNote, "response_sealed")
        before = at_rest(app)

        for address in (
            f"/notes/{note_id}",
            f"/notes/{note_id}/draft",
            f"/notes/{note_id}/refresh",
        ):
            site.post(address, typed, status=500)

        assert at_rest(app) == before
        site.get(f"/notes/{note_id}", status=500)
        assert str(note_id) in alarms(app, cast)

    def test_the_others_are_signed_without_it(
        self, app: Flask, cast: Cast, site: Site, damaged: uuid.UUID
    ) -> None:
        page = site.get(f"/sessions/{cast.session}/sign")
        assert "cannot be signed" in page.text
        boxes = [str(box["value"]) for box in page.select("[name=notes]")]
        assert not any(str(damaged) in box for box in boxes)

        fill = {"notes": boxes, "password": factories.PASSWORD}
        site.submit(page, "#sign-form", status=303, fill=fill)

        assert "Signed" in card_of(site.follow(), journey.note_of(site, cast, "Ben")).text

    def test_it_is_not_signed(self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID) -> None:
        form = one(site.get(f"/notes/{note_id}/sign"), "#sign-form")
        box = str(one(form, "[name=notes]")["value"])
        damage(app, note_id, IndividualNote, "response_sealed")
        before = at_rest(app)

        data = fields_of(form) | {"notes": box, "password": factories.PASSWORD}
        site.post(f"/notes/{note_id}/sign", data, status=500)

        assert at_rest(app) == before
        assert str(note_id) in alarms(app, cast)

    def test_a_sound_session_alarms_nobody(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        page = site.get(f"/sessions/{cast.session}")

        assert page.select(".message--error") == []
        assert "altered" not in Site(app).sign_in(cast.adam).get("/").text


@pytest.fixture
def set_back(app: Flask, site: Site, note_id: uuid.UUID) -> uuid.UUID:
    """Ana's note, which Fiona signed; somebody took her signature away, and made it a draft."""
    journey.sign(site, note_id)
    faults.as_owner(app, "DELETE FROM signatures", AS_DRAFT)
    return note_id


class TestOneWhoseSignatureIsGone:
    def test_its_card_and_its_page_say_so(
        self, app: Flask, cast: Cast, site: Site, set_back: uuid.UUID
    ) -> None:
        page = site.get(f"/sessions/{cast.session}")

        assert UNSIGNED in card_of(page, set_back).text
        assert page.text.count(UNSIGNED) == 1
        own = site.get(f"/notes/{set_back}")
        assert UNSIGNED in own.text
        assert own.select("form textarea, a[href$='/sign']") == []
        assert "Named two situations" in own.text
        assert str(set_back) in alarms(app, cast)

    def test_nothing_is_saved_over_it_or_signed(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        page = site.get(f"/notes/{note_id}")
        typed = fields_of(one(page, f"#note-{note_id}")) | {"response": "Something else."}
        form = one(site.get(f"/notes/{note_id}/sign"), "#sign-form")
        box = str(one(form, "[name=notes]")["value"])
        journey.sign(site, note_id)
        faults.as_owner(app, "DELETE FROM signatures", AS_DRAFT)
        before = at_rest(app)

        for address in (
            f"/notes/{note_id}",
            f"/notes/{note_id}/draft",
            f"/notes/{note_id}/refresh",
        ):
            assert UNSIGNED in site.post(address, typed, status=409).text
        data = fields_of(form) | {"notes": box, "password": factories.PASSWORD}
        site.post(f"/notes/{note_id}/sign", data, status=409)
        site.post(f"/sessions/{cast.session}/sign", data, status=409)

        assert at_rest(app) == before
        boxes = site.get(f"/sessions/{cast.session}/sign").select("[name=notes]")
        assert not any(str(note_id) in str(one["value"]) for one in boxes)
        assert str(note_id) in alarms(app, cast)

    def test_one_that_was_returned_is_a_draft_like_any_other(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        with app.app_context():
            factories.change_supervision(co_signs=True)
            db.session.commit()
        journey.sign(site, note_id)
        return_note(Site(app).sign_in(cast.sam), note_id)

        assert UNSIGNED not in site.get(f"/sessions/{cast.session}").text
        journey.write(site, note_id, plan="One diary card each day.")
        journey.sign(site, note_id)
        assert "altered" not in Site(app).sign_in(cast.adam).get("/").text
