"""What pages ask about a client's problem list."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from groupnotes.core.db import db
from groupnotes.crypto.keyring import ring
from groupnotes.diagnoses import onset
from groupnotes.diagnoses.models import Diagnosis, DiagnosisStatus


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One diagnosis on the problem list."""

    id: uuid.UUID
    code: str
    description: str
    onset: str  # in words
    status: DiagnosisStatus


def problem_list(client_id: uuid.UUID) -> list[ProblemLine]:
    """Return the client's diagnoses, active ones first, by rank."""
    rows = db.session.scalars(
        sa.select(Diagnosis)
        .where(Diagnosis.client_id == client_id)
        .order_by(Diagnosis.status, Diagnosis.rank, Diagnosis.id)
    ).all()
    ring().load({row.data_key for row in rows})
    return [
        ProblemLine(
            row.id, row.code, row.description, onset.in_words(row.onset_on or ""), row.status
        )
        for row in rows
    ]


def next_rank(client_id: uuid.UUID) -> int:
    """Return the place behind the last active diagnosis."""
    last = db.session.scalar(
        sa.select(sa.func.max(Diagnosis.rank)).where(
            Diagnosis.client_id == client_id, Diagnosis.status == DiagnosisStatus.ACTIVE
        )
    )
    return (last or 0) + 1
