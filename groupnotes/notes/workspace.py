"""What the page of a session shows: put together from opened rows, no question asked."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from groupnotes.clients.models import ClientStatus
from groupnotes.crypto.blob import CannotOpen
from groupnotes.crypto.keyring import ring
from groupnotes.notes import guarding, opening, places, readiness
from groupnotes.notes.doubts import Doubt
from groupnotes.notes.opening import GroupNoteText, Parts
from groupnotes.notes.readiness import IndividualContent, Missing
from groupnotes.notes.states import SIGNED, DisplayStatus, NoteStatus, display_status
from groupnotes.sessions import attendance
from groupnotes.sessions.attendance import AttendanceStatus, Span

Row = Any


@dataclass(frozen=True, slots=True)
class Facilitator:
    """Who led or helped."""

    name: str
    credentials: str


@dataclass(frozen=True, slots=True)
class SessionHead:
    """The facts of the session, the same for everyone."""

    id: uuid.UUID
    group_id: uuid.UUID
    group_name: str
    held_on: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime
    service_code: str
    place_of_service: str
    modality: str
    cancelled: bool
    revision: int
    revised_at: dt.datetime | None
    version: int
    facilitators: tuple[Facilitator, ...] = ()


class Member(NamedTuple):
    """One client of the session and how they attended, as far as it is known."""

    client_id: uuid.UUID
    name: str
    status: AttendanceStatus | None
    arrived_at: dt.datetime | None
    departed_at: dt.datetime | None
    minutes: int

    @property
    def attended(self) -> bool:
        """Whether the client was there at all."""
        return self.status is not None and attendance.attended(self.status)


class NoteCard(NamedTuple):
    """One client's note as the session's page shows it."""

    id: uuid.UUID
    client_id: uuid.UUID
    client_name: str
    status: DisplayStatus
    version: int
    mine: bool
    signed_at: dt.datetime | None = None
    content: IndividualContent | None = None  # None: the reader may not read it
    parts: Parts = Parts()
    missing: tuple[Missing, ...] = ()
    findings: guarding.Findings = MappingProxyType({})  # since the roster changed
    doubt: Doubt | None = None  # so that nothing is written in it
    closed: CannotOpen | None = None  # why it does not open

    @property
    def is_draft_of_reader(self) -> bool:
        """Whether its reader writes it, and may still change it."""
        return self.mine and self.content is not None and not self.is_signed and not self.doubt

    @property
    def is_signed(self) -> bool:
        """Whether its author has signed it."""
        return self.status in SIGNED


@dataclass(frozen=True, slots=True)
class Draft:
    """What the reader typed on this page and has not submitted."""

    typed: str
    saved_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything on the page of one session."""

    session: SessionHead
    members: tuple[Member, ...]
    group_note: GroupNoteText
    interventions: tuple[str, ...]
    cards: tuple[NoteCard, ...]
    set_aside: tuple[NoteCard, ...]
    draft: Draft | None = None
    documentable: bool = False  # by the reader
    destroyed: int = 0  # clients of the session whose record there is no more
    # Whose note was entered in error, and which that was, where its reader may open it.
    in_error: Mapping[uuid.UUID, uuid.UUID | None] = field(default_factory=dict)
    is_unchecked: bool = False  # the roster changed since the group note was checked

    @property
    def next(self) -> uuid.UUID | None:
        """The first note that its reader has still to write: the one shown open."""
        unfinished = (DisplayStatus.NOT_STARTED, DisplayStatus.IN_PROGRESS)
        mine = (card for card in self.cards if card.mine and not card.doubt)
        return next((card.id for card in mine if card.status in unfinished), None)

    @property
    def without_note(self) -> list[Member]:
        """Who was there and has no note: it is made when the session is submitted again."""
        noted = {card.client_id for card in (*self.cards, *self.set_aside)}
        return [m for m in self.members if m.attended and m.client_id not in noted]

    @property
    def signed(self) -> int:
        """How many of the notes their authors have signed."""
        return sum(card.is_signed for card in self.cards)

    @property
    def mine_unsigned(self) -> bool:
        """Whether any of the notes waits for its reader's own signature."""
        return any(card.mine and not card.is_signed for card in self.cards)


