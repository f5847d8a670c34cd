"""Filled practices, each built once for all tests of a file."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from flask import Flask

from groupnotes.core.db import db
from tests.support import world as worlds
from tests.support.databases import fresh_database, on_database
from tests.support.planted import Planted, plant
from tests.support.world import World

T = TypeVar("T")


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """An application with two halves; a test may change nothing that another one counts on."""
    with _filled(request, tmp_path_factory.mktemp("world"), worlds.build) as built:
        yield built


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def planted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Planted]:
    """A practice with a word of its own in every text; the same holds for its tests."""
    with _filled(request, tmp_path_factory.mktemp("planted"), plant) as built:
        yield built


@contextlib.contextmanager
def _filled(
    request: pytest.FixtureRequest, folder: Path, fill: Callable[[Flask], T]
) -> Iterator[T]:
    with fresh_database(request, folder) as url:
        app = on_database(url)
        yield fill(app)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


# For tests of what does not depend on the database: once is enough.
planted_on_sqlite = pytest.mark.parametrize("planted", ["sqlite"], indirect=True, scope="module")
world_on_sqlite = pytest.mark.parametrize("world", ["sqlite"], indirect=True, scope="module")
