"""The practice that the benchmark works in: three groups of its own, and years of other notes."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from groupnotes.accounts import sign_ins
from groupnotes.accounts.models import User
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.groups.models import Group
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.practice.models import Intervention
from groupnotes.signing.models import Signature, SigningKey
from tests.support import factories
from tests.support.bulk import Member, Practice

SIZES = (10, 30, 200)  # attendees
_OTHER_GROUPS = 25
_OTHER_MEMBERS = 8
_INTERVENTIONS = (
    "Psychoeducation",
    "Skills rehearsal",
    "Role play",
    "Mindfulness exercise",
    "Cognitive restructuring",
    "Behavioural activation",
    "Chain analysis",
    "Motivational interviewing",
    "Relapse prevention planning",
    "Process commentary",
)


@dataclass(frozen=True, slots=True)
class Session:
    """A session to work on, with its clients and, where there are any, their notes."""

    id: uuid.UUID
    clients: tuple[uuid.UUID, ...]
    notes: tuple[uuid.UUID, ...] = ()


@dataclass(slots=True)
class Work:
    """What the rounds use up, one after the other; every contestant has the same."""

    author: uuid.UUID
    token: str  # of the author's sign-in
    to_document: dict[int, list[Session]] = field(default_factory=dict)
    documented: dict[int, Session] = field(default_factory=dict)
    to_write: list[Session] = field(default_factory=list)
    to_sign: list[Session] = field(default_factory=list)
    objectives: dict[uuid.UUID, tuple[uuid.UUID, ...]] = field(default_factory=dict)  # by client
    diagnoses: dict[uuid.UUID, tuple[uuid.UUID, ...]] = field(default_factory=dict)


def make(rounds: int, background: int) -> Work:
    """Fill the database: enough for ``rounds``, and ``background`` notes of other groups."""
    factories.practice()
    for position, name in enumerate(_INTERVENTIONS, 1):
        db.session.add(Intervention(name=name, therapeutic=True, position=position))
    practice = Practice()
    author = factories.user("Fiona Field", Role.FACILITATOR, Role.CLINICIAN)
    _years(practice, background)
    work = Work(author.id, "")
    members = practice.members(max(SIZES), author)
    work.objectives = {member.client_id: member.objectives for member in members}
    work.diagnoses = {member.client_id: member.diagnoses for member in members}
    for size in SIZES:
        _group(practice, author, members[:size], work, rounds)
    work.token = sign_ins.start(author.id)
    log.append([Happening(Tag.SIGN_IN, Actor(author.id, None, frozenset()))])
    db.session().info.clear()
    db.session.commit()
    return work


def _group(
    practice: Practice, author: User, members: Sequence[Member], work: Work, rounds: int
) -> None:
    """Make one group with its sessions: some to document, one documented, some to sign."""
    size = len(members)
    group = _new_group(practice, author, members, f"Coping skills of {size}")
    clients = tuple(member.client_id for member in members)
    days = _days()
    work.to_document[size] = [
        Session(practice.session(group, next(days), author), clients) for _ in range(rounds)
    ]
    session_id, _, notes = practice.documented(
        group, next(days), author, members, complete=(True, False)
    )
    work.documented[size] = Session(session_id, clients, tuple(notes))
    if size == SIZES[0]:
        for place in [work.to_write, *[work.to_sign] * (2 * rounds)]:
            session_id, _, notes = practice.documented(group, next(days), author, members)
            place.append(Session(session_id, clients, tuple(notes)))
    practice.rows.write()


def _new_group(practice: Practice, author: User, members: Sequence[Member], name: str) -> Group:
    group = factories.group(name=name, capacity=400)
    factories.facilitate(group, author, started_on=dt.date(2020, 1, 7))
    practice.enrol(group, members)
    return group


def _years(practice: Practice, background: int) -> None:
    """Make the signed notes of other groups, with their signatures and their audit events."""
    weeks = -(-background // (_OTHER_GROUPS * _OTHER_MEMBERS))
    for number in range(_OTHER_GROUPS):
        author = factories.user(f"Carl{number} Clement", Role.FACILITATOR, Role.CLINICIAN)
        members = practice.members(_OTHER_MEMBERS, author)
        group = _new_group(practice, author, members, f"Group {number}")
        for at in itertools.islice(_days(), weeks):
            _, revision_id, notes = practice.documented(group, at, author, members)
            practice.rows.write()
            _sign(practice, author, members, notes, revision_id, at)
        practice.rows.write()
        db.session.commit()


def _sign(
    practice: Practice,
    author: User,
    members: Sequence[Member],
    notes: Sequence[uuid.UUID],
    revision_id: uuid.UUID,
    at: dt.datetime,
) -> None:
    key = db.session.scalars(sa.select(SigningKey.id)).one()
    for member, note_id in zip(members, notes, strict=True):
        practice.rows.add(
            Signature,
            note_id=note_id,
            client_id=member.client_id,
            signer_id=author.id,
            meaning="authorship",
            version=1,
            signed_at=at,
            digest=note_id.bytes * 2,
            signature=note_id.bytes * 4,
            key_id=key,
            data_key=member.data_key,
            sealed={"content": practice.prose(20)},
        )
    db.session.execute(
        sa.update(IndividualNote)
        .where(IndividualNote.id.in_(notes))
        .values(status=NoteStatus.SIGNED, group_revision_id=revision_id, signed_at=at)
    )
    actor = Actor(author.id, None, frozenset())
    log.append(
        [
            Happening(tag, actor, member.client_id, "individual_notes", note_id)
            for member, note_id in zip(members, notes, strict=True)
            for tag in (Tag.NOTE_CREATE, Tag.NOTE_EDIT, Tag.NOTE_SIGN)
        ],
    )


def _days() -> Iterator[dt.datetime]:
    """Yield session starts, yesterday's first."""
    yesterday = clock.now().replace(hour=15, minute=0, second=0, microsecond=0)
    for number in itertools.count(1):
        yield yesterday - dt.timedelta(days=number)
