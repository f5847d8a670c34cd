"""The headers of every answer, and the requests that are refused before anything runs."""

from __future__ import annotations

from flask import Flask, Response, abort, request

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
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
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "public, max-age=3600"
    else:
        response.headers["Cache-Control"] = "no-store"
    return response
