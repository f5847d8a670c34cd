"""What one client's chart shows to one reader."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from groupnotes.clients.models import Client
from groupnotes.clients.queries import CareLine
from groupnotes.diagnoses.queries import ProblemLine
from groupnotes.notes.states import DisplayStatus
from groupnotes.plans.queries import PlanOutline, Signer


@dataclass(frozen=True, slots=True)
class Stay:
    """One enrolment of the client; ``is_mine`` says that the reader may open the group."""

    group_id: uuid.UUID
    group_name: str
    started_on: dt.date
    ended_on: dt.date | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """One note on the timeline."""

    id: uuid.UUID
    group_name: str
    starts_at: dt.datetime
    state: DisplayStatus


@dataclass(frozen=True, slots=True)
class Timeline:
    """The client's notes that the reader may open, newest session first, a page at a time."""

    entries: list[NoteEntry]
    older: uuid.UUID | None
    is_first: bool


@dataclass(frozen=True, slots=True)
class PlanInForce:
    """The plan by which the client is treated now."""

    id: uuid.UUID
    outline: PlanOutline
    signer: Signer | None
    is_overdue: bool  # for review


@dataclass(frozen=True, slots=True)
class Clinical:
    """The parts of a chart that only those who treat the client, or supervise them, may see."""

    problems: list[ProblemLine]
    plan: PlanInForce | None
    draft_id: uuid.UUID | None
    may_write: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as one reader may see it; what they may not see is None."""

    client: Client
    birth_date: dt.date
    age: int  # in full years
    shows_contact: bool
    may_edit: bool
    may_report: bool  # who opened this record
    may_retain: bool  # until when it is kept, and legal holds
    caseload: list[CareLine]
    stays: list[Stay]
    clinical: Clinical | None
    may_keep_private: bool  # psychotherapy notes; whether any exist, a chart does not say
    timeline: Timeline | None
    in_error: list[NoteEntry]  # notes that are no part of the record


def age_on(day: dt.date, birth_date: dt.date) -> int:
    """Return how many birthdays a person has had by ``day``."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had_birthday)
