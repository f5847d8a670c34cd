"""Many rows at once: a practice with years behind it."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from groupnotes.accounts.models import User
from groupnotes.clients.models import CaseloadEntry, Client
from groupnotes.core.db import Base, db
from groupnotes.core.ids import new_id
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring
from groupnotes.crypto.models import KeyScope
from groupnotes.diagnoses.models import Diagnosis
from groupnotes.groups.models import Enrolment, Group
from groupnotes.notes import sealing
from groupnotes.notes.models import (
    GroupNoteRevision,
    IndividualNote,
    NoteDiagnosis,
    ProgressRating,
)
from groupnotes.notes.states import NoteStatus
from groupnotes.plans.models import Goal, Objective, PlanStatus, TreatmentPlan
from groupnotes.sessions.attendance import AttendanceStatus
from groupnotes.sessions.models import Attendance, GroupSession, SessionFacilitator

LONG_AGO = dt.date(2020, 1, 7)
_BEGAN = dt.datetime(2020, 1, 7, 12, tzinfo=dt.UTC)
_SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo")
_PHRASES = (
    "named a situation of the week",
    "and rehearsed what to say with the others",
    "spoke about sleep and worry",
    "listened at first, then described the skill",
    "stayed calm when feedback came",
    "and thanked for it",
    "planned two small steps until next time",
)
_DIAGNOSES = (
    ("F33.1", "Major depressive disorder, recurrent, moderate"),
    ("F41.1", "Generalized anxiety disorder"),
)


class Rows:
    """Rows gathered by table, written in one go."""

    def __init__(self) -> None:
        self._rows: defaultdict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(
            list
        )

    def add(
        self, model: type[Base], sealed: dict[str, str | None] | None = None, **values: Any
    ) -> uuid.UUID:
        """Gather one row, its ``sealed`` texts sealed with its ``data_key``; return its id."""
        row_id: uuid.UUID = values.setdefault("id", new_id())
        for name, text in (sealed or {}).items():
            place = Place(model.__tablename__, name)
            key = values["data_key"]
            values[name] = None if text is None else ring().seal(key, place, row_id, text)
        self.add_plain(model, **values)
        return row_id

    def add_plain(self, model: type[Base], **values: Any) -> None:
        """Gather one row as it is."""
        self._rows[model.__tablename__, tuple(values)].append(values)

    def write(self) -> None:
        """Insert what was gathered, tables that others point at first."""
        for table in Base.metadata.sorted_tables:
            for (name, _), rows in self._rows.items():
                if name == table.name:
                    db.session.execute(sa.insert(table), rows)
        self._rows.clear()


@dataclass(frozen=True, slots=True)
class Member:
    """A client with what their notes start with."""

    client_id: uuid.UUID
    data_key: int
    diagnoses: tuple[uuid.UUID, ...]
    objectives: tuple[uuid.UUID, ...]


class Practice:
    """Makes clients, groups, sessions and notes in bulk, the same each time."""

    def __init__(self) -> None:
        self.rows = Rows()
        self._random = random.Random(7)  # noqa: S311 - nothing secret comes of it
        self._names = itertools.product(_SYLLABLES, _SYLLABLES, _SYLLABLES)

    def prose(self, phrases: int = 8) -> str:
        """Return some text that names nobody."""
        return " ".join(self._random.choices(_PHRASES, k=phrases)).capitalize() + "."

    def members(self, count: int, clinician: User) -> list[Member]:
        """Make clients with two diagnoses and a plan of two objectives each."""
        made = []
        for number in range(count):
            client_id = new_id()
            key = ring().add_data_key(db.session(), KeyScope.CLIENT, client_id)
            self._client(client_id, key, number)
            self.rows.add(
                CaseloadEntry,
                client_id=client_id,
                clinician_id=clinician.id,
                started_on=LONG_AGO,
                version=1,
            )
            diagnoses, objectives = self._chart(client_id, key, clinician)
            made.append(Member(client_id, key, diagnoses, objectives))
        self.rows.write()
        db.session.execute(
            sa.update(TreatmentPlan)
            .where(TreatmentPlan.client_id.in_([member.client_id for member in made]))
            .values(status=PlanStatus.ACTIVE, signed_by_id=clinician.id, signed_at=_BEGAN)
        )
        return made

    def enrol(self, group: Group, members: Iterable[Member]) -> None:
        """Enrol clients in a group, long ago."""
        for member in members:
            self.rows.add(
                Enrolment,
                group_id=group.id,
                client_id=member.client_id,
                started_on=LONG_AGO,
                version=1,
            )
        self.rows.write()

    def session(
        self, group: Group, starts_at: dt.datetime, leads: User, **values: Any
    ) -> uuid.UUID:
        """Make a session of 90 minutes; ``rows.write()`` keeps it."""
        session_id = self.rows.add(
            GroupSession,
            group_id=group.id,
            held_on=starts_at.date(),
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(minutes=90),
            modality=group.modality,
            service_code=group.service_code,
            place_of_service=group.place_of_service,
            status="scheduled",
            **{"revision": 0, "version": 1} | values,
        )
        self.rows.add_plain(
            SessionFacilitator, session_id=session_id, user_id=leads.id, role="lead"
        )
        return session_id

    def documented(
        self,
        group: Group,
        starts_at: dt.datetime,
        author: User,
        members: Sequence[Member],
        *,
        complete: Sequence[bool] = (True,),
    ) -> tuple[uuid.UUID, uuid.UUID, list[uuid.UUID]]:
        """Make a session with its drafts; return its id, its revision's, and the notes'.

        ``complete`` says, in turns, whether a note can be signed or still lacks its plan.
        """
        session_id = self.session(group, starts_at, author, revision=1, version=2)
        revision_id = self.rows.add(
            GroupNoteRevision,
            session_id=session_id,
            number=1,
            data_key=group.data_key,
            author_id=author.id,
            created_at=starts_at,
            sealed={
                "topic": "Coping ahead of a hard week",
                "interventions": "Psychoeducation\nSkills rehearsal",
                "interventions_other": "",
                "dynamics": self.prose(12),
                "plan": self.prose(3),
            },
        )
        notes = [
            self._note(session_id, author, member, starts_at, complete=whole)
            for member, whole in zip(members, itertools.cycle(complete), strict=False)
        ]
        return session_id, revision_id, notes

    def _client(self, client_id: uuid.UUID, key: int, number: int) -> None:
        first, last = self._name(), self._name()
        self.rows.add(
            Client,
            id=client_id,
            data_key=key,
            status="active",
            version=1,
            created_at=_BEGAN,
            mrn_index=client_id.bytes,
            sealed={
                "mrn": f"MRN-{number:05}-{client_id.hex[-4:]}",
                "first_name": first,
                "last_name": last,
                "preferred_name": self._name() if number % 3 == 0 else None,
                "aliases": self._name() if number % 7 == 0 else None,
                "birth_date": "1990-05-17",
                "payer": "Example Health",
                "member_id": f"EH{number:08}",
            },
        )

    def _name(self) -> str:
        return "".join(next(self._names)).capitalize() + "x"

    def _chart(
        self, client_id: uuid.UUID, key: int, clinician: User
    ) -> tuple[tuple[uuid.UUID, ...], tuple[uuid.UUID, ...]]:
        owner = {"client_id": client_id, "data_key": key}
        diagnoses = [
            self.rows.add(
                Diagnosis,
                **owner,
                status="active",
                rank=rank,
                made_by_id=clinician.id,
                version=1,
                created_at=_BEGAN,
                sealed={"code": code, "description": words},
            )
            for rank, (code, words) in enumerate(_DIAGNOSES, 1)
        ]
        plan = self.rows.add(
            TreatmentPlan,
            **owner,
            status=PlanStatus.DRAFT,
            effective_on=LONG_AGO,
            review_due_on=dt.date(2040, 1, 1),
            version=1,
            created_at=_BEGAN,
            sealed={"problem": self.prose(2), "services": "Group psychotherapy, weekly"},
        )
        goal = self.rows.add(
            Goal,
            **owner,
            plan_id=plan,
            position=1,
            sealed={"text": "Feel able to cope"},
        )
        objectives = [
            self.rows.add(
                Objective,
                **owner,
                goal_id=goal,
                plan_id=plan,
                status="open",
                position=position,
                sealed={"text": f"Use skill {position} three times a week for a month"},
            )
            for position in (1, 2)
        ]
        return tuple(diagnoses), tuple(objectives)

    def _note(
        self,
        session_id: uuid.UUID,
        author: User,
        member: Member,
        at: dt.datetime,
        *,
        complete: bool,
    ) -> uuid.UUID:
        self.rows.add(
            Attendance,
            session_id=session_id,
            client_id=member.client_id,
            status=AttendanceStatus.PRESENT,
            version=1,
        )
        note_id = new_id()
        encounter, encounter_index = sealing.encounter(note_id, member.data_key)
        self.rows.add(
            IndividualNote,
            id=note_id,
            encounter=encounter,
            encounter_index=encounter_index,
            session_id=session_id,
            client_id=member.client_id,
            author_id=author.id,
            data_key=member.data_key,
            status=NoteStatus.DRAFT,
            has_text=True,
            missing=0 if complete else 1,
            version=2,
            created_at=at,
            changed_at=at,
            sealed={
                "engagement_level": self._random.choice(("minimal", "responsive", "active")),
                "engagement_qualities": "sharing\nattentive",
                "response": self.prose(),
                "group_response": self.prose(5),
                "risk_level": "none",
                "risk_action": "",
                "plan": self.prose(3) if complete else None,
            },
        )
        for position, diagnosis in enumerate(member.diagnoses, 1):
            self.rows.add(
                NoteDiagnosis,
                note_id=note_id,
                diagnosis_id=diagnosis,
                position=position,
                addressed=position == 1,
            )
        for position, objective in enumerate(member.objectives, 1):
            self.rows.add(
                ProgressRating,
                note_id=note_id,
                objective_id=objective,
                data_key=member.data_key,
                position=position,
                sealed={"rating": "improving", "evidence": self.prose(4)},
            )
        return note_id
