"""One database made once; each contestant works in a copy of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg

from groupnotes.cli.setup import prepare_database
from groupnotes.core.db import db
from tests.bench import history
from tests.support.databases import application

SERVER = os.environ.get("TEST_POSTGRESQL_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/")


class Template:
    """A practice on SQLite, in ``folder``, or on PostgreSQL; ``work`` is what it has to do."""

    def __init__(self, kind: str, folder: Path, *, rounds: int, background: int) -> None:
        self._kind = kind
        self._folder = folder
        self._name = f"groupnotes_bench_{uuid.uuid4().hex[:12]}"
        self._copies: list[str] = []
        if kind == "postgresql":
            _administer(f"CREATE DATABASE {self._name}")
        app = application(self._url(self._name))
        with app.app_context():
            prepare_database(app)
            self.work = history.make(rounds, background)
            db.session.remove()
            db.engine.dispose()
        if kind == "sqlite":
            with contextlib.closing(sqlite3.connect(self._path(self._name))) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.execute("ANALYZE")
        else:
            _administer("VACUUM ANALYZE", self._name)

    def copy(self) -> str:
        """Return SQLAlchemy's address of one more copy."""
        name = f"{self._name}_{len(self._copies)}"
        if self._kind == "sqlite":
            shutil.copyfile(self._path(self._name), self._path(name))
        else:
            _administer(f"CREATE DATABASE {name} TEMPLATE {self._name}")
        self._copies.append(name)
        return self._url(name)

    def drop(self) -> None:
        """Remove the template and every copy."""
        for name in (*self._copies, self._name):
            if self._kind == "sqlite":
                for suffix in ("", "-wal", "-shm", ".queue"):
                    Path(f"{self._path(name)}{suffix}").unlink(missing_ok=True)
            else:
                _administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _url(self, name: str) -> str:
        if self._kind == "sqlite":
            return f"sqlite:///{self._path(name)}"
        return SERVER.rsplit("/", 1)[0] + f"/{name}"

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.sqlite3"


@contextlib.contextmanager
def template(kind: str, folder: Path, *, rounds: int, background: int) -> Iterator[Template]:
    """Make a practice to copy, and remove it with its copies."""
    made = Template(kind, folder, rounds=rounds, background=background)
    try:
        yield made
    finally:
        made.drop()


def driver_address(url: str) -> str:
    """Return what the driver alone connects to."""
    return url.removeprefix("sqlite:///").replace("postgresql+psycopg://", "postgresql://", 1)


def _administer(statement: str, name: str = "postgres") -> None:
    server = SERVER.replace("+psycopg", "", 1).rsplit("/", 1)[0]
    with psycopg.connect(f"{server}/{name}", autocommit=True) as connection:
        connection.execute(statement)
