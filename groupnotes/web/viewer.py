"""Who looks at the page: what the edge knows of a signed-in person."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import cast
from zoneinfo import ZoneInfo

from flask import g
from flask_login import current_user

from groupnotes.core import clock
from groupnotes.core.actor import Actor, Emergency, Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person, loaded once a request; Flask-Login's user."""

    actor: Actor
    name: str
    practice_name: str
    time_zone: str
    signed_in_at: dt.datetime
    last_seen_at: dt.datetime
    must_change_password: bool

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return the id that Flask-Login asks for."""
        return str(self.actor.sign_in_id)

    @property
    def id(self) -> uuid.UUID:
        """The person's id."""
        return self.actor.user_id

    @property
    def roles(self) -> frozenset[Role]:
        """The person's roles."""
        return self.actor.roles

    @property
    def emergency(self) -> Emergency | None:
        """The emergency access that is open to them, of which every page tells."""
        return self.actor.emergency

    @property
    def zone(self) -> ZoneInfo:
        """The practice's time zone."""
        return ZoneInfo(self.time_zone)


def current_viewer() -> Viewer | None:
    """Return who is signed in, or None."""
    viewer = current_user._get_current_object()  # noqa: SLF001 - LocalProxy's documented way
    return viewer if isinstance(viewer, Viewer) else None


def known_viewer() -> Viewer | None:
    """Return who is signed in, if that was found out before; asks the database nothing."""
    return current_viewer() if "_login_user" in g else None  # Flask-Login's own mark


def current_actor() -> Actor:
    """Return the signed-in person as the domain knows them."""
    return cast(Viewer, current_user).actor


def current_day() -> dt.date:
    """Return what day it is at the practice."""
    return clock.now().astimezone(current_zone()).date()


def current_zone() -> ZoneInfo:
    """Return the practice's time zone."""
    return cast(Viewer, current_user).zone
