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
def test_a_signature_moved_to_another_note_shows_nobodys_record(
    app: Flask, cast: Cast, site: Site, page: str
) -> None:
    site.sign_in(cast.fiona)
    journey.signed_note(site, cast)
    bens = journey.note_of(site, cast, "Ben")
    with app.app_context(), db.engine.begin() as connection:
        triggers.remove(connection, table="signatures")
        client = sa.select(IndividualNote.client_id).where(IndividualNote.id == bens)
        connection.execute(
            sa.update(Signature).values(note_id=bens, client_id=client.scalar_subquery())
        )

    answer = site.client.get(f"/notes/{bens}/{page}", base_url=BASE)

    assert answer.status_code == 500
    assert "integrity check" in answer.text
    assert "Alvarez" not in answer.text
