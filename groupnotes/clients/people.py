"""A client, and those around them, as the people whom a text must not identify."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from groupnotes import deid
from groupnotes.clients.models import Client, ClientStatus
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring

_SEALED = (
    "first_name",
    "last_name",
    "preferred_name",
    "aliases",
    "birth_date",
    "phone",
    "email",
    "address",
    "employer",
    "contacts",
    "mrn",
    "member_id",
)
COLUMNS = (Client.id, Client.data_key, *(getattr(Client, f"{name}_sealed") for name in _SEALED))
# Whose record was destroyed has no name here any more: nobody can look for it.
THERE = Client.status != ClientStatus.DESTROYED
_PLACES = {name: Place("clients", name) for name in _SEALED}


def around(row: Any, relation: deid.Relation = deid.Relation.ENROLLED) -> Iterator[deid.Person]:
    """Open one row of ``COLUMNS``, whose key is loaded: the client, then each contact of theirs.

    Contacts carry the client's id: a note about the client may name them.
    """
    known = {name: _opened(row, name) for name in _SEALED}
    employers = known["employer"].splitlines()
    yield deid.Person(
        id=row.id,
        first=known["first_name"],
        last=known["last_name"],
        preferred=known["preferred_name"],
        aliases=tuple(known["aliases"].splitlines()),
        relation=relation,
        birth_date=dt.date.fromisoformat(known["birth_date"]),
        phones=_one(known["phone"]),
        emails=_one(known["email"]),
        address=known["address"],
        employer=employers[0] if employers else "",
        mrn=known["mrn"],
        member_ids=_one(known["member_id"]),
    )
    for employer in employers[1:]:
        yield deid.Person(row.id, "", relation=deid.Relation.CONTACT, employer=employer)
    for line in known["contacts"].splitlines():
        name, _, _ = line.partition(",")
        first, _, last = name.strip().partition(" ")
        yield deid.Person(row.id, first, last.strip(), relation=deid.Relation.CONTACT)


def _opened(row: Any, name: str) -> str:
    sealed = getattr(row, f"{name}_sealed")
    return "" if sealed is None else ring().open(_PLACES[name], row.id, sealed)


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()
