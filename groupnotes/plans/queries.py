"""What pages ask about treatment plans."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass, replace

import sqlalchemy as sa

from groupnotes.accounts import queries as staff
from groupnotes.accounts.models import User
from groupnotes.core.db import db
from groupnotes.crypto.keyring import ring
from groupnotes.plans.content import GoalText, ObjectiveText, PlanContent
from groupnotes.plans.models import Goal, Objective, ObjectiveStatus, PlanStatus, TreatmentPlan


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """An objective as a page shows it."""

    id: uuid.UUID
    text: str
    target: str
    status: ObjectiveStatus

    @property
    def is_open(self) -> bool:
        """Whether the client still works on it."""
        return self.status is ObjectiveStatus.OPEN


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal with its objectives."""

    id: uuid.UUID
    text: str
    objectives: tuple[ObjectiveLine, ...]


@dataclass(frozen=True, slots=True)
class PlanOutline:
    """What a plan says."""

    problem: str
    services: str
    effective_on: dt.date
    review_due_on: dt.date
    goals: tuple[GoalLine, ...]

    def content(self) -> PlanContent:
        """Return it as it was written."""
        return PlanContent(
            problem=self.problem,
            services=self.services,
            effective_on=self.effective_on,
            review_due_on=self.review_due_on,
            goals=tuple(
                GoalText(goal.text, tuple(ObjectiveText(o.text, o.target) for o in goal.objectives))
                for goal in self.goals
            ),
        )

    def unfinished(self) -> PlanOutline:
        """Return it without closed objectives, and without goals that have no other."""
        still = (
            replace(goal, objectives=tuple(o for o in goal.objectives if o.is_open))
            for goal in self.goals
        )
        return replace(self, goals=tuple(goal for goal in still if goal.objectives))


@dataclass(frozen=True, slots=True)
class Signer:
    """Who put a plan into force, and when."""

    name: str
    credentials: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan in the history of a client's plans."""

    id: uuid.UUID
    status: PlanStatus
    effective_on: dt.date
    review_due_on: dt.date
    signer: Signer | None


def outline(plan: TreatmentPlan) -> PlanOutline:
    """Open everything that ``plan`` says, with two questions."""
    ring().load({plan.data_key})
    goals = db.session.scalars(
        sa.select(Goal).where(Goal.plan_id == plan.id).order_by(Goal.position)
    ).all()
    steps: defaultdict[uuid.UUID, list[ObjectiveLine]] = defaultdict(list)
    for row in db.session.scalars(
        sa.select(Objective).where(Objective.plan_id == plan.id).order_by(Objective.position)
    ):
        steps[row.goal_id].append(ObjectiveLine(row.id, row.text, row.target or "", row.status))
    return PlanOutline(
        problem=plan.problem,
        services=plan.services,
        effective_on=plan.effective_on,
        review_due_on=plan.review_due_on,
        goals=tuple(GoalLine(goal.id, goal.text, tuple(steps[goal.id])) for goal in goals),
    )


def with_status(client_id: uuid.UUID, status: PlanStatus) -> TreatmentPlan | None:
    """Return the client's plan in force, or the newest of those with another status."""
    return db.session.scalar(
        sa.select(TreatmentPlan)
        .where(TreatmentPlan.client_id == client_id, TreatmentPlan.status == status)
        .order_by(TreatmentPlan.id.desc())
        .limit(1)
    )


def signer(plan: TreatmentPlan) -> Signer | None:
    """Return who signed ``plan``."""
    row = db.session.execute(
        sa.select(User.id, User.name_sealed, User.credentials).where(User.id == plan.signed_by_id)
    ).one_or_none()
    return _signer(row.id, row.name_sealed, row.credentials, plan.signed_at) if row else None


def history(client_id: uuid.UUID) -> list[PlanLine]:
    """Return every plan of the client, newest first."""
    rows = db.session.execute(
        sa.select(
            TreatmentPlan.id,
            TreatmentPlan.status,
            TreatmentPlan.effective_on,
            TreatmentPlan.review_due_on,
            TreatmentPlan.signed_at,
            TreatmentPlan.signed_by_id,
            User.name_sealed,
            User.credentials,
        )
        .outerjoin(User, User.id == TreatmentPlan.signed_by_id)
        .where(TreatmentPlan.client_id == client_id)
        .order_by(TreatmentPlan.id.desc())
    ).all()
    return [
        PlanLine(
            row.id,
            row.status,
            row.effective_on,
            row.review_due_on,
            _signer(row.signed_by_id, row.name_sealed, row.credentials, row.signed_at),
        )
        for row in rows
    ]


def _signer(
    user_id: uuid.UUID | None, sealed: bytes | None, credentials: str, at: dt.datetime | None
) -> Signer | None:
    if user_id is None or sealed is None or at is None:
        return None
    return Signer(staff.name_of(user_id, sealed), credentials, at)
