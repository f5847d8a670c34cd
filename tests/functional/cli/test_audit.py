"""The audit log's own proof, as a command."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from groupnotes.audit.log import Happening, append
from groupnotes.audit.tags import Tag
from groupnotes.core import triggers
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from tests.support.databases import application

_COPY = (
    "INSERT INTO audit_events (sequence, at, tag, outcome, hash)"
    " SELECT 7, at, tag, outcome, hash FROM audit_events WHERE sequence = 6"
)


@pytest.fixture
def log(app: Flask) -> Flask:
    """The application with six events in its log, whose triggers an intruder has taken away."""
    actor = Actor(new_id(), new_id(), frozenset())
    with app.app_context():
        append([Happening(Tag.SIGN_IN, actor, object_id=new_id())] * 6)
        db.session.commit()
    with app.app_context(), db.engine.begin() as connection:
        triggers.remove(connection, table="audit_events")
        triggers.remove(connection, table="audit_head")
    return app


def verify(app: Flask) -> Result:
    return app.test_cli_runner().invoke(args=["audit", "verify"])


def alter(app: Flask, *statements: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))


class TestASoundLog:
    def test_it_is_said_in_one_line(self, log: Flask) -> None:
        result = verify(log)

        assert result.exit_code == 0
        assert result.output == "The audit log is sound: 6 events.\n"

    def test_verifying_writes_nothing(self, log: Flask) -> None:
        assert verify(log).output == verify(log).output

    def test_a_log_without_events_is_sound(self, app: Flask) -> None:
        assert verify(app).output == "The audit log is sound: 0 events.\n"


class TestAnAlteredLog:
    @pytest.mark.parametrize(
        ("attack", "place"),
        [
            (["UPDATE audit_events SET tag = 'account:sign-out' WHERE sequence = 2"], 2),
            (["UPDATE audit_events SET detail = 'x' WHERE sequence = 6"], 6),
            (["DELETE FROM audit_events WHERE sequence = 3"], 3),
            (["DELETE FROM audit_events WHERE sequence = 6"], 6),
            (
                [
                    "UPDATE audit_events SET sequence = 99 WHERE sequence = 4",
                    "UPDATE audit_events SET sequence = 4 WHERE sequence = 5",
                    "UPDATE audit_events SET sequence = 5 WHERE sequence = 99",
                ],
                4,
            ),
            (
                [_COPY],
                7,
            ),
            (["DELETE FROM audit_head"], 0),
        ],
        ids=["edited", "last edited", "removed", "cut off", "swapped", "added", "no head"],
    )
    def test_the_first_bad_event_is_named(self, log: Flask, attack: list[str], place: int) -> None:
        alter(log, *attack)

        result = verify(log)

        assert result.exit_code == 1
        assert f"altered at event {place}:" in result.output
        assert result.output.count("\n") == 1

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    @pytest.mark.parametrize(
        "forged", ["at = 'noon'", "actor_id = 'me'", "object_id = 'x'", "detail = x'00'"]
    )
    def test_a_value_that_no_event_can_hold_is_an_alteration(self, log: Flask, forged: str) -> None:
        alter(log, f"UPDATE audit_events SET {forged} WHERE sequence = 4")

        result = verify(log)

        assert result.exit_code == 1
        assert "altered at event 4: an event cannot be read" in result.output


class TestALogThatCannotBeVerified:
    def test_it_is_no_sound_log(self) -> None:
        result = verify(application("sqlite:////nowhere/at/all.sqlite3"))

        assert result.exit_code == 2
        assert "cannot be verified" in result.stderr
        assert "/nowhere" not in result.output
