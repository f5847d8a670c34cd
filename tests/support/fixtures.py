"""The application, the cast and a browser: what most tests ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.core.db import db
from groupnotes.crypto.keyring import ring
from groupnotes.crypto.models import DataKey
from tests.support.cast import Cast
from tests.support.databases import cast_of, on_database
from tests.support.site import Site


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    """The application on a database of this test's own."""
    app = on_database(database_url)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def cast(app: Flask, request: pytest.FixtureRequest) -> Cast:
    """The people, the group and the session of the tests, which are in their database."""
    with app.app_context():
        kind = db.engine.dialect.name
        ring().load(db.session.scalars(sa.select(DataKey.number)).all())  # as who wrote them has
    return cast_of(request, kind)[1]


@pytest.fixture
def site(app: Flask) -> Site:
    """A browser that nobody has signed in to yet."""
    return Site(app)
