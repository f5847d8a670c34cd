"""Checkpoints are signed as the log grows: often enough, over what it is, and never anew."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Sequence

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.audit import chain, checkpoint_text, checkpoints, log, signed_note
from groupnotes.audit.log import Happening
from groupnotes.audit.merkle import Tree
from groupnotes.audit.models import AuditCheckpoint, AuditHead, AuditKey
from groupnotes.audit.tags import Tag
from groupnotes.core import clock, triggers, uow
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.core.types import UTCDateTime
from tests.support import faults
from tests.support.cast import Cast
from tests.support.databases import application, make_durable
from tests.support.events import events, first_break
from tests.support.root_keys import add_root_of_the_first_version
from tests.support.rows import everything
from tests.support.site import Site, both
from tests.support.statements import statements

START = dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC)
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


def write(app: Flask, count: int, *, at: dt.datetime = START) -> None:
    """Let one unit of work leave ``count`` events."""
    with app.app_context(), clock.pinned(at):
        uow.begin(write=True)
        log.record(*(Happening(Tag.NOTE_READ, None, new_id()) for _ in range(count)))
        uow.finish(ok=True)


def kept(app: Flask) -> Sequence[AuditCheckpoint]:
    with app.app_context():
        query = sa.select(AuditCheckpoint).order_by(AuditCheckpoint.size)
        found = db.session.scalars(query).all()
        db.session.expunge_all()
        return found


def sizes(app: Flask) -> list[int]:
    return [row.size for row in kept(app)]


class TestWhenOneIsMade:
    def test_with_the_first_events(self, app: Flask) -> None:
        write(app, 3)

        assert sizes(app) == [3]

    def test_after_a_thousand_events(self, app: Flask) -> None:
        write(app, 1)
        write(app, 999, at=START + MINUTE)
        assert sizes(app) == [1]

        write(app, 1, at=START + MINUTE)
        write(app, 1, at=START + MINUTE)

        assert sizes(app) == [1, 1001]

    def test_after_an_hour(self, app: Flask) -> None:
        write(app, 1)
        write(app, 1, at=START + HOUR - MINUTE)
        assert sizes(app) == [1]

        write(app, 1, at=START + HOUR)
        write(app, 1, at=START + HOUR + MINUTE)

        assert sizes(app) == [1, 3]

    def test_after_the_clock_was_set_back(self, app: Flask) -> None:
        write(app, 1)

        write(app, 1, at=START - 2 * HOUR)
        write(app, 1, at=START - 2 * HOUR + MINUTE)

        assert sizes(app) == [1, 2]

    def test_one_batch_gets_one(self, app: Flask) -> None:
        write(app, 2500)

        assert sizes(app) == [2500]

    def test_not_in_a_unit_of_work_that_came_to_nothing(self, app: Flask) -> None:
        with app.app_context():
            log.record(Happening(Tag.NOTE_EDIT, None))
            uow.finish(ok=False)

        assert sizes(app) == []

    @both
    def test_a_page_makes_one_that_is_due(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        site.sign_in(cast.fiona).get("/", htmx=htmx)
        first = sizes(app)

        site.get("/clients/", htmx=htmx)

        assert len(first) == 1
        assert sizes(app) == first

    def test_what_is_not_due_costs_no_statement(self, app: Flask) -> None:
        write(app, 1)

        with statements(app) as sent:
            write(app, 1)

        assert [one.split()[0] for one in sent if not one.startswith("BEGIN")] == [
            "SELECT",
            "INSERT",
            "UPDATE",
        ]


class TestWhatItSays:
    def test_the_root_over_all_events_signed_by_the_key_of_the_log(self, app: Flask) -> None:
        for count, hours in ((1, 0), (1200, 1), (7, 2)):
            write(app, count, at=START + hours * HOUR)

        hashes = [event.hash for event in events(app)]
        with app.app_context():
            keys = checkpoints.public_keys(db.session())
        for row in kept(app):
            said = checkpoint_text.parse(signed_note.text_of(row.note))
            tree = Tree()
            tree.extend(hashes[: row.size])
            assert (said.size, said.root) == (row.size, tree.root())
            assert signed_note.signer_of(row.note, keys) == keys[0]
            assert said.origin == keys[0].name
        assert sizes(app) == [1, 1201, 1208]
        assert len(keys) == 1

    def test_it_is_made_from_the_one_before(self, app: Flask) -> None:
        write(app, 50)

        with statements(app) as sent:
            write(app, 2, at=START + HOUR)

        [read] = [one for one in sent if "SELECT audit_events.hash" in one]
        assert "audit_events.sequence >" in read

    def test_a_new_key_signs_from_then_on(self, app: Flask) -> None:
        write(app, 1)
        with app.app_context():
            checkpoints.renew_key(db.session(), START + HOUR)
            db.session.commit()

        write(app, 1, at=START + HOUR)

        with app.app_context():
            old, new = checkpoints.public_keys(db.session())
        first, second = kept(app)
        assert old.name == new.name
        assert signed_note.signer_of(first.note, [old, new]) == old
        assert signed_note.signer_of(second.note, [old, new]) == new

    def test_the_key_is_nowhere_in_the_database(self, app: Flask) -> None:
        write(app, 1)

        with app.app_context():
            row = db.session.scalars(sa.select(AuditKey)).one()
            _, private = checkpoints.signing_key(db.session(), START)
            db.session.remove()
        with app.app_context(), db.engine.connect() as connection:
            held = repr(everything(connection))
        assert row.public_key == signed_note.public_key(row.origin, private).key
        assert repr(private)[2:-1] not in held
        assert private.hex() not in held


class TestADamagedLog:
    @pytest.mark.parametrize(
        ("damage", "reason"),
        [
            ("DELETE FROM audit_events WHERE sequence = 4", "there are not 6 events"),
            ("UPDATE audit_checkpoints SET note = 'x'", "checkpoint 2 cannot be read"),
            ("UPDATE audit_checkpoints SET size = 1", "checkpoint 1 is not what was signed"),
            (
                "UPDATE audit_checkpoints SET peaks = audit_head.hash FROM audit_head",
                "checkpoint 2 is not what was signed",
            ),
        ],
    )
    def test_it_gets_no_signature_and_work_goes_on(
        self, app: Flask, caplog: pytest.LogCaptureFixture, damage: str, reason: str
    ) -> None:
        write(app, 2)
        write(app, 3, at=START + MINUTE)
        faults.as_owner(app, damage)

        with caplog.at_level(logging.CRITICAL):
            write(app, 1, at=START + HOUR)

        assert caplog.messages == [f"audit.damaged: {reason}"]
        assert len(kept(app)) == 1
        assert events(app)[-1].sequence == 6
        with app.app_context():
            assert db.session.scalars(sa.select(AuditHead.checkpointed)).one() == 6


class TestTheTriggers:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_checkpoints SET note = note",
            "UPDATE audit_checkpoints SET peaks = peaks",
            "DELETE FROM audit_checkpoints",
            "UPDATE audit_keys SET origin = 'x'",
            "UPDATE audit_keys SET public_key = wrapped",
            "DELETE FROM audit_keys",
        ],
    )
    def test_neither_checkpoints_nor_keys_are_changed(self, app: Flask, statement: str) -> None:
        write(app, 1)

        with (
            app.app_context(),
            pytest.raises(sa.exc.IntegrityError),
            db.engine.begin() as connection,
        ):
            connection.execute(sa.text(statement))

    def test_a_key_may_be_wrapped_anew(self, app: Flask) -> None:
        write(app, 1)

        with app.app_context(), db.engine.begin() as connection:
            connection.execute(sa.text("UPDATE audit_keys SET wrapped = wrapped, generation = 1"))


@pytest.fixture
def before(empty_database_url: str) -> Iterator[Flask]:
    """The application, on a database without any table."""
    make_durable(empty_database_url)
    app = application(empty_database_url)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


class TestALogThatIsOlderThanCheckpoints:
    def test_its_first_one_is_over_all_of_it(self, before: Flask) -> None:
        from flask_migrate import Migrate, upgrade  # noqa: PLC0415 - imports Alembic

        from groupnotes.cli.setup import MIGRATIONS, prepare_database  # noqa: PLC0415

        with before.app_context():
            Migrate(before, db, directory=str(MIGRATIONS))
            upgrade(directory=str(MIGRATIONS), revision="0001")
            with db.engine.begin() as connection:
                add_root_of_the_first_version(connection)
                triggers.remove(connection, table="audit_head")  # it speaks of later columns
                event = chain.Event(1, START, None, None, "note:read", "success", *[None] * 4)
                now = {"at": START, "hash": chain.link(chain.GENESIS, event)}
                connection.execute(sa.text("UPDATE audit_head SET sequence = 1, hash = :hash"), now)
                assert "checkpointed" not in {
                    one["name"] for one in sa.inspect(connection).get_columns("audit_head")
                }
                connection.execute(
                    sa.text(
                        "INSERT INTO audit_events (sequence, at, tag, outcome, hash)"
                        " SELECT 1, :at, 'note:read', 'success', hash FROM audit_head"
                    ).bindparams(sa.bindparam("at", type_=UTCDateTime())),
                    now,
                )
            prepare_database(before)
            db.session.remove()

        write(before, 2)

        assert sizes(before) == [3]
        assert first_break(before) is None  # the head was sealed on the way
