"""Whether a text names somebody: asked of the same check as the application asks.

What the check itself costs has a goal of its own (``tests.bench.deid``). Here it is done on both
sides, so that a ratio tells what is spent around it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from groupnotes import deid
from tests.bench.floor.sealing import Keys, place, places
from tests.bench.floor.store import Store

Row = Any

_STAFF_NAME = place("users", "name")
_KNOWN = (
    "first_name",
    "last_name",
    "preferred_name",
    "aliases",
    "birth_date",
    "phone",
    "email",
    "address",
    "mrn",
    "member_id",
)
_PLACES = places("clients", _KNOWN)
_PEOPLE = (
    f"SELECT c.id, {', '.join(f'c.{name}' for name in _KNOWN)} FROM clients c"
    " WHERE c.id IN (SELECT client_id FROM enrolments WHERE group_id = ?)"
)
_STAFF = "SELECT id, name FROM users"

_kept: dict[tuple[str, int], deid.RosterIndex] = {}


def people_around(store: Store, keys: Keys, group_id: str, version: int) -> deid.RosterIndex:
    """Return everyone of a group, prepared once for each version of its roster."""
    if (group_id, version) not in _kept:
        clients = [_client(keys, *row) for row in store.all(_PEOPLE, (group_id,))]
        staff = [_staff(keys, *row) for row in store.all(_STAFF, ())]
        _kept[group_id, version] = deid.index(deid.Roster((*clients, *staff)))
    return _kept[group_id, version]


def refuse_in_shared(people: deid.RosterIndex, texts: Iterable[str], held_on: Any) -> None:
    """Raise when a text of a group note may not be filed."""
    own_dates = frozenset({dt.date.fromisoformat(str(held_on))})
    _refuse(people, texts, deid.Circumstances(own_dates=own_dates))


def refuse_in_individual(people: deid.RosterIndex, texts: Iterable[str], client: str) -> None:
    """Raise when a text of one client's note names another."""
    _refuse(people.about(UUID(client)), texts, deid.INDIVIDUAL_NOTE)


def _refuse(
    people: deid.RosterIndex, texts: Iterable[str], circumstances: deid.Circumstances
) -> None:
    named = {str(number): text for number, text in enumerate(texts)}
    if any(map(deid.is_blocked, deid.findings_in(named, people, circumstances).values())):
        raise ValueError("a text identifies somebody")


def _client(keys: Keys, client: str, *sealed: bytes | None) -> deid.Person:
    first, last, preferred, aliases, born, phone, email, address, mrn, member = (
        keys.open(at, client, value) for at, value in zip(_PLACES, sealed, strict=True)
    )
    return deid.Person(
        UUID(client),
        first,
        last,
        preferred,
        tuple(aliases.splitlines()),
        birth_date=dt.date.fromisoformat(born),
        phones=(phone,) if phone else (),
        emails=(email,) if email else (),
        address=address,
        mrn=mrn,
        member_ids=(member,) if member else (),
    )


def _staff(keys: Keys, user: str, sealed: bytes) -> deid.Person:
    first, _, last = keys.open(_STAFF_NAME, user, sealed).rpartition(" ")
    last_name = last if first else ""
    return deid.Person(UUID(user), first or last, last_name, relation=deid.Relation.STAFF)
