"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, Request, Response, current_app, jsonify, request, url_for
from flask_login import current_user

from groupnotes.access.policy import Permission
from groupnotes.accounts import sign_ins
from groupnotes.accounts.forms import SignInForm
from groupnotes.core import clock
from groupnotes.extensions import login
from groupnotes.web import csrf, routes
from groupnotes.web.cookies import SIGN_IN, VISIT, drop_cookie, set_cookie
from groupnotes.web.render import go, page
from groupnotes.web.routes import needs, public, quiet, with_one_time_password
from groupnotes.web.viewer import Viewer, current_actor, current_viewer

bp = Blueprint("accounts", __name__)


@login.request_loader  # type: ignore[untyped-decorator]
def load_viewer(received: Request) -> Viewer | None:
    """Find who is signed in, for Flask-Login, and note that they are active."""
    token = received.cookies.get(SIGN_IN)
    loaded = sign_ins.load(token) if token else None
    if loaded is None:
        return None
    if not _is_quiet(received):
        sign_ins.touch(loaded)
    return Viewer(
        actor=loaded.actor,
        name=loaded.name,
        practice_name=loaded.practice_name,
        time_zone=loaded.time_zone,
        signed_in_at=loaded.signed_in_at,
        last_seen_at=loaded.last_seen_at,
        must_change_password=loaded.must_change_password,
    )


@bp.get("/sign-in")
@public
def sign_in() -> Response:
    """Ask who it is."""
    if current_viewer() is not None:
        return go(url_for("reports.today"))
    ended = "ended" in request.args
    return page("accounts/sign_in.html", "sign_in", form=SignInForm(), ended=ended)


@bp.post("/sign-in")
@public
def sign_in_submit() -> Response:
    """Sign in, with a new cookie; whatever the browser held before is dropped."""
    form = SignInForm.from_request()
    address = request.remote_addr or "unknown"
    token = form.submit(
        lambda: sign_ins.sign_in(form.sign_in_name.data or "", form.password.data or "", address)
    )
    if token is None:
        return page("accounts/sign_in.html", "sign_in", status=422, form=form, ended=False)
    response = go(url_for("reports.today"))
    set_cookie(response, SIGN_IN, token)
    drop_cookie(response, VISIT)
    return response


@bp.post("/sign-out")
@needs(Permission.ACCOUNT)
@with_one_time_password
def sign_out() -> Response:
    """End the sign-in, here and for every copy of its cookie."""
    sign_ins.sign_out(current_actor())
    response = go(url_for("accounts.sign_in"))
    drop_cookie(response, SIGN_IN)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.get("/csrf-token")
@needs(Permission.ACCOUNT)
@quiet
@with_one_time_password
def token() -> Response:
    """Give a page that outlived its sign-in the token of the new one; keeps nobody signed in."""
    viewer: Viewer = current_user
    left = viewer.last_seen_at + sign_ins.IDLE - clock.now()
    return jsonify(
        token=csrf.token(), viewer=str(viewer.id), seconds_left=max(0, int(left.total_seconds()))
    )


@bp.post("/stay-signed-in")
@needs(Permission.ACCOUNT)
@with_one_time_password
def stay() -> Response:
    """Count as activity: the person said that they are still there."""
    return Response(status=204)


def _is_quiet(received: Request) -> bool:
    endpoint = received.endpoint
    return endpoint is not None and routes.is_quiet(current_app, endpoint)
