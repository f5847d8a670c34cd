"""Keeping a client's problem list."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from groupnotes import deid
from groupnotes.access.guard import check, fetch, guarded
from groupnotes.access.policy import Permission
from groupnotes.audit.tags import Tag
from groupnotes.clients import queries as clients
from groupnotes.clients.models import Client
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Invalid
from groupnotes.core.ids import new_id
from groupnotes.core.versions import require_seen
from groupnotes.diagnoses import codes, onset, queries
from groupnotes.diagnoses.models import Diagnosis, DiagnosisStatus
from groupnotes.practice import queries as practices


@dataclass(frozen=True, slots=True)
class DiagnosisValues:
    """One entry of the problem list; ``onset_on`` is ISO 8601, as exact as it is known."""

    code: str
    description: str
    onset_on: str
    rank: int
    status: DiagnosisStatus = DiagnosisStatus.ACTIVE


def next_rank(actor: Actor, client: Client) -> int:
    """Return where one more diagnosis goes on the client's problem list."""
    check(actor, Permission.CHART_WRITE, Tag.CHART_READ, client)
    return queries.next_rank(client.id)


@guarded(Permission.CHART_WRITE, Tag.DIAGNOSIS_CREATE)
def add_diagnosis(actor: Actor, client: Client, /, values: DiagnosisValues) -> Diagnosis:
    """Put a diagnosis on the client's problem list, made by the actor."""
    sound = _sound(values, client.id, but=None)
    diagnosis = Diagnosis(
        id=new_id(),
        client_id=client.id,
        data_key=client.data_key,
        made_by_id=actor.user_id,
        created_at=clock.now(),
    )
    _write(diagnosis, sound)
    db.session.add(diagnosis)
    return diagnosis


def open_diagnosis(actor: Actor, diagnosis_id: uuid.UUID) -> Diagnosis:
    """Return a diagnosis that the actor may change."""
    return fetch(actor, Permission.CHART_WRITE, Tag.DIAGNOSIS_READ, Diagnosis, diagnosis_id)


@guarded(Permission.CHART_WRITE, Tag.DIAGNOSIS_EDIT)
def edit_diagnosis(
    actor: Actor, diagnosis: Diagnosis, /, values: DiagnosisValues, *, seen_version: int
) -> Diagnosis:
    """Correct a diagnosis, rank it anew, or call it resolved; signed notes keep what they said."""
    require_seen(diagnosis, seen_version)
    _write(diagnosis, _sound(values, diagnosis.client_id, but=diagnosis.id))
    return diagnosis


def _write(diagnosis: Diagnosis, values: DiagnosisValues) -> None:
    diagnosis.code = values.code
    diagnosis.description = values.description
    diagnosis.onset_on = values.onset_on or None
    diagnosis.rank = values.rank
    diagnosis.status = values.status


def _sound(
    values: DiagnosisValues, client_id: uuid.UUID, *, but: uuid.UUID | None
) -> DiagnosisValues:
    """Return ``values`` with the code as ICD-10-CM writes it; raise Invalid if it cannot stand."""
    code = codes.normal(values.code)
    found = {}
    if code is None:
        found["code"] = "Type an ICD-10-CM code, such as F33.1."
    elif values.status is DiagnosisStatus.ACTIVE and _is_listed(code, client_id, but):
        found["code"] = "This code is on the problem list already."
    wrong = onset.problem(values.onset_on, today=clock.today(practices.time_zone().key))
    if wrong:
        found["onset_on"] = wrong
    if found or code is None:
        raise Invalid(found)
    others = clients.others_around(client_id)
    deid.refuse_names(deid.INDIVIDUAL, {"description": values.description}, others)
    return DiagnosisValues(code, values.description, values.onset_on, values.rank, values.status)


def _is_listed(code: str, client_id: uuid.UUID, but: uuid.UUID | None) -> bool:
    return any(
        line.code == code and line.id != but and line.status is DiagnosisStatus.ACTIVE
        for line in queries.problem_list(client_id)
    )
