"""Group sessions and attendance at rest."""

from __future__ import annotations

import datetime as dt
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.core import triggers
from groupnotes.core.db import Base, moment, uuid_pk
from groupnotes.core.types import UTCDateTime, one_of
from groupnotes.groups.models import FacilitatorRole, Modality
from groupnotes.sessions.attendance import AttendanceStatus


class SessionStatus(enum.StrEnum):
    """Whether the group met."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


class GroupSession(Base):
    """One meeting of a group; two on one day are two."""

    __tablename__ = "group_sessions"
    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="stop_after_start"),
        sa.UniqueConstraint("group_id", "starts_at"),
        sa.UniqueConstraint("group_id", "rule_start"),
        sa.Index("ix_group_sessions_held_on", "held_on"),
        sa.Index(
            "ix_group_sessions_undocumented",
            "starts_at",
            sqlite_where=sa.text("revision = 0 AND status = 'scheduled'"),
            postgresql_where=sa.text("revision = 0 AND status = 'scheduled'"),
        ),
    )

    id: Mapped[uuid_pk]
    group_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("groups.id"))
    held_on: Mapped[dt.date]  # the practice's calendar day
    starts_at: Mapped[moment]
    ends_at: Mapped[moment]
    # The start that the group's rule gave it, wherever it was moved since; None: made by hand.
    rule_start: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    modality: Mapped[Modality] = mapped_column(one_of(Modality))
    service_code: Mapped[str] = mapped_column(sa.String(12))
    place_of_service: Mapped[str] = mapped_column(sa.String(2))
    status: Mapped[SessionStatus] = mapped_column(
        one_of(SessionStatus), default=SessionStatus.SCHEDULED
    )
    revision: Mapped[int] = mapped_column(default=0)  # newest of its group note; 0 is none
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class SessionFacilitator(Base):
    """Who facilitated one session, whoever facilitates the group today."""

    __tablename__ = "session_facilitators"

    session_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("group_sessions.id"), primary_key=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("users.id"), primary_key=True, index=True
    )
    role: Mapped[FacilitatorRole] = mapped_column(one_of(FacilitatorRole))


class Attendance(Base):
    """One client at one session; minutes are derived, never typed."""

    __tablename__ = "attendances"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "client_id"),
        sa.CheckConstraint("departed_at > arrived_at", name="departure_after_arrival"),
    )

    id: Mapped[uuid_pk]
    session_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("group_sessions.id"))
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"), index=True)
    status: Mapped[AttendanceStatus] = mapped_column(one_of(AttendanceStatus))
    arrived_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    departed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    version: Mapped[int] = mapped_column(default=1)


# By its author, and not entered in error.
_SIGNED_NOTES = (
    "EXISTS (SELECT 1 FROM individual_notes n WHERE n.status IN ('awaiting_review', 'signed')"
    " AND n.session_id = OLD."
)
_SIGNED_NOTE = f"{_SIGNED_NOTES}session_id AND n.client_id = OLD.client_id)"
triggers.declare(
    triggers.Trigger(
        "attendances_signed_keep",
        "attendances",
        "UPDATE",
        "the attendance in a signed note is not changed",
        when=_SIGNED_NOTE,
    ),
    triggers.Trigger(
        "attendances_signed_stay",
        "attendances",
        "DELETE",
        "the attendance in a signed note is not removed",
        when=_SIGNED_NOTE,
    ),
    triggers.Trigger(
        "group_sessions_signed_keep",
        "group_sessions",
        "UPDATE",
        "the times and codes in a signed note are not changed",
        when="(NEW.id <> OLD.id OR NEW.starts_at <> OLD.starts_at"
        " OR NEW.ends_at <> OLD.ends_at OR NEW.group_id <> OLD.group_id"
        " OR NEW.held_on <> OLD.held_on OR NEW.service_code <> OLD.service_code"
        " OR NEW.modality <> OLD.modality OR NEW.place_of_service <> OLD.place_of_service"
        " OR NEW.status <> OLD.status)"
        f" AND {_SIGNED_NOTES}id)",
    ),
    triggers.Trigger(
        "group_sessions_stay",
        "group_sessions",
        "DELETE",
        "a session with notes is not removed",
        when="EXISTS (SELECT 1 FROM individual_notes n WHERE n.session_id = OLD.id)",
    ),
)
