"""Pages on which treatment plans are read, written and signed."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.clients.models import Client
from groupnotes.clients.services import open_client, others_around
from groupnotes.core.errors import Conflict
from groupnotes.plans import outline, services
from groupnotes.plans.forms import PlanEditForm, PlanForm, SignForm
from groupnotes.plans.models import ObjectiveStatus, PlanStatus
from groupnotes.plans.outline import Step
from groupnotes.plans.services import Closing, PlanPage
from groupnotes.web import conflicts
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor

bp = Blueprint("plans", __name__)


@bp.get("/clients/<uuid:client_id>/plans")
@needs(Permission.CHART_READ)
def index(client_id: uuid.UUID) -> Response:
    """List every plan of a client, newest first."""
    client = _client(client_id, Permission.CHART_READ)
    plans = services.list_plans(current_actor(), client)
    return page("plans/index.html", client=client, plans=plans)


@bp.get("/clients/<uuid:client_id>/plans/new")
@needs(Permission.CHART_WRITE)
def new(client_id: uuid.UUID) -> Response:
    """Begin the client's next plan, or go on with the draft that there is."""
    client = _client(client_id, Permission.CHART_WRITE)
    draft = services.draft_of(current_actor(), client)
    if draft is not None:
        return go(url_for("plans.show", plan_id=draft.id))
    form = PlanForm.of(services.first_content(current_actor(), client))
    return page("plans/new.html", "plan_form", form=form, client=client, place=None)


@bp.post("/clients/<uuid:client_id>/plans/new")
@needs(Permission.CHART_WRITE)
def draft(client_id: uuid.UUID) -> Response:
    """Keep the first draft."""
    client = _client(client_id, Permission.CHART_WRITE)
    form = PlanForm.from_request()
    step = _step()
    if step is not None:
        form = form.rearranged(step)
        place = form.place_after(step)
        return page("plans/new.html", "plan_form", form=form, client=client, place=place)
    if _replaces_names(form, client_id):
        return page("plans/new.html", "plan_form", form=form, client=client, place=None)
    plan = form.submit(lambda: services.draft_plan(current_actor(), client, form.values()))
    if plan is None:
        return page("plans/new.html", "plan_form", status=422, form=form, client=client, place=None)
    return _saved(plan.id)


@bp.get("/plans/<uuid:plan_id>")
@needs(Permission.CHART_READ)
def show(plan_id: uuid.UUID) -> Response:
    """Show a plan; a draft is shown to be written on."""
    shown = services.open_plan(current_actor(), plan_id)
    if shown.plan.status is PlanStatus.DRAFT and shown.may_write:
        form = PlanEditForm.of(shown.outline.content(), version=shown.plan.version)
        return _edit_page(shown, form)
    return _plan_page(shown)


@bp.post("/plans/<uuid:plan_id>")
@needs(Permission.CHART_WRITE)
def save(plan_id: uuid.UUID) -> Response:
    """Keep the draft, or only add, remove or move one of its rows."""
    shown = services.open_draft(current_actor(), plan_id)
    form = PlanEditForm.from_request()
    step = _step()
    if step is not None:
        form = form.rearranged(step)
        return _edit_page(shown, form, place=form.place_after(step))
    if _replaces_names(form, shown.plan.client_id):
        return _edit_page(shown, form)
    try:
        saved = form.submit(
            lambda: services.edit_plan(
                current_actor(), shown.plan, form.values(), seen_version=form.seen_version()
            )
        )
    except Conflict as conflict:
        conflicts.start_over(conflict)
        shown = services.open_draft(current_actor(), plan_id)
        form.renew(shown.plan.version)
        return _edit_page(shown, form, status=409)
    if saved is None:
        return _edit_page(shown, form, status=422)
    return _saved(plan_id)


@bp.get("/plans/<uuid:plan_id>/sign")
@needs(Permission.CHART_WRITE)
def review(plan_id: uuid.UUID) -> Response:
    """Show a draft as it will stand, to be signed."""
    shown = services.open_draft(current_actor(), plan_id)
    return _sign_page(shown, SignForm(version=shown.plan.version))


@bp.post("/plans/<uuid:plan_id>/sign")
@needs(Permission.CHART_WRITE)
def sign(plan_id: uuid.UUID) -> Response:
    """Put the draft into force."""
    shown = services.open_draft(current_actor(), plan_id)
    form = SignForm.from_request()
    signed = form.submit(
        lambda: services.sign_plan(
            current_actor(),
            shown.plan,
            password=form.typed_password(),
            seen_version=form.seen_version(),
        )
    )
    if signed is None:
        return _sign_page(shown, form, status=422)
    flash_message("Plan signed and in force.")
    return go(url_for("plans.show", plan_id=plan_id))


@bp.post(
    "/plans/<uuid:plan_id>/objectives/<uuid:objective_id>/<any(achieved,discontinued,open):to>"
)
@needs(Permission.CHART_WRITE)
def close_objective(plan_id: uuid.UUID, objective_id: uuid.UUID, to: str) -> Response:
    """Say what became of an objective of the plan in force."""
    shown = services.open_plan(current_actor(), plan_id)
    services.close_objective(
        current_actor(),
        shown.plan,
        Closing(objective_id, ObjectiveStatus(to)),
        seen_version=request.form.get("version", 0, type=int),
    )
    flash_message("Objective saved.")
    url = url_for("plans.show", plan_id=plan_id)
    return _plan_page(services.open_plan(current_actor(), plan_id), then=url)


def _client(client_id: uuid.UUID, permission: Permission) -> Client:
    return open_client(current_actor(), permission, client_id)


def _step() -> Step | None:
    return outline.step_of(request.form.get("arrange", ""))


def _replaces_names(form: PlanForm, client_id: uuid.UUID) -> bool:
    """Put "another member" for a name, if that is what was asked."""
    asked = "replace" in request.form
    if asked:
        form.replace_names(request.form["replace"], others_around(current_actor(), client_id))
    return asked


def _saved(plan_id: uuid.UUID) -> Response:
    flash_message("Draft saved.")
    wants_to_sign = request.form.get("then") == "sign"
    return go(url_for("plans.review" if wants_to_sign else "plans.show", plan_id=plan_id))


def _plan_page(shown: PlanPage, *, then: str | None = None) -> Response:
    client = _client(shown.plan.client_id, Permission.CHART_READ)
    return page("plans/show.html", "plan", then=then, shown=shown, client=client)


def _edit_page(
    shown: PlanPage,
    form: PlanEditForm,
    *,
    status: int = 200,
    place: tuple[int, int | None] | None = None,
) -> Response:
    now = PlanEditForm.of(shown.outline.content())
    return page(
        "plans/edit.html",
        "plan_form",
        status=status,
        shown=shown,
        client=_client(shown.plan.client_id, Permission.CHART_WRITE),
        form=form,
        place=place,
        conflict=status == 409,
        differences=conflicts.differences(form, now) if status == 409 else [],
    )


def _sign_page(shown: PlanPage, form: SignForm, *, status: int = 200) -> Response:
    client = _client(shown.plan.client_id, Permission.CHART_WRITE)
    return page(
        "plans/sign.html", "plan_sign", status=status, shown=shown, form=form, client=client
    )
