"""Registering clients, keeping their details, and saying who cares for them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from groupnotes import deid
from groupnotes.access.guard import check, fetch, guarded, scope
from groupnotes.access.policy import Permission
from groupnotes.accounts import queries as staff
from groupnotes.accounts.details import StaffLine
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.clients import names, queries
from groupnotes.clients.details import ClientDetails, problems
from groupnotes.clients.models import CaseloadEntry, Client, ClientStatus
from groupnotes.clients.queries import CareLine, ClientLine
from groupnotes.core import clock, keyset, uow
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict, Invalid, NotFound
from groupnotes.core.ids import new_id
from groupnotes.core.keyset import Cursor
from groupnotes.core.versions import require_seen
from groupnotes.crypto.keyring import ring
from groupnotes.crypto.models import KeyScope
from groupnotes.practice import queries as practices
from groupnotes.practice.models import Practice

FOUND = 50  # clients that one search shows


@dataclass(frozen=True, slots=True)
class ClientList:
    """One page of clients, newest registration first; or what a search found, by name."""

    lines: list[ClientLine]
    older: uuid.UUID | None = None
    newer: uuid.UUID | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Registration:
    """What the form for a new client needs; without ``clinicians`` the actor takes the client."""

    practice: Practice
    clinicians: list[StaffLine]


@dataclass(frozen=True, slots=True)
class CareStart:
    """A clinician begins to care for a client."""

    clinician_id: uuid.UUID
    started_on: dt.date


@dataclass(frozen=True, slots=True)
class CareEnd:
    """A clinician's care for a client ends; the day is the last one."""

    entry_id: uuid.UUID
    ended_on: dt.date


def list_clients(actor: Actor, status: ClientStatus, cursor: Cursor[uuid.UUID]) -> ClientList:
    """Return a page of the clients whom the actor may list."""
    query = scope(actor, Permission.CLIENT_LIST, Tag.CLIENT_LIST, Client)
    found = keyset.newest_first(
        query.with_only_columns(*queries.NAMES).where(Client.status == status), Client.id, cursor
    )
    lines = queries.lines(queries.opened(found.rows), clock.today(actor.zone))
    return ClientList(lines, older=found.older, newer=found.newer)


def find_clients(actor: Actor, text: str) -> ClientList:
    """Return the clients with a name in which every word of ``text`` occurs, by last name.

    Case and accents do not count. Nothing is indexed: names are opened and looked at.
    """
    # A search only reads, though it is a POST: it must not hold up those who write.
    uow.settle()
    uow.begin(write=False)
    query = scope(actor, Permission.CLIENT_LIST, Tag.CLIENT_LIST, Client)
    words = names.words_of(text)
    found = list(queries.matching(query.with_only_columns(*queries.NAMES), words))
    found.sort(key=lambda named: (named.last.casefold(), named.first.casefold()))
    lines = queries.lines(found[:FOUND], clock.today(actor.zone))
    return ClientList(lines, more=len(found) > FOUND)


def open_registration(actor: Actor) -> Registration:
    """Return what is needed to register a client."""
    query = scope(actor, Permission.CLIENT_REGISTER, Tag.PRACTICE_READ, Practice)
    practice = db.session.scalars(query).one()
    return Registration(
        practice, staff.with_role(Role.CLINICIAN) if _chooses_clinicians(actor) else []
    )


@guarded(Permission.CLIENT_REGISTER, Tag.CLIENT_CREATE)
def register_client(
    actor: Actor, practice: Practice, /, details: ClientDetails, *, clinicians: frozenset[uuid.UUID]
) -> Client:
    """Take a client in: on the caseload of whoever registers them, or of the chosen clinicians."""
    if not _chooses_clinicians(actor):
        clinicians = frozenset({actor.user_id})
    today = _today()
    _require_sound(details, today)
    _require_clinicians(clinicians, "clinicians")
    client_id = new_id()
    key = ring().add_data_key(db.session(), KeyScope.CLIENT, client_id)
    client = Client(id=client_id, data_key=key, created_at=clock.now())
    _write(client, details)
    db.session.add(client)
    db.session.flush()
    for clinician_id in sorted(clinicians):
        entry = _take_on(client_id, CareStart(clinician_id, today))
        table = CaseloadEntry.__tablename__
        log.record(Happening(Tag.CASELOAD_EDIT, actor, client_id, table, entry.id))
    return client


def open_client(actor: Actor, permission: Permission, client_id: uuid.UUID) -> Client:
    """Return a client over whom the actor holds ``permission``."""
    return fetch(actor, permission, Tag.CLIENT_READ, Client, client_id)


