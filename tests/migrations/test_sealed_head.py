"""The head of the log is sealed as it is when it first gets a seal, and can go without again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import Migrate, downgrade, upgrade

from groupnotes.audit.models import AuditEvent
from groupnotes.cli.setup import MIGRATIONS
from groupnotes.core.db import db
from tests.support import faults, journey
from tests.support.cast import Cast
from tests.support.events import first_break, last
from tests.support.site import Site

HERE = str(MIGRATIONS)
BEFORE = "0011"


@pytest.fixture
def written(app: Flask, cast: Cast, site: Site) -> Flask:
    """The application with events of a signed note in its log."""
    journey.signed_note(site.sign_in(cast.fiona), cast)
    Migrate(app, db, directory=HERE)
    return app


def test_down_and_up_again_leaves_a_sound_log(written: Flask) -> None:
    with written.app_context():
        downgrade(directory=HERE, revision=BEFORE)
        with db.engine.begin() as connection:
            columns = sa.inspect(connection).get_columns("audit_head")
            assert "seal" not in {column["name"] for column in columns}
        upgrade(directory=HERE)

    assert first_break(written) is None
    assert last(written) > 0


def test_a_log_that_was_cut_off_afterwards_is_found(written: Flask) -> None:
    with written.app_context():
        downgrade(directory=HERE, revision=BEFORE)
        upgrade(directory=HERE)
        before = db.session.get_one(AuditEvent, last(written) - 1)
        db.session.remove()
    faults.as_owner(
        written,
        f"DELETE FROM audit_events WHERE sequence > {before.sequence}",
        f"UPDATE audit_head SET sequence = {before.sequence}, hash ="
        f" (SELECT hash FROM audit_events WHERE sequence = {before.sequence})",
    )

    found = first_break(written)
    assert found is not None
    assert "is not what the practice's key sealed" in found.reason
