"""Staff, what they may do, and where they are signed in."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from groupnotes.core.actor import Role
from groupnotes.core.db import Base, moment, uuid_pk
from groupnotes.core.types import UTCDateTime, one_of
from groupnotes.crypto.sealed import Sealed, ciphertext, data_key_column


class User(Base):
    """A person who works at the practice."""

    __tablename__ = "users"

    id: Mapped[uuid_pk]
    data_key: Mapped[int] = data_key_column()
    sign_in_name_index: Mapped[bytes] = mapped_column(unique=True)
    sign_in_name_sealed: Mapped[bytes] = ciphertext("sign_in_name")
    name_sealed: Mapped[bytes] = ciphertext("name")
    credentials: Mapped[str] = mapped_column(sa.String(60), default="")
    npi: Mapped[str] = mapped_column(sa.String(10), default="")
    licence: Mapped[str] = mapped_column(sa.String(40), default="")
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    # Set: the password came from an administrator, and is good until then, to choose another with.
    one_time_until: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    # When, and by whom, the password was replaced: who did it could sign in as them.
    renewed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    renewed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"))
    active: Mapped[bool] = mapped_column(default=True)
    # That all of this, the roles and the supervisors are ours (accounts.vouched); empty: nobody's.
    seal: Mapped[bytes] = mapped_column(default=b"")
    supervision_seal: Mapped[bytes] = mapped_column(default=b"")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[moment]
    roles: Mapped[list[UserRole]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="UserRole.role"
    )

    sign_in_name = Sealed[str]()
    name = Sealed[str]()

    __mapper_args__ = {"version_id_col": version}


class UserRole(Base):
    """One role of one person."""

    __tablename__ = "user_roles"

    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(one_of(Role), primary_key=True)


class Supervision(Base):
    """From when to when one person supervises another; perhaps signs beside all that they sign."""

    __tablename__ = "supervisions"
    __table_args__ = (
        sa.CheckConstraint("supervisor_id <> supervisee_id", name="two_people"),
        sa.CheckConstraint("ended_on >= started_on", name="dates"),
        sa.Index("ix_supervisions_supervisor_id_supervisee_id", "supervisor_id", "supervisee_id"),
    )

    id: Mapped[uuid_pk]
    supervisor_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    supervisee_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    started_on: Mapped[dt.date]
    ended_on: Mapped[dt.date | None]
    co_signs: Mapped[bool]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class SignIn(Base):
    """One browser in which one person is signed in; the cookie holds what hashes to the token."""

    __tablename__ = "sign_ins"

    id: Mapped[uuid_pk]
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    seal: Mapped[bytes]  # that it was begun here, by this person
    created_at: Mapped[moment]
    last_seen_at: Mapped[moment]
    ended_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    # The last that was begun in it; whether it is still open, it says itself.
    emergency_access_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("emergency_accesses.id")
    )


class RateLimit(Base):
    """How often something was tried in one window of time, counted for every worker alike."""

    __tablename__ = "rate_limits"

    bucket: Mapped[bytes] = mapped_column(primary_key=True)
    window: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    count: Mapped[int]
