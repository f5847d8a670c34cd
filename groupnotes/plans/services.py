"""Writing treatment plans, signing them into force, closing objectives."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from groupnotes import deid
from groupnotes.access.guard import check, fetch, guarded, may
from groupnotes.access.policy import Permission
from groupnotes.accounts import sign_ins
from groupnotes.audit.tags import Tag
from groupnotes.clients import queries as clients
from groupnotes.clients.models import Client
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict, Invalid, Locked, NotFound
from groupnotes.core.ids import new_id
from groupnotes.core.versions import require_seen
from groupnotes.plans import content as contents
from groupnotes.plans import outline, queries
from groupnotes.plans.content import PlanContent
from groupnotes.plans.models import Goal, Objective, ObjectiveStatus, PlanStatus, TreatmentPlan
from groupnotes.plans.queries import PlanLine, PlanOutline, Signer
from groupnotes.practice import queries as practices

_SIGNED = "This plan is signed and stays as it is: write the next one instead."
_NAMES = "This plan names another client. Go on writing: save the draft, and replace the name."
_DRAFTED = "Someone else has begun the next plan of this client. Open that draft and go on in it."


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan as a page shows it, and what the reader may do with it."""

    plan: TreatmentPlan
    outline: PlanOutline
    signer: Signer | None
    may_write: bool
    missing: list[str]  # what a draft lacks before it can be signed


@dataclass(frozen=True, slots=True)
class Closing:
    """What becomes of an objective of the plan in force."""

    objective_id: uuid.UUID
    status: ObjectiveStatus


def list_plans(actor: Actor, client: Client) -> list[PlanLine]:
    """Return every plan of a client, newest first."""
    check(actor, Permission.CHART_READ, Tag.PLAN_READ, client)
    return queries.history(client.id)


def draft_of(actor: Actor, client: Client) -> TreatmentPlan | None:
    """Return the plan that is being written for the client."""
    check(actor, Permission.CHART_WRITE, Tag.PLAN_READ, client)
    return queries.with_status(client.id, PlanStatus.DRAFT)


def first_content(actor: Actor, client: Client) -> PlanContent:
    """Return what the client's next plan starts with: what is unfinished in the one in force."""
    check(actor, Permission.CHART_WRITE, Tag.PLAN_READ, client)
    today = _today()
    review = today + contents.REVIEW_AFTER
    former = queries.with_status(client.id, PlanStatus.ACTIVE)
    if former is None:
        return PlanContent(problem="", services="", effective_on=today, review_due_on=review)
    fetch(actor, Permission.CHART_READ, Tag.PLAN_READ, TreatmentPlan, former.id)
    unfinished = queries.outline(former).unfinished().content()
    return replace(unfinished, effective_on=today, review_due_on=review)


@guarded(Permission.CHART_WRITE, Tag.PLAN_CREATE)
def draft_plan(actor: Actor, client: Client, /, content: PlanContent) -> TreatmentPlan:
    """Keep a first draft of the client's next plan; there is one at a time."""
    _hold(client)
    if queries.with_status(client.id, PlanStatus.DRAFT) is not None:
        raise Conflict(_DRAFTED)
    _require_sound(content, client.id)
    plan = TreatmentPlan(
        id=new_id(), client_id=client.id, data_key=client.data_key, created_at=clock.now()
    )
    _write(plan, content)
    db.session.add(plan)
    return plan


def open_plan(actor: Actor, plan_id: uuid.UUID) -> PlanPage:
    """Return a plan that the actor may read."""
    plan = fetch(actor, Permission.CHART_READ, Tag.PLAN_READ, TreatmentPlan, plan_id)
    shown = queries.outline(plan)
    is_draft = plan.status is PlanStatus.DRAFT
    return PlanPage(
        plan=plan,
        outline=shown,
        signer=queries.signer(plan),
        may_write=may(actor, Permission.CHART_WRITE, plan),
        missing=contents.missing(shown.content(), today=_today()) if is_draft else [],
    )


def open_draft(actor: Actor, plan_id: uuid.UUID) -> PlanPage:
    """Return a draft that the actor may change and sign."""
    fetch(actor, Permission.CHART_WRITE, Tag.PLAN_READ, TreatmentPlan, plan_id)
    shown = open_plan(actor, plan_id)
    if shown.plan.status is not PlanStatus.DRAFT:
        raise Locked(_SIGNED)
    return shown


