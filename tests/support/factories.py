"""Plain functions that make one row each, with every field overridable."""

from __future__ import annotations

import datetime as dt
import functools
import uuid
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from groupnotes.access.models import EmergencyAccess, EmergencyGround
from groupnotes.accounts import passwords, vouched
from groupnotes.accounts.models import Supervision, User, UserRole
from groupnotes.clients import destruction as clients_destruction
from groupnotes.clients.models import CaseloadEntry, Client
from groupnotes.core.actor import Role
from groupnotes.core.db import Base, db
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
from groupnotes.notes import sealing
from groupnotes.plans.models import Goal, Objective, PlanStatus, TreatmentPlan
from groupnotes.practice.models import Intervention, Practice
from groupnotes.retention import vouched as destruction_seals
from groupnotes.retention.models import Destruction, LegalHold, Purge
from groupnotes.sessions.models import GroupSession, SessionFacilitator
from tests.support.cast import Cast

T = TypeVar("T", bound=Base)

ZONE = ZoneInfo("America/New_York")
SESSION_DAY = dt.date(2026, 3, 3)  # a Tuesday
LONG_AGO = dt.date(2026, 1, 6)
PASSWORD = "correct horse battery staple"


def cast() -> Cast:
    """Make the practice, its people, one group of three and one session."""
    practice()
    for position, (name, therapeutic) in enumerate(
        [("Psychoeducation", True), ("Skills rehearsal", True), ("Social time", False)], 1
    ):
        _add(Intervention(name=name, therapeutic=therapeutic, position=position))
    fiona = user("Fiona Field", Role.FACILITATOR, Role.CLINICIAN)
    finn = user("Finn Fisher", Role.FACILITATOR)
    carl = user("Carl Clement", Role.CLINICIAN)
    olga = user("Olga Other", Role.CLINICIAN, Role.FACILITATOR)
    sam = user("Sam Summers", Role.SUPERVISOR)
    rita = user("Rita Rowe", Role.RECORDS)
    adam = user("Adam Adams", Role.ADMINISTRATOR)
    supervise(sam.id, fiona.id, co_signs=False)
    weekly = group()
    facilitate(weekly, fiona)
    facilitate(weekly, finn, role=FacilitatorRole.CO)
    ana = client(first_name="Ana", last_name="Alvarez", preferred_name="Annie", mrn="MRN-1")
    ben = client(first_name="Ben", last_name="Brandt", mrn="MRN-2")
    cleo = client(first_name="Cleo", last_name="Costa", mrn="MRN-3")
    zoe = client(first_name="Zoe", last_name="Zimmer", mrn="MRN-9")
    for member in (ana, ben, cleo):
        enrol(weekly, member)
        care(member, fiona)
    care(ana, carl)
    for member in (ana, ben):
        diagnosis(member, made_by_id=fiona.id)
        plan(member, signed_by_id=fiona.id)
    met = session(weekly)
    _add(SessionFacilitator(session_id=met.id, user_id=fiona.id, role=FacilitatorRole.LEAD))
    _add(SessionFacilitator(session_id=met.id, user_id=finn.id, role=FacilitatorRole.CO))
    people = {"fiona": fiona, "finn": finn, "carl": carl, "olga": olga, "sam": sam}
    others = {"rita": rita, "adam": adam, "group": weekly, "session": met}
    members = {"ana": ana, "ben": ben, "cleo": cleo, "zoe": zoe}
    return Cast(**{name: row.id for name, row in {**people, **others, **members}.items()})  # type: ignore[attr-defined]


def practice(**values: Any) -> Practice:
    """Make the one practice."""
    defaults = {
        "name": "Riverside Group Practice",
        "street": "12 Mill Street",
        "city": "Albany",
        "state": "NY",
        "postal_code": "12207",
        "phone": "518-555-0100",
        "npi": "1999999984",
        "time_zone": str(ZONE),
    }
    return _add(Practice(**defaults | values))


def user(name: str, *roles: Role, **values: Any) -> User:
    """Make a person who signs in as ``firstname@example.org`` with PASSWORD."""
    first_name, _, _ = name.partition(" ")
    sign_in_name = f"{first_name.lower()}@example.org"
    defaults = {
        "sign_in_name": sign_in_name,
        "sign_in_name_index": ring().blind_index("users.sign_in_name", sign_in_name),
        "name": name,
        "credentials": "LCSW",
        "npi": "1999999992",
        "password_hash": _password_hash(),
        "created_at": _at(LONG_AGO),
    }
    person = _add(
        User(
            id=new_id(),
            data_key=PRACTICE_KEY,
            roles=[UserRole(role=role) for role in roles],
            **defaults | values,
        )
    )
    vouched.vouch_for(person.id)
    return person


