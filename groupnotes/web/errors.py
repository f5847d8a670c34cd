"""Every failure becomes one page, or one message inside the page; what was typed stays."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from http import HTTPStatus

import sqlalchemy as sa
from flask import Flask, Response, current_app, g, make_response, render_template, request, url_for
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from groupnotes.core import uow
from groupnotes.core.errors import (
    Conflict,
    DomainError,
    Invalid,
    NotAllowed,
    NotFound,
    TooManyTries,
)
from groupnotes.crypto.blob import CannotOpen
from groupnotes.web import way_out
from groupnotes.web.reading import shown
from groupnotes.web.render import take_back_messages, wants_fragment
from groupnotes.web.typed import typed_words

_STATUS: dict[type[DomainError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
    TooManyTries: HTTPStatus.TOO_MANY_REQUESTS,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
}
_SENTENCES = {
    HTTPStatus.BAD_REQUEST: "The request could not be understood. Nothing was saved.",
    HTTPStatus.NOT_FOUND: str(NotFound()),
    HTTPStatus.METHOD_NOT_ALLOWED: "This page cannot be used that way.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "This is more than the site accepts at once. Nothing was saved. "
        "Shorten the longest text and save again."
    ),
}
_BACK = {
    HTTPStatus.CONFLICT: "See it as it is now",
    HTTPStatus.BAD_REQUEST: "Open it again",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Open it again",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Open it again",
    HTTPStatus.TOO_MANY_REQUESTS: "Open it again",
}
_UNREAD = {HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE}
_CRASHED = "Something went wrong on our side. Nothing was saved. Try again in a minute."
_FULL = (
    "The disk is full, so nothing was saved. Keep this page open, "
    "tell your administrator, and save again when there is space."
)
_UNREACHABLE = (
    "The database did not answer, so nothing was saved. Keep this page open and try again."
)


def register(app: Flask) -> None:
    """Answer every failure of this application."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CannotOpen, _cannot_open)
    app.register_error_handler(sa.exc.OperationalError, database_failed)
    app.register_error_handler(Exception, crashed)


def _domain_error(error: DomainError) -> Response:
    status = next(s for kind, s in _STATUS.items() if isinstance(error, kind))
    return _answer(status, str(error))


def _http_error(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or 500)
    if isinstance(error, SecurityError):
        return _answer(status, "This site does not answer to that name.")
    own_words = error.description if "description" in vars(error) else None
    response = _answer(status, own_words or _sentence(status))
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    return response


def _sentence(status: HTTPStatus) -> str:
    """Return ours for ``status``; what HTTP says of it is for programs."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _CRASHED
    return _SENTENCES.get(status, _SENTENCES[HTTPStatus.BAD_REQUEST])


def _cannot_open(error: CannotOpen) -> Response:
    current_app.logger.critical("crypto.auth_failed: %s", error)
    # The database is sound: what the administrator is told of this outlives the failure.
    uow.finish(ok=False)
    text = (
        "A stored text did not pass its integrity check and is not shown. "
        "Nothing was changed. Tell your administrator."
    )
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, text)


def database_failed(error: Exception) -> Response:
    """Answer for a database that is full or gone."""
    current_app.logger.error("database: %s", type(getattr(error, "orig", error)).__name__)
    reason = str(getattr(error, "orig", "")).lower()
    if "full" in reason or "no space" in reason or "disk i/o" in reason:
        return _answer(HTTPStatus.INSUFFICIENT_STORAGE, _FULL)
    return _answer(HTTPStatus.SERVICE_UNAVAILABLE, _UNREACHABLE)


def crashed(error: Exception) -> Response:
    """Answer for what nobody foresaw; the log gets the trace, never the texts.

    An exception's own words may quote what somebody wrote, so they are left out.
    """
    current_app.logger.error("unhandled %s", "\n".join(_trace(error)))
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, _CRASHED)


def signed_out() -> Response:
    """Tell a page, or the sender of a form, that the sign-in has ended."""
    if wants_fragment():
        return make_response(render_template("partials/signed_out.html"), 401)
    text = "You have been signed out, so nothing was saved. Sign in, then send it again."
    return _answer(HTTPStatus.UNAUTHORIZED, text, (url_for("accounts.sign_in"), "Sign in"))


def _answer(status: HTTPStatus, text: str, leads_to: tuple[str, str] | None = None) -> Response:
    # What failed once would fail again: the page of a failure is drawn without the database.
    g.failed = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    take_back_messages()
    if wants_fragment():
        body = render_template("partials/message.html", text=text, kind="error")
    else:
        _let_go_of_failed_transaction()
        leads_to = leads_to or _back_to_it(status)
        body = _page(status=status, text=text, typed=_typed(status), way_out=leads_to)
    return make_response(shown(body), status)


def _back_to_it(status: HTTPStatus) -> tuple[str, str] | None:
    """Lead to the thing that was to be changed, where that is what failed."""
    label = _BACK.get(status)
    there = way_out.address() if label else None
    return (there, label) if there and label else None


def _let_go_of_failed_transaction() -> None:
    """After a failure of the database the page is drawn without it."""
    if g.failed:
        uow.abandon()


def _typed(status: HTTPStatus) -> list[tuple[str, str]]:
    """Return the words of the request, unless it was refused before they were read."""
    return [] if status in _UNREAD or request.endpoint is None else typed_words()


def _page(**about: object) -> str:
    """Draw the page of a failure, which must not fail itself."""
    if not isinstance(request.routing_exception, SecurityError):  # else there are no addresses
        try:
            return render_template("errors/error.html", **about)
        except Exception as error:  # noqa: BLE001 - its reader still needs an answer
            current_app.logger.critical("no page for a failure: %s", "\n".join(_trace(error)))
    return current_app.jinja_env.get_template("errors/bare.html").render(about)


def _trace(error: BaseException | None) -> Iterator[str]:
    """Write where it happened, down to the cause: files, lines and kinds, nobody's words."""
    while error is not None:
        yield type(error).__name__
        yield from (frame.rstrip() for frame in traceback.format_tb(error.__traceback__))
        error = error.__cause__ or error.__context__