def assemble(
    met: Row,
    rows: Sequence[Row],
    parts: Mapping[uuid.UUID, Parts | CannotOpen],
    facilitators: Sequence[Row],
    interventions: Sequence[str],
    reader: uuid.UUID,
) -> Workspace:
    """Put the page of a session together; members by name."""
    called = opening.display_names(ring(), rows)
    names = {row.client_id: name for row, name in zip(rows, called, strict=True)}
    ordered = sorted(rows, key=lambda row: names[row.client_id].casefold())
    there = [row for row in ordered if row.client_status is not ClientStatus.DESTROYED]
    contents = _contents(rows, parts)
    notes = [
        _card(row, names[row.client_id], contents.get(row.note_id), reader)
        for row in ordered
        if row.note_id is not None
    ]
    return Workspace(
        session=head(met, facilitators),
        members=tuple(_member(met, row, names[row.client_id]) for row in there),
        group_note=opening.group_note(met),
        interventions=tuple(interventions),
        cards=tuple(c for c in notes if c.status is not DisplayStatus.SET_ASIDE),
        set_aside=tuple(c for c in notes if c.status is DisplayStatus.SET_ASIDE),
        draft=_draft(met),
        documentable=bool(met.documentable),
        destroyed=len(ordered) - len(there),
        is_unchecked=met.checked_version not in {None, met.roster_version},
    )


def _draft(met: Row) -> Draft | None:
    if met.draft_id is None:
        return None
    return Draft(ring().open(places.DRAFT, met.draft_id, met.draft), met.draft_saved_at)


def head(met: Row, facilitators: Sequence[Row]) -> SessionHead:
    """Open the facts of the session."""
    keys = ring()
    return SessionHead(
        id=met.id,
        group_id=met.group_id,
        group_name=keys.open(places.GROUP_NAME, met.group_id, met.group_name),
        held_on=met.held_on,
        starts_at=met.starts_at,
        ends_at=met.ends_at,
        service_code=met.service_code,
        place_of_service=met.place_of_service,
        modality=met.modality.value,
        cancelled=met.status.value == "cancelled",
        revision=met.revision,
        revised_at=met.revised_at,
        version=met.version,
        facilitators=tuple(
            Facilitator(keys.open(places.STAFF_NAME, f.user_id, f.name), f.credentials)
            for f in facilitators
        ),
    )


def _member(met: Row, row: Row, name: str) -> Member:
    minutes = 0
    if row.attendance is not None:
        minutes = attendance.minutes(
            row.attendance,
            Span(met.starts_at, met.ends_at),
            arrived=row.arrived_at,
            departed=row.departed_at,
        )
    return Member(row.client_id, name, row.attendance, row.arrived_at, row.departed_at, minutes)


Opened = tuple[Parts, IndividualContent]


def _contents(
    rows: Sequence[Row], parts: Mapping[uuid.UUID, Parts | CannotOpen]
) -> dict[uuid.UUID, Opened | CannotOpen]:
    """Open the notes that the reader may read, by note; or say why one does not open.

    The other notes of the session are not closed by it.
    """
    found: dict[uuid.UUID, Opened | CannotOpen] = {}
    sound: list[tuple[Row, Parts]] = []
    for row in rows:
        if row.note_id is None or not row.readable:
            continue
        its = parts[row.note_id]
        if isinstance(its, CannotOpen):
            found[row.note_id] = its
        else:
            sound.append((row, its))
    try:
        return found | _open(sound)
    except CannotOpen:
        pass  # one of them: each by itself
    for one in sound:
        try:
            found |= _open([one])
        except CannotOpen as error:
            found[one[0].note_id] = error
    return found


def _open(sound: Sequence[tuple[Row, Parts]]) -> dict[uuid.UUID, Opened]:
    rows, parts = [row for row, _ in sound], [its for _, its in sound]
    notes = [row.note_id for row in rows]
    contents = opening.contents(rows, notes, parts)
    return dict(zip(notes, zip(parts, contents, strict=True), strict=True))


def _card(row: Row, name: str, opened: Opened | CannotOpen | None, reader: uuid.UUID) -> NoteCard:
    status = display_status(row.note_status, has_text=row.has_text, missing=row.missing)
    mine = row.author_id == reader
    if opened is None or isinstance(opened, CannotOpen):
        return NoteCard(
            row.note_id,
            row.client_id,
            name,
            status,
            row.note_version,
            mine,
            row.signed_at,
            doubt=Doubt.CLOSED if opened else None,
            closed=opened,
        )
    draft = row.note_status is NoteStatus.DRAFT and not row.signed_as_logged
    its, content = opened
    return NoteCard(
        id=row.note_id,
        client_id=row.client_id,
        client_name=name,
        status=status,
        version=row.note_version,
        mine=mine,
        signed_at=row.signed_at,
        content=content,
        parts=its,
        missing=tuple(readiness.missing(content)) if draft else (),
        doubt=Doubt.UNSIGNED if row.signed_as_logged else None,
    )
