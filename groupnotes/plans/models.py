"""Treatment plans at rest."""

from __future__ import annotations

import datetime as dt
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from groupnotes.core import triggers
from groupnotes.core.db import Base, moment, uuid_pk
from groupnotes.core.types import UTCDateTime, one_of
from groupnotes.crypto.sealed import Sealed, ciphertext, data_key_column


class PlanStatus(enum.StrEnum):
    """A plan is drafted, signed into force, and replaced by the next one."""

    DRAFT = "draft"
    ACTIVE = "active"
    REPLACED = "replaced"


class ObjectiveStatus(enum.StrEnum):
    """Only open objectives start in a new note."""

    OPEN = "open"
    ACHIEVED = "achieved"
    DISCONTINUED = "discontinued"


class TreatmentPlan(Base):
    """One client's plan; at most one is in force."""

    __tablename__ = "treatment_plans"
    __table_args__ = (
        sa.CheckConstraint("(status = 'draft') = (signed_at IS NULL)", name="signed"),
        sa.CheckConstraint("review_due_on > effective_on", name="review"),
        sa.Index("ix_treatment_plans_client_id_status", "client_id", "status"),
        sa.Index(
            "uq_treatment_plans_active",
            "client_id",
            unique=True,
            sqlite_where=sa.text("status = 'active'"),
            postgresql_where=sa.text("status = 'active'"),
        ),
    )

    id: Mapped[uuid_pk]
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"))
    data_key: Mapped[int] = data_key_column()
    status: Mapped[PlanStatus] = mapped_column(one_of(PlanStatus), default=PlanStatus.DRAFT)
    effective_on: Mapped[dt.date]
    review_due_on: Mapped[dt.date]
    signed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"))
    signed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[moment]
    problem_sealed: Mapped[bytes] = ciphertext("problem")
    services_sealed: Mapped[bytes] = ciphertext("services")
    goals: Mapped[list[Goal]] = relationship(lazy="raise", order_by="Goal.position")

    problem = Sealed[str]()
    services = Sealed[str]()  # what the plan prescribes: group, frequency, duration

    __mapper_args__ = {"version_id_col": version}


class Goal(Base):
    """What the client wants to reach."""

    __tablename__ = "goals"

    id: Mapped[uuid_pk]
    plan_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("treatment_plans.id"), index=True)
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"))
    data_key: Mapped[int] = data_key_column()
    position: Mapped[int]
    text_sealed: Mapped[bytes] = ciphertext("text")
    objectives: Mapped[list[Objective]] = relationship(lazy="raise", order_by="Objective.position")

    text = Sealed[str]()


class Objective(Base):
    """A measurable step under a goal: what a note rates progress on."""

    __tablename__ = "objectives"
    __table_args__ = (sa.Index("ix_objectives_client_id_status", "client_id", "status"),)

    id: Mapped[uuid_pk]
    goal_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("goals.id"), index=True)
    plan_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("treatment_plans.id"), index=True)
    client_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("clients.id"))
    data_key: Mapped[int] = data_key_column()
    status: Mapped[ObjectiveStatus] = mapped_column(
        one_of(ObjectiveStatus), default=ObjectiveStatus.OPEN
    )
    position: Mapped[int]
    text_sealed: Mapped[bytes] = ciphertext("text")
    target_sealed: Mapped[bytes | None] = ciphertext("target", nullable=True)

    text = Sealed[str]()
    target = Sealed[str | None]()


_SIGNED = (
    "EXISTS (SELECT 1 FROM treatment_plans WHERE treatment_plans.id = {row}.plan_id"
    " AND treatment_plans.status <> 'draft')"
)


def _changes(*columns: str, optional: tuple[str, ...] = ()) -> str:
    """Return the SQL that says whether one of the columns gets another value, or none."""
    differs = [f"NEW.{name} <> OLD.{name}" for name in (*columns, *optional)]
    differs += [f"(NEW.{name} IS NULL) <> (OLD.{name} IS NULL)" for name in optional]
    return " OR ".join(differs)


# What of a signed plan may change: nothing of a goal, of an objective whether it is pursued.
_FIXED = {
    "goals": None,
    "objectives": _changes(
        "client_id", "plan_id", "goal_id", "position", "text", optional=("target",)
    ),
}


def _signed_parts(table: str, what: str) -> list[triggers.Trigger]:
    """Refuse to change or remove a part of a signed plan, and to put another one into it."""
    before, after = _SIGNED.format(row="OLD"), _SIGNED.format(row="NEW")
    changed = f"{before} AND ({fixed})" if (fixed := _FIXED[table]) else before
    moved = f"NEW.plan_id <> OLD.plan_id AND {after}"
    refused = (
        ("keep", "UPDATE", "is not changed", f"({changed}) OR ({moved})"),
        ("stay", "DELETE", "is not removed", before),
        ("join", "INSERT", "is not added", after),
    )
    return [
        triggers.Trigger(f"{table}_signed_{name}", table, event, f"{what} {reason}", when=when)
        for name, event, reason, when in refused
    ]


triggers.declare(
    triggers.Trigger(
        "treatment_plans_signed_keep",
        "treatment_plans",
        "UPDATE",
        "a signed treatment plan is not changed: write the next one",
        when="OLD.status <> 'draft' AND ("
        + _changes("client_id", "problem", "services", "effective_on", "review_due_on")
        + " OR "
        + _changes(optional=("signed_by_id", "signed_at"))
        + " OR NEW.status = 'draft' OR (OLD.status = 'replaced' AND NEW.status <> 'replaced'))",
    ),
    triggers.Trigger(
        "treatment_plans_signed_stay",
        "treatment_plans",
        "DELETE",
        "a signed treatment plan is not removed",
        when="OLD.status <> 'draft'",
    ),
    *_signed_parts("goals", "a goal of a signed plan"),
    *_signed_parts("objectives", "an objective of a signed plan"),
)
