"""Enrolling clients in a group, and ending their stays."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.core.keyset import Cursor
from groupnotes.groups import services
from groupnotes.groups.forms import EndForm, EnrolmentForm
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor, current_day

IN_NAME = (
    "A name of this client is in the group’s name, and so in every attendee’s record. "
    "Give the group another name."
)

bp = Blueprint("enrolments", __name__, url_prefix="/groups")


@bp.get("/<uuid:group_id>/enrolments/new")
@needs(Permission.GROUP_EDIT)
def new(group_id: uuid.UUID) -> Response:
    """Ask who joins."""
    group = services.open_for_edit(current_actor(), group_id)
    form = EnrolmentForm(started_on=max(current_day(), group.first_on))
    form.offer(services.list_clients_to_enrol(current_actor(), group))
    return page("groups/enrol.html", "enrolment_form", form=form, group=group)


@bp.post("/<uuid:group_id>/enrolments/new")
@needs(Permission.GROUP_EDIT)
def enrol(group_id: uuid.UUID) -> Response:
    """Enrol a client."""
    group = services.open_for_edit(current_actor(), group_id)
    form = EnrolmentForm.from_request()
    form.offer(services.list_clients_to_enrol(current_actor(), group))
    stay = form.submit(lambda: services.enrol(current_actor(), group, form.values()))
    if stay is None:
        return page("groups/enrol.html", "enrolment_form", status=422, form=form, group=group)
    flash_message("Client enrolled.")
    if services.is_in_name(current_actor(), group, stay.client_id):
        flash_message(IN_NAME, "warning")
    return go(url_for("reports.group", group_id=group_id))


@bp.get("/enrolments/<uuid:enrolment_id>/end")
@needs(Permission.GROUP_EDIT)
def enrolment(enrolment_id: uuid.UUID) -> Response:
    """Ask for the last day of a stay."""
    stay = services.open_enrolment(current_actor(), enrolment_id)
    form = EndForm(version=stay.version, ended_on=stay.ended_on or current_day())
    return page("groups/end_enrolment.html", "end_form", form=form, stay=stay)


@bp.post("/enrolments/<uuid:enrolment_id>/end")
@needs(Permission.GROUP_EDIT)
def end(enrolment_id: uuid.UUID) -> Response:
    """End a stay."""
    stay = services.open_enrolment(current_actor(), enrolment_id)
    form = EndForm.from_request()
    saved = form.submit(
        lambda: services.end_enrolment(
            current_actor(), stay, form.day(), seen_version=form.seen_version()
        )
    )
    if saved is None:
        return page("groups/end_enrolment.html", "end_form", status=422, form=form, stay=stay)
    flash_message("Enrolment ended.")
    return go(url_for("reports.group", group_id=stay.group_id))


@bp.get("/<uuid:group_id>/ended-enrolments")
@needs(Permission.GROUP_READ)
def ended(group_id: uuid.UUID) -> Response:
    """List the stays that have ended, newest first."""
    cursor: Cursor[uuid.UUID] = Cursor(
        before=request.args.get("before", type=uuid.UUID),
        after=request.args.get("after", type=uuid.UUID),
    )
    group, stays = services.list_ended_enrolments(current_actor(), group_id, current_day(), cursor)
    return page("groups/ended.html", "ended", group=group, stays=stays)
