"""Diagnoses at rest."""

from __future__ import annotations

import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.core.db import Base, moment, uuid_pk
from groupnotes.core.types import one_of
from groupnotes.crypto.sealed import Sealed, ciphertext, data_key_column


class DiagnosisStatus(enum.StrEnum):
    """FHIR condition-clinical, as far as the problem list needs it."""

    ACTIVE = "active"
    RESOLVED = "resolved"


class Diagnosis(Base):
    """One ICD-10-CM code on a client's problem list, and who made it."""

    __tablename__ = "diagnoses"
    __table_args__ = (sa.Index("ix_diagnoses_client_id_status", "client_id", "status"),)

    id: Mapped[uuid_pk]
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"))
    data_key: Mapped[int] = data_key_column()
    status: Mapped[DiagnosisStatus] = mapped_column(
        one_of(DiagnosisStatus), default=DiagnosisStatus.ACTIVE
    )
    rank: Mapped[int]
    made_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[moment]
    code_sealed: Mapped[bytes] = ciphertext("code")
    description_sealed: Mapped[bytes] = ciphertext("description")
    onset_on_sealed: Mapped[bytes | None] = ciphertext("onset_on", nullable=True)

    code = Sealed[str]()
    description = Sealed[str]()
    onset_on = Sealed[str | None]()  # ISO 8601, as exact as it is known

    __mapper_args__ = {"version_id_col": version}
