"""What retention asks: when a client's care ended, what speaks for keeping the record."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from groupnotes.accounts import queries as staff
from groupnotes.accounts.models import User
from groupnotes.clients import queries as clients
from groupnotes.clients.models import CaseloadEntry, Client, ClientStatus
from groupnotes.core import keyset
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict
from groupnotes.core.keyset import Cursor, Page
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring
from groupnotes.groups.models import Enrolment
from groupnotes.notes.models import IndividualNote, SessionDraft
from groupnotes.notes.states import UNFINISHED
from groupnotes.plans.models import PlanStatus, TreatmentPlan
from groupnotes.practice.models import Practice
from groupnotes.retention.models import Destruction, LegalHold, Purge
from groupnotes.retention.rule import Care, Rule, Standing
from groupnotes.sessions.attendance import ATTENDED
from groupnotes.sessions.models import Attendance, GroupSession
from groupnotes.signing import standing
from groupnotes.signing.models import NoteEntry

DESTROYED = "This record has been destroyed already."

_BIRTH_DATE = Place("clients", "birth_date")


@dataclass(frozen=True, slots=True)
class Kept:
    """By what the practice keeps records, and where its days begin."""

    rule: Rule
    backup_days: int
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Candidate:
    """A client whose last service is long ago, with what the rule asks for."""

    id: uuid.UUID
    name: str
    birth_date: dt.date
    care: Care
    held: bool


def kept_by() -> Kept:
    """Return the practice's rule, and for how long its backups are kept."""
    row = db.session.execute(
        sa.select(
            Practice.retention_years,
            Practice.age_of_majority,
            Practice.years_after_majority,
            Practice.backup_days,
            Practice.time_zone,
        )
    ).one()
    rule = Rule(row.retention_years, row.age_of_majority, row.years_after_majority)
    return Kept(rule, row.backup_days, ZoneInfo(row.time_zone))


def client_there(client_id: uuid.UUID) -> Client | None:
    """Return a client whose record was not destroyed."""
    there = Client.status != ClientStatus.DESTROYED
    return db.session.scalar(sa.select(Client).where(Client.id == client_id, there))


def hold_client(client_id: uuid.UUID) -> Client:
    """Return the client as they are now; others who decide on them wait for us."""
    query = sa.select(Client).where(Client.id == client_id).with_for_update()
    client = db.session.scalars(query.execution_options(populate_existing=True)).one()
    if client.status is ClientStatus.DESTROYED:
        raise Conflict(DESTROYED)
    return client


