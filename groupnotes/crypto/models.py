"""Wrapped keys at rest: useless without the key-encryption key outside the database."""

from __future__ import annotations

import datetime as dt
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.core import triggers
from groupnotes.core.db import Base, moment
from groupnotes.core.types import UTCDateTime, one_of


class KeyScope(enum.StrEnum):
    """Whose text a data key seals; destroying a client's key shreds that client's record.

    The psychotherapy notes of one author are sealed with a key of that author's, so that no
    key of a client's record opens them (45 CFR 164.501: separated from the rest of it).
    """

    CLIENT = "client"
    GROUP = "group"
    PRACTICE = "practice"
    AUTHOR = "author"


class PracticeKey(Base):
    """One generation of the practice root key, wrapped by the key-encryption key."""

    __tablename__ = "practice_keys"

    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    wrapped: Mapped[bytes]
    check_value: Mapped[bytes]
    created_at: Mapped[moment]


class DataKey(Base):
    """One random data key, wrapped by a generation of the practice root key."""

    __tablename__ = "data_keys"
    __table_args__ = (
        sa.CheckConstraint("(scope = 'practice') = (owner_id IS NULL)", name="owner"),
        sa.Index("uq_data_keys_owner_id", "owner_id", unique=True),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    scope: Mapped[KeyScope] = mapped_column(one_of(KeyScope))
    owner_id: Mapped[uuid.UUID | None]
    generation: Mapped[int] = mapped_column(sa.ForeignKey("practice_keys.generation"))
    wrapped: Mapped[bytes | None]
    check_value: Mapped[bytes]
    seal: Mapped[bytes]  # that the key is this owner's
    created_at: Mapped[moment]
    destroyed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())


triggers.declare(
    triggers.Trigger(
        "data_keys_destroyed_keep",
        "data_keys",
        "UPDATE",
        "a key that was destroyed is never put back",
        when="OLD.destroyed_at IS NOT NULL",
    ),
    triggers.Trigger(
        "data_keys_destroyed_stay",
        "data_keys",
        "DELETE",
        "that a key was destroyed is not removed",
        when="OLD.destroyed_at IS NOT NULL",
    ),
    # A key that could still be unwrapped would only be said to be destroyed.
    triggers.Trigger(
        "data_keys_destroyed_whole",
        "data_keys",
        "UPDATE",
        "a key is destroyed with its wrapped bytes",
        when="(NEW.destroyed_at IS NULL) <> (NEW.wrapped IS NOT NULL)",
    ),
)
