"""Groups, their facilitators and enrolments at rest."""

from __future__ import annotations

import datetime as dt
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.core.db import Base, moment, uuid_pk
from groupnotes.core.types import one_of
from groupnotes.crypto.sealed import Sealed, ciphertext, data_key_column


class GroupKind(enum.StrEnum):
    """What kind of therapy the group does."""

    PROCESS = "process"
    PSYCHOEDUCATION = "psychoeducation"
    SKILLS = "skills"
    SUBSTANCE_USE = "substance-use"
    MULTI_FAMILY = "multi-family"
    SUPPORT = "support"


class FacilitatorRole(enum.StrEnum):
    """Who leads and who assists."""

    LEAD = "lead"
    CO = "co"


class Modality(enum.StrEnum):
    """How the clients of a group meet."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    AUDIO = "audio"


class Group(Base):
    """A standing therapy group; its text is sealed with the group's own key."""

    __tablename__ = "groups"
    __table_args__ = (
        sa.CheckConstraint("capacity BETWEEN 2 AND 500", name="capacity"),
        sa.CheckConstraint("duration_minutes BETWEEN 5 AND 720", name="duration"),
    )

    id: Mapped[uuid_pk]
    data_key: Mapped[int] = data_key_column()
    kind: Mapped[GroupKind] = mapped_column(one_of(GroupKind))
    is_open: Mapped[bool]  # new clients may join while it runs
    capacity: Mapped[int]
    service_code: Mapped[str] = mapped_column(sa.String(12))  # CPT or HCPCS, with modifier
    place_of_service: Mapped[str] = mapped_column(sa.String(2))  # CMS place-of-service code
    modality: Mapped[Modality] = mapped_column(one_of(Modality))
    rrule: Mapped[str] = mapped_column(sa.String(200))  # RFC 5545, without DTSTART
    first_on: Mapped[dt.date]
    local_start: Mapped[dt.time]  # on the wall clock of the practice's time zone
    duration_minutes: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[moment]
    name_sealed: Mapped[bytes] = ciphertext("name")

    name = Sealed[str]()

    __mapper_args__ = {"version_id_col": version}


class GroupFacilitator(Base):
    """From when to when a person facilitates a group."""

    __tablename__ = "group_facilitators"
    __table_args__ = (
        sa.CheckConstraint("ended_on >= started_on", name="dates"),
        sa.Index("ix_group_facilitators_user_id_group_id", "user_id", "group_id"),
    )

    id: Mapped[uuid_pk]
    group_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("groups.id"), index=True)
    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    role: Mapped[FacilitatorRole] = mapped_column(one_of(FacilitatorRole))
    started_on: Mapped[dt.date]
    ended_on: Mapped[dt.date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Enrolment(Base):
    """One dated stay of a client in a group."""

    __tablename__ = "enrolments"
    __table_args__ = (
        sa.CheckConstraint("ended_on >= started_on", name="dates"),
        sa.Index("ix_enrolments_group_id_started_on", "group_id", "started_on"),
        sa.Index("ix_enrolments_client_id_group_id", "client_id", "group_id"),
        sa.Index(
            "uq_enrolments_open",
            "group_id",
            "client_id",
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        ),
    )

    id: Mapped[uuid_pk]
    group_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("groups.id"))
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"))
    started_on: Mapped[dt.date]
    ended_on: Mapped[dt.date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