@guarded(Permission.CHART_WRITE, Tag.PLAN_EDIT)
def edit_plan(
    actor: Actor, plan: TreatmentPlan, /, content: PlanContent, *, seen_version: int
) -> TreatmentPlan:
    """Keep what the draft says now."""
    _hold(plan)
    _require_draft(plan, seen_version)
    _require_sound(content, plan.client_id)
    for model in (Objective, Goal):
        db.session.execute(
            sa.delete(model).where(model.plan_id == plan.id),
            execution_options={"synchronize_session": "fetch"},
        )
    _write(plan, content)
    return plan


@guarded(Permission.CHART_WRITE, Tag.PLAN_SIGN)
def sign_plan(
    actor: Actor, plan: TreatmentPlan, /, *, password: str, seen_version: int
) -> TreatmentPlan:
    """Put the draft into force as its signer saw it; the plan in force until now is replaced."""
    sign_ins.confirm_password(actor, password, reason=Permission.CHART_WRITE)
    _hold(plan)
    _require_draft(plan, seen_version)
    content = queries.outline(plan).content()
    missing = contents.missing(content, today=_today())
    if missing:
        raise Invalid({"plan": " ".join(missing)})
    try:
        _refuse_names(content, plan.client_id)  # others may have joined since it was written
    except deid.NamesFound:
        raise Invalid({"plan": _NAMES}) from None
    former = queries.with_status(plan.client_id, PlanStatus.ACTIVE)
    if former is not None:
        former.status = PlanStatus.REPLACED
        db.session.flush()  # the index allows one plan in force, also for an instant
    plan.status = PlanStatus.ACTIVE
    plan.signed_by_id = actor.user_id
    plan.signed_at = clock.now()
    return plan


@guarded(Permission.CHART_WRITE, Tag.PLAN_EDIT)
def close_objective(
    actor: Actor, plan: TreatmentPlan, /, closing: Closing, *, seen_version: int
) -> TreatmentPlan:
    """Say that an objective of the plan in force is reached or given up, or open it again."""
    _hold(plan)
    if plan.status is not PlanStatus.ACTIVE:
        raise Conflict("Only objectives of the plan in force are closed or opened.")
    require_seen(plan, seen_version)
    objective = db.session.get(Objective, closing.objective_id)
    if objective is None or objective.plan_id != plan.id:
        raise NotFound
    objective.status = closing.status
    flag_modified(plan, "status")  # the plan's version counts changes of its objectives too
    return plan


def _write(plan: TreatmentPlan, content: PlanContent) -> None:
    """Seal the content under the client's key, in rows of this plan."""
    plan.problem = content.problem
    plan.services = content.services
    plan.effective_on = content.effective_on
    plan.review_due_on = content.review_due_on
    shared = {"plan_id": plan.id, "client_id": plan.client_id, "data_key": plan.data_key}
    for number, goal in enumerate(outline.written(content.goals), 1):
        goal_id = new_id()
        db.session.add(Goal(id=goal_id, **shared, position=number, text=goal.text))
        db.session.add_all(
            Objective(
                id=new_id(),
                **shared,
                goal_id=goal_id,
                position=step,
                text=objective.text,
                target=objective.target or None,
            )
            for step, objective in enumerate(goal.objectives, 1)
        )


def _require_draft(plan: TreatmentPlan, seen_version: int) -> None:
    if plan.status is not PlanStatus.DRAFT:
        raise Locked(_SIGNED)
    require_seen(plan, seen_version)


def _require_sound(content: PlanContent, client_id: uuid.UUID) -> None:
    found = contents.problems(content)
    if found:
        raise Invalid(found)
    _refuse_names(content, client_id)


def _refuse_names(content: PlanContent, client_id: uuid.UUID) -> None:
    others = clients.others_around(client_id)
    deid.refuse_names(deid.INDIVIDUAL, contents.texts(content), others)


def _hold(subject: Client | TreatmentPlan) -> None:
    """Let changes of one client's plans wait for each other; read ``subject`` as it is then."""
    db.session.execute(sa.select(Client.id).where(Client.id == subject.client_id).with_for_update())
    db.session.refresh(subject)


def _today() -> dt.date:
    return clock.today(practices.time_zone().key)
