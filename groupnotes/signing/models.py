"""Signatures at rest, each with the exact bytes that were signed."""

from __future__ import annotations

import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.core import triggers
from groupnotes.core.db import Base, moment, uuid_pk
from groupnotes.core.types import one_of
from groupnotes.crypto.sealed import Sealed, ciphertext, data_key_column


class SignatureMeaning(enum.StrEnum):
    """What a signature says (21 CFR 11.50)."""

    AUTHORSHIP = "authorship"


class Signature(Base):
    """Who signed which exact content, when, and what that means."""

    __tablename__ = "signatures"
    __table_args__ = (sa.UniqueConstraint("note_id", "meaning"),)

    id: Mapped[uuid_pk]
    note_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("individual_notes.id"))
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"), index=True)
    signer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    meaning: Mapped[SignatureMeaning] = mapped_column(one_of(SignatureMeaning))
    signed_at: Mapped[moment]
    digest: Mapped[bytes]  # SHA-256 of the content
    data_key: Mapped[int] = data_key_column()
    content_sealed: Mapped[bytes] = ciphertext("content")

    content = Sealed[str]()  # RFC 8785 JSON


triggers.declare(
    triggers.Trigger("signatures_keep", "signatures", "UPDATE", "a signature is never changed"),
    triggers.Trigger("signatures_stay", "signatures", "DELETE", "a signature is never removed"),
)
