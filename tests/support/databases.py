"""A fresh, migrated database for each test, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes import create_app
from groupnotes.cli.setup import prepare_database
from groupnotes.config import Settings
from groupnotes.core.db import db
from tests.support.machine import postgresql_url

KEY = bytes(range(32))


def settings(url: str) -> Settings:
    """Return what the application runs with in a test."""
    return Settings(
        database_url=url,
        key_encryption_key=KEY,
        trusted_hosts=["localhost", "127.0.0.1"],
        proxies=0,
    )


def application(url: str) -> Flask:
    """Build the application on the database at ``url``, with errors shown as in production."""
    return create_app(settings(url), {"TESTING": True, "PROPAGATE_EXCEPTIONS": False})


def _migrate(url: str) -> None:
    app = application(url)
    with app.app_context():
        prepare_database(app)
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database migrated once; each test gets a copy of the file."""
    path = tmp_path_factory.mktemp("database") / "template.sqlite3"
    _migrate(f"sqlite:///{path}")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[str]:
    """The name of a database migrated once, from which each test's is copied."""
    name = f"groupnotes_template_{uuid.uuid4().hex[:12]}"
    _administer(f"CREATE DATABASE {name}")
    _migrate(_address(name))
    yield name
    _administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of this test's own database; the test runs once on each kind."""
    with fresh_database(request, tmp_path) as url:
        yield url


@contextlib.contextmanager
def fresh_database(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Copy a migrated database of the kind that the fixture of ``request`` was given."""
    if request.param == "sqlite":
        path = folder / "test.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    with _on_postgresql(template=request.getfixturevalue("postgresql_template")) as url:
        yield url


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table; the test runs once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    with _on_postgresql(template="template1") as url:
        yield url


@contextlib.contextmanager
def _on_postgresql(template: str) -> Iterator[str]:
    name = f"groupnotes_test_{uuid.uuid4().hex[:12]}"
    _administer(f"CREATE DATABASE {name} TEMPLATE {template}")
    # No test pulls the plug, and waiting for the disk is most of what a small one takes.
    _administer(f"ALTER DATABASE {name} SET synchronous_commit = off")
    try:
        yield _address(name)
    finally:
        _administer(f"DROP DATABASE {name} WITH (FORCE)")


def make_durable(url: str) -> None:
    """Let a PostgreSQL database wait for the disk again, for what refuses to run on another."""
    if url.startswith("postgresql"):
        _administer(f"ALTER DATABASE {sa.make_url(url).database} RESET synchronous_commit")


def _address(name: str) -> str:
    server = postgresql_url() or ""
    return server.rsplit("/", 1)[0] + f"/{name}"


def _administer(statement: str) -> None:
    server = (postgresql_url() or "").replace("+psycopg", "", 1)
    with psycopg.connect(server + "postgres", autocommit=True) as connection:
        connection.execute(statement)


# For tests of what does not depend on the database: once is enough.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
