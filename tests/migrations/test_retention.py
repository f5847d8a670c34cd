"""Going down from retention forgets how long records are kept; what was destroyed stays so."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, downgrade, upgrade

from groupnotes.cli.setup import MIGRATIONS
from groupnotes.clients.models import Client
from groupnotes.core.db import db
from tests.support import factories
from tests.support.cast import Cast
from tests.support.rows import everything
from tests.support.schema import VERSIONS, shape, trigger_names

HERE = str(MIGRATIONS)
REVISION = "0007"
TABLES = {"legal_holds", "purges", "destructions"}
CHANGED = {VERSIONS, *TABLES, "practices", "clients"}


@pytest.fixture
def gone(app: Flask, cast: Cast) -> uuid.UUID:
    """Zoe, whose record was destroyed, while Ana's is on hold."""
    with app.app_context():
        zoe = db.session.get_one(Client, cast.zoe)
        factories.legal_hold(db.session.get_one(Client, cast.ana), placed_by_id=cast.rita)
        purge = factories.purge(zoe, proposed_by_id=cast.rita)
        factories.destruction(purge, zoe, confirmed_by_id=cast.adam)
        db.session.commit()
    return cast.zoe


def before() -> str:
    """Return the revision that this one came after."""
    config = Config()
    config.set_main_option("script_location", HERE)
    found = ScriptDirectory.from_config(config).get_revision(REVISION)
    assert found is not None
    return str(found.down_revision)


def test_down_and_up_again(app: Flask, gone: uuid.UUID) -> None:
    with app.app_context():
        Migrate(app, db, directory=HERE)
        with db.engine.begin() as connection:
            made, triggers = shape(connection), trigger_names(connection)
        downgrade(directory=HERE, revision=REVISION)  # without what came later
        with db.engine.begin() as connection:
            rows = everything(connection)

        downgrade(directory=HERE, revision=before())

        with db.engine.begin() as connection:
            assert not TABLES & shape(connection).keys()
            status = sa.text("SELECT status FROM clients WHERE status <> 'active'")
            assert connection.scalars(status).all() == ["discharged"]
            keys = sa.text("SELECT count(*) FROM data_keys WHERE wrapped IS NULL")
            assert connection.scalar(keys) == 1
            now = everything(connection)
        for name in rows.keys() - CHANGED:
            assert now[name] == rows[name], name
        assert len(now["clients"]) == len(rows["clients"])

        upgrade(directory=HERE)

        with db.engine.begin() as connection:
            assert (shape(connection), trigger_names(connection)) == (made, triggers)
            years = sa.text("SELECT retention_years, backup_days FROM practices")
            assert connection.execute(years).all() == [(10, 35)]
