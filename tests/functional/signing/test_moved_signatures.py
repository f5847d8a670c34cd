"""A signature stands for one note: moved to another in the database, it opens nothing."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.core import triggers
from groupnotes.core.db import db
from groupnotes.notes.models import IndividualNote
from groupnotes.signing.models import Signature
from tests.support import journey
from tests.support.cast import Cast
from tests.support.site import BASE, Site


@pytest.mark.parametrize("page", ["signed", "record.pdf"])
@pytest.mark.parametrize("number_too", [False, True], ids=["alone", "with its encounter"])
def test_a_signature_moved_to_another_note_shows_nobodys_record(
    app: Flask, cast: Cast, site: Site, page: str, *, number_too: bool
) -> None:
    site.sign_in(cast.fiona)
    anas = journey.signed_note(site, cast)
    bens = journey.note_of(site, cast, "Ben")
    with app.app_context(), db.engine.begin() as connection:
        triggers.remove(connection, table="signatures")
        client = sa.select(IndividualNote.client_id).where(IndividualNote.id == bens)
        connection.execute(
            sa.update(Signature).values(note_id=bens, client_id=client.scalar_subquery())
        )
        if number_too:
            number = sa.select(IndividualNote.encounter_sealed).where(IndividualNote.id == anas)
            moved = sa.update(IndividualNote).where(IndividualNote.id == bens)
            connection.execute(moved.values(encounter=number.scalar_subquery()))

    answer = site.client.get(f"/notes/{bens}/{page}", base_url=BASE)

    if number_too:  # it is bound to its row: moved, it does not open
        assert answer.status_code == 500
        assert "integrity check" in answer.text
    else:
        assert answer.status_code == (200 if page == "signed" else 409)
        assert "not what was signed" in answer.text
    assert "Alvarez" not in answer.text
