"""What stands around every page: where its files are, and the places that its reader may open."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from flask import Flask, current_app, request

from groupnotes.core.actor import Role

_EVERYBODY = frozenset(Role)
_CARE = _EVERYBODY - {Role.ADMINISTRATOR}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the navigation, for those who hold one of ``roles``."""

    path: str
    label: str
    roles: frozenset[Role]
    also: tuple[str, ...] = ()  # where pages of this place stand besides

    def holds(self, path: str) -> bool:
        """Say whether the page at ``path`` belongs here."""
        below = self.also if self.path == "/" else (self.path, *self.also)
        return path == self.path or path.startswith(below)


_PLACES = (
    Place("/", "Today", _EVERYBODY, ("/sessions/", "/notes/")),
    Place("/clients/", "Clients", _CARE, ("/plans/", "/diagnoses/")),
    Place("/groups/", "Groups", frozenset({Role.FACILITATOR, Role.SUPERVISOR})),
    Place("/staff/", "Staff", frozenset({Role.ADMINISTRATOR})),
    Place("/practice/", "Practice", frozenset({Role.ADMINISTRATOR})),
)


def register(app: Flask) -> None:
    """Let every template ask for these."""
    app.jinja_env.globals.update(static_root=static_root, places_of=places_of)


def static_root() -> str:
    """Return the address under which styles, scripts and pictures are."""
    return f"{request.script_root}{current_app.static_url_path}/"


@functools.cache
def places_of(roles: frozenset[Role]) -> tuple[Place, ...]:
    """Return the places that one of ``roles`` may open, in the order shown."""
    return tuple(place for place in _PLACES if place.roles & roles)
