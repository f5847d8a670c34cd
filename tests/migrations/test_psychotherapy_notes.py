"""Going down from psychotherapy notes destroys them and their keys, and touches nothing else."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, downgrade, upgrade

from groupnotes.cli.setup import MIGRATIONS
from groupnotes.core.db import db
from groupnotes.crypto.models import KeyScope
from tests.support import journey
from tests.support.cast import Cast
from tests.support.rows import Rows, everything
from tests.support.schema import VERSIONS, shape, trigger_names
from tests.support.site import Site

HERE = str(MIGRATIONS)
REVISION = "0004"
TABLE = "psychotherapy_notes"


def before() -> str:
    """Return the revision that this one came after."""
    config = Config()
    config.set_main_option("script_location", HERE)
    found = ScriptDirectory.from_config(config).get_revision(REVISION)
    assert found is not None
    return str(found.down_revision)


def rows_now() -> Rows:
    """Return what everything but psychotherapy notes left in the database."""
    with db.engine.begin() as connection:
        rows = everything(connection)
    rows["data_keys"] = [row for row in rows["data_keys"] if KeyScope.AUTHOR not in row]
    return {name: found for name, found in rows.items() if name not in {VERSIONS, TABLE}}


def test_down_and_up_again_keeps_every_other_row(app: Flask, cast: Cast, site: Site) -> None:
    journey.signed_note(site.sign_in(cast.fiona), cast)
    journey.psychotherapy_note(site, cast.ana, "Dreamt of the orchard.")
    with app.app_context():
        Migrate(app, db, directory=HERE)
        with db.engine.begin() as connection:
            made, triggers = shape(connection), trigger_names(connection)
        downgrade(directory=HERE, revision=REVISION)  # without what came later
        rows = rows_now()

        downgrade(directory=HERE, revision=before())

        assert rows_now() == rows
        with db.engine.begin() as connection:
            assert TABLE not in shape(connection)
            keys = connection.scalars(sa.text("SELECT scope FROM data_keys")).all()
            assert set(keys) == {"client", "group", "practice"}
            checks = sa.inspect(connection).get_check_constraints("data_keys")
            assert not [check for check in checks if "author" in check["sqltext"]]
        with pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
            connection.execute(sa.text("UPDATE data_keys SET scope = 'author'"))

        upgrade(directory=HERE, revision=REVISION)

        assert rows_now() == rows
        upgrade(directory=HERE)
        with db.engine.begin() as connection:
            assert (shape(connection), trigger_names(connection)) == (made, triggers)


def test_only_declared_scopes_are_taken(app: Flask, cast: Cast) -> None:
    with app.app_context():
        update = sa.text("UPDATE data_keys SET scope = 'nobody' WHERE owner_id IS NOT NULL")

        with pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
            connection.execute(update)
