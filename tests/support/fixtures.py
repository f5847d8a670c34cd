"""The application, the cast and a browser: what most tests ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from groupnotes.core.db import db
from tests.support import factories
from tests.support.cast import Cast
from tests.support.databases import application
from tests.support.site import Site


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    """The application on a database of this test's own."""
    app = application(database_url)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The people, the group and the session of the tests, written to the database."""
    with app.app_context():
        people = factories.cast()
        db.session.commit()
        return people


@pytest.fixture
def site(app: Flask) -> Site:
    """A browser that nobody has signed in to yet."""
    return Site(app)
