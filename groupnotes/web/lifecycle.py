"""The life of a request: signed in, allowed, not forged, then all saved or nothing."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, current_app, g, request, url_for

from groupnotes.access.policy import holds
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import uow
from groupnotes.core.errors import NotAllowed
from groupnotes.web import csrf, errors, routes
from groupnotes.web.render import go, wants_fragment
from groupnotes.web.viewer import current_viewer, known_viewer

PUBLIC_LIMIT = 64 * 1024  # bytes: nobody has to be believed who is not signed in


def register(app: Flask) -> None:
    """Put the steps around every request, in this order."""
    app.before_request(_begin)
    app.before_request(_require_sign_in)
    app.before_request(csrf.check)
    app.after_request(csrf.remember_visit)
    app.after_request(_finish)  # runs first: after_request hooks run last to first
    app.teardown_request(_end)
    app.jinja_env.globals["csrf_token"] = csrf.token
    app.context_processor(_page_context)


def _begin() -> None:
    uow.begin(write=request.method not in csrf.SAFE_METHODS)


def _require_sign_in() -> Response | None:
    if request.endpoint is None:
        return None
    policy = routes.policy_of(current_app, request.endpoint)
    if isinstance(policy, routes.Public):
        request.max_content_length = PUBLIC_LIMIT
        return None
    viewer = current_viewer()
    if viewer is None:
        return _ask_to_sign_in()
    if not holds(viewer.actor, policy):
        log.record_refusal(Happening(Tag.REQUEST, viewer.actor, detail=request.endpoint))
        raise NotAllowed
    if viewer.must_change_password and not routes.takes_one_time_password(
        current_app, request.endpoint
    ):
        return go(url_for("account.password"))
    return None


def _ask_to_sign_in() -> Response:
    if wants_fragment() or request.method not in csrf.SAFE_METHODS:
        return errors.signed_out()
    return go(url_for("accounts.sign_in"))


def _finish(response: Response) -> Response:
    """Commit before the first byte leaves, so that an answer implies its audit rows."""
    if request.endpoint == "static" or g.get("finished"):
        return response
    g.finished = True
    try:
        uow.finish(ok=response.status_code < 400)
    except Exception as error:  # noqa: BLE001 - whatever it was, no text may leave
        uow.abandon()
        if isinstance(error, sa.exc.OperationalError):
            return errors.database_failed(error)
        return errors.crashed(error)
    return response


def _end(_error: BaseException | None) -> None:
    uow.begin(write=True)  # the thread's next user, a command or a test, starts afresh


def _page_context() -> dict[str, Any]:
    return {"viewer": known_viewer() if g.get("failed") else current_viewer()}
