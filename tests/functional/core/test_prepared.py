"""Prepared statements keep and read the same rows as SQLAlchemy's own, on both databases."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, cast

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.accounts.models import SignIn
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.core.prepared import ForMany, Prepared
from groupnotes.groups.models import Group
from groupnotes.sessions.models import GroupSession
from tests.support.cast import Cast
from tests.support.statements import statements

SIGN_INS = cast(sa.Table, SignIn.__table__)
NAMES = ("id", "token_hash", "user_id", "seal", "created_at", "last_seen_at", "ended_at")
NOW = dt.datetime(2026, 3, 3, 17, 5, 9, 12, tzinfo=dt.UTC)

Row = tuple[uuid.UUID, bytes, uuid.UUID, bytes, dt.datetime, dt.datetime, dt.datetime | None]


def rows(user: uuid.UUID) -> list[Row]:
    """Two sign-ins that share some values and differ in others."""
    later = NOW + dt.timedelta(minutes=1)
    return [
        (new_id(), b"one", user, b"seal", NOW, NOW, None),
        (new_id(), b"two", user, b"seal", NOW, later, later),
    ]


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

            assert [row[5:] for row in kept()] == [(NOW, NOW), made[1][5:]]

    def test_a_name_that_the_statement_does_not_have_is_refused(self, app: Flask) -> None:
        known = sa.update(SIGN_INS).where(SIGN_INS.c.id == sa.bindparam("which"))
        with app.app_context(), pytest.raises(ValueError, match="does not take all"):
            ForMany(known.values(last_seen_at=NOW), "which", "more").run([(new_id(), 1)])


BY_ID = sa.select(SIGN_INS.c.id, SIGN_INS.c.token_hash).where(
    SIGN_INS.c.id.in_(sa.bindparam("ids", expanding=True)), SIGN_INS.c.user_id.is_not(None)
)
ONE = sa.select(SIGN_INS).where(SIGN_INS.c.id == sa.bindparam("id", type_=sa.Uuid()))


class TestPrepared:
    def test_it_reads_every_kind_of_column_as_sqlalchemy_does(self, app: Flask, cast: Cast) -> None:
        columns = [
            column.label(f"{column.table.name}_{column.name}")
            for model in (Group, GroupSession)
            for column in model.__table__.columns
        ]
        query = sa.select(*columns).join_from(Group, GroupSession)
        with app.app_context():
            [expected] = db.session.execute(query).all()

            [row] = Prepared(query).all({})

            assert tuple(row) == tuple(expected)
            assert [type(value) for value in row] == [type(value) for value in expected]
            assert row.groups_kind is expected.groups_kind

    @pytest.mark.parametrize("count", [0, 1, 2])
    def test_a_list_may_have_any_length(self, app: Flask, cast: Cast, count: int) -> None:
        prepared = Prepared(BY_ID)
        with app.app_context():
            ForMany(sa.insert(SIGN_INS), *NAMES).run(made := rows(cast.fiona))
            asked = [row[0] for row in made[:count]]

            for _ in range(2):
                found = prepared.all({"ids": asked})

                assert {row.id: row.token_hash for row in found} == {
                    r[0]: r[1] for r in made[:count]
                }

    def test_no_row_is_none_where_one_may_be_and_an_error_where_one_must(
        self, app: Flask, cast: Cast
    ) -> None:
        with app.app_context():
            assert Prepared(ONE).one_or_none({"id": new_id()}) is None
            with pytest.raises(sa.exc.NoResultFound):
                Prepared(ONE).one({"id": new_id()})

    def test_more_rows_than_one_are_an_error(self, app: Flask, cast: Cast) -> None:
        with app.app_context():
            ForMany(sa.insert(SIGN_INS), *NAMES).run(rows(cast.fiona))
            of_person = sa.select(SIGN_INS.c.id).where(SIGN_INS.c.user_id == sa.bindparam("who"))

            with pytest.raises(sa.exc.MultipleResultsFound):
                Prepared(of_person).one_or_none({"who": cast.fiona})

    def test_it_says_how_many_rows_it_wrote(self, app: Flask, cast: Cast) -> None:
        end = Prepared(
            sa.update(SIGN_INS)
            .where(SIGN_INS.c.user_id == sa.bindparam("who"), SIGN_INS.c.ended_at.is_(None))
            .values(ended_at=sa.bindparam("at"))
        )
        with app.app_context():
            ForMany(sa.insert(SIGN_INS), *NAMES).run(rows(cast.fiona))

            assert end.run({"who": cast.fiona, "at": NOW}) == 1
            assert end.run({"who": cast.fiona, "at": NOW}) == 0

    def test_a_refusal_of_the_database_is_sqlalchemys_and_tells_no_value(
        self, app: Flask, cast: Cast
    ) -> None:
        insert = ForMany(sa.insert(SIGN_INS), *NAMES)
        with app.app_context():
            insert.run(made := rows(cast.fiona))
            again = [(new_id(), *made[0][1:])]

            with pytest.raises(sa.exc.IntegrityError) as refused:
                insert.run(again)

            assert "INSERT INTO sign_ins" in str(refused.value)
            assert str(cast.fiona) not in str(refused.value.statement)
            assert refused.value.hide_parameters

    def test_a_connection_that_breaks_is_not_used_again(self, app: Flask, cast: Cast) -> None:
        with app.app_context():
            connection = db.session.connection()
            driver: Any = connection.connection.driver_connection
            driver.close()

            with pytest.raises(sa.exc.DBAPIError):
                Prepared(ONE).one_or_none({"id": new_id()})

            db.session.rollback()
            assert Prepared(ONE).one_or_none({"id": new_id()}) is None

    def test_listeners_hear_of_it(self, app: Flask, cast: Cast) -> None:
        with app.app_context(), statements(app) as sent:
            db.session.connection()
            sent.clear()

            Prepared(ONE).one_or_none({"id": new_id()})

        assert len(sent) == 1
        assert sent[0].startswith("SELECT sign_ins.id")
