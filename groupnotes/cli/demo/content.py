"""What the demo practice is made of: invented people, groups, sessions and notes.

Everything here is plain values. A ``key`` or a field named after a thing
(``client``, ``group``, ``clinicians`` …) holds that thing's key inside the demo,
never an id of the database. Days and times were computed for one moment, so the
practice always looks lived in; times are aware UTC, days are the practice's days.
"""

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class Address:
    street: str
    city: str
    state: str
    zip_code: str


@dataclass(frozen=True, slots=True)
class Practice:
    name: str
    address: Address
    phone: str
    npi: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Someone who signs in; ``roles`` holds the values of ``core.actor.Role``."""

    key: str
    sign_in_name: str
    first_name: str
    last_name: str
    credentials: str
    npi: str | None
    licence: str | None
    roles: tuple[str, ...]

    @property
    def display_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class Supervision:
    supervisor: str
    supervisee: str


@dataclass(frozen=True, slots=True)
class Intervention:
    """One entry of the practice list; social time is listed but is no therapy."""

    name: str
    therapeutic: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    payer: str
    member_id: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A billable ICD-10-CM code with its official description."""

    code: str
    description: str
    onset_on: date
    diagnosed_by: str


@dataclass(frozen=True, slots=True)
class Objective:
    """One measurable step; ``key`` is unique within its client (``a``, ``b``, ``c``)."""

    key: str
    text: str
    target: str
    target_on: date


@dataclass(frozen=True, slots=True)
class Goal:
    text: str
    objectives: tuple[Objective, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What a plan treats; ``diagnoses`` are codes on the same client's list."""

    text: str
    diagnoses: tuple[str, ...]
    goals: tuple[Goal, ...]


@dataclass(frozen=True, slots=True)
class PlanService:
    """A service that the plan prescribes, in the group that gives it."""

    group: str
    service_code: str
    frequency: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A signed treatment plan; good from ``effective_on`` until ``review_on``."""

    author: str
    effective_on: date
    review_on: date
    signed_at: datetime
    problems: tuple[Problem, ...]
    services: tuple[PlanService, ...]

    @property
    def objectives(self) -> tuple[Objective, ...]:
        goals = (goal for problem in self.problems for goal in problem.goals)
        return tuple(objective for goal in goals for objective in goal.objectives)


@dataclass(frozen=True, slots=True)
class Client:
    """An invented person; ``clinicians`` is the caseload relation, primary first."""

    key: str
    first_name: str
    last_name: str
    preferred_name: str | None
    aliases: tuple[str, ...]
    pronouns: str
    born_on: date
    mrn: str
    phone: str
    email: str
    address: Address
    employer: str | None
    contacts: tuple[str, ...]  # "name, relationship"
    coverage: Coverage
    clinicians: tuple[str, ...]
    diagnoses: tuple[Diagnosis, ...]
    plan: Plan

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that a shared text may not hold."""
        preferred = () if self.preferred_name is None else (self.preferred_name,)
        return (self.first_name, self.last_name, *preferred, *self.aliases)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One stay in a group; ``until`` is its last day, or none while it lasts."""

    client: str
    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Facilitation:
    """Who runs a group; ``part`` is ``lead`` or ``co``."""

    staff: str
    part: str


@dataclass(frozen=True, slots=True)
class AttendanceRecord:
    """How one client attended; the times are set only where they differ from the session's."""

    client: str
    status: str
    arrived_at: datetime | None
    departed_at: datetime | None

    @property
    def attended(self) -> bool:
        return self.status in {"present", "late", "left_early"}


@dataclass(frozen=True, slots=True)
class GroupNote:
    """The member-neutral account of a session; ``interventions`` are on the practice list."""

    topic: str
    interventions: tuple[str, ...]
    interventions_other: str
    dynamics: str
    plan: str


@dataclass(frozen=True, slots=True)
class ObjectiveProgress:
    """``objective`` is a key of the client's plan, ``rating`` a goal-achievement code."""

    objective: str
    rating: str
    evidence: str


@dataclass(frozen=True, slots=True)
class IndividualNote:
    client: str
    author: str
    engagement_level: str
    engagement_qualities: tuple[str, ...]
    response: str
    group_response: str
    diagnoses: tuple[str, ...]
    progress: tuple[ObjectiveProgress, ...]
    risk_level: str
    risk_action: str
    plan: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting; a session that waits to be documented has no attendance and no notes."""

    week: int
    starts_at: datetime
    stops_at: datetime
    attendance: tuple[AttendanceRecord, ...]
    group_note: GroupNote | None
    notes: tuple[IndividualNote, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A standing group; it meets by ``rrule`` from ``first_on`` at ``starts`` wall time."""

    key: str
    name: str
    kind: str
    is_open: bool
    capacity: int
    service_code: str
    place_of_service: str
    first_on: date
    rrule: str
    starts: time
    minutes: int
    facilitators: tuple[Facilitation, ...]
    enrolments: tuple[Enrolment, ...]
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class DemoPractice:
    practice: Practice
    staff: tuple[StaffMember, ...]
    supervisions: tuple[Supervision, ...]
    interventions: tuple[Intervention, ...]
    clients: tuple[Client, ...]
    groups: tuple[Group, ...]