def hold_purge(purge_id: uuid.UUID) -> Purge:
    """Return the purge as it is now; others who end it wait for us."""
    query = sa.select(Purge).where(Purge.id == purge_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def hold_legal_hold(hold_id: uuid.UUID) -> LegalHold:
    """Return the legal hold as it is now; others who lift it wait for us."""
    query = sa.select(LegalHold).where(LegalHold.id == hold_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def care_of(client: Client, zone: ZoneInfo) -> Care:
    """Return when the client was last cared for."""
    row = db.session.execute(sa.select(*_last_dates()).where(Client.id == client.id)).one()
    return _care(client.created_at, row, zone)


def standing_of(client: Client, today: dt.date) -> Standing:
    """Return what speaks for keeping the client's record now."""

    def count(model: Any, *where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        found = sa.select(sa.func.count()).select_from(model)
        return found.where(model.client_id == client.id, *where).scalar_subquery()

    def open_on(stay: Any) -> sa.ColumnElement[bool]:
        return sa.or_(stay.ended_on.is_(None), stay.ended_on >= today)

    row = db.session.execute(
        sa.select(
            count(CaseloadEntry, open_on(CaseloadEntry)).label("caseload"),
            count(Enrolment, open_on(Enrolment)).label("enrolled"),
            sa.type_coerce(
                count(IndividualNote, IndividualNote.status.in_(UNFINISHED))
                + count(NoteEntry, standing.waits()),
                sa.Integer,
            ).label("notes"),
            count(TreatmentPlan, TreatmentPlan.status == PlanStatus.DRAFT).label("plans"),
            count(LegalHold, LegalHold.lifted_at.is_(None)).label("holds"),
        )
    ).one()
    return Standing(
        in_treatment=client.status is ClientStatus.ACTIVE,
        on_caseload=row.caseload > 0,
        enrolled=row.enrolled > 0,
        unsigned_notes=row.notes,
        unsigned_plans=row.plans,
        held=row.holds > 0,
    )


def candidates(
    query: sa.Select[Any], kept: Kept, today: dt.date, cursor: Cursor[uuid.UUID]
) -> Page[uuid.UUID]:
    """Return a page of discharged clients without any service for the rule's years.

    The database narrows them down by dates that it can read; only of those are the names and
    dates of birth opened, by which the rule decides.
    """
    since = kept.rule.earliest_service(today)
    long_ago = query.where(
        Client.status == ClientStatus.DISCHARGED,
        Client.created_at < dt.datetime.combine(since, dt.time.min, kept.zone),
        *(sa.or_(last.is_(None), last < since) for last in _last_dates()),
        *(sa.not_(_has_open(stay)) for stay in (CaseloadEntry, Enrolment)),
    ).with_only_columns(
        *clients.NAMES, Client.created_at, Client.birth_date_sealed, *_last_dates(), _held()
    )
    found = keyset.newest_first(long_ago, Client.id, cursor)
    named = zip(found.rows, clients.opened(found.rows), strict=True)
    lines = [
        Candidate(
            id=row.id,
            name=name.full,
            birth_date=birth_date(row.id, row.birth_date_sealed),
            care=_care(row.created_at, row, kept.zone),
            held=bool(row.held),
        )
        for row, name in named
    ]
    return Page(lines, found.older, found.newer)


def birth_date(client_id: uuid.UUID, sealed: bytes) -> dt.date:
    """Open a client's date of birth."""
    return dt.date.fromisoformat(ring().open(_BIRTH_DATE, client_id, sealed))


def holds_of(client_id: uuid.UUID) -> list[LegalHold]:
    """Return every legal hold that is or was on the client's record, the newest first."""
    query = sa.select(LegalHold).where(LegalHold.client_id == client_id)
    return list(db.session.scalars(query.order_by(LegalHold.id.desc())))


def held(cursor: Cursor[uuid.UUID]) -> Page[uuid.UUID]:
    """Return a page of the legal holds that are on a record now, the newest first."""
    hold = LegalHold
    query = sa.select(hold.id, hold.client_id, hold.placed_by_id, hold.placed_at)
    return keyset.newest_first(query.where(hold.lifted_at.is_(None)), hold.id, cursor)


def open_purge_of(client_id: uuid.UUID) -> Purge | None:
    """Return the purge of the client that was proposed and not withdrawn."""
    query = sa.select(Purge).where(Purge.client_id == client_id, Purge.withdrawn_at.is_(None))
    return db.session.scalar(query)


def destruction_by(purge_id: uuid.UUID) -> Destruction | None:
    """Return the destruction that a purge led to, if it was confirmed."""
    return db.session.get(Destruction, purge_id)


def proposed(query: sa.Select[Any], cursor: Cursor[uuid.UUID]) -> Page[uuid.UUID]:
    """Return a page of the purges in ``query`` that wait for the second person."""
    confirmed = sa.select(sa.literal(1)).where(Destruction.id == Purge.id).exists()
    columns = (Purge.id, Purge.client_id, Purge.proposed_by_id, Purge.proposed_at)
    waiting = query.with_only_columns(*columns).where(Purge.withdrawn_at.is_(None), ~confirmed)
    return keyset.newest_first(waiting, Purge.id, cursor)


def destroyed(query: sa.Select[Any], cursor: Cursor[uuid.UUID]) -> Page[uuid.UUID]:
    """Return a page of the destructions in ``query``."""
    columns = (
        Destruction.id,
        Destruction.client_id,
        Destruction.confirmed_by_id,
        Destruction.confirmed_at,
        Destruction.cleared_at,
    )
    return keyset.newest_first(query.with_only_columns(*columns), Destruction.id, cursor)


def names_of(client_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the clients' names."""
    rows = db.session.execute(sa.select(*clients.NAMES).where(Client.id.in_(client_ids))).all()
    return {named.row.id: named.full for named in clients.opened(rows)}


def people(ids: Collection[uuid.UUID | None]) -> defaultdict[uuid.UUID | None, str]:
    """Return the names and credentials of staff, by id; nothing for nobody."""
    found: defaultdict[uuid.UUID | None, str] = defaultdict(str)
    lines = staff.by_name(sa.select(*staff.LINE).where(User.id.in_(set(ids) - {None})))
    found.update((line.id, line.label) for line in lines)
    return found


def _last_dates() -> Sequence[Any]:
    """Return the dates on which care of each kind was last given, as subqueries of a client.

    Sessions count that the client attended, and the days on which a stay, a clinician's care
    and a plan ended or began: what has a later date is kept the longer.
    """
    session = (
        sa.select(sa.func.max(GroupSession.held_on))
        .join(Attendance, Attendance.session_id == GroupSession.id)
        .where(Attendance.client_id == Client.id, Attendance.status.in_(sorted(ATTENDED)))
    )
    plan = sa.select(sa.func.max(TreatmentPlan.effective_on)).where(
        TreatmentPlan.client_id == Client.id, TreatmentPlan.status != PlanStatus.DRAFT
    )
    stays = [
        sa.select(sa.func.max(stay.ended_on)).where(stay.client_id == Client.id)
        for stay in (Enrolment, CaseloadEntry)
    ]
    return [
        query.correlate(Client).scalar_subquery().label(f"last_{number}")
        for number, query in enumerate([session, plan, *stays])
    ]


def _has_open(stay: type[CaseloadEntry | Enrolment]) -> sa.ColumnElement[bool]:
    found = sa.select(sa.literal(1)).where(stay.client_id == Client.id, stay.ended_on.is_(None))
    return found.correlate(Client).exists()


def _held() -> sa.Label[int]:
    on_hold = sa.select(sa.literal(1)).where(
        LegalHold.client_id == Client.id, LegalHold.lifted_at.is_(None)
    )
    return sa.case((on_hold.correlate(Client).exists(), 1), else_=0).label("held")


def _care(created_at: dt.datetime, row: Any, zone: ZoneInfo) -> Care:
    dates = (row.last_0, row.last_1, row.last_2, row.last_3)
    return Care(created_at.astimezone(zone).date(), dates)


def forget_drafts(client_id: uuid.UUID) -> None:
    """Drop what somebody typed and never submitted about sessions that the client was to be in.

    Only what is submitted is checked for names, so a draft may hold the client's.
    """
    attended = sa.select(Attendance.session_id).where(Attendance.client_id == client_id)
    enrolled = (
        sa.select(GroupSession.id)
        .join(Enrolment, Enrolment.group_id == GroupSession.group_id)
        .where(
            Enrolment.client_id == client_id,
            Enrolment.started_on <= GroupSession.held_on,
            sa.or_(Enrolment.ended_on.is_(None), Enrolment.ended_on >= GroupSession.held_on),
        )
    )
    db.session.execute(
        sa.delete(SessionDraft).where(SessionDraft.session_id.in_(sa.union(attended, enrolled)))
    )
