"""The headers of every answer, and the requests that are refused before anything runs."""

from __future__ import annotations

from flask import Flask, Response, abort, request

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
_VARY = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")
_NO_DEVICES = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
)
HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": _NO_DEVICES,
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}


def register(app: Flask) -> None:
    """Refuse ambiguous requests; harden every answer."""
    app.before_request(_refuse_ambiguous)
    app.after_request(_harden)


def _refuse_ambiguous() -> None:
    """Refuse what two servers in a row could read differently (request smuggling)."""
    if "Transfer-Encoding" in request.headers and "Content-Length" in request.headers:
        abort(400, "The request gives its length twice.")
    if "," in request.headers.get("Host", ""):
        abort(400, "The request names more than one host.")


def _harden(response: Response) -> Response:
    response.headers.update(HEADERS)
    response.vary.update(_VARY)
    # The page that says there is no such file names who asked: no cache may keep that.
    is_file = request.endpoint == "static" and response.status_code < 400
    response.headers["Cache-Control"] = "public, max-age=3600" if is_file else "no-store"
    return response