def client(**values: Any) -> Client:
    """Make a client with a data key of their own."""
    client_id: uuid.UUID = values.pop("id", None) or new_id()
    key = ring().add_data_key(db.session(), KeyScope.CLIENT, client_id)
    defaults = {
        "first_name": "Pat",
        "last_name": "Parker",
        "birth_date": "1990-05-17",
        "mrn": f"MRN-{client_id.hex[-8:]}",
        "created_at": _at(LONG_AGO),
    }
    values = defaults | values
    values["mrn_index"] = ring().blind_index("clients.mrn", str(values["mrn"]))
    return _add(Client(id=client_id, data_key=key, **values))


def care(client: Client, clinician: User, **values: Any) -> CaseloadEntry:
    """Put a client on a clinician's caseload."""
    defaults = {"client_id": client.id, "clinician_id": clinician.id, "started_on": LONG_AGO}
    return _add(CaseloadEntry(**defaults | values))


def emergency_access(client: Client, user_id: uuid.UUID, **values: Any) -> EmergencyAccess:
    """Let somebody have read a client's record in an emergency; it is over."""
    started_at = _at(SESSION_DAY)
    defaults = {
        "client_id": client.id,
        "user_id": user_id,
        "data_key": client.data_key,
        "ground": EmergencyGround.CARE,
        "started_at": started_at,
        "ends_at": started_at + dt.timedelta(hours=1),
        "reason": "Fell at the station; the ambulance asks.",
    }
    return _add(EmergencyAccess(id=new_id(), **defaults | values))


def diagnosis(client: Client, **values: Any) -> Diagnosis:
    """Put a diagnosis on a client's problem list."""
    defaults = {
        "code": "F33.1",
        "description": "Major depressive disorder, recurrent, moderate",
        "rank": 1,
        "created_at": _at(LONG_AGO),
    }
    return _add(
        Diagnosis(id=new_id(), client_id=client.id, data_key=client.data_key, **defaults | values)
    )


_SIGNING = {"status", "signed_at", "signed_by_id"}


def plan(client: Client, *, objectives: int = 1, **values: Any) -> TreatmentPlan:
    """Make a signed plan in force, with one goal and some open objectives."""
    signing = {name: values.pop(name) for name in _SIGNING & values.keys()}
    made = draft_plan(client, **values)
    first = goal(made)
    for position in range(1, objectives + 1):
        objective(first, position=position, text=f"Use skill {position} three times a week")
    return sign_plan(made, **signing)


def draft_plan(client: Client, **values: Any) -> TreatmentPlan:
    """Make a plan that is still written."""
    defaults = {
        "status": PlanStatus.DRAFT,
        "effective_on": LONG_AGO,
        "review_due_on": dt.date(2036, 1, 1),
        "created_at": _at(LONG_AGO),
        "problem": "Low mood and withdrawal",
        "services": "Group psychotherapy, weekly, 90 minutes",
    }
    owner = {"client_id": client.id, "data_key": client.data_key}
    return _add(TreatmentPlan(id=new_id(), **owner, **defaults | values))


def sign_plan(plan: TreatmentPlan, **values: Any) -> TreatmentPlan:
    """Sign a plan: from now on nothing is added to it."""
    defaults = {"status": PlanStatus.ACTIVE, "signed_at": _at(LONG_AGO)}
    for name, value in (defaults | values).items():
        setattr(plan, name, value)
    db.session.flush()
    return plan


def goal(plan: TreatmentPlan, **values: Any) -> Goal:
    """Put a goal into a plan."""
    owner = {"client_id": plan.client_id, "data_key": plan.data_key}
    defaults = {"position": 1, "text": "Feel able to cope"}
    return _add(Goal(id=new_id(), plan_id=plan.id, **owner, **defaults | values))


def objective(goal: Goal, **values: Any) -> Objective:
    """Put an objective under a goal."""
    owner = {"client_id": goal.client_id, "data_key": goal.data_key}
    defaults = {"position": 1, "text": "Use a skill daily"}
    return _add(
        Objective(id=new_id(), plan_id=goal.plan_id, goal_id=goal.id, **owner, **defaults | values)
    )


def legal_hold(client: Client, **values: Any) -> LegalHold:
    """Place a legal hold on a client's record."""
    defaults = {"placed_at": _at(LONG_AGO), "reason": "Subpoena of the county court"}
    owner = {"client_id": client.id, "data_key": client.data_key}
    return _add(LegalHold(id=new_id(), **owner, **defaults | values))


