"""Going down from returned entries is refused where it would bring one back."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_migrate import Migrate, downgrade

from groupnotes.cli.setup import MIGRATIONS
from groupnotes.core.db import db
from tests.support import factories, journey, review
from tests.support.cast import Cast
from tests.support.rows import everything
from tests.support.site import Site


@pytest.fixture
def returned(app: Flask, cast: Cast, site: Site) -> None:
    """An entry of Ana's note, which Sam returned."""
    with app.app_context():
        factories.change_supervision(co_signs=True)
        db.session.commit()
    note_id = journey.signed_note(site.sign_in(cast.fiona), cast)
    sam = Site(app).sign_in(cast.sam)
    review.co_sign(sam)
    review.add(site, note_id)
    review.return_entry(sam, note_id)


@pytest.mark.usefixtures("returned")
def test_an_entry_that_was_returned_stops_it(app: Flask) -> None:
    with app.app_context():
        Migrate(app, db, directory=str(MIGRATIONS))
        with db.engine.begin() as connection:
            before = everything(connection)

        with pytest.raises(SystemExit):
            downgrade(directory=str(MIGRATIONS), revision="0008")

        with db.engine.begin() as connection:
            assert everything(connection) == before
