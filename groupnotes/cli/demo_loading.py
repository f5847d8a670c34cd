"""Turn the demo practice into rows: people and plans as rows, sessions through the services.

The past is lived through in its order with the clock pinned to it, so that
notes, signatures and the audit log are exactly what the product makes.
"""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from groupnotes.accounts import passwords, vouched
from groupnotes.accounts.models import Supervision, User, UserRole
from groupnotes.cli.demo import content as demo
from groupnotes.clients.models import CaseloadEntry, Client
from groupnotes.core import clock, uow
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.crypto.keyring import PRACTICE_KEY, ring
from groupnotes.crypto.models import KeyScope
from groupnotes.diagnoses.models import Diagnosis
from groupnotes.groups.models import (
    Enrolment,
    FacilitatorRole,
    Group,
    GroupFacilitator,
    GroupKind,
    Modality,
)
from groupnotes.notes import services
from groupnotes.notes.opening import GroupNoteText
from groupnotes.notes.readiness import IndividualContent, ObjectiveProgress
from groupnotes.notes.vocabulary import EngagementLevel, EngagementQuality, Rating, RiskLevel
from groupnotes.plans.models import Goal, Objective, PlanStatus, TreatmentPlan
from groupnotes.practice.models import Intervention, Practice
from groupnotes.sessions.attendance import AttendanceStatus
from groupnotes.sessions.models import GroupSession, SessionFacilitator
from groupnotes.signing import services as signing

PASSWORD = "quiet rivers carry notes"  # noqa: S105 - of invented people, printed on purpose


@dataclass
class _Ids:
    """The ids behind the demo's own keys."""

    staff: dict[str, uuid.UUID] = field(default_factory=dict)
    roles: dict[str, frozenset[Role]] = field(default_factory=dict)
    clients: dict[str, uuid.UUID] = field(default_factory=dict)
    diagnoses: dict[tuple[str, str], uuid.UUID] = field(default_factory=dict)
    objectives: dict[tuple[str, str], uuid.UUID] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """Return a person of the demo as the one who acts."""
        return Actor(self.staff[key], None, self.roles[key])


def load(practice: demo.DemoPractice) -> None:
    """Write the whole demo practice and commit it, step by step in the order of time."""
    ids = _Ids()
    long_ago = min(
        itertools.chain(
            (s.starts_at for g in practice.groups for s in g.sessions),
            (c.plan.signed_at for c in practice.clients),
        )
    ) - dt.timedelta(days=30)
    with clock.pinned(long_ago):
        _practice(practice)
        _staff(practice, ids)
        for client in practice.clients:
            _client(client, ids, long_ago.date())
        uow.finish(ok=True)
    zone = ZoneInfo(practice.practice.time_zone)
    meetings: list[tuple[demo.Session, demo.Group, Group]] = []
    for group in practice.groups:
        row = _group(group, ids, long_ago)
        meetings += [(session, group, row) for session in group.sessions]
    uow.finish(ok=True)
    for session, group, row in sorted(meetings, key=lambda meeting: meeting[0].starts_at):
        _session(session, group, row, ids, zone)


def _practice(practice: demo.DemoPractice) -> None:
    own = practice.practice
    db.session.add(
        Practice(
            name=own.name,
            street=own.address.street,
            city=own.address.city,
            state=own.address.state,
            postal_code=own.address.zip_code,
            phone=own.phone,
            npi=own.npi,
            time_zone=own.time_zone,
        )
    )
    for position, intervention in enumerate(practice.interventions, 1):
        db.session.add(
            Intervention(
                name=intervention.name, therapeutic=intervention.therapeutic, position=position
            )
        )


def _staff(practice: demo.DemoPractice, ids: _Ids) -> None:
    password = passwords.hashed(PASSWORD)
    for person in practice.staff:
        user = User(
            id=new_id(),
            data_key=PRACTICE_KEY,
            sign_in_name_index=ring().blind_index("users.sign_in_name", person.sign_in_name),
            sign_in_name=person.sign_in_name,
            name=person.display_name,
            credentials=person.credentials,
            npi=person.npi or "",
            licence=person.licence or "",
            password_hash=password,
            created_at=clock.now(),
            roles=[UserRole(role=Role(role)) for role in person.roles],
        )
        db.session.add(user)
        ids.staff[person.key] = user.id
        ids.roles[person.key] = frozenset(Role(role) for role in person.roles)
    db.session.flush()
    for pair in practice.supervisions:
        db.session.add(
            Supervision(
                supervisor_id=ids.staff[pair.supervisor],
                supervisee_id=ids.staff[pair.supervisee],
                started_on=clock.now().date(),
                co_signs=True,
            )
        )
    for user_id in ids.staff.values():
        vouched.vouch_for(user_id)


