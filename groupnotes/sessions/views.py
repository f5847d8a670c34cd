"""When a group meets. A session's own page, with its notes, is in notes."""

from __future__ import annotations

import datetime as dt
import uuid

from flask import Blueprint, Response, request, url_for
from werkzeug.datastructures import MultiDict

from groupnotes.access.policy import Permission
from groupnotes.groups import services as groups
from groupnotes.sessions import services
from groupnotes.sessions.forms import EditSessionForm, ScheduleForm, SessionForm
from groupnotes.sessions.services import NewSession
from groupnotes.web.forms import VersionForm
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor, current_day, current_zone

bp = Blueprint("sessions", __name__)

AHEAD = dt.timedelta(weeks=8)  # what "the coming weeks" means unless a day is given


@bp.get("/groups/<uuid:group_id>/sessions/new")
@needs(Permission.GROUP_EDIT)
def new(group_id: uuid.UUID) -> Response:
    """Ask how far ahead to schedule, or for one more session."""
    opened = services.open_new_session(current_actor(), group_id, current_day())
    return _new(opened)


@bp.post("/groups/<uuid:group_id>/sessions")
@needs(Permission.GROUP_EDIT)
def schedule_ahead(group_id: uuid.UUID) -> Response:
    """Schedule what the rule says for the coming weeks; sent again, it changes nothing."""
    group = groups.open_for_edit(current_actor(), group_id)
    ahead = ScheduleForm.from_request() if "until" in request.form else _coming_weeks()
    saved = ahead.submit(lambda: services.schedule_ahead(current_actor(), group, ahead.day()))
    if saved is None:
        opened = services.open_new_session(current_actor(), group_id, current_day())
        return _new(opened, ahead=ahead, block="schedule")
    flash_message("The coming weeks are scheduled.")
    return go(url_for("reports.group", group_id=group_id))


@bp.post("/groups/<uuid:group_id>/sessions/new")
@needs(Permission.GROUP_EDIT)
def add(group_id: uuid.UUID) -> Response:
    """Add one session by hand."""
    opened = services.open_new_session(current_actor(), group_id, current_day())
    form = SessionForm.from_request().offer(opened.candidates)
    session = form.submit(
        lambda: services.add_session(current_actor(), opened.group, form.values())
    )
    if session is None:
        return _new(opened, form=form, block="session_form")
    flash_message("Session added.")
    return go(url_for("reports.group", group_id=group_id))


@bp.get("/sessions/<uuid:session_id>/edit")
@needs(Permission.SESSION_DOCUMENT)
def edit(session_id: uuid.UUID) -> Response:
    """Ask what is to change."""
    opened = services.open_for_edit(current_actor(), session_id)
    form = EditSessionForm.of(opened, current_zone())
    return page("sessions/edit.html", "session_form", form=form, opened=opened)


@bp.post("/sessions/<uuid:session_id>/edit")
@needs(Permission.SESSION_DOCUMENT)
def save(session_id: uuid.UUID) -> Response:
    """Keep what changed."""
    opened = services.open_for_edit(current_actor(), session_id)
    form = EditSessionForm.from_request().offer(opened.candidates)
    saved = form.submit(
        lambda: services.edit_session(
            current_actor(), opened.session, form.values(), seen_version=form.seen_version()
        )
    )
    if saved is None:
        return page("sessions/edit.html", "session_form", status=422, form=form, opened=opened)
    flash_message("Session saved.")
    return go(url_for("reports.group", group_id=saved.group_id))


@bp.post("/sessions/<uuid:session_id>/cancel")
@needs(Permission.SESSION_DOCUMENT)
def cancel(session_id: uuid.UUID) -> Response:
    """Say that the group does not meet that day."""
    session = services.open_for_edit(current_actor(), session_id).session
    seen = VersionForm.from_request().seen_version()
    services.cancel_session(current_actor(), session, seen_version=seen)
    flash_message("Session cancelled. It can be restored.")
    return go(url_for("reports.group", group_id=session.group_id))


@bp.post("/sessions/<uuid:session_id>/restore")
@needs(Permission.SESSION_DOCUMENT)
def restore(session_id: uuid.UUID) -> Response:
    """Say that the group meets after all."""
    session = services.open_for_edit(current_actor(), session_id).session
    seen = VersionForm.from_request().seen_version()
    services.restore_session(current_actor(), session, seen_version=seen)
    flash_message("Session restored.")
    return go(url_for("reports.group", group_id=session.group_id))


def _coming_weeks() -> ScheduleForm:
    """Return the form as the button on the group's page sends it, which asks nothing."""
    return ScheduleForm(MultiDict({"until": (current_day() + AHEAD).isoformat()}))


def _new(
    opened: NewSession,
    *,
    ahead: ScheduleForm | None = None,
    form: SessionForm | None = None,
    block: str = "session_form",
) -> Response:
    shown = form or SessionForm.like(opened, current_day())
    return page(
        "sessions/new.html",
        block,
        status=422 if ahead or form else 200,
        group=opened.group,
        ahead=ahead or _coming_weeks(),
        session=shown,
        form=ahead or shown,
    )
