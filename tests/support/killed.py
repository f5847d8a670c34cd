"""A process that documents sessions until it is killed, again and again.

``python -m tests.support.killed URL ROUNDS`` fills the migrated, empty database with one group
of 200, then lets a child document sessions through the services and kills it with SIGKILL at a
random moment, ``ROUNDS`` times. Each child says ``begun`` and ``done`` with the session's id;
``done`` is what a browser would have been told.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import random
import signal
import sys
import time
import uuid
from collections.abc import Callable

from groupnotes.core import uow
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.groups.models import FacilitatorRole, Group
from groupnotes.notes import services
from groupnotes.notes.opening import GroupNoteText
from groupnotes.notes.services import SessionSubmission, TypedEntry
from groupnotes.sessions.attendance import AttendanceStatus
from groupnotes.sessions.models import SessionFacilitator
from tests.support import factories
from tests.support.databases import application

ATTENDEES = 200
_WARM_UP = 3  # sessions
_CAN_BE_HIT = 4  # sessions: a child is killed in one of its first


def main(url: str, rounds: int) -> None:
    """Fill the database, then write and kill."""
    app = application(url)
    with app.app_context():
        group, actor, clients = _people()
        took = _timed(group, actor, clients)
        db.session.remove()
        db.engine.dispose()  # no child may use a connection of its parent's
        for _ in range(rounds):
            _killed(lambda: _document_for_ever(group, actor, clients), within=took * _CAN_BE_HIT)


def _people() -> tuple[uuid.UUID, Actor, list[uuid.UUID]]:
    factories.practice()
    fiona = factories.user("Fiona Field", Role.FACILITATOR, Role.CLINICIAN)
    group = factories.group(capacity=ATTENDEES)
    factories.facilitate(group, fiona)
    clients = []
    for number in range(ATTENDEES):
        client = factories.client(first_name=f"First{number}", last_name=f"Last{number}")
        factories.enrol(group, client)
        factories.diagnosis(client, made_by_id=fiona.id)
        factories.plan(client, signed_by_id=fiona.id)
        clients.append(client.id)
    ids = group.id, Actor(fiona.id, None, frozenset({Role.FACILITATOR, Role.CLINICIAN})), clients
    db.session.commit()
    return ids


def _killed(work: Callable[[], None], *, within: float) -> None:
    """Let a child work; kill it at some moment ``within`` so many seconds."""
    child = os.fork()
    if child == 0:
        work()
    time.sleep(random.uniform(0, within))  # noqa: S311 - any moment will do
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _timed(group: uuid.UUID, actor: Actor, clients: list[uuid.UUID]) -> float:
    """Document some sessions, the first of which opens every key; return what the last took."""
    began = 0.0
    for _ in range(_WARM_UP):
        began = time.monotonic()
        _document(group, actor, clients)
    return time.monotonic() - began


def _document_for_ever(group: uuid.UUID, actor: Actor, clients: list[uuid.UUID]) -> None:
    for _ in itertools.count():
        _document(group, actor, clients)


def _document(group_id: uuid.UUID, actor: Actor, clients: list[uuid.UUID]) -> None:
    uow.begin(write=True)
    starts = dt.datetime(2026, 3, 3, 22, tzinfo=dt.UTC) + dt.timedelta(microseconds=_count())
    met = factories.session(
        db.session.get_one(Group, group_id),
        starts_at=starts,
        ends_at=starts + dt.timedelta(minutes=90),
    )
    lead = SessionFacilitator(session_id=met.id, user_id=actor.user_id, role=FacilitatorRole.LEAD)
    db.session.add(lead)
    db.session.flush()
    session_id = met.id
    os.write(1, f"begun {session_id}\n".encode())
    services.document_session(actor, session_id, _submission(clients))
    uow.finish(ok=True)
    os.write(1, f"done {session_id}\n".encode())


def _submission(clients: list[uuid.UUID]) -> SessionSubmission:
    return SessionSubmission(
        key=new_id(),
        seen_version=1,
        attendance={client: TypedEntry(AttendanceStatus.PRESENT) for client in clients},
        group_note=GroupNoteText(
            topic="Coping ahead",
            interventions_other="Rehearsal in pairs",
            dynamics="The group was lively. " * 40,
            plan="Practise daily.",
        ),
    )


def _count() -> int:
    """Return a number that no other session of this database has: they begin at different times."""
    return int.from_bytes(os.urandom(4), "big") % 3_600_000_000


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
