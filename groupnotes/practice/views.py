"""The practice's settings, for its administrators."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, url_for

from groupnotes.access.policy import Permission
from groupnotes.practice import services
from groupnotes.practice.forms import InterventionForm, NewInterventionForm, PracticeForm
from groupnotes.practice.services import Direction
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor

bp = Blueprint("practice", __name__, url_prefix="/practice")


@bp.get("/")
@needs(Permission.PRACTICE_MANAGE)
def show() -> Response:
    """Show the practice and its interventions."""
    return _settings(NewInterventionForm(therapeutic=True))


@bp.get("/edit")
@needs(Permission.PRACTICE_MANAGE)
def edit() -> Response:
    """Ask what is to change."""
    settings = services.open_settings(current_actor())
    return page("practice/edit.html", "practice_form", form=PracticeForm(obj=settings.practice))


@bp.post("/edit")
@needs(Permission.PRACTICE_MANAGE)
def save() -> Response:
    """Keep what is printed on records."""
    practice = services.open_settings(current_actor()).practice
    form = PracticeForm.from_request()
    saved = form.submit(
        lambda: services.edit_practice(
            current_actor(), practice, form.values(), seen_version=form.seen_version()
        )
    )
    if saved is None:
        return page("practice/edit.html", "practice_form", status=422, form=form)
    flash_message("Practice saved.")
    return go(url_for("practice.show"))


@bp.post("/interventions")
@needs(Permission.PRACTICE_MANAGE)
def add() -> Response:
    """Offer one more intervention."""
    practice = services.open_settings(current_actor()).practice
    form = NewInterventionForm.from_request()
    row = form.submit(lambda: services.add_intervention(current_actor(), practice, form.values()))
    if row is None:
        return _settings(form, status=422)
    flash_message("Intervention added.")
    return _settings(NewInterventionForm(therapeutic=True), then=url_for("practice.show"))


@bp.get("/interventions/<uuid:intervention_id>")
@needs(Permission.PRACTICE_MANAGE)
def intervention(intervention_id: uuid.UUID) -> Response:
    """Ask what is to change in an entry."""
    row = services.open_intervention(current_actor(), intervention_id)
    form = InterventionForm(obj=row)
    return page("practice/intervention.html", "intervention_form", form=form, row=row)


@bp.post("/interventions/<uuid:intervention_id>")
@needs(Permission.PRACTICE_MANAGE)
def save_intervention(intervention_id: uuid.UUID) -> Response:
    """Rename, retire or bring back an entry."""
    row = services.open_intervention(current_actor(), intervention_id)
    form = InterventionForm.from_request()
    saved = form.submit(
        lambda: services.edit_intervention(
            current_actor(), row, form.values(), seen_version=form.seen_version()
        )
    )
    if saved is None:
        return page(
            "practice/intervention.html", "intervention_form", status=422, form=form, row=row
        )
    flash_message("Intervention saved.")
    return go(url_for("practice.show"))


@bp.post("/interventions/<uuid:intervention_id>/up")
@needs(Permission.PRACTICE_MANAGE)
def move_up(intervention_id: uuid.UUID) -> Response:
    """Move an entry towards the start of the list."""
    return _move(intervention_id, Direction.UP)


@bp.post("/interventions/<uuid:intervention_id>/down")
@needs(Permission.PRACTICE_MANAGE)
def move_down(intervention_id: uuid.UUID) -> Response:
    """Move an entry towards the end of the list."""
    return _move(intervention_id, Direction.DOWN)


def _move(intervention_id: uuid.UUID, direction: Direction) -> Response:
    row = services.open_intervention(current_actor(), intervention_id)
    services.move_intervention(current_actor(), row, direction)
    return _settings(NewInterventionForm(therapeutic=True), then=url_for("practice.show"))


def _settings(form: NewInterventionForm, *, status: int = 200, then: str | None = None) -> Response:
    return page(
        "practice/show.html",
        "interventions",
        status=status,
        then=then,
        settings=services.open_settings(current_actor()),
        form=form,
    )
