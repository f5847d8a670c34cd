"""Psychotherapy notes at rest: a table and a key apart from every record."""

from __future__ import annotations

import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.core import triggers
from groupnotes.core.db import Base, moment, uuid_pk
from groupnotes.core.types import one_of
from groupnotes.crypto.sealed import Sealed, ciphertext, data_key_column


class PsychotherapyNoteKind(enum.StrEnum):
    """By which rule the note is kept apart; the product treats both alike."""

    PSYCHOTHERAPY = "psychotherapy"  # 45 CFR 164.501
    SUD_COUNSELING = "sud-counseling"  # 42 CFR 2.11

    @property
    def label(self) -> str:
        """The kind as pages write it."""
        return _LABELS[self]


_LABELS = {
    PsychotherapyNoteKind.PSYCHOTHERAPY: "Psychotherapy note",
    PsychotherapyNoteKind.SUD_COUNSELING: "SUD counseling note",
}


class PsychotherapyNote(Base):
    """What its author noted of a conversation with a client, for the author's own use.

    The text is sealed under a key of the author's. Whether there is a note about some
    client can be seen in the database, as that there was a session can.
    """

    __tablename__ = "psychotherapy_notes"
    __table_args__ = (
        sa.Index("ix_psychotherapy_notes_author_id_client_id", "author_id", "client_id", "id"),
    )

    id: Mapped[uuid_pk]
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"), index=True)
    session_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("group_sessions.id"), index=True
    )
    data_key: Mapped[int] = data_key_column()
    kind: Mapped[PsychotherapyNoteKind] = mapped_column(one_of(PsychotherapyNoteKind))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[moment]
    changed_at: Mapped[moment]
    text_sealed: Mapped[bytes] = ciphertext("text")

    text = Sealed[str]()

    __mapper_args__ = {"version_id_col": version}


triggers.declare(
    # Whoever is its author opens it: a hand at the prompt must not name another one.
    triggers.Trigger(
        "psychotherapy_notes_stay_theirs",
        "psychotherapy_notes",
        "UPDATE",
        "a psychotherapy note stays its author’s, and about its client",
        when="(NEW.id <> OLD.id OR NEW.author_id <> OLD.author_id"
        " OR NEW.client_id <> OLD.client_id)",
    ),
)
