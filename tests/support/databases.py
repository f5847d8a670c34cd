"""A fresh, migrated database for each test, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import contextlib
import copy
import functools
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes import create_app
from groupnotes.cli.setup import prepare_database
from groupnotes.config import Settings
from groupnotes.core.db import db
from groupnotes.crypto import keyring
from groupnotes.crypto.keyring import KeyRing
from tests.support import factories
from tests.support.cast import Cast
from tests.support.machine import postgresql_url

KEY = bytes(range(32))
_OVERRIDES = {"TESTING": True, "PROPAGATE_EXCEPTIONS": False}


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
    return create_app(settings(url), _OVERRIDES)


@functools.cache
def _built() -> Flask:
    return create_app(settings("sqlite://"), _OVERRIDES)


def on_database(url: str) -> Flask:
    """Return the application on the database at ``url``, with the routes built only once.

    Building routes and compiling templates took two thirds of the time of most tests. What a
    test adds to an application's routes or templates it adds to an ``application``.
    """
    app, chosen = copy.copy(_built()), settings(url)
    app.config = app.make_config()
    app.config.from_mapping(chosen.flask())
    app.config.from_mapping(_OVERRIDES)
    app.extensions = {name: it for name, it in app.extensions.items() if name != "sqlalchemy"}
    app.teardown_appcontext_funcs = [
        one for one in app.teardown_appcontext_funcs if getattr(one, "__self__", None) is not db
    ]
    app.shell_context_processors = []
    app.view_functions = dict(app.view_functions)  # a test replaces one of them
    db.init_app(app)
    with app.app_context():
        keyring.bind(db.engine, KeyRing(KEY))
    return app


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


@pytest.fixture(scope="session")
def sqlite_cast(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Cast]:
    """Another one, in which the cast is, for each test that asks for them; and who they are."""
    path = tmp_path_factory.mktemp("cast") / "cast.sqlite3"
    shutil.copy(sqlite_template, path)
    cast = _fill(f"sqlite:///{path}")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path, cast


@pytest.fixture(scope="session")
def postgresql_cast(postgresql_template: str) -> Iterator[tuple[str, Cast]]:
    """The same on PostgreSQL."""
    name = f"groupnotes_cast_{uuid.uuid4().hex[:12]}"
    _administer(f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
    yield name, _fill(_address(name))
    _administer(f"DROP DATABASE {name} WITH (FORCE)")


def _fill(url: str) -> Cast:
    app = on_database(url)
    with app.app_context():
        cast = factories.cast()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return cast


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of this test's own database; the test runs once on each kind."""
    with fresh_database(request, tmp_path, cast="cast" in request.fixturenames) as url:
        yield url


@contextlib.contextmanager
def fresh_database(
    request: pytest.FixtureRequest, folder: Path, *, cast: bool = False
) -> Iterator[str]:
    """Copy a migrated database of the kind that the fixture of ``request`` was given.

    Writing the cast takes longer than most tests of it: with ``cast`` it is there already.
    """
    template = (
        cast_of(request, request.param)[0]
        if cast
        else request.getfixturevalue(f"{request.param}_template")
    )
    if request.param == "sqlite":
        path = folder / "test.sqlite3"
        shutil.copy(template, path)
        yield f"sqlite:///{path}"
        return
    with _on_postgresql(template) as url:
        yield url


def cast_of(request: pytest.FixtureRequest, kind: str) -> tuple[Any, Cast]:
    """Return a database with the cast, of a ``kind``, and who they are."""
    found: tuple[Any, Cast] = request.getfixturevalue(f"{kind}_cast")
    return found


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
