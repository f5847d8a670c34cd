"""Check every signature in the database, one note at a time; nobody is shown what they say."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from groupnotes.crypto.blob import CannotOpen
from groupnotes.signing import queries
from groupnotes.signing.proof import Verdict
from groupnotes.signing.verification import (
    FORGED,
    Altered,
    its_of,
    open_returned,
    open_withdrawn,
    opened,
    tell,
)

Row = Any


class Checked(NamedTuple):
    """One signature that was verified, and what came of it."""

    note_id: uuid.UUID | str  # as the database has it, where that is no id
    verdict: Verdict


def verify(note_id: uuid.UUID | None = None) -> Iterator[Checked]:
    """Verify the signatures of one note, or of all that are said to be signed anywhere.

    What the audit log says was signed must be there too. Nothing is left to verify of a record
    that was destroyed, and nobody is alarmed by it. One that holds what no record can is found,
    and does not keep the others from being verified.
    """
    if note_id is not None:
        yield from _of_note(note_id)
        return
    for written in queries.said_to_be_signed():
        try:
            one = uuid.UUID(written)
        except ValueError:
            yield Checked(written, Verdict.UNREADABLE)
        else:
            yield from _of_note(one)


def _of_note(note_id: uuid.UUID) -> list[Checked]:
    try:
        return [
            *_each(queries.every_signature(note_id), _verdicts),
            *_each(queries.every_signature(note_id, withdrawn=True), _verdicts_of_withdrawn),
            *_each(queries.without_signature(note_id), lambda _: [Verdict.MISSING]),
        ]
    except FORGED:
        tell(None, note_id, None, Verdict.UNREADABLE)
        return [Checked(note_id, Verdict.UNREADABLE)]


def _each(rows: Iterator[Row], judge: Callable[[Row], list[Verdict]]) -> Iterator[Checked]:
    for row in rows:
        if row.gone:
            yield Checked(row.note_id, Verdict.DESTROYED)
            continue
        # Whoever calls a client destroyed takes the whole record out of sight.
        for verdict in [Verdict.OTHER_ROW] if row.hidden else judge(row):
            if verdict is not Verdict.VERIFIED:
                tell(None, row.note_id, row.client_id, verdict)
            yield Checked(row.note_id, verdict)


def _verdicts_of_withdrawn(row: Row) -> list[Verdict]:
    try:
        return open_withdrawn(row).verdicts
    except (CannotOpen, Altered):
        return [Verdict.UNREADABLE]


def _verdicts(row: Row) -> list[Verdict]:
    try:
        found = opened(row)
        returned = [open_returned(one, its_of(found.note)) for one in found.returned]
    except (CannotOpen, Altered):
        return [Verdict.UNREADABLE]
    return [verdict for one in (*found.all, *returned) for verdict in one.verdicts]
