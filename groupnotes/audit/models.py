"""Audit events at rest, and the head of their chain."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.audit.tags import Outcome
from groupnotes.core import triggers
from groupnotes.core.db import Base
from groupnotes.core.types import UTCDateTime, one_of


class AuditEvent(Base):
    """One event; inserted once and never changed."""

    __tablename__ = "audit_events"
    __table_args__ = (
        sa.Index("ix_audit_events_client_id_sequence", "client_id", "sequence"),
        sa.Index("ix_audit_events_actor_id_sequence", "actor_id", "sequence"),
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
        when="NEW.sequence <= OLD.sequence",
    ),
)
