"""Groups: the list of mine, a new one, and what is known of one."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission, holds
from groupnotes.groups import services
from groupnotes.groups.forms import KINDS, EditGroupForm, GroupForm
from groupnotes.groups.recurrence_words import describe
from groupnotes.groups.schedule import Schedule
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor, current_day, current_zone

bp = Blueprint("groups", __name__, url_prefix="/groups")


@bp.get("/")
@needs(Permission.GROUP_READ)
def index() -> Response:
    """List my groups by name."""
    after = request.args.get("after", type=uuid.UUID)
    listed = services.list_groups(current_actor(), current_day(), after)
    meets = {
        line.id: describe(
            Schedule(
                line.rrule, line.first_on, line.local_start, line.duration_minutes, current_zone()
            )
        )
        for line in listed.lines
    }
    return page(
        "groups/index.html",
        "groups",
        listed=listed,
        meets=meets,
        after=after,
        kinds=KINDS,
        may_create=holds(current_actor(), Permission.GROUP_CREATE),
    )


@bp.get("/new")
@needs(Permission.GROUP_CREATE)
def new() -> Response:
    """Ask what the group will be."""
    return page("groups/new.html", "group_form", form=GroupForm(first_on=current_day()))


@bp.post("/new")
@needs(Permission.GROUP_CREATE)
def create() -> Response:
    """Begin a group that the sender leads."""
    practice = services.open_practice(current_actor())
    form = GroupForm.from_request()
    group = form.submit(lambda: services.create_group(current_actor(), practice, form.values()))
    if group is None:
        return page("groups/new.html", "group_form", status=422, form=form)
    flash_message("Group saved. Now enrol its clients and schedule its sessions.")
    return go(url_for("reports.group", group_id=group.id))


@bp.get("/<uuid:group_id>/edit")
@needs(Permission.GROUP_EDIT)
def edit(group_id: uuid.UUID) -> Response:
    """Ask what is to change."""
    group = services.open_for_edit(current_actor(), group_id)
    return page("groups/edit.html", "group_form", form=EditGroupForm.of(group), group=group)


@bp.post("/<uuid:group_id>/edit")
@needs(Permission.GROUP_EDIT)
def save(group_id: uuid.UUID) -> Response:
    """Keep what changed."""
    group = services.open_for_edit(current_actor(), group_id)
    form = EditGroupForm.from_request()
    if "replace" in request.form:
        form.replace_names(request.form["replace"], services.roster_of(current_actor(), group))
        return page("groups/edit.html", "group_form", form=form, group=group)
    saved = form.submit(
        lambda: services.edit_group(
            current_actor(), group, form.values(), seen_version=form.seen_version()
        )
    )
    if saved is None:
        return page("groups/edit.html", "group_form", status=422, form=form, group=group)
    flash_message("Group saved.")
    return go(url_for("reports.group", group_id=group_id))
