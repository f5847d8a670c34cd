"""The cookies this site sets; none outlives the browser window, none can be read by script."""

from __future__ import annotations

from flask import Response

SIGN_IN = "__Host-signin"
VISIT = "__Host-visit"


def set_cookie(response: Response, name: str, value: str) -> None:
    """Set a cookie that only this host gets, only over HTTPS (or on this machine)."""
    response.set_cookie(name, value, secure=True, httponly=True, samesite="Lax", path="/")


def drop_cookie(response: Response, name: str) -> None:
    """Have the browser forget the cookie."""
    response.delete_cookie(name, secure=True, httponly=True, samesite="Lax", path="/")
