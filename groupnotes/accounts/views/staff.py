"""The people who work at the practice, for its administrators."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.accounts import passwords, services
from groupnotes.accounts.forms import EditStaffForm, EndForm, StaffForm, SupervisionForm
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor, current_day

bp = Blueprint("staff", __name__, url_prefix="/staff")


@bp.get("/")
@needs(Permission.STAFF_MANAGE)
def index() -> Response:
    """List the staff by name."""
    after = request.args.get("after", type=uuid.UUID)
    staff = services.list_staff(current_actor(), after)
    return page("accounts/staff.html", "staff", staff=staff, after=after)


@bp.get("/new")
@needs(Permission.STAFF_MANAGE)
def new() -> Response:
    """Ask who starts to work here."""
    return page("accounts/new_person.html", "staff_form", form=StaffForm())


@bp.post("/new")
@needs(Permission.STAFF_MANAGE)
def add() -> Response:
    """Add a person and show the one-time password, here and never again."""
    practice = services.open_practice(current_actor())
    form, secret = StaffForm.from_request(), passwords.one_time()
    user = form.submit(
        lambda: services.add_person(current_actor(), practice, form.values(), one_time=secret)
    )
    if user is None:
        return page("accounts/new_person.html", "staff_form", status=422, form=form)
    return page("accounts/one_time.html", "one_time", user=user, secret=secret)


@bp.get("/<uuid:user_id>")
@needs(Permission.STAFF_MANAGE)
def person(user_id: uuid.UUID) -> Response:
    """Show one person."""
    form = SupervisionForm(started_on=current_day())
    form.offer(services.list_supervisors(current_actor()))
    return _person(user_id, form)


@bp.get("/<uuid:user_id>/edit")
@needs(Permission.STAFF_MANAGE)
def edit(user_id: uuid.UUID) -> Response:
    """Ask what is to change about a person."""
    shown = services.open_person(current_actor(), user_id)
    form = EditStaffForm.of(shown)
    return page("accounts/edit_person.html", "staff_form", form=form, user=shown.user)


@bp.post("/<uuid:user_id>/edit")
@needs(Permission.STAFF_MANAGE)
def save(user_id: uuid.UUID) -> Response:
    """Keep what changed about a person."""
    user = services.open_person(current_actor(), user_id).user
    form = EditStaffForm.from_request()
    saved = form.submit(
        lambda: services.edit_person(
            current_actor(), user, form.values(), seen_version=form.seen_version()
        )
    )
    if saved is None:
        return page("accounts/edit_person.html", "staff_form", status=422, form=form, user=user)
    flash_message("Person saved.")
    return go(url_for("staff.person", user_id=user_id))


@bp.post("/<uuid:user_id>/one-time-password")
@needs(Permission.STAFF_MANAGE)
def renew_password(user_id: uuid.UUID) -> Response:
    """Replace a lost password by one that is shown here and never again."""
    user, secret = services.open_person(current_actor(), user_id).user, passwords.one_time()
    services.renew_password(current_actor(), user, one_time=secret)
    return page("accounts/one_time.html", "one_time", user=user, secret=secret)


@bp.post("/<uuid:user_id>/supervisors")
@needs(Permission.STAFF_MANAGE)
def add_supervision(user_id: uuid.UUID) -> Response:
    """Have someone supervise the person."""
    user = services.open_person(current_actor(), user_id).user
    form = SupervisionForm.from_request()
    form.offer(services.list_supervisors(current_actor()))
    pair = form.submit(lambda: services.add_supervision(current_actor(), user, form.values()))
    if pair is None:
        return _person(user_id, form, status=422)
    flash_message("Supervision saved.")
    return go(url_for("staff.person", user_id=user_id))


@bp.get("/supervisions/<uuid:supervision_id>/end")
@needs(Permission.STAFF_MANAGE)
def supervision(supervision_id: uuid.UUID) -> Response:
    """Ask for the last day of a supervision."""
    row = services.open_supervision(current_actor(), supervision_id)
    form = EndForm(version=row.version, ended_on=current_day())
    return page("accounts/end_supervision.html", "end_form", form=form, row=row)


@bp.post("/supervisions/<uuid:supervision_id>/end")
@needs(Permission.STAFF_MANAGE)
def end_supervision(supervision_id: uuid.UUID) -> Response:
    """End a supervision."""
    row = services.open_supervision(current_actor(), supervision_id)
    form = EndForm.from_request()
    saved = form.submit(
        lambda: services.end_supervision(
            current_actor(), row, form.day(), seen_version=form.seen_version()
        )
    )
    if saved is None:
        return page("accounts/end_supervision.html", "end_form", status=422, form=form, row=row)
    flash_message("Supervision ended.")
    return go(url_for("staff.person", user_id=row.supervisee_id))


def _person(user_id: uuid.UUID, form: SupervisionForm, *, status: int = 200) -> Response:
    shown = services.open_person(current_actor(), user_id)
    return page("accounts/person.html", "supervision", status=status, person=shown, form=form)
