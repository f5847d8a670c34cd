"""A supervisee's note, and the record of a note as its reader gets it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from flask import Flask

from groupnotes.core.db import db
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.review import co_sign
from tests.support.site import Site


@pytest.fixture
def supervised(app: Flask, cast: Cast) -> Callable[..., None]:
    """Have Sam sign beside Fiona from now on, or no longer; other tests have no co-signature."""

    def change(*, co_signs: bool = True) -> None:
        with app.app_context():
            factories.change_supervision(co_signs=co_signs)
            db.session.commit()

    change()
    return change


@pytest.fixture
def note_id(supervised: None, cast: Cast, site: Site) -> uuid.UUID:
    """Ana's note, signed by Fiona, beside whom Sam signs; other modules have one of their own."""
    return journey.signed_note(site.sign_in(cast.fiona), cast)


@pytest.fixture
def sam(app: Flask, cast: Cast) -> Site:
    """The browser of Fiona's supervisor."""
    return Site(app).sign_in(cast.sam)


@pytest.fixture
def locked(note_id: uuid.UUID, sam: Site) -> uuid.UUID:
    """Ana's note, signed by Fiona and by Sam."""
    co_sign(sam)
    return note_id