def _client(person: demo.Client, ids: _Ids, since: dt.date) -> None:
    client_id = new_id()
    key = ring().add_data_key(db.session(), KeyScope.CLIENT, client_id)
    address = person.address
    db.session.add(
        Client(
            id=client_id,
            data_key=key,
            mrn_index=ring().blind_index("clients.mrn", person.mrn),
            mrn=person.mrn,
            first_name=person.first_name,
            last_name=person.last_name,
            preferred_name=person.preferred_name,
            aliases="\n".join(person.aliases) or None,
            birth_date=person.born_on.isoformat(),
            phone=person.phone,
            email=person.email,
            address=f"{address.street}\n{address.city}, {address.state} {address.zip_code}",
            employer=person.employer,
            contacts="\n".join(person.contacts) or None,
            payer=person.coverage.payer,
            member_id=person.coverage.member_id,
            created_at=clock.now(),
        )
    )
    db.session.flush()
    ids.clients[person.key] = client_id
    for clinician in person.clinicians:
        db.session.add(
            CaseloadEntry(client_id=client_id, clinician_id=ids.staff[clinician], started_on=since)
        )
    _diagnoses(person, client_id, key, ids)
    _plan(person, client_id, key, ids)


def _diagnoses(person: demo.Client, client_id: uuid.UUID, key: int, ids: _Ids) -> None:
    for rank, diagnosis in enumerate(person.diagnoses, 1):
        row = Diagnosis(
            id=new_id(),
            client_id=client_id,
            data_key=key,
            rank=rank,
            made_by_id=ids.staff[diagnosis.diagnosed_by],
            created_at=clock.now(),
            code=diagnosis.code,
            description=diagnosis.description,
            onset_on=diagnosis.onset_on.isoformat(),
        )
        db.session.add(row)
        ids.diagnoses[person.key, diagnosis.code] = row.id


def _plan(person: demo.Client, client_id: uuid.UUID, key: int, ids: _Ids) -> None:
    plan = person.plan
    owner: dict[str, Any] = {"client_id": client_id, "data_key": key}
    row = TreatmentPlan(
        id=new_id(),
        **owner,
        status=PlanStatus.DRAFT,
        effective_on=plan.effective_on,
        review_due_on=plan.review_on,
        created_at=plan.signed_at,
        problem="\n".join(problem.text for problem in plan.problems),
        services="\n".join(
            f"{service.service_code}: {service.frequency}, {service.minutes} minutes"
            for service in plan.services
        ),
    )
    db.session.add(row)
    db.session.flush()
    goals = [goal for problem in plan.problems for goal in problem.goals]
    for goal_position, goal in enumerate(goals, 1):
        goal_row = Goal(
            id=new_id(), plan_id=row.id, **owner, position=goal_position, text=goal.text
        )
        db.session.add(goal_row)
        db.session.flush()
        for position, objective in enumerate(goal.objectives, 1):
            objective_row = Objective(
                id=new_id(),
                goal_id=goal_row.id,
                plan_id=row.id,
                **owner,
                position=position,
                text=objective.text,
                target=f"{objective.target} (by {objective.target_on.isoformat()})",
            )
            db.session.add(objective_row)
            ids.objectives[person.key, objective.key] = objective_row.id
    db.session.flush()
    row.status = PlanStatus.ACTIVE
    row.signed_by_id = ids.staff[plan.author]
    row.signed_at = plan.signed_at


