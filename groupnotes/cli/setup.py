"""Make keys and database, or bring the database up to date: ``python -m groupnotes.cli.setup``.

Not a ``flask`` command: the application refuses to start without its key.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import click
import sqlalchemy as sa
from flask import Flask

from groupnotes import config, create_app, startup
from groupnotes.audit import log
from groupnotes.core import triggers
from groupnotes.core.db import db
from groupnotes.crypto import keyring, wrapping
from groupnotes.signing import keys as signing_keys

_DECLARED = re.compile(r"""^((?:down_)?revision)\b.*?= ['"](\w+)['"]$""", re.MULTILINE)
MIGRATIONS = config.ROOT / "migrations"


def main() -> None:
    """Set up this installation; safe to repeat, and quick when there is nothing to do."""
    application()


def application() -> Flask:
    """Set up this installation and return the application on it; end the process if it cannot."""
    try:
        return _set_up()
    except (config.Unsafe, wrapping.NoKey, wrapping.WrongKey) as reason:
        sys.exit(str(reason))
    except sa.exc.OperationalError as error:
        sys.exit(f"The database does not answer: {error.orig}")


def _set_up() -> Flask:
    url = config.database_url()
    if not os.environ.get("GROUPNOTES_KEK"):
        path = Path(os.environ.get("GROUPNOTES_KEK_FILE") or config.DEFAULT_KEY_FILE)
        if not path.exists():
            _make_key_file(path, url)
    settings = config.from_environment()
    prepare_folder(url)
    app = create_app(settings)
    with app.app_context():
        prepare_database(app)
    return app


def _make_key_file(path: Path, database_url: str) -> None:
    if keyring.has_keys(sa.create_engine(database_url, **config.engine_options(database_url))):
        raise wrapping.NoKey(
            "The key-encryption key of this database is missing, and a new one would open nothing. "
            f"Put its copy back in {path}, or name it with GROUPNOTES_KEK_FILE."
        )
    wrapping.write_key_file(path)
    click.echo(f"Made the key-encryption key in {path}: keep a copy apart from the backups.")


def prepare_folder(database_url: str) -> None:
    """Make the folder that an SQLite database lives in, for its owner only."""
    if database_url.startswith("sqlite:///"):
        folder = Path(database_url.removeprefix("sqlite:///")).parent
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def prepare_database(app: Flask) -> None:
    """Bring tables and triggers up to date and make the first keys; inside an app context."""
    startup.has_sound_database()  # before anything of another installation's is changed
    if not _is_newest():
        from flask_migrate import Migrate, upgrade  # noqa: PLC0415 - imports Alembic

        Migrate(app, db, directory=str(MIGRATIONS))
        upgrade(directory=str(MIGRATIONS))
    with db.engine.begin() as connection:
        triggers.install(connection)
    if not keyring.has_keys(db.engine):
        keyring.ring().add_root(db.session())
        log.seal_new()
    signing_keys.ensure()
    db.session.commit()


def newest_revisions() -> set[str]:
    """Return what no migration follows, as Alembic would, which takes half a second to load."""
    declared = [
        dict(_DECLARED.findall(path.read_text(encoding="utf-8")))
        for path in (MIGRATIONS / "versions").glob("*.py")
    ]
    followed = {one.get("down_revision") for one in declared}
    return {one["revision"] for one in declared} - followed


def _is_newest() -> bool:
    """Say whether the database has every migration; whoever is not sure asks Alembic."""
    with db.engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return False
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version"))
        return {row.version_num for row in found} == newest_revisions()


if __name__ == "__main__":
    main()
