"""Clients at rest: every name and number of theirs is sealed with their own key."""

from __future__ import annotations

import datetime as dt
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.clients import names
from groupnotes.core import triggers
from groupnotes.core.db import Base, moment, uuid_pk
from groupnotes.core.types import one_of
from groupnotes.crypto.sealed import Sealed, ciphertext, data_key_column


class ClientStatus(enum.StrEnum):
    """Whether the practice treats the client now, and whether there is still a record."""

    ACTIVE = "active"
    DISCHARGED = "discharged"
    DESTROYED = "destroyed"  # with its key, for good


class Client(Base):
    """A person in treatment; *member* is their payer's word."""

    __tablename__ = "clients"
    __table_args__ = (sa.Index("ix_clients_status_id", "status", "id"),)

    id: Mapped[uuid_pk]
    data_key: Mapped[int] = data_key_column()
    status: Mapped[ClientStatus] = mapped_column(one_of(ClientStatus), default=ClientStatus.ACTIVE)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[moment]
    mrn_index: Mapped[bytes] = mapped_column(unique=True)
    mrn_sealed: Mapped[bytes] = ciphertext("mrn")
    first_name_sealed: Mapped[bytes] = ciphertext("first_name")
    last_name_sealed: Mapped[bytes] = ciphertext("last_name")
    preferred_name_sealed: Mapped[bytes | None] = ciphertext("preferred_name", nullable=True)
    aliases_sealed: Mapped[bytes | None] = ciphertext("aliases", nullable=True)
    birth_date_sealed: Mapped[bytes] = ciphertext("birth_date")
    phone_sealed: Mapped[bytes | None] = ciphertext("phone", nullable=True)
    email_sealed: Mapped[bytes | None] = ciphertext("email", nullable=True)
    address_sealed: Mapped[bytes | None] = ciphertext("address", nullable=True)
    employer_sealed: Mapped[bytes | None] = ciphertext("employer", nullable=True)
    contacts_sealed: Mapped[bytes | None] = ciphertext("contacts", nullable=True)
    payer_sealed: Mapped[bytes | None] = ciphertext("payer", nullable=True)
    member_id_sealed: Mapped[bytes | None] = ciphertext("member_id", nullable=True)

    mrn = Sealed[str]()
    first_name = Sealed[str]()
    last_name = Sealed[str]()
    preferred_name = Sealed[str | None]()
    aliases = Sealed[str | None]()  # one a line
    birth_date = Sealed[str]()  # ISO 8601
    phone = Sealed[str | None]()
    email = Sealed[str | None]()
    address = Sealed[str | None]()
    employer = Sealed[str | None]()  # or school, one a line
    contacts = Sealed[str | None]()  # "name, relationship", one a line
    payer = Sealed[str | None]()
    member_id = Sealed[str | None]()

    __mapper_args__ = {"version_id_col": version}

    @property
    def full_name(self) -> str:
        """The client's name as pages write it."""
        return names.full_name(self.first_name, self.last_name, self.preferred_name)

    @property
    def client_id(self) -> uuid.UUID:
        """The client that an audit event about this row names."""
        return self.id


class CaseloadEntry(Base):
    """From when to when a clinician cares for a client."""

    __tablename__ = "caseload_entries"
    __table_args__ = (
        sa.CheckConstraint("ended_on >= started_on", name="dates"),
        sa.Index("ix_caseload_entries_clinician_id_client_id", "clinician_id", "client_id"),
        sa.Index(
            "uq_caseload_entries_open",
            "client_id",
            "clinician_id",
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        ),
    )

    id: Mapped[uuid_pk]
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"), index=True)
    clinician_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    started_on: Mapped[dt.date]
    ended_on: Mapped[dt.date | None]


triggers.declare(
    triggers.Trigger(
        "clients_destroyed_keep",
        "clients",
        "UPDATE",
        "the record of this client was destroyed, and is not begun anew",
        when="OLD.status = 'destroyed'",
    ),
    triggers.Trigger(
        "clients_destroyed_stay",
        "clients",
        "DELETE",
        "that a record was destroyed is not removed",
        when="OLD.status = 'destroyed'",
    ),
)