def _group(group: demo.Group, ids: _Ids, long_ago: dt.datetime) -> Group:
    group_id = new_id()
    row = Group(
        id=group_id,
        data_key=ring().add_data_key(db.session(), KeyScope.GROUP, group_id),
        name=group.name,
        kind=GroupKind(group.kind),
        is_open=group.is_open,
        capacity=group.capacity,
        service_code=group.service_code,
        place_of_service=group.place_of_service,
        modality=Modality.IN_PERSON,
        rrule=group.rrule,
        first_on=group.first_on,
        local_start=group.starts,
        duration_minutes=group.minutes,
        created_at=long_ago,
    )
    db.session.add(row)
    db.session.flush()
    for facilitation in group.facilitators:
        db.session.add(
            GroupFacilitator(
                group_id=group_id,
                user_id=ids.staff[facilitation.staff],
                role=FacilitatorRole(facilitation.part),
                started_on=long_ago.date(),
            )
        )
    for enrolment in group.enrolments:
        db.session.add(
            Enrolment(
                group_id=group_id,
                client_id=ids.clients[enrolment.client],
                started_on=enrolment.since,
                ended_on=enrolment.until,
            )
        )
    return row


def _session(
    session: demo.Session, group: demo.Group, row: Group, ids: _Ids, zone: ZoneInfo
) -> None:
    met = GroupSession(
        id=new_id(),
        group_id=row.id,
        held_on=session.starts_at.astimezone(zone).date(),
        starts_at=session.starts_at,
        ends_at=session.stops_at,
        modality=row.modality,
        service_code=row.service_code,
        place_of_service=row.place_of_service,
    )
    db.session.add(met)
    db.session.flush()
    for facilitation in group.facilitators:
        db.session.add(
            SessionFacilitator(
                session_id=met.id,
                user_id=ids.staff[facilitation.staff],
                role=FacilitatorRole(facilitation.part),
            )
        )
    uow.finish(ok=True)
    if session.group_note is not None:
        _document(session, session.group_note, met.id, ids)


def _clock(moment: dt.datetime | None, actor: Actor) -> dt.time | None:
    return None if moment is None else moment.astimezone(ZoneInfo(actor.zone)).time()


def _document(
    session: demo.Session, text: demo.GroupNote, session_id: uuid.UUID, ids: _Ids
) -> None:
    """Live through one past session: document it, write each note, sign them."""
    [author] = {note.author for note in session.notes}
    actor = ids.actor(author)
    with clock.pinned(session.stops_at + dt.timedelta(minutes=20)):
        services.document_session(
            actor,
            session_id,
            services.SessionSubmission(
                key=new_id(),
                seen_version=1,
                attendance={
                    ids.clients[line.client]: services.TypedEntry(
                        AttendanceStatus(line.status),
                        _clock(line.arrived_at, actor),
                        _clock(line.departed_at, actor),
                    )
                    for line in session.attendance
                },
                group_note=GroupNoteText(
                    topic=text.topic,
                    interventions=text.interventions,
                    interventions_other=text.interventions_other,
                    dynamics=text.dynamics,
                    plan=text.plan,
                ),
            ),
        )
        uow.finish(ok=True)
        cards = {c.client_id: c for c in services.open_session(actor, session_id).cards}
        uow.finish(ok=True)
        for note in session.notes:
            card = cards[ids.clients[note.client]]
            services.save_note(actor, card.id, _content(note, ids), seen_version=card.version)
            uow.finish(ok=True)
    with clock.pinned(max(note.signed_at for note in session.notes)):
        reviewed = signing.ready_to_sign(actor, session_id).notes
        choices = [signing.Choice(note.note_id, note.seen) for note in reviewed]
        signing.sign_notes(actor, choices, PASSWORD)
        uow.finish(ok=True)


def _content(note: demo.IndividualNote, ids: _Ids) -> IndividualContent:
    return IndividualContent(
        engagement_level=EngagementLevel(note.engagement_level),
        engagement_qualities=tuple(EngagementQuality(q) for q in note.engagement_qualities),
        response=note.response,
        group_response=note.group_response,
        diagnoses_addressed=tuple(ids.diagnoses[note.client, code] for code in note.diagnoses),
        progress=tuple(
            ObjectiveProgress(
                ids.objectives[note.client, one.objective], Rating(one.rating), one.evidence
            )
            for one in note.progress
        ),
        risk_level=RiskLevel(note.risk_level),
        risk_action=note.risk_action,
        plan=note.plan,
    )
