"""Who facilitates a group."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, url_for

from groupnotes.access.policy import Permission
from groupnotes.groups import services
from groupnotes.groups.forms import EndForm, FacilitatorForm
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor, current_day

bp = Blueprint("facilitators", __name__, url_prefix="/groups")


@bp.get("/<uuid:group_id>/facilitators/new")
@needs(Permission.GROUP_EDIT)
def new(group_id: uuid.UUID) -> Response:
    """Ask who else facilitates."""
    group = services.open_for_edit(current_actor(), group_id)
    form = FacilitatorForm(started_on=current_day())
    form.offer(services.list_candidates(current_actor(), group))
    return page("groups/add_facilitator.html", "facilitator_form", form=form, group=group)


@bp.post("/<uuid:group_id>/facilitators/new")
@needs(Permission.GROUP_EDIT)
def add(group_id: uuid.UUID) -> Response:
    """Have one more person facilitate."""
    group = services.open_for_edit(current_actor(), group_id)
    form = FacilitatorForm.from_request()
    form.offer(services.list_candidates(current_actor(), group))
    row = form.submit(lambda: services.add_facilitator(current_actor(), group, form.values()))
    if row is None:
        return page(
            "groups/add_facilitator.html", "facilitator_form", status=422, form=form, group=group
        )
    flash_message("Facilitator added. Coming sessions that nobody changed follow.")
    return go(url_for("reports.group", group_id=group_id))


@bp.get("/facilitators/<uuid:facilitation_id>/end")
@needs(Permission.GROUP_EDIT)
def facilitation(facilitation_id: uuid.UUID) -> Response:
    """Ask for somebody's last day."""
    row = services.open_facilitation(current_actor(), facilitation_id)
    form = EndForm(version=row.version, ended_on=current_day())
    return page("groups/end_facilitation.html", "end_form", form=form, row=row)


@bp.post("/facilitators/<uuid:facilitation_id>/end")
@needs(Permission.GROUP_EDIT)
def end(facilitation_id: uuid.UUID) -> Response:
    """Say which day is somebody's last."""
    row = services.open_facilitation(current_actor(), facilitation_id)
    form = EndForm.from_request()
    saved = form.submit(
        lambda: services.end_facilitation(
            current_actor(), row, form.day(), seen_version=form.seen_version()
        )
    )
    if saved is None:
        return page("groups/end_facilitation.html", "end_form", status=422, form=form, row=row)
    flash_message("Saved. Coming sessions that nobody changed follow.")
    return go(url_for("reports.group", group_id=row.group_id))
