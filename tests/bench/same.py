"""Hold the floor to the application: the same rows, the same open texts, the same page."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from groupnotes.audit.verify import verify
from groupnotes.core import clock
from groupnotes.core.db import Base, db
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring
from groupnotes.crypto.sealed import Ciphertext
from tests.bench.contestants import Application, Floor
from tests.bench.operations import Operation
from tests.support.databases import application

Rows = dict[str, list[str]]

# In which window a password was tried depends on the clock; digests follow from the contents, the
# fingerprints of encounters from numbers that are chance.
_LEFT_OUT = {
    "rate_limits": {"window"},
    "individual_notes": {"encounter_index"},
    "signatures": {"digest", "signature"},
    "signing_keys": {"public_key", "private_key"},
    "audit_events": {"hash"},
    "audit_head": {"hash", "checkpointed", "checkpointed_at", "seal"},
}
# The floor signs no checkpoints: the application does so once in a thousand events.
_PASSED_OVER = {"audit_checkpoints", "audit_keys"}
_ENCOUNTER = re.compile(r"[0-9C-Y]{4}(-[0-9C-Y]{4}){2}")
_CHANGING = re.compile(rb'(?<=name="key" value=")[0-9a-f-]{36}|(?<=Saved )\d+:\d\d [ap]m')


class NotTheSame(AssertionError):  # noqa: N818 - reads as what is wrong
    """The floor did something else than the application, so that it measures nothing."""


def check(
    operations: Iterable[Operation], applied: Application, floor: Floor, floor_url: str
) -> None:
    """Raise NotTheSame unless one turn of each operation has the same outcome on both."""
    started = clock.now().replace(microsecond=0)  # what is signed is timed to the second
    for operation in operations:
        page = operation.by_application(applied, 0)()
        made = operation.by_floor(floor, 0)()
        if _settled(page) != _settled(made):
            raise NotTheSame(f"{operation.name}: {_difference(page or b'', made or b'')}")
    mine, theirs = _rows(applied.app, started), _rows(application(floor_url), started)
    for table, rows in mine.items():
        if rows != theirs[table]:
            raise NotTheSame(f"{table}: {sorted(set(rows) ^ set(theirs[table]))[:4]}")


def _settled(page: bytes | None) -> bytes | None:
    return None if page is None else _CHANGING.sub(b"", page)


def _difference(page: bytes, made: bytes) -> str:
    left, right = _settled(page) or b"", _settled(made) or b""
    place = next(
        (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b),
        min(len(left), len(right)),
    )
    return f"…{left[place - 60 : place + 60]!r} is …{right[place - 60 : place + 60]!r}"


def _rows(app: Any, started: dt.datetime) -> Rows:
    """Return every row in words that do not depend on which ids and moments were new."""
    with app.app_context():
        broken = verify(db.session()).broken
        if broken is not None:
            raise NotTheSame(f"the audit chain breaks: {broken}")
        tables = {
            table: db.session.execute(sa.select(table)).mappings().all()
            for table in Base.metadata.sorted_tables
            if table.name not in _PASSED_OVER
        }
        known = _names_of_ids(tables)
        found = {
            table.name: sorted(_words(table, dict(row), known, started) for row in rows)
            for table, rows in tables.items()
        }
        db.session.remove()
        db.engine.dispose()
        return found


def _names_of_ids(tables: Mapping[sa.Table, Iterable[Any]]) -> dict[uuid.UUID, str]:
    """Name each row by what it belongs to, where that is enough to tell it from others."""
    known: dict[uuid.UUID, str] = {}
    for table, rows in tables.items():
        for row in rows:
            owner = row.get("session_id"), row.get("client_id"), row.get("note_id")
            if any(owner) and "id" in row:
                known[row["id"]] = f"{table.name} of {[known.get(o, o) for o in owner]}"
    return known


def _words(
    table: sa.Table, row: Mapping[str, Any], known: Mapping[uuid.UUID, str], started: dt.datetime
) -> str:
    words = {}
    for column in table.columns:
        value = row[column.name]
        if column.name in _LEFT_OUT.get(table.name, ()):
            continue
        if isinstance(column.type, Ciphertext) and value is not None:
            value = ring().open(Place(table.name, column.name), row["id"], value)
        if table.name == "signatures" and column.name == "content":
            value = _signed(row, value)
        if column.name == "encounter":
            value = _encounter(row, value)
        words[column.name] = _word(value, known, started)
    return repr(words)


def _encounter(row: Mapping[str, Any], number: str) -> str:
    """Hide which number chance gave a note, after holding it to its fingerprint."""
    fingerprint = ring().blind_index("individual_notes.encounter", number)
    if not _ENCOUNTER.fullmatch(number) or fingerprint != row["encounter_index"]:
        raise NotTheSame(f"an encounter is numbered {number}")
    return "a number"


def _word(value: Any, known: Mapping[uuid.UUID, str], started: dt.datetime) -> Any:
    if isinstance(value, uuid.UUID):
        return known.get(value, "new" if _made_since(value, started) else str(value))
    if isinstance(value, dt.datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return "now" if aware >= started else str(value)
    return value


def _made_since(value: uuid.UUID, started: dt.datetime) -> bool:
    return value.version == 7 and (value.int >> 80) >= int(started.timestamp() * 1000)


def _signed(row: Mapping[str, Any], content: str) -> str:
    """Return what was signed without its moment, after comparing its digest."""
    if hashlib.sha256(content.encode()).digest() != row["digest"]:
        if len(content) > 1000:  # the history's signatures stand for nothing
            raise NotTheSame("a digest is not that of its content")
        return content
    signed = json.loads(content)
    signed["signature"].pop("signed_at")
    return repr(signed)
