"""Prepared statements keep the same rows as SQLAlchemy's own, on both databases."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import cast

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.accounts.models import SignIn
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.core.prepared import ForMany
from tests.support.cast import Cast
from tests.support.statements import statements

SIGN_INS = cast(sa.Table, SignIn.__table__)
NAMES = ("id", "token_hash", "user_id", "created_at", "last_seen_at", "ended_at")
NOW = dt.datetime(2026, 3, 3, 17, 5, 9, 12, tzinfo=dt.UTC)

Row = tuple[uuid.UUID, bytes, uuid.UUID, dt.datetime, dt.datetime, dt.datetime | None]


def rows(user: uuid.UUID) -> list[Row]:
    """Two sign-ins that share some values and differ in others."""
    later = NOW + dt.timedelta(minutes=1)
    return [(new_id(), b"one", user, NOW, NOW, None), (new_id(), b"two", user, NOW, later, later)]


def kept() -> list[Row]:
    query = sa.select(*(SIGN_INS.c[name] for name in NAMES)).order_by(SignIn.id)
    return [tuple(row) for row in db.session.execute(query)]


class TestForMany:
    def test_an_insert_keeps_every_value(self, app: Flask, cast: Cast) -> None:
        with app.app_context():
            ForMany(sa.insert(SIGN_INS), *NAMES).run(made := rows(cast.fiona))

            assert kept() == made

    def test_it_is_one_statement_for_all_rows(self, app: Flask, cast: Cast) -> None:
        prepared = ForMany(sa.insert(SIGN_INS), *NAMES)
        with app.app_context(), statements(app) as sent:
            db.session.connection()
            sent.clear()

            prepared.run(rows(cast.fiona))
            prepared.run([])

        assert len(sent) == 1

    def test_an_update_takes_its_own_values_as_well(self, app: Flask, cast: Cast) -> None:
        end = ForMany(
            sa.update(SIGN_INS)
            .where(SIGN_INS.c.id == sa.bindparam("which"), SIGN_INS.c.ended_at.is_(None))
            .values(ended_at=sa.bindparam("at"), last_seen_at=NOW),
            "which",
            "at",
        )
        with app.app_context():
            ForMany(sa.insert(SIGN_INS), *NAMES).run(made := rows(cast.fiona))

            end.run([(row[0], NOW) for row in made])

            assert [row[4:] for row in kept()] == [(NOW, NOW), made[1][4:]]

    def test_a_name_that_the_statement_does_not_have_is_refused(self, app: Flask) -> None:
        known = sa.update(SIGN_INS).where(SIGN_INS.c.id == sa.bindparam("which"))
        with app.app_context(), pytest.raises(ValueError, match="does not take all"):
            ForMany(known.values(last_seen_at=NOW), "which", "more").run([(new_id(), 1)])
