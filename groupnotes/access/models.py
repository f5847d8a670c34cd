"""The one right that rests on no relation, at rest: an emergency access."""

from __future__ import annotations

import datetime as dt
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.core import triggers
from groupnotes.core.db import Base, moment, uuid_pk
from groupnotes.core.types import UTCDateTime, one_of
from groupnotes.crypto.sealed import Sealed, ciphertext, data_key_column


class EmergencyGround(enum.StrEnum):
    """What kind of emergency it is: all that whoever reviews it is told, who sees no text."""

    CARE = "care"
    COVER = "cover"
    REQUEST = "request"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The ground as pages write it."""
        return _LABELS[self]


_LABELS = {
    EmergencyGround.CARE: "The client needs help now",
    EmergencyGround.COVER: "Standing in for a colleague who is away",
    EmergencyGround.REQUEST: "A hospital or an emergency service asks",
    EmergencyGround.OTHER: "Something else",
}


class EmergencyAccess(Base):
    """One person may read one client's record for an hour (45 CFR 164.312(a)(2)(ii)).

    Sealed with the client's key: why it was needed is about the client.
    """

    __tablename__ = "emergency_accesses"
    __table_args__ = (sa.CheckConstraint("ends_at > started_at", name="times"),)

    id: Mapped[uuid_pk]
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"), index=True)
    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    data_key: Mapped[int] = data_key_column()
    ground: Mapped[EmergencyGround] = mapped_column(one_of(EmergencyGround))
    started_at: Mapped[moment]
    ends_at: Mapped[moment]  # at the latest
    ended_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())  # by hand, before that
    reason_sealed: Mapped[bytes] = ciphertext("reason")

    reason = Sealed[str]()


triggers.declare(
    triggers.Trigger(
        "emergency_accesses_keep",
        "emergency_accesses",
        "UPDATE",
        "an emergency access can only be ended, once",
        when="(NEW.id <> OLD.id OR NEW.client_id <> OLD.client_id OR NEW.user_id <> OLD.user_id"
        " OR NEW.data_key <> OLD.data_key OR NEW.reason <> OLD.reason"
        " OR NEW.ground <> OLD.ground OR NEW.started_at <> OLD.started_at"
        " OR NEW.ends_at <> OLD.ends_at OR OLD.ended_at IS NOT NULL)",
    ),
    triggers.Trigger(
        "emergency_accesses_stay",
        "emergency_accesses",
        "DELETE",
        "an emergency access is never removed",
    ),
)