def others_around(actor: Actor, client_id: uuid.UUID) -> deid.Roster:
    """Return whom the texts of a client's chart must not name, to someone who writes them."""
    fetch(actor, Permission.CHART_WRITE, Tag.CLIENT_READ, Client, client_id)
    return queries.others_around(client_id)


@guarded(Permission.CLIENT_EDIT, Tag.CLIENT_EDIT)
def edit_client(
    actor: Actor,
    client: Client,
    /,
    details: ClientDetails,
    *,
    status: ClientStatus,
    seen_version: int,
) -> Client:
    """Keep what is now known of the client."""
    require_seen(client, seen_version)
    _require_sound(details, _today())
    _write(client, details)
    client.status = status
    return client


def list_clinicians(actor: Actor, client: Client) -> list[StaffLine]:
    """Return those on whose caseload the client may be put."""
    check(actor, Permission.CLIENT_EDIT, Tag.STAFF_LIST, client)
    return staff.with_role(Role.CLINICIAN)


@guarded(Permission.CLIENT_EDIT, Tag.CASELOAD_EDIT)
def add_to_caseload(actor: Actor, client: Client, /, care: CareStart) -> CaseloadEntry:
    """Put the client on one more caseload."""
    _hold(client)
    _require_clinicians(frozenset({care.clinician_id}), "clinician_id")
    return _take_on(client.id, care)


def open_care(actor: Actor, client: Client, entry_id: uuid.UUID) -> CareLine:
    """Return a stay on a caseload that has not ended."""
    check(actor, Permission.CLIENT_EDIT, Tag.CLIENT_READ, client)
    for line in queries.caseload(client.id):
        if line.id == entry_id and line.ended_on is None:
            return line
    raise NotFound


@guarded(Permission.CLIENT_EDIT, Tag.CASELOAD_EDIT)
def end_care(actor: Actor, client: Client, /, care: CareEnd) -> CaseloadEntry:
    """Take the client off a caseload; the entry stays as history."""
    _hold(client)
    entry = db.session.get(CaseloadEntry, care.entry_id, populate_existing=True)
    if entry is None or entry.client_id != client.id:
        raise NotFound
    if entry.ended_on is not None:
        raise Conflict("This care has been ended already.")
    if care.ended_on < entry.started_on:
        raise Invalid({"ended_on": "The last day lies before the first one."})
    entry.ended_on = care.ended_on
    return entry


def _chooses_clinicians(actor: Actor) -> bool:
    return Role.RECORDS in actor.roles


def _take_on(client_id: uuid.UUID, care: CareStart) -> CaseloadEntry:
    if queries.cared_for_since(client_id, care.clinician_id, care.started_on):
        text = "This clinician has the client on their caseload on that day already, or later."
        raise Invalid({"clinician_id": text})
    entry = CaseloadEntry(
        id=new_id(),
        client_id=client_id,
        clinician_id=care.clinician_id,
        started_on=care.started_on,
    )
    db.session.add(entry)
    return entry


def _write(client: Client, details: ClientDetails) -> None:
    """Seal the details under the client's own key."""
    index = ring().blind_index("clients.mrn", details.mrn)
    if index != client.mrn_index:
        _require_free(index)
        client.mrn_index = index
    client.mrn = details.mrn
    client.first_name = details.first_name
    client.last_name = details.last_name
    client.preferred_name = details.preferred_name or None
    client.aliases = "\n".join(details.aliases) or None
    client.birth_date = details.birth_date.isoformat()
    client.phone = details.phone or None
    client.email = details.email or None
    client.address = details.address or None
    client.employer = "\n".join(details.employer) or None
    client.contacts = "\n".join(details.contacts) or None
    client.payer = details.payer or None
    client.member_id = details.member_id or None


def _require_free(index: bytes) -> None:
    """Refuse a medical record number that another client has, without saying which client."""
    # Two who give out the same number at once wait for each other here, not at the constraint.
    practices.hold()
    if queries.mrn_holder(index) is not None:
        text = "Another client has this number. Check it, or search for the client by name."
        raise Invalid({"mrn": text})


def _require_sound(details: ClientDetails, today: dt.date) -> None:
    found = problems(details, today=today)
    if found:
        raise Invalid(found)


def _require_clinicians(chosen: frozenset[uuid.UUID], field: str) -> None:
    if not chosen:
        raise Invalid({field: "Choose who cares for the client."})
    if not chosen <= {clinician.id for clinician in staff.with_role(Role.CLINICIAN)}:
        raise Invalid({field: "Choose people who work here as clinicians."})


def _hold(client: Client) -> None:
    """Let changes of one client's caseload wait for each other."""
    db.session.execute(sa.select(Client.id).where(Client.id == client.id).with_for_update())


def _today() -> dt.date:
    return clock.today(practices.time_zone().key)
