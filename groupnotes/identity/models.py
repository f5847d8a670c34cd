"""What was decided about words that a check found, at rest."""

from __future__ import annotations

import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.core import triggers
from groupnotes.core.db import Base, moment, uuid_pk
from groupnotes.core.types import one_of
from groupnotes.crypto.sealed import Sealed, ciphertext, data_key_column


class DecisionKind(enum.StrEnum):
    """Whether the words were said to identify nobody, or to be needed all the same."""

    DISMISSED = "dismissed"
    KEPT = "kept"


class IdentityDecision(Base):
    """A writer's word about words in one group note or one individual note.

    Sealed with the key of the text that they are about: the group's, or the client's.
    """

    __tablename__ = "identity_decisions"
    __table_args__ = (
        sa.CheckConstraint("(session_id IS NULL) <> (note_id IS NULL)", name="of_one"),
        sa.CheckConstraint("(kind = 'kept') = (reason IS NOT NULL)", name="reason"),
    )

    id: Mapped[uuid_pk]
    session_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("group_sessions.id"), index=True
    )
    note_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("individual_notes.id"), index=True
    )
    kind: Mapped[DecisionKind] = mapped_column(one_of(DecisionKind))
    category: Mapped[str] = mapped_column(sa.String(20))
    rule: Mapped[str] = mapped_column(sa.String(60))
    decided_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    decided_at: Mapped[moment]
    data_key: Mapped[int] = data_key_column()
    words_sealed: Mapped[bytes] = ciphertext("words")
    reason_sealed: Mapped[bytes | None] = ciphertext("reason", nullable=True)

    words = Sealed[str]()
    reason = Sealed[str | None]()


triggers.declare(
    triggers.Trigger(
        "identity_decisions_keep", "identity_decisions", "UPDATE", "a decision is never changed"
    ),
    triggers.Trigger(
        "identity_decisions_stay", "identity_decisions", "DELETE", "a decision is never removed"
    ),
)
