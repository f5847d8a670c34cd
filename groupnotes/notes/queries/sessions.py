"""What the hot paths ask about a session: prepared statements that return plain rows.

Each asks for all attendees at once, so that a session of 30 costs as many
statements as one of 3.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from groupnotes.access.policy import Permission
from groupnotes.access.relations import ACTOR_ID, bound, within
from groupnotes.accounts.models import User, UserRole
from groupnotes.clients.models import CaseloadEntry, Client, ClientStatus
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.core.prepared import Prepared, Row
from groupnotes.diagnoses.models import Diagnosis, DiagnosisStatus
from groupnotes.groups.models import Enrolment, Group
from groupnotes.identity.rosters import version_of
from groupnotes.notes import doubts
from groupnotes.notes.models import GroupNoteRevision, IndividualNote, SessionDraft, Submission
from groupnotes.notes.queries import columns
from groupnotes.notes.states import NoteStatus
from groupnotes.plans.models import Goal, Objective, ObjectiveStatus, PlanStatus, TreatmentPlan
from groupnotes.practice.models import Intervention
from groupnotes.sessions.models import Attendance, GroupSession, SessionFacilitator

Roles = frozenset[Role]

SESSION_ID = sa.bindparam("session_id", type_=sa.Uuid())


@functools.cache
def _lock(roles: Roles, permission: Permission) -> Prepared:
    return Prepared(
        sa.select(GroupSession.id)
        .where(GroupSession.id == SESSION_ID, within(roles, permission, GroupSession))
        .with_for_update()
    )


@functools.cache
def _session(roles: Roles, permission: Permission) -> Prepared:
    documents = within(roles, Permission.SESSION_DOCUMENT, GroupSession)
    return Prepared(
        sa.select(
            GroupSession.id,
            *columns.SESSION,
            GroupSession.status,
            GroupSession.version,
            Group.data_key,
            Group.name_sealed.label("group_name"),
            *columns.GROUP_NOTE,
            GroupNoteRevision.checked_version,
            SessionDraft.id.label("draft_id"),
            SessionDraft.saved_at.label("draft_saved_at"),
            SessionDraft.typed_sealed.label("draft"),
            sa.case((documents, 1), else_=0).label("documentable"),
            version_of(GroupSession.group_id).label("roster_version"),
        )
        .join(Group, Group.id == GroupSession.group_id)
        .outerjoin(
            GroupNoteRevision,
            columns.NEWEST,
        )
        .outerjoin(
            SessionDraft,
            sa.and_(SessionDraft.session_id == GroupSession.id, SessionDraft.user_id == ACTOR_ID),
        )
        .where(GroupSession.id == SESSION_ID, within(roles, permission, GroupSession))
    )


def session(
    actor: Actor, permission: Permission, session_id: uuid.UUID, *, lock: bool = False
) -> Row | None:
    """Return the session with its group and newest revision, if ``actor`` may have it.

    With ``lock`` nobody else documents or signs it until this transaction ends.
    PostgreSQL takes the lock in a statement of its own, so that what is read then
    is what the holder before left; SQLite's one writer needs none.
    """
    values = {**bound(actor), "session_id": session_id}
    if lock and db.engine.dialect.name == "postgresql":
        _lock(actor.roles, permission).one_or_none(values)
    return _session(actor.roles, permission).one_or_none(values)


_GROUP_ID = sa.bindparam("group_id", type_=sa.Uuid())
_HELD_ON = sa.bindparam("held_on", type_=sa.Date())
_RECORDED = sa.select(Attendance.client_id).where(Attendance.session_id == SESSION_ID)
_ENROLLED_THAT_DAY = sa.select(Enrolment.client_id).where(
    Enrolment.group_id == _GROUP_ID,
    Enrolment.started_on <= _HELD_ON,
    sa.or_(Enrolment.ended_on.is_(None), Enrolment.ended_on >= _HELD_ON),
)


def _of_session() -> sa.ColumnElement[bool]:
    """Say that the client was enrolled on the day of the session, or that attendance was taken."""
    return Client.id.in_(sa.union(_ENROLLED_THAT_DAY, _RECORDED))


# Nobody looks for a name, or for a line to fill in, of whose record was destroyed.
_THERE = Client.status != ClientStatus.DESTROYED
_NAMES = (
    Client.id.label("client_id"),
    Client.data_key,
    Client.first_name_sealed.label("first_name"),
    Client.last_name_sealed.label("last_name"),
    Client.preferred_name_sealed.label("preferred_name"),
)


@functools.cache
def _roster(roles: Roles) -> Prepared:
    note = IndividualNote
    return Prepared(
        sa.select(
            *_NAMES,
            Attendance.id.label("attendance_id"),
            Attendance.status.label("attendance"),
            Attendance.arrived_at,
            Attendance.departed_at,
            note.id.label("note_id"),
            note.author_id,
            note.status.label("note_status"),
            note.signed_at,
            note.has_text,
            note.missing,
            note.version.label("note_version"),
            note.checked_version,
            doubts.signed_as_logged().label("signed_as_logged"),
            *columns.NOTE,
            sa.case((within(roles, Permission.NOTE_READ, note), 1), else_=0).label("readable"),
            Client.status.label("client_status"),
        )
        .outerjoin(
            Attendance,
            sa.and_(Attendance.session_id == SESSION_ID, Attendance.client_id == Client.id),
        )
        .outerjoin(
            note,
            sa.and_(
                note.session_id == SESSION_ID,
                note.client_id == Client.id,
                note.standing.is_(True),
            ),
        )
        .where(_of_session())
        .order_by(Client.id)
    )


def roster(actor: Actor, met: Row) -> Sequence[Row]:
    """Return every client of the session with attendance and, where readable, the note."""
    return _roster(actor.roles).all({**bound(actor), **_ids(met)})


@functools.cache
def _in_error(roles: Roles) -> Prepared:
    note = IndividualNote
    return Prepared(
        sa.select(
            note.client_id,
            note.id,
            sa.case((within(roles, Permission.NOTE_READ, note), 1), else_=0).label("readable"),
        )
        .where(note.session_id == SESSION_ID, note.status == NoteStatus.ENTERED_IN_ERROR)
        .order_by(note.id)
    )


def in_error(actor: Actor, session_id: uuid.UUID) -> dict[uuid.UUID, uuid.UUID | None]:
    """Return whose notes of a session were entered in error, with the newest if it is readable."""
    rows = _in_error(actor.roles).all({**bound(actor), "session_id": session_id})
    return {row.client_id: row.id if row.readable else None for row in rows}


_CLINICIAN_OF_CLIENT = (
    sa.select(CaseloadEntry.clinician_id)
    .where(
        CaseloadEntry.client_id == Client.id,
        CaseloadEntry.started_on <= sa.bindparam("held_on", type_=sa.Date()),
        CaseloadEntry.ended_on.is_(None),
    )
    .order_by(CaseloadEntry.started_on, CaseloadEntry.id)
    .limit(1)
    .scalar_subquery()
)
_ATTENDANCE = Prepared(
    sa.select(
        Client.id.label("client_id"),
        Client.data_key,
        Attendance.id.label("attendance_id"),
        Attendance.status.label("attendance"),
        Attendance.arrived_at,
        Attendance.departed_at,
        IndividualNote.id.label("note_id"),
        IndividualNote.status.label("note_status"),
        _CLINICIAN_OF_CLIENT.label("clinician_id"),
    )
    .outerjoin(
        Attendance,
        sa.and_(Attendance.session_id == SESSION_ID, Attendance.client_id == Client.id),
    )
    .outerjoin(
        IndividualNote,
        sa.and_(
            IndividualNote.session_id == SESSION_ID,
            IndividualNote.client_id == Client.id,
            IndividualNote.standing.is_(True),
        ),
    )
    .where(_of_session(), _THERE)
    .order_by(Client.id)
)


def attendance(met: Row) -> Sequence[Row]:
    """Return every client of the session with attendance and note."""
    return _ATTENDANCE.all(_ids(met))


_SESSION_PEOPLE = Prepared(sa.select(*_NAMES).where(_of_session(), _THERE).order_by(Client.id))


def people(met: Row) -> Sequence[Row]:
    """Return the names of every client of the session."""
    return _SESSION_PEOPLE.all(_ids(met))


_CHART_DIAGNOSES = Prepared(
    sa.select(Diagnosis.client_id, Diagnosis.id, Diagnosis.rank)
    .where(
        Diagnosis.client_id.in_(sa.bindparam("clients", expanding=True)),
        Diagnosis.status == DiagnosisStatus.ACTIVE,
    )
    .order_by(Diagnosis.rank, Diagnosis.id)
)
_CHART_OBJECTIVES = Prepared(
    sa.select(Objective.client_id, Objective.id, Goal.position, Objective.position)
    .join(Goal, Goal.id == Objective.goal_id)
    .join(TreatmentPlan, TreatmentPlan.id == Objective.plan_id)
    .where(
        Objective.client_id.in_(sa.bindparam("clients", expanding=True)),
        Objective.status == ObjectiveStatus.OPEN,
        TreatmentPlan.status == PlanStatus.ACTIVE,
    )
    .order_by(Goal.position, Objective.position)
)


def chart(clients: list[uuid.UUID]) -> tuple[Sequence[Row], Sequence[Row]]:
    """Return the active diagnoses, and the open objectives of active plans, of ``clients``."""
    values = {"clients": clients}
    return _CHART_DIAGNOSES.all(values), _CHART_OBJECTIVES.all(values)


_FACILITATORS = Prepared(
    sa.select(
        SessionFacilitator.user_id,
        SessionFacilitator.role,
        User.name_sealed.label("name"),
        User.credentials,
        sa.exists(
            sa.select(sa.literal(1)).where(
                UserRole.user_id == User.id, UserRole.role == Role.CLINICIAN
            )
        ).label("is_clinician"),
    )
    .join(User, User.id == SessionFacilitator.user_id)
    .where(SessionFacilitator.session_id == SESSION_ID)
    .order_by(SessionFacilitator.role.desc(), User.id)  # lead before co
)


def facilitators(session_id: uuid.UUID) -> Sequence[Row]:
    """Return who facilitated the session, the lead first."""
    return _FACILITATORS.all({"session_id": session_id})


_INTERVENTIONS = Prepared(
    sa.select(Intervention.name)
    .where(Intervention.active)
    .order_by(Intervention.position, Intervention.id)
)


def interventions() -> Sequence[str]:
    """Return the practice's list of interventions."""
    return [row.name for row in _INTERVENTIONS.all({})]


_RESULT = Prepared(
    sa.select(Submission.session_id).where(
        Submission.key == sa.bindparam("key", type_=sa.Uuid()),
        Submission.user_id == sa.bindparam("user_id", type_=sa.Uuid()),
    )
)


def submitted(key: uuid.UUID, user_id: uuid.UUID) -> uuid.UUID | None:
    """Return the session that a form with this key already documented."""
    row = _RESULT.one_or_none({"key": key, "user_id": user_id})
    return None if row is None else row.session_id


def _ids(met: Row) -> dict[str, Any]:
    return {"session_id": met.id, "group_id": met.group_id, "held_on": met.held_on}
