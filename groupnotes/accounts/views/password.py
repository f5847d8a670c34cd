"""One's own password."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from groupnotes.access.policy import Permission
from groupnotes.accounts import services
from groupnotes.accounts.forms import PasswordForm
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs, with_one_time_password
from groupnotes.web.viewer import current_actor

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("/password")
@needs(Permission.ACCOUNT)
@with_one_time_password
def password() -> Response:
    """Ask for the old password and a new one."""
    return page("accounts/password.html", "password_form", form=PasswordForm())


@bp.post("/password")
@needs(Permission.ACCOUNT)
@with_one_time_password
def change_password() -> Response:
    """Change it, and sign the person out everywhere else."""
    user = services.open_account(current_actor())
    form = PasswordForm.from_request()
    saved = form.submit(lambda: services.change_password(current_actor(), user, form.values()))
    if saved is None:
        return page("accounts/password.html", "password_form", status=422, form=form)
    flash_message("Your password is changed. You are signed out everywhere else.")
    return go(url_for("reports.today"))
