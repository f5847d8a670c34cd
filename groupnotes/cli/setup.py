"""Make keys and database, or bring the database up to date: ``python -m groupnotes.cli.setup``.

Not a ``flask`` command: the application refuses to start without its key.
"""

from __future__ import annotations

import os
from pathlib import Path

import click
from flask import Flask

from groupnotes import config, create_app
from groupnotes.core import triggers
from groupnotes.core.db import db
from groupnotes.crypto import wrapping
from groupnotes.crypto.keyring import ring

MIGRATIONS = config.ROOT / "migrations"


def main() -> None:
    """Set up this installation; safe to repeat, and quick when there is nothing to do."""
    if not os.environ.get("GROUPNOTES_KEK"):
        path = Path(os.environ.get("GROUPNOTES_KEK_FILE") or config.DEFAULT_KEY_FILE)
        if not path.exists():
            wrapping.write_key_file(path)
            click.echo(f"Made the key-encryption key in {path}: keep a copy apart from the backups.")
    settings = config.from_environment()
    prepare_folder(settings.database_url)
    app = create_app(settings)
    with app.app_context():
        prepare_database(app)


def prepare_folder(database_url: str) -> None:
    """Make the folder that an SQLite database lives in, for its owner only."""
    if database_url.startswith("sqlite:///"):
        folder = Path(database_url.removeprefix("sqlite:///")).parent
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def prepare_database(app: Flask) -> None:
    """Bring tables and triggers up to date and make the first keys; inside an app context."""
    from flask_migrate import Migrate, upgrade  # noqa: PLC0415 - imports Alembic

    Migrate(app, db, directory=str(MIGRATIONS))
    upgrade(directory=str(MIGRATIONS))
    with db.engine.begin() as connection:
        triggers.install(connection)
    if ring().verify(db.session()) == 0:
        ring().add_root(db.session())
        db.session.commit()
    db.session.rollback()


if __name__ == "__main__":
    main()
