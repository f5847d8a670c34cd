"""What became of an emergency access: who was told of it, and what its review found."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.core import triggers
from groupnotes.core.db import Base, moment, uuid_pk
from groupnotes.crypto.sealed import Sealed, ciphertext, data_key_column


class EmergencyAcknowledgement(Base):
    """A clinician of the client has read that there was one, and why."""

    __tablename__ = "emergency_acknowledgements"
    __table_args__ = (sa.UniqueConstraint("access_id", "user_id"),)

    id: Mapped[uuid_pk]
    access_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("emergency_accesses.id"))
    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    acknowledged_at: Mapped[moment]


class EmergencyReview(Base):
    """What an administrator found, who was not the person that they judge.

    Sealed with the practice's key: it outlives the client's record.
    """

    __tablename__ = "emergency_reviews"

    id: Mapped[uuid_pk]
    access_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("emergency_accesses.id"), unique=True
    )
    data_key: Mapped[int] = data_key_column()
    reviewer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    reviewed_at: Mapped[moment]
    justified: Mapped[bool]
    comment_sealed: Mapped[bytes] = ciphertext("comment")

    comment = Sealed[str]()


triggers.declare(
    triggers.Trigger(
        "emergency_acknowledgements_keep",
        "emergency_acknowledgements",
        "UPDATE",
        "an acknowledgement is never changed",
    ),
    triggers.Trigger(
        "emergency_acknowledgements_stay",
        "emergency_acknowledgements",
        "DELETE",
        "an acknowledgement is never removed",
    ),
    triggers.Trigger(
        "emergency_reviews_keep", "emergency_reviews", "UPDATE", "a review is never changed"
    ),
    triggers.Trigger(
        "emergency_reviews_stay", "emergency_reviews", "DELETE", "a review is never removed"
    ),
)
