"""What each route asks of whoever calls it; a route that asks nothing stops the start."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask

from groupnotes.access.policy import Permission

View = TypeVar("View", bound=Callable[..., Any])

_ATTRIBUTE = "__policy__"
_QUIET = "__quiet__"
_ONE_TIME = "__one_time__"


class Public(enum.Enum):
    """The policy of a route that needs no sign-in."""

    PUBLIC = "public"


Policy = Permission | Public


class RouteWithoutPolicy(RuntimeError):  # noqa: N818 - reads as what is wrong
    """A route says neither who may call it nor that everybody may."""


def needs(permission: Permission) -> Callable[[View], View]:
    """Let only those call the view to whom some role could grant ``permission``."""

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, permission)
        return view

    return mark


def public(view: View) -> View:
    """Let anybody call the view, signed in or not."""
    setattr(view, _ATTRIBUTE, Public.PUBLIC)
    return view


def quiet(view: View) -> View:
    """Let the view be called without counting as activity of the person."""
    setattr(view, _QUIET, True)
    return view


def with_one_time_password(view: View) -> View:
    """Let the view be called by someone who has yet to choose a password of their own."""
    setattr(view, _ONE_TIME, True)
    return view


def policy_of(app: Flask, endpoint: str) -> Policy:
    """Return what ``endpoint`` asks for; static files are public."""
    if endpoint == "static":
        return Public.PUBLIC
    policy: Policy | None = getattr(app.view_functions[endpoint], _ATTRIBUTE, None)
    if policy is None:
        raise RouteWithoutPolicy(f"{endpoint} declares no policy: use @needs(…) or @public")
    return policy


def is_quiet(app: Flask, endpoint: str) -> bool:
    """Say whether calling ``endpoint`` does not keep the person signed in."""
    return bool(getattr(app.view_functions[endpoint], _QUIET, False))


def takes_one_time_password(app: Flask, endpoint: str) -> bool:
    """Say whether ``endpoint`` may be called before a password of one's own was chosen."""
    return bool(getattr(app.view_functions[endpoint], _ONE_TIME, False))


def check_all(app: Flask) -> None:
    """Refuse to start unless every route declares its policy."""
    for endpoint in app.view_functions:
        policy_of(app, endpoint)
