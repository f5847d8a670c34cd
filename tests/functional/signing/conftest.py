"""A supervisee's note, and the record of a note as its reader gets it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.accounts.models import Supervision
from groupnotes.core.db import db
from tests.support.cast import Cast


@pytest.fixture
def supervised(app: Flask, cast: Cast) -> Callable[..., None]:
    """Have Sam sign beside Fiona from now on, or no longer; other tests have no co-signature."""

    def change(*, co_signs: bool = True) -> None:
        with app.app_context():
            db.session.execute(sa.update(Supervision).values(co_signs=co_signs))
            db.session.commit()

    change()
    return change
