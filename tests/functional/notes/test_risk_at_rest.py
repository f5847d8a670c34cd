"""The database file does not tell who is at risk."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.core.db import db
from tests.support import journey
from tests.support.cast import Cast
from tests.support.site import Site

ANSWERS = {
    "none": {"risk_level": "none", "risk_action": ""},
    "present": {"risk_level": "present", "risk_action": "Safety plan reviewed. " * 40},
    "not answered": {"risk_level": "", "risk_action": ""},
}


@pytest.fixture
def at_rest(app: Flask, cast: Cast, site: Site) -> list[tuple[int, int]]:
    """How long both columns are in three notes, each with another answer."""
    journey.document(site.sign_in(cast.fiona), cast)
    for name, answer in zip(("Annie", "Ben", "Cleo"), ANSWERS.values(), strict=True):
        note_id = journey.note_of(site, cast, name)
        page = site.get(f"/notes/{note_id}")
        site.submit(page, f"#note-{note_id}", fill=answer | {"response": "Spoke."})
    query = "SELECT length(risk_level), length(risk_action) FROM individual_notes"
    with app.app_context():
        return [(level, action) for level, action in db.session.execute(sa.text(query))]


def test_whatever_was_answered_looks_the_same(at_rest: list[tuple[int, int]]) -> None:
    assert len(at_rest) == len(ANSWERS)
    assert len(set(at_rest)) == 1
    assert all(length is not None for length in at_rest[0])


@pytest.mark.usefixtures("at_rest")
def test_it_is_read_as_it_was_answered(cast: Cast, site: Site) -> None:
    for name, answer in zip(("Annie", "Ben", "Cleo"), ANSWERS.values(), strict=True):
        page = site.get(f"/notes/{journey.note_of(site, cast, name)}")

        chosen = [str(box["value"]) for box in page.select("[name=risk_level][checked]")]
        assert chosen == ([answer["risk_level"]] if answer["risk_level"] else [])
        [typed] = page.select("textarea[name=risk_action]")
        assert typed.text.strip() == answer["risk_action"].strip()
