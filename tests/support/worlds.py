"""The two halves of ``tests.support.world``, built once for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from groupnotes.core.db import db
from tests.support import world as worlds
from tests.support.databases import application, fresh_database
from tests.support.world import World


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """An application with two halves; a test may change nothing that another one counts on."""
    with fresh_database(request, tmp_path_factory.mktemp("world")) as url:
        app = application(url)
        yield worlds.build(app)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


# For tests of what does not depend on the database: once is enough.
world_on_sqlite = pytest.mark.parametrize("world", ["sqlite"], indirect=True, scope="module")
