"""Migrations go up and down, end where the models are, and lose neither rows nor triggers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, downgrade, upgrade

from groupnotes.cli.setup import MIGRATIONS, prepare_database
from groupnotes.core import triggers
from groupnotes.core.db import Base, db
from tests.support import journey
from tests.support.cast import Cast
from tests.support.databases import application, make_durable
from tests.support.rows import Rows, everything
from tests.support.schema import VERSIONS, function_names, shape, trigger_names
from tests.support.site import Site

HERE = str(MIGRATIONS)


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Flask]:
    """The application inside its context, on a database without any table."""
    app = application(empty_database_url)
    with app.app_context():
        Migrate(app, db, directory=HERE)
        yield app
        db.engine.dispose()


@pytest.fixture
def filled(app: Flask, cast: Cast, site: Site) -> Iterator[Flask]:
    """The application inside its context, with one signed note in its database."""
    journey.signed_note(site.sign_in(cast.fiona), cast)
    make_durable(app.config["SQLALCHEMY_DATABASE_URI"])
    with app.app_context():
        db.engine.dispose()  # the connections that are open keep their setting
        yield app


def shape_now() -> dict[str, Any]:
    with db.engine.begin() as connection:
        return shape(connection)


def triggers_now() -> list[str]:
    with db.engine.begin() as connection:
        return trigger_names(connection)


def rows_now() -> Rows:
    with db.engine.begin() as connection:
        return {name: rows for name, rows in everything(connection).items() if name != VERSIONS}


def declared() -> list[str]:
    """Return the triggers that this kind of database should have."""
    names = [trigger.name for trigger in triggers.declared().values()]
    if db.engine.dialect.name == "postgresql":
        deletes = [t.name for t in triggers.declared().values() if t.event == "DELETE"]
        names += [f"{name}_truncate" for name in deletes]
    return sorted(names)


class TestUpAndDown:
    def test_up_down_and_up_again_ends_where_it_was(self, empty: Flask) -> None:
        upgrade(directory=HERE)
        first = shape_now(), triggers_now()

        downgrade(directory=HERE, revision="base")
        assert shape_now() == {}
        assert triggers_now() == []
        with db.engine.begin() as connection:
            assert function_names(connection) == []

        upgrade(directory=HERE)
        assert (shape_now(), triggers_now()) == first

    def test_a_database_with_records_goes_down_too(self, filled: Flask) -> None:
        Migrate(filled, db, directory=HERE)

        downgrade(directory=HERE, revision="base")

        assert shape_now() == {}

    def test_preparing_again_changes_nothing(self, filled: Flask) -> None:
        before = shape_now(), triggers_now(), rows_now()

        prepare_database(filled)

        assert (shape_now(), triggers_now(), rows_now()) == before

    def test_there_is_one_newest_revision(self) -> None:
        config = Config()
        config.set_main_option("script_location", HERE)

        assert len(ScriptDirectory.from_config(config).get_heads()) == 1


class TestTheSchema:
    def test_the_migrations_end_where_the_models_are(self, empty: Flask) -> None:
        upgrade(directory=HERE)

        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []

    def test_it_is_the_one_that_the_models_would_make(self, empty: Flask) -> None:
        # Autogenerate sees no CHECK, and no condition of an index.
        upgrade(directory=HERE)
        migrated = shape_now()
        downgrade(directory=HERE, revision="base")

        Base.metadata.create_all(db.engine)

        made = shape_now()
        assert made.keys() == migrated.keys()
        for table, facts in made.items():
            assert migrated[table] == facts, table
        assert sum(len(facts["checks"]) for facts in made.values()) > 20


class TestTriggers:
    def test_each_that_is_declared_is_there_once(self, empty: Flask) -> None:
        upgrade(directory=HERE)

        assert triggers_now() == declared()

    def test_a_migration_that_rebuilds_tables_keeps_them_and_every_row(
        self, filled: Flask, tmp_path: Path
    ) -> None:
        before = rows_now()
        _add_revision(filled, tmp_path, _REBUILD)

        upgrade(directory=HERE)

        assert triggers_now() == declared()
        assert rows_now() == before
        with db.engine.begin() as connection:
            columns = sa.inspect(connection).get_columns("audit_events")
        assert "VARCHAR(41)" in {str(column["type"]) for column in columns}

    def test_a_lost_trigger_comes_back_with_the_next_start(self, filled: Flask) -> None:
        with db.engine.begin() as connection:
            for table in shape(connection):
                triggers.remove(connection, table=table)
        assert triggers_now() == []

        prepare_database(filled)

        assert triggers_now() == declared()

    def test_two_of_one_name_are_refused(self) -> None:
        one = next(iter(triggers.declared().values()))
        other = triggers.Trigger(one.name, one.table, one.event, "another reason")

        triggers.declare(one)
        with pytest.raises(ValueError, match=f"two triggers are named {one.name}"):
            triggers.declare(other)


class TestAMigrationThatFails:
    @pytest.mark.parametrize("fault", ["raises", "breaks references"])
    def test_it_leaves_no_trace(self, filled: Flask, tmp_path: Path, fault: str) -> None:
        before = shape_now(), triggers_now(), rows_now()
        _add_revision(filled, tmp_path, _FAULTS[fault])

        with pytest.raises((SystemExit, sa.exc.IntegrityError)):
            upgrade(directory=HERE)

        assert (shape_now(), triggers_now(), rows_now()) == before

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_references_are_checked_again_afterwards(self, filled: Flask, tmp_path: Path) -> None:
        _add_revision(filled, tmp_path, _FAULTS["raises"])
        with pytest.raises(SystemExit):
            upgrade(directory=HERE)

        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


_REBUILD = """
    with op.batch_alter_table("audit_events") as batch:
        batch.alter_column("tag", type_=sa.String(41), existing_type=sa.String(40))
    with op.batch_alter_table("individual_notes") as batch:
        batch.alter_column("missing", type_=sa.BigInteger(), existing_type=sa.Integer())
    with op.batch_alter_table("group_sessions") as batch:
        batch.alter_column("service_code", type_=sa.String(13), existing_type=sa.String(12))
"""
_MADE = 'op.create_table("half_made", sa.Column("id", sa.Integer(), primary_key=True))'
_FAULTS = {
    "raises": f"""
    {_MADE}
    op.execute("INSERT INTO half_made (id) VALUES (1)")
    raise RuntimeError("halfway")
""",
    "breaks references": f"""
    {_MADE}
    op.execute("DELETE FROM users")
""",
}


def _add_revision(app: Flask, folder: Path, body: str) -> None:
    """Let the next upgrade find one more revision after the newest, with ``body``."""
    config = Config()
    config.set_main_option("script_location", HERE)
    newest = ScriptDirectory.from_config(config).get_current_head()
    (folder / "9999_test.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n\n"
        f"revision, down_revision = 'test', {newest!r}\nbranch_labels = depends_on = None\n\n\n"
        f"def upgrade():{body}\n"
    )
    migrate = Migrate(app, db, directory=HERE)

    @migrate.configure  # type: ignore[untyped-decorator]
    def _more(config: Config) -> Config:
        config.set_main_option("path_separator", "newline")
        config.set_main_option("version_locations", f"{HERE}/versions\n{folder}")
        return config