def purge(client: Client, **values: Any) -> Purge:
    """Propose that a client's record be destroyed."""
    return _add(Purge(client_id=client.id, **{"proposed_at": _at(LONG_AGO)} | values))


def destruction(purge: Purge, client: Client, **values: Any) -> Destruction:
    """Destroy a client's record as ``purge`` proposed it."""
    number, check = clients_destruction.destroy(client)
    defaults = {
        "confirmed_at": _at(LONG_AGO),
        "retention_years": 10,
        "age_of_majority": 18,
        "years_after_majority": 7,
        "retained_until_year": 2025,
        "backup_days": 35,
    }
    proposed = {"id": purge.id, "client_id": client.id, "proposed_by_id": purge.proposed_by_id}
    key = {"key_number": number, "key_check": check}
    done = Destruction(**proposed, **key, **defaults | values)
    done.seal = destruction_seals.seal(purge, done)
    return _add(done)


def group(**values: Any) -> Group:
    """Make a group that meets on Tuesdays at 17:00."""
    group_id = new_id()
    defaults = {
        "name": "Coping skills",
        "kind": GroupKind.SKILLS,
        "is_open": True,
        "capacity": 12,
        "service_code": "90853",
        "place_of_service": "11",
        "modality": Modality.IN_PERSON,
        "rrule": "FREQ=WEEKLY;BYDAY=TU",
        "first_on": LONG_AGO,
        "local_start": dt.time(17),
        "duration_minutes": 90,
        "created_at": _at(LONG_AGO),
    }
    key = ring().add_data_key(db.session(), KeyScope.GROUP, group_id)
    return _add(Group(id=group_id, data_key=key, **defaults | values))


def supervise(
    supervisor_id: uuid.UUID, supervisee_id: uuid.UUID, *, co_signs: bool = True, **values: Any
) -> Supervision:
    """Have one person supervise another, and sign beside them or not."""
    pair = _add(
        Supervision(
            supervisor_id=supervisor_id,
            supervisee_id=supervisee_id,
            co_signs=co_signs,
            **{"started_on": LONG_AGO} | values,
        )
    )
    vouched.vouch_for(supervisee_id)
    return pair


def change_supervision(*held: sa.ColumnElement[bool], **values: Any) -> None:
    """Change whom somebody supervises, or how, as an administrator does."""
    db.session.execute(sa.update(Supervision).where(*held).values(**values))
    vouch_for_everybody()


def vouch_for_everybody() -> None:
    """Seal the staff as they are now: a test changed them that is about something else."""
    for user_id in db.session.scalars(sa.select(User.id)).all():
        vouched.vouch_for(user_id)


def give_role(user_id: uuid.UUID, role: Role) -> None:
    """Give a person one more role, as an administrator does."""
    db.session.add(UserRole(user_id=user_id, role=role))
    vouched.vouch_for(user_id)


def close_account(user_id: uuid.UUID) -> None:
    """Let a person leave, as an administrator does."""
    db.session.execute(sa.update(User).where(User.id == user_id).values(active=False))
    vouched.vouch_for(user_id)


def facilitate(group: Group, person: User, **values: Any) -> GroupFacilitator:
    """Have a person facilitate a group."""
    defaults = {"role": FacilitatorRole.LEAD, "started_on": LONG_AGO}
    return _add(GroupFacilitator(group_id=group.id, user_id=person.id, **defaults | values))


def enrol(group: Group, client: Client, **values: Any) -> Enrolment:
    """Enrol a client in a group."""
    defaults = {"started_on": LONG_AGO}
    return _add(Enrolment(group_id=group.id, client_id=client.id, **defaults | values))


def session(group: Group, **values: Any) -> GroupSession:
    """Make a session that met on SESSION_DAY at 17:00 for 90 minutes."""
    starts = dt.datetime.combine(SESSION_DAY, dt.time(17), ZONE)
    defaults = {
        "held_on": SESSION_DAY,
        "starts_at": starts,
        "ends_at": starts + dt.timedelta(minutes=90),
        "modality": group.modality,
        "service_code": group.service_code,
        "place_of_service": group.place_of_service,
    }
    return _add(GroupSession(group_id=group.id, **defaults | values))


def encounter(note_id: uuid.UUID, data_key: int) -> dict[str, bytes]:
    """Make the encounter number of a note, under the names of the model's attributes."""
    sealed, index = sealing.encounter(note_id, data_key)
    return {"encounter_sealed": sealed, "encounter_index": index}


@functools.cache
def _password_hash() -> str:
    return passwords.hashed(PASSWORD)


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def _add(row: T) -> T:
    db.session.add(row)
    db.session.flush()
    return row
