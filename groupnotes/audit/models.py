"""Audit events at rest, the head of their chain, and the checkpoints that vouch for them."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.audit.tags import Outcome
from groupnotes.core import triggers
from groupnotes.core.db import Base, moment, uuid_pk
from groupnotes.core.types import UTCDateTime, one_of

# What changes how many signatures a note has; word for word, so that the index answers.
OF_SIGNING = sa.text(
    "tag IN ('note:sign', 'note:add', 'note:enter-in-error', 'note:co-sign', 'note:return')"
)


class AuditEvent(Base):
    """One event; inserted once and never changed."""

    __tablename__ = "audit_events"
    __table_args__ = (
        sa.Index("ix_audit_events_client_id_sequence", "client_id", "sequence"),
        sa.Index("ix_audit_events_actor_id_sequence", "actor_id", "sequence"),
        sa.Index(
            "ix_audit_events_of_signing",
            "object_id",
            sqlite_where=OF_SIGNING,
            postgresql_where=OF_SIGNING,
        ),
        sa.Index(
            "ix_audit_events_failed",
            "sequence",
            sqlite_where=sa.text("outcome = 'failed'"),
            postgresql_where=sa.text("outcome = 'failed'"),
        ),
    )

    sequence: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime())
    actor_id: Mapped[uuid.UUID | None]
    sign_in_id: Mapped[uuid.UUID | None]
    tag: Mapped[str] = mapped_column(sa.String(40))
    outcome: Mapped[Outcome] = mapped_column(one_of(Outcome))
    client_id: Mapped[uuid.UUID | None]
    object_type: Mapped[str | None] = mapped_column(sa.String(40))
    object_id: Mapped[uuid.UUID | None]
    detail: Mapped[str | None] = mapped_column(sa.String(500))
    hash: Mapped[bytes]


class AuditHead(Base):
    """The last sequence and hash: one row, locked by whoever appends."""

    __tablename__ = "audit_head"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(sa.BigInteger)
    hash: Mapped[bytes]
    # Here too, so that whoever appends knows without another question when the next is due.
    checkpointed: Mapped[int | None] = mapped_column(sa.BigInteger)
    checkpointed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    seal: Mapped[bytes]  # over all of it, by a key of the practice's (audit.head)


class AuditCheckpoint(Base):
    """What the log was when it had ``size`` events, as a signed note; inserted once."""

    __tablename__ = "audit_checkpoints"

    size: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[moment]
    note: Mapped[str] = mapped_column(sa.String(500))
    peaks: Mapped[bytes]  # of the Merkle tree, from which the next checkpoint goes on


class AuditKey(Base):
    """A key that signs checkpoints and nothing else, wrapped by the practice root key."""

    __tablename__ = "audit_keys"

    id: Mapped[uuid_pk]
    origin: Mapped[str] = mapped_column(sa.String(80))
    public_key: Mapped[bytes]
    generation: Mapped[int] = mapped_column(sa.ForeignKey("practice_keys.generation"))
    wrapped: Mapped[bytes]
    check_value: Mapped[bytes]
    created_at: Mapped[moment]


# A checkpoint may be signed over a log that stands still, and a new log gets its seal: the head
# then says that and no more.
_BACKWARDS = (
    "NEW.sequence < OLD.sequence OR NEW.sequence = OLD.sequence AND (NEW.hash <> OLD.hash"
    " OR length(OLD.seal) > 0"
    " AND coalesce(NEW.checkpointed, 0) <= coalesce(OLD.checkpointed, 0))"
)

triggers.declare(
    triggers.Trigger(
        "audit_events_keep", "audit_events", "UPDATE", "an audit event is never changed"
    ),
    triggers.Trigger(
        "audit_events_stay", "audit_events", "DELETE", "an audit event is never removed"
    ),
    triggers.Trigger("audit_head_stays", "audit_head", "DELETE", "the audit head is never removed"),
    triggers.Trigger(
        "audit_head_forward",
        "audit_head",
        "UPDATE",
        "the audit log never goes backwards",
        when=_BACKWARDS,
    ),
    triggers.Trigger(
        "audit_checkpoints_keep", "audit_checkpoints", "UPDATE", "a checkpoint is never changed"
    ),
    triggers.Trigger(
        "audit_checkpoints_stay", "audit_checkpoints", "DELETE", "a checkpoint is never removed"
    ),
    triggers.Trigger(
        "audit_keys_keep",
        "audit_keys",
        "UPDATE",
        "a key of the audit log is only ever wrapped anew",
        when="NEW.id <> OLD.id OR NEW.origin <> OLD.origin OR NEW.public_key <> OLD.public_key",
    ),
    triggers.Trigger(
        "audit_keys_stay", "audit_keys", "DELETE", "a key of the audit log is never removed"
    ),
)
