"""Reading the audit log (45 CFR 164.308(a)(1)(ii)(D)), and telling who opened a record.

An administrator sees which person did what and when, and of a client only the random id
that the log holds: neither name nor number. Whoever asks about a client's record types
its number, and gets the events. Those who may know the client get the access report.

What people do with psychotherapy notes of theirs is in the log and its chain, and no reader here
is told: neither of which client there is one, nor that there is any. So no reader gets the number
of an event, whose neighbour would be missed, but a reference.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from groupnotes.access.guard import fetch, require, scope
from groupnotes.access.policy import Permission
from groupnotes.accounts.details import StaffLine
from groupnotes.audit import log, references, words
from groupnotes.audit.log import Happening
from groupnotes.audit.models import AuditEvent
from groupnotes.audit.tags import Outcome, Tag
from groupnotes.clients import queries as clients
from groupnotes.clients.models import Client
from groupnotes.core import clock, keyset
from groupnotes.core.actor import Actor
from groupnotes.core.db import Question, db
from groupnotes.core.errors import Invalid
from groupnotes.core.keyset import Cursor
from groupnotes.crypto.keyring import ring
from groupnotes.oversight import fhir, queries, spreadsheet
from groupnotes.oversight.events import EventLine, Filter
from groupnotes.practice import queries as practices

MOST = 50_000  # events of one file

_HEADER = (
    "Event",
    "Time (UTC)",
    "Person",
    "Person id",
    "Action",
    "Outcome",
    "Client id",
    "Record",
    "Record id",
    "Detail",
)
_REPORT_HEADER = ("Time (UTC)", "Person", "Roles", "What was done")


@dataclass(frozen=True, slots=True)
class EventPage:
    """Some events, newest first, and where the pages around them begin."""

    lines: list[EventLine]
    older: uuid.UUID | None
    newer: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class AccessReport:
    """Who opened a client's record, newest first."""

    client: Client
    page: EventPage


def list_events(actor: Actor, wanted: Filter, cursor: Cursor[uuid.UUID]) -> EventPage:
    """Return a page of the audit log."""
    return _page(_asked(actor, Tag.AUDIT_READ, wanted), cursor)


def list_people(actor: Actor) -> list[StaffLine]:
    """Return those whose events may be asked for."""
    require(actor, Permission.AUDIT_READ, Tag.AUDIT_READ, object_type=AuditEvent.__tablename__)
    return queries.everybody()


def find_client(actor: Actor, number: str) -> uuid.UUID:
    """Return the id of the client with this medical record number, or the id that was typed."""
    require(actor, Permission.AUDIT_READ, Tag.AUDIT_READ, object_type=AuditEvent.__tablename__)
    try:
        return uuid.UUID(number)
    except ValueError:
        found = clients.mrn_holder(ring().blind_index("clients.mrn", number))
    if found is None:
        raise Invalid({"client": "No client has this number."})
    return found


def events_as_csv(actor: Actor, wanted: Filter) -> str:
    """Return the audit log as a table."""
    rows = (
        (
            line.id,
            _time(line.at),
            line.who,
            line.actor_id,
            line.tag,
            line.outcome.value,
            line.client_id,
            line.object_type,
            line.object_id,
            line.detail,
        )
        for line in _whole(_asked(actor, Tag.AUDIT_EXPORT, wanted))
    )
    return spreadsheet.csv_of(_HEADER, rows)


def events_as_fhir(actor: Actor, wanted: Filter) -> dict[str, object]:
    """Return the audit log as a FHIR R4 Bundle of AuditEvent."""
    found = _whole(_asked(actor, Tag.AUDIT_EXPORT, wanted))
    return fhir.bundle(found, practice=practices.name(), made_at=clock.now())


def open_access_report(
    actor: Actor, client_id: uuid.UUID, cursor: Cursor[uuid.UUID]
) -> AccessReport:
    """Return a page of who opened the client's record."""
    client = fetch(actor, Permission.ACCESS_REPORT, Tag.ACCESS_REPORT_READ, Client, client_id)
    return AccessReport(client, _page(_of_client(client), cursor))


def access_report_as_csv(actor: Actor, client_id: uuid.UUID) -> str:
    """Return who opened the client's record as a table, to be given to the client."""
    client = fetch(actor, Permission.ACCESS_REPORT, Tag.ACCESS_REPORT_EXPORT, Client, client_id)
    rows = (
        (
            _time(line.at),
            line.who,
            line.roles,
            words.done_to(line.tag, in_emergency=line.under_emergency),
        )
        for line in _whole(_of_client(client))
    )
    return spreadsheet.csv_of(_REPORT_HEADER, rows)


def _asked(actor: Actor, tag: Tag, wanted: Filter) -> Question:
    """Return the events asked for, and record that they are looked at."""
    query = scope(actor, Permission.AUDIT_READ, tag, AuditEvent)
    if wanted.client_id is not None:
        log.record_shown(Happening(tag, actor, wanted.client_id, AuditEvent.__tablename__))
    return queries.asked(wanted, query)


def _of_client(client: Client) -> Question:
    opened = Filter(client_id=client.id, outcome=Outcome.SUCCESS)
    return queries.asked(opened, sa.select(AuditEvent))


def _page(query: Question, cursor: Cursor[uuid.UUID]) -> EventPage:
    numbers = Cursor(_number(cursor.before), _number(cursor.after))
    found = keyset.newest_first(query, AuditEvent.sequence, numbers)
    return EventPage(queries.lines(found.rows), _id(found.older), _id(found.newer))


def _number(given: uuid.UUID | None) -> int | None:
    return None if given is None else references.sequence_of(db.session(), given)


def _id(number: int | None) -> uuid.UUID | None:
    return None if number is None else references.reference(db.session(), number)


def _whole(query: Question) -> list[EventLine]:
    """Return all events of ``query``; a file that leaves some out would be taken for all."""
    rows = queries.newest(query, MOST)
    if len(rows) > MOST:
        raise Invalid(
            {"since": f"These are more than {MOST:,} events. Choose a shorter period for a file."}
        )
    return queries.lines(rows)


def _time(at: dt.datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
