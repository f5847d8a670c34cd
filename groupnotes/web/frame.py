"""What stands around every page: where its files are, and the places that its reader may open."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import NamedTuple

from flask import Flask, current_app, request, url_for

from groupnotes.core.actor import Role
from groupnotes.web.addresses import address

_EVERYBODY = frozenset(Role)
_CARE = _EVERYBODY - {Role.ADMINISTRATOR}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the navigation, for those who hold one of ``roles``."""

    path: str
    label: str
    roles: frozenset[Role]
    also: tuple[str, ...] = ()  # where pages of this place stand besides
    but: tuple[str, ...] = ()  # the ends of those addresses that do not belong here
    ends: tuple[str, ...] = ()  # the ends of others that do

    def holds(self, path: str) -> bool:
        """Say whether the page at ``path`` belongs here."""
        below = self.also if self.path == "/" else (self.path, *self.also)
        is_below = path == self.path or path.startswith(below)
        return path.endswith(self.ends) or (is_below and not path.endswith(self.but))


_RETURNING = ("/return",)
_ADDING = ("/entries/new", "/entered-in-error")  # to a signed note: nobody's day's work
_PLACES = (
    Place("/", "Today", _EVERYBODY, ("/sessions/", "/notes/"), but=(*_RETURNING, *_ADDING)),
    Place(
        "/clients/",
        "Clients",
        _CARE,
        ("/plans/", "/diagnoses/", "/psychotherapy-notes/", "/emergency"),
    ),
    Place("/groups/", "Groups", frozenset({Role.FACILITATOR, Role.SUPERVISOR})),
    Place("/cosign", "Co-sign", frozenset({Role.SUPERVISOR}), ends=_RETURNING),
    Place("/retention/", "Retention", frozenset({Role.RECORDS, Role.ADMINISTRATOR})),
    Place("/staff/", "Staff", frozenset({Role.ADMINISTRATOR})),
    Place("/practice/", "Practice", frozenset({Role.ADMINISTRATOR})),
    Place("/admin/audit", "Audit log", frozenset({Role.ADMINISTRATOR})),
    Place("/admin/emergency", "Emergency access", frozenset({Role.ADMINISTRATOR})),
)


def register(app: Flask) -> None:
    """Let every template ask for these."""
    app.jinja_env.globals.update(
        static_root=static_root, address=address, addresses=addresses, places_of=places_of
    )


def static_root() -> str:
    """Return the address under which styles, scripts and pictures are."""
    return f"{request.script_root}{current_app.static_url_path}/"


class Addresses(NamedTuple):
    """Where the links of the frame, and its script, lead."""

    today: str
    password: str
    sign_in: str
    sign_out: str
    ended: str
    token: str
    stay: str


def addresses() -> Addresses:
    """Return the addresses under which this installation is reached, built once for each."""
    known: dict[str, Addresses] = current_app.extensions.setdefault("addresses_of_the_frame", {})
    if request.script_root not in known:
        known[request.script_root] = Addresses(
            today=f"{request.script_root}/",
            password=f"{request.script_root}/account/password",
            sign_in=url_for("accounts.sign_in"),
            sign_out=url_for("accounts.sign_out"),
            ended=url_for("accounts.sign_in", ended=1),
            token=url_for("accounts.token"),
            stay=url_for("accounts.stay"),
        )
    return known[request.script_root]


@functools.cache
def places_of(roles: frozenset[Role]) -> tuple[Place, ...]:
    """Return the places that one of ``roles`` may open, in the order shown."""
    return tuple(place for place in _PLACES if place.roles & roles)
