"""Legal holds and purges at rest: neither is ever removed, nor changed once it has ended."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from groupnotes.core import triggers
from groupnotes.core.db import Base, moment, uuid_pk
from groupnotes.core.types import UTCDateTime
from groupnotes.crypto.sealed import Sealed, ciphertext, data_key_column

LAPSES_AFTER = dt.timedelta(days=14)  # a proposal that nobody confirmed


class LegalHold(Base):
    """A record that must not be destroyed, whatever its age: litigation, audit, complaint."""

    __tablename__ = "legal_holds"
    __table_args__ = (
        sa.CheckConstraint("(lifted_at IS NULL) = (lifted_by_id IS NULL)", name="lifted"),
    )

    id: Mapped[uuid_pk]
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"), index=True)
    data_key: Mapped[int] = data_key_column()
    placed_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    placed_at: Mapped[moment]
    lifted_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"))
    lifted_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    reason_sealed: Mapped[bytes] = ciphertext("reason")

    reason = Sealed[str]()


class Purge(Base):
    """One person's proposal that a client's record be destroyed, for another to confirm."""

    __tablename__ = "purges"
    __table_args__ = (
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn"),
        sa.Index(
            "uq_purges_client_id",
            "client_id",
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[uuid_pk]
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"), index=True)
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    proposed_at: Mapped[moment]
    withdrawn_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"))
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())

    @property
    def lapses_at(self) -> dt.datetime:
        """When nobody may confirm it any more."""
        return self.proposed_at + LAPSES_AFTER


class Destruction(Base):
    """What a certificate of destruction says; the id is that of the purge that was confirmed.

    Of the client it holds the random id only, and of the dates that led here the year
    (45 CFR 164.514(b)(2)(i)(C)).
    """

    __tablename__ = "destructions"
    __table_args__ = (
        sa.CheckConstraint("confirmed_by_id <> proposed_by_id", name="two_people"),
        sa.UniqueConstraint("client_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("purges.id"), primary_key=True)
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"))
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    confirmed_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    confirmed_at: Mapped[moment]
    # The rule as it was applied, and what was destroyed by it.
    retention_years: Mapped[int]
    age_of_majority: Mapped[int]
    years_after_majority: Mapped[int]
    retained_until_year: Mapped[int]
    key_number: Mapped[int] = mapped_column(sa.ForeignKey("data_keys.number"))
    key_check: Mapped[bytes]
    backup_days: Mapped[int]
    # When the wrapped key's bytes were cleared from the database's own files.
    cleared_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    seal: Mapped[bytes] = mapped_column(default=b"")  # that all of this is ours


def _changed(*columns: str) -> str:
    return " OR ".join(
        f"NEW.{name} <> OLD.{name} OR (NEW.{name} IS NULL) <> (OLD.{name} IS NULL)"
        for name in columns
    )


_PROPOSED = ("id", "client_id", "proposed_by_id", "proposed_at")
_IS_CONFIRMED = "EXISTS (SELECT 1 FROM destructions d WHERE d.id = OLD.id)"
_CERTIFIED = [
    column.name
    for column in Destruction.__table__.columns
    if column.name not in {"cleared_at", "seal"}
]

triggers.declare(
    triggers.Trigger(
        "legal_holds_keep",
        "legal_holds",
        "UPDATE",
        "a legal hold is lifted, and not changed otherwise",
        when="OLD.lifted_at IS NOT NULL OR "
        + _changed("id", "client_id", "data_key", "placed_by_id", "placed_at", "reason"),
    ),
    triggers.Trigger(
        "legal_holds_stay", "legal_holds", "DELETE", "a legal hold is lifted, and not removed"
    ),
    triggers.Trigger(
        "purges_keep",
        "purges",
        "UPDATE",
        "a proposal is withdrawn, and not changed otherwise",
        when=f"OLD.withdrawn_at IS NOT NULL OR {_changed(*_PROPOSED)} OR {_IS_CONFIRMED}",
    ),
    triggers.Trigger("purges_stay", "purges", "DELETE", "a proposal is not removed"),
    triggers.Trigger(
        "destructions_keep",
        "destructions",
        "UPDATE",
        "what a certificate says is not changed",
        when=f"OLD.cleared_at IS NOT NULL OR {_changed(*_CERTIFIED)}",
    ),
    triggers.Trigger("destructions_stay", "destructions", "DELETE", "a certificate is not removed"),
)
