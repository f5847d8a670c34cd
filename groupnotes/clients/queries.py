"""What pages ask about many clients at once: names are opened, nothing else is."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from groupnotes import deid
from groupnotes.access.relations import current
from groupnotes.accounts import queries as staff
from groupnotes.accounts.models import User
from groupnotes.clients import names, people
from groupnotes.clients.company import company_of
from groupnotes.clients.models import CaseloadEntry, Client, ClientStatus
from groupnotes.core.db import db
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring

NAMES = (
    Client.id,
    Client.data_key,
    Client.status,
    Client.first_name_sealed,
    Client.last_name_sealed,
    Client.preferred_name_sealed,
    Client.aliases_sealed,
)
_FIRST = Place("clients", "first_name")
_LAST = Place("clients", "last_name")
_PREFERRED = Place("clients", "preferred_name")
_ALIASES = Place("clients", "aliases")
_CHUNK = 1000  # clients whose keys are opened together


@dataclass(frozen=True, slots=True)
class ClientLine:
    """One client in a list."""

    id: uuid.UUID
    name: str
    status: ClientStatus
    clinicians: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CareLine:
    """From when to when one clinician cares for the client."""

    id: uuid.UUID
    clinician: str
    started_on: dt.date
    ended_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Named:
    """A client's opened names."""

    row: Any
    first: str
    last: str
    preferred: str | None

    @property
    def full(self) -> str:
        """The name as pages write it."""
        return names.full_name(self.first, self.last, self.preferred)


def opened(rows: Sequence[Any]) -> list[Named]:
    """Open the names of ``rows``, which have the columns ``NAMES``."""
    keys = ring()
    keys.load({row.data_key for row in rows})
    return [
        Named(
            row,
            keys.open(_FIRST, row.id, row.first_name_sealed),
            keys.open(_LAST, row.id, row.last_name_sealed),
            _optional(_PREFERRED, row.id, row.preferred_name_sealed),
        )
        for row in rows
    ]


def persons(rows: Sequence[Any]) -> tuple[deid.Person, ...]:
    """Open ``rows``, which have ``people.COLUMNS``, as those whom a text may not name."""
    ring().load({row.data_key for row in rows})
    return tuple(person for row in rows for person in people.around(row))


def others_around(client_id: uuid.UUID) -> deid.Roster:
    """Return everyone whom no text about a client may name; the client may be named."""
    around = sa.select(*people.COLUMNS).where(Client.id.in_(company_of(client_id)), people.THERE)
    roster = deid.Roster(persons(db.session.execute(around.order_by(Client.id)).all()))
    return deid.others_of(roster, client_id)


def matching(query: sa.Select[*tuple[Any, ...]], words: tuple[str, ...]) -> Iterator[Named]:
    """Open the names of every client in ``query`` and yield those that ``words`` name."""
    with db.session.execute(query) as found:  # whoever takes the first few leaves none open
        for rows in found.partitions(_CHUNK):
            for named in opened(rows):
                aliases = _optional(_ALIASES, named.row.id, named.row.aliases_sealed)
                if names.is_named(words, (named.first, named.last, named.preferred, aliases)):
                    yield named


def lines(found: Iterable[Named], today: dt.date) -> list[ClientLine]:
    """Return the clients as a list shows them, with those who care for them ``today``."""
    found = list(found)
    cared_by = _carers([named.row.id for named in found], today)
    return [
        ClientLine(
            id=named.row.id,
            name=named.full,
            status=named.row.status,
            clinicians=tuple(cared_by[named.row.id]),
        )
        for named in found
    ]


def caseload(client_id: uuid.UUID) -> list[CareLine]:
    """Return who cares and cared for the client, those of today first."""
    rows = db.session.execute(
        sa.select(
            CaseloadEntry.id.label("entry_id"),
            CaseloadEntry.started_on,
            CaseloadEntry.ended_on,
            User.id,
            User.name_sealed,
            User.credentials,
        )
        .join(User, User.id == CaseloadEntry.clinician_id)
        .where(CaseloadEntry.client_id == client_id)
        .order_by(CaseloadEntry.ended_on.is_not(None), CaseloadEntry.started_on.desc())
    ).all()
    return [CareLine(row.entry_id, _signed(row), row.started_on, row.ended_on) for row in rows]


def mrn_holder(index: bytes) -> uuid.UUID | None:
    """Return whose medical record number has this fingerprint."""
    return db.session.scalar(sa.select(Client.id).where(Client.mrn_index == index))


def cared_for_since(client_id: uuid.UUID, clinician_id: uuid.UUID, day: dt.date) -> bool:
    """Say whether the client is on the clinician's caseload on ``day`` or on a later one."""
    query = sa.select(sa.literal(1)).where(
        CaseloadEntry.client_id == client_id,
        CaseloadEntry.clinician_id == clinician_id,
        sa.or_(CaseloadEntry.ended_on.is_(None), CaseloadEntry.ended_on >= day),
    )
    return db.session.scalar(query.limit(1)) is not None


def _carers(client_ids: list[uuid.UUID], today: dt.date) -> defaultdict[uuid.UUID, list[str]]:
    found: defaultdict[uuid.UUID, list[str]] = defaultdict(list)
    if not client_ids:
        return found
    rows = db.session.execute(
        sa.select(CaseloadEntry.client_id, User.id, User.name_sealed)
        .join(User, User.id == CaseloadEntry.clinician_id)
        .where(
            CaseloadEntry.client_id.in_(client_ids),
            current(CaseloadEntry.started_on, CaseloadEntry.ended_on),
        )
        .order_by(CaseloadEntry.started_on, CaseloadEntry.id),
        {"on_date": today},
    ).all()
    for row in rows:
        found[row.client_id].append(staff.name_of(row.id, row.name_sealed))
    return found


def _signed(row: Any) -> str:
    name = staff.name_of(row.id, row.name_sealed)
    return f"{name}, {row.credentials}" if row.credentials else name


def _optional(place: Place, row_id: uuid.UUID, sealed: bytes | None) -> str | None:
    return None if sealed is None else ring().open(place, row_id, sealed)
