"""Pages of emergency accesses: begin one, end it, acknowledge it, review it."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.core.keyset import Cursor
from groupnotes.emergency import services
from groupnotes.emergency.forms import BeginForm, ReviewForm
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor

bp = Blueprint("emergency", __name__)


@bp.get("/emergency")
@needs(Permission.EMERGENCY)
def new() -> Response:
    """Ask whose record is needed, and why."""
    services.open_form(current_actor())
    return page("emergency/new.html", "emergency", form=BeginForm())


@bp.post("/emergency")
@needs(Permission.EMERGENCY)
def begin() -> Response:
    """Open the record, for an hour."""
    form = BeginForm.from_request()
    begun = form.submit(
        lambda: services.begin(current_actor(), form.values(), form.password.data or "")
    )
    if begun is None:
        services.record_try(current_actor())
        return page("emergency/new.html", "emergency", status=422, form=form)
    if begun.was_open:
        flash_message("This client is on your caseload, so that no emergency access was begun.")
    return go(url_for("reports.chart", client_id=begun.client_id))


@bp.post("/emergency/end")
@needs(Permission.EMERGENCY)
def end() -> Response:
    """Close the record again."""
    services.end(current_actor())
    flash_message("The emergency access is over.")
    return go(url_for("reports.today"))


@bp.post("/emergency/<uuid:access_id>/acknowledge")
@needs(Permission.EMERGENCY_NOTICE)
def acknowledge(access_id: uuid.UUID) -> Response:
    """Take a notice off the reader's Today."""
    access = services.open_notice(current_actor(), access_id)
    services.acknowledge(current_actor(), access)
    flash_message("Noted. The audit log keeps that you have seen it.")
    return go(url_for("reports.today"))


@bp.get("/admin/emergency")
@needs(Permission.EMERGENCY_REVIEW)
def index() -> Response:
    """List emergency accesses, first those to review."""
    cursor = Cursor(
        before=request.args.get("before", type=uuid.UUID),
        after=request.args.get("after", type=uuid.UUID),
    )
    queue = services.list_accesses(current_actor(), cursor)
    return page("emergency/index.html", "emergencies", queue=queue)


@bp.get("/admin/emergency/<uuid:access_id>")
@needs(Permission.EMERGENCY_REVIEW)
def show(access_id: uuid.UUID) -> Response:
    """Show one, to be reviewed or as it was."""
    return _show(access_id, ReviewForm())


@bp.post("/admin/emergency/<uuid:access_id>")
@needs(Permission.EMERGENCY_REVIEW)
def review(access_id: uuid.UUID) -> Response:
    """Keep what the reviewer found."""
    access = services.open_access(current_actor(), access_id)
    form = ReviewForm.from_request()
    done = form.submit(lambda: services.review(current_actor(), access, form.values()))
    if done is None:
        return _show(access_id, form, status=422)
    flash_message("Review saved.")
    return go(url_for("emergency.index"))


def _show(access_id: uuid.UUID, form: ReviewForm, *, status: int = 200) -> Response:
    access = services.open_access(current_actor(), access_id)
    shown = services.describe(current_actor(), access)
    return page(
        "emergency/show.html",
        "review_form",
        status=status,
        line=shown.line,
        review=shown.review,
        form=form,
    )
