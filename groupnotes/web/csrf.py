"""One token per sign-in, demanded of every unsafe request before its view runs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from flask import Response, abort, g, request

from groupnotes.web.cookies import SIGN_IN, VISIT, set_cookie
from groupnotes.web.reading import shown

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
EXPIRED = (
    "This page is out of date: you may have signed in again since. "
    "Nothing was saved. Go back, reload the page and send it again."
)


def token() -> str:
    """Return the token of this sign-in, or of this visit before sign-in."""
    return _derive(_seed())


def check() -> None:
    """Refuse an unsafe request that another site sent or that lacks the token."""
    if request.method in SAFE_METHODS or request.endpoint is None:  # None: nothing will run
        return
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        abort(403, "This request came from another site. Nothing was saved.")
    given = request.form.get(FIELD, "") or request.headers.get(HEADER, "")
    seed = request.cookies.get(SIGN_IN) or request.cookies.get(VISIT)
    if not seed or not hmac.compare_digest(_derive(seed).encode(), shown(given)):
        abort(400, EXPIRED)


def remember_visit(response: Response) -> Response:
    """Give the browser the cookie that the token of its sign-in form was made from."""
    seed: str | None = g.pop("new_visit", None)
    if seed is not None:
        set_cookie(response, VISIT, seed)
    return response


def _seed() -> str:
    seed = request.cookies.get(SIGN_IN) or request.cookies.get(VISIT)
    if seed:
        return seed
    if "new_visit" not in g:
        g.new_visit = secrets.token_urlsafe(32)
    visit: str = g.new_visit
    return visit


def _derive(seed: str) -> str:
    digest = hashlib.sha256(b"groupnotes csrf\0" + seed.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
