"""Locked means locked: the database itself refuses every change to a signed note."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.clients.models import Client
from groupnotes.core import triggers
from groupnotes.core.db import Base, db
from groupnotes.core.ids import new_id
from groupnotes.plans.models import PlanStatus
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.rows import everything
from tests.support.site import Site

# What may still change after one note of a session is signed: others are drafts yet.
FREE = {
    ("group_sessions", "rule_start"),
    ("group_sessions", "revision"),
    ("group_sessions", "version"),
}


@dataclass(frozen=True)
class Signed:
    """A signed note, with the rows of each table that are part of it."""

    note_id: uuid.UUID
    draft_id: uuid.UUID  # another client's note of the same session
    rows: dict[str, sa.ColumnElement[bool]]


@pytest.fixture
def signed(app: Flask, cast: Cast, site: Site) -> Iterator[Signed]:
    """Ana's note, signed, while Ben's of the same session is a draft."""
    note_id = journey.signed_note(site.sign_in(cast.fiona), cast)
    draft_id = journey.note_of(site, cast, "Ben")
    at = {name: table.columns for name, table in Base.metadata.tables.items()}
    rows = {
        "individual_notes": at["individual_notes"].id == note_id,
        "note_diagnoses": at["note_diagnoses"].note_id == note_id,
        "progress_ratings": at["progress_ratings"].note_id == note_id,
        "signatures": at["signatures"].note_id == note_id,
        "attendances": sa.and_(
            at["attendances"].session_id == cast.session, at["attendances"].client_id == cast.ana
        ),
        "group_note_revisions": at["group_note_revisions"].session_id == cast.session,
        "group_sessions": at["group_sessions"].id == cast.session,
    }
    with app.app_context():
        yield Signed(note_id, draft_id, rows)


def table_of(name: str) -> sa.Table:
    return Base.metadata.tables[name]


def refusal(statement: sa.Executable) -> str | None:
    """Try ``statement``; return why the database refused it, or None when it changed rows."""
    try:
        with db.engine.begin() as connection:
            changed = connection.execute(statement).rowcount
            assert changed, f"it found no row: {statement}"
            connection.rollback()
    except sa.exc.IntegrityError as error:
        return str(error.orig)
    return None


def other(column: sa.Column[Any], value: Any) -> Any:
    """Return a value that ``column`` can hold and that is not ``value``."""
    kind = column.type.impl if isinstance(column.type, sa.TypeDecorator) else column.type
    if isinstance(kind, sa.Enum):
        words = [word for word in kind.enums if word != getattr(value, "value", value)]
        return words[0] if words else value  # there is one meaning of a signature as yet
    values: dict[type, Any] = {
        sa.Uuid: new_id(),
        sa.LargeBinary: b"forged",
        sa.DateTime: dt.datetime(2026, 3, 3, 21, 59, tzinfo=dt.UTC),
        sa.Date: dt.date(2026, 3, 4),
        sa.Boolean: not value,
        sa.Integer: value + 1 if isinstance(value, int) else 1,
        sa.String: "X",
    }
    return next(new for known, new in values.items() if isinstance(kind, known))


def all_rows() -> dict[str, Any]:
    with db.engine.begin() as connection:
        return everything(connection)


def rows_in(signed: Signed, name: str) -> list[dict[str, Any]]:
    with db.engine.begin() as connection:
        found = connection.execute(table_of(name).select().where(signed.rows[name])).mappings()
        return [dict(row) for row in found]


class TestASignedNote:
    def test_no_column_of_any_part_can_be_changed(self, signed: Signed) -> None:
        before = all_rows()
        not_refused = []

        for name, mine in signed.rows.items():
            [row, *_] = rows_in(signed, name)
            for column in table_of(name).columns:
                change = {column.name: other(column, row[column.name])}
                why = refusal(table_of(name).update().where(mine).values(change))
                if (name, column.name) not in FREE and not _is_by_a_trigger(why):
                    not_refused.append(f"{name}.{column.name}: {why}")

        assert not_refused == []
        assert all_rows() == before

    def test_no_column_can_be_emptied(self, signed: Signed) -> None:
        not_refused = [
            f"{name}.{column.name}"
            for name, mine in signed.rows.items()
            for column in table_of(name).columns
            if (name, column.name) not in FREE
            and refusal(table_of(name).update().where(mine).values({column.name: None})) is None
        ]

        assert not_refused == []

    def test_what_may_change_are_facts_that_nobody_signed(self, signed: Signed) -> None:
        for name, column in FREE:
            [row] = rows_in(signed, name)
            value = other(table_of(name).columns[column], row[column])
            change = table_of(name).update().where(signed.rows[name]).values({column: value})
            assert refusal(change) is None

    def test_no_part_can_be_removed(self, signed: Signed) -> None:
        for name, mine in signed.rows.items():
            assert _is_by_a_trigger(refusal(table_of(name).delete().where(mine))), name

    def test_nothing_can_be_added_beside_a_part(self, signed: Signed) -> None:
        for name in signed.rows:
            for row in rows_in(signed, name):
                assert refusal(table_of(name).insert().values(row | {"id": new_id()})), name

    @pytest.mark.parametrize("name", ["note_diagnoses", "progress_ratings"])
    def test_a_part_of_a_draft_cannot_be_moved_in(self, signed: Signed, name: str) -> None:
        table = table_of(name)
        move = table.update().where(table.columns.note_id == signed.draft_id)

        assert _is_by_a_trigger(refusal(move.values(note_id=signed.note_id)))

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_no_part_can_be_replaced(self, signed: Signed) -> None:
        for name in signed.rows:
            for row in rows_in(signed, name):
                for values in (row, row | {"id": new_id()}):
                    replace = table_of(name).insert().prefix_with("OR REPLACE").values(values)
                    assert _is_by_a_trigger(refusal(replace)), name

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_a_draft_cannot_take_its_place(self, signed: Signed) -> None:
        notes = table_of("individual_notes")
        [row] = rows_in(signed, "individual_notes")
        take = notes.update().prefix_with("OR REPLACE").where(notes.columns.id == signed.draft_id)

        assert _is_by_a_trigger(refusal(take.values(client_id=row["client_id"])))

    @pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
    def test_no_table_can_be_emptied_at_once(self, signed: Signed) -> None:
        before = all_rows()

        for name in signed.rows:
            with pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
                connection.execute(sa.text(f"TRUNCATE {name} CASCADE"))

        assert all_rows() == before


class TestASignedPlan:
    FACTS = (
        "client_id",
        "problem",
        "services",
        "effective_on",
        "review_due_on",
        "signed_by_id",
        "signed_at",
    )

    @pytest.mark.parametrize("fact", FACTS)
    def test_what_was_signed_is_neither_changed_nor_emptied(
        self, app: Flask, cast: Cast, fact: str
    ) -> None:
        plans = table_of("treatment_plans")
        mine = plans.columns.client_id == cast.ana
        with app.app_context():
            with db.engine.begin() as connection:
                [row] = connection.execute(plans.select().where(mine)).mappings()
            changed = other(plans.columns[fact], row[fact])

            assert _is_by_a_trigger(refusal(plans.update().where(mine).values({fact: changed})))
            assert refusal(plans.update().where(mine).values({fact: None})) is not None

    @pytest.mark.parametrize("part", ["goals", "objectives"])
    def test_nothing_is_added_to_it(self, app: Flask, cast: Cast, part: str) -> None:
        with app.app_context():
            row = self._part(part, cast.ana)

            assert _is_by_a_trigger(refusal(table_of(part).insert().values(row | {"id": new_id()})))

    @pytest.mark.parametrize("part", ["goals", "objectives"])
    def test_nothing_of_a_draft_is_moved_into_it(self, app: Flask, cast: Cast, part: str) -> None:
        with app.app_context():
            client = db.session.get_one(Client, cast.ana)
            draft = factories.plan(client, status=PlanStatus.DRAFT, signed_at=None).id
            db.session.commit()
            signed = self._part(part, cast.ana)["plan_id"]
            own = table_of(part).columns
            move = table_of(part).update().where(own.plan_id == draft)

            assert _is_by_a_trigger(refusal(move.values(plan_id=signed)))
            assert refusal(move.values(position=own.position + 1)) is None
            assert refusal(table_of(part).insert().values(self._copy(part, draft))) is None

    @staticmethod
    def _part(part: str, client_id: uuid.UUID) -> dict[str, Any]:
        """Return a part of the client's signed plan."""
        plans, parts = table_of("treatment_plans"), table_of(part)
        query = (
            parts.select()
            .join(plans, plans.columns.id == parts.columns.plan_id)
            .where(parts.columns.client_id == client_id, plans.columns.status == "active")
        )
        with db.engine.begin() as connection:
            return dict(connection.execute(query).mappings().one())

    @staticmethod
    def _copy(part: str, plan_id: uuid.UUID) -> dict[str, Any]:
        """Return one more part for the plan, made of one that it has."""
        parts = table_of(part)
        with db.engine.begin() as connection:
            query = parts.select().where(parts.columns.plan_id == plan_id)
            return dict(connection.execute(query).mappings().one()) | {"id": new_id()}


class TestADraft:
    def test_it_can_be_changed(self, signed: Signed) -> None:
        notes = table_of("individual_notes")
        change = notes.update().where(notes.columns.id == signed.draft_id)

        assert refusal(change.values(has_text=True)) is None

    def test_it_is_not_removed_either(self, signed: Signed) -> None:
        notes = table_of("individual_notes")

        assert _is_by_a_trigger(refusal(notes.delete().where(notes.columns.id == signed.draft_id)))


def _is_by_a_trigger(why: str | None) -> bool:
    reasons = {trigger.reason for trigger in triggers.declared().values()}
    return why is not None and any(reason in why for reason in reasons)
