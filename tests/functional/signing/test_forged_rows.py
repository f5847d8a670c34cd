"""Whoever owns the database can write past its triggers; none of it goes unnoticed.

Nothing that was altered is given out, and ``record verify`` names its note.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.audit.models import AuditEvent
from groupnotes.audit.tags import Tag
from groupnotes.clients.models import Client, ClientStatus
from groupnotes.core import clock, triggers
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring
from groupnotes.notes.models import IndividualNote, NoteReturn
from groupnotes.notes.states import NoteStatus
from groupnotes.signing.entry import EntryKind
from groupnotes.signing.models import CoSignature, EntryReturn, NoteEntry, Signature, SigningKey
from groupnotes.signing.proof import Verdict
from tests.support import journey
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.review import add, co_sign, record, return_entry, return_note, verdicts
from tests.support.site import BASE, Site

pytestmark = pytest.mark.usefixtures("supervised")
SIGNED = (Signature, NoteEntry, CoSignature)
# A row's own id is in the associated data of what it seals; the number of a data key is in the
# sealed bytes themselves, which open by that.
LEFT_OUT = {"id", "data_key", "meaning"}


@dataclass(frozen=True)
class Made:
    """Ana's note, returned once, signed anew and co-signed, with three entries; and Ben's.

    The first of the entries was returned.
    """

    app: Flask
    cast: Cast
    site: Site
    note: uuid.UUID
    bens: uuid.UUID

    def found_out(self) -> bool:
        """Say whether no record is given out, and the command names a note."""
        answer = self.site.client.get(f"/notes/{self.note}/record.pdf", base_url=BASE)
        verified = self.app.test_cli_runner().invoke(args=["record", "verify"])
        return answer.status_code != 200 and verified.exit_code == 1

    def run(self, *statements: sa.Executable) -> None:
        """Run statements past the triggers."""
        with self.app.app_context(), db.engine.begin() as connection:
            for model in (*SIGNED, IndividualNote, NoteReturn, EntryReturn):
                triggers.remove(connection, table=model.__tablename__)
            for statement in statements:
                connection.execute(statement)

    def ids(self, model: Any) -> list[uuid.UUID]:
        """Return the rows of Ana's note, the oldest first."""
        with self.app.app_context():
            query = sa.select(model.id).where(model.note_id == self.note).order_by(model.id)
            return list(db.session.scalars(query))


@pytest.fixture
def made(app: Flask, cast: Cast, site: Site, sam: Site, supervised: None) -> Made:
    note = journey.signed_note(site.sign_in(cast.fiona), cast)
    return_note(sam, note)
    journey.write(site, note, plan="Another plan.")
    journey.sign(site, note)
    bens = journey.note_of(site, cast, "Ben")
    journey.write(site, bens)
    journey.sign(site, bens)
    co_sign(sam)
    add(site, note, kind="late_entry")
    return_entry(sam, note)
    for kind in ("addendum", "correction"):
        add(site, note, kind=kind)
    co_sign(sam)
    found = Made(app, cast, site, note, bens)
    record(site, note)
    assert not found.found_out()
    return found


def columns() -> Iterator[tuple[Any, str]]:
    for model in SIGNED:
        for column in model.__table__.columns:
            if column.name not in LEFT_OUT:
                yield model, column.name


def other(made: Made, model: Any, column: str, value: Any) -> Any:
    """Return another value that the database would take in that column."""
    known: dict[str, Callable[[], Any]] = {
        "note_id": lambda: made.bens,
        "client_id": lambda: made.cast.ben,
        "signer_id": lambda: made.cast.adam,
        "kind": lambda: EntryKind.LATE_ENTRY,
        "key_id": lambda: _another_key(made),
        "signature_id": lambda: made.ids(Signature)[0] if value else None,
        "entry_id": lambda: made.ids(NoteEntry)[0] if value else None,
    }
    if column in known:
        return known[column]()
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    if isinstance(value, dt.datetime):
        return value - dt.timedelta(days=1)
    return not value if isinstance(value, bool) else value + 1


def _another_key(made: Made) -> uuid.UUID:
    with made.app.app_context():
        [row] = db.session.execute(sa.select(SigningKey.__table__)).mappings()
        key = dict(row) | {"id": new_id(), "in_use": False}
    made.run(sa.insert(cast(sa.Table, SigningKey.__table__)).values(key))
    return cast(uuid.UUID, key["id"])


@pytest.mark.parametrize(
    ("model", "column"), [pytest.param(*one, id=f"{one[0].__name__}-{one[1]}") for one in columns()]
)
def test_each_column_of_what_was_signed(made: Made, model: Any, column: str) -> None:
    table = cast(sa.Table, model.__table__)
    [*_, last] = made.ids(model)
    with made.app.app_context():
        value = db.session.scalars(sa.select(table.c[column]).where(table.c.id == last)).one()
    changed = other(made, model, column, value)
    if value is None and changed is None:
        return  # a co-signature is of a note or of an entry
    statements = [sa.update(table).where(table.c.id == last).values({column: changed})]
    if column in {"signature_id", "entry_id"}:  # each has one: what stands there makes room
        statements.insert(0, sa.delete(table).where(table.c[column] == changed))  # type: ignore[arg-type]

    made.run(*statements)

    assert made.found_out()


NOTE = cast(sa.Table, IndividualNote.__table__)
FORGERIES: dict[str, Callable[[Made], list[sa.Executable]]] = {
    "another client": lambda made: [_note(made, client_id=made.cast.zoe)],
    "a client whose record is said to be destroyed": lambda made: [
        sa.update(Client).where(Client.id == made.cast.ana).values(status=ClientStatus.DESTROYED)
    ],
    "another author": lambda made: [_note(made, author_id=made.cast.olga)],
    "another time": lambda made: [_note(made, signed_at=clock.now() - dt.timedelta(days=9))],
    "a draft": lambda made: [
        _note(made, status=NoteStatus.DRAFT, signed_at=None, group_revision_id=None)
    ],
    "set aside": lambda made: [
        _note(made, status=NoteStatus.SET_ASIDE, signed_at=None, group_revision_id=None)
    ],
    "awaiting review": lambda made: [_note(made, status=NoteStatus.AWAITING_REVIEW)],
    "in error": lambda made: [_note(made, status=NoteStatus.ENTERED_IN_ERROR, standing=None)],
    "out of its session": lambda made: [_note(made, standing=False)],
    "no last entry": lambda made: [
        sa.delete(CoSignature).where(CoSignature.entry_id == made.ids(NoteEntry)[-1]),
        sa.delete(NoteEntry).where(NoteEntry.id == made.ids(NoteEntry)[-1]),
    ],
    "no co-signature of the note": lambda made: [
        sa.delete(CoSignature).where(CoSignature.signature_id == made.ids(Signature)[-1]),
        _note(made, status=NoteStatus.AWAITING_REVIEW),
    ],
    "no co-signature of an entry": lambda made: [
        sa.delete(CoSignature).where(CoSignature.entry_id == made.ids(NoteEntry)[-1])
    ],
    "no signature": lambda made: [
        sa.delete(CoSignature).where(CoSignature.signature_id == made.ids(Signature)[-1]),
        sa.delete(Signature).where(Signature.id == made.ids(Signature)[-1]),
    ],
    "never returned": lambda made: [sa.delete(NoteReturn)],
    "the other returned": lambda made: [
        sa.update(NoteReturn).values(signature_id=made.ids(Signature)[-1])
    ],
    "returned again": lambda made: [_returned(made)],
    "an entry never returned": lambda made: [sa.delete(EntryReturn)],
    "another entry returned": lambda made: [
        sa.update(EntryReturn).values(entry_id=made.ids(NoteEntry)[-1])
    ],
    "an entry of another note returned": lambda made: [
        sa.update(EntryReturn).values(note_id=made.bens)
    ],
    "an entry returned by another": lambda made: [
        sa.update(EntryReturn).values(returned_by=made.cast.adam)
    ],
    "one more entry returned": lambda made: [_returned_entry(made)],
    "one more returned, that nobody reviewed": lambda made: [
        sa.delete(CoSignature).where(CoSignature.entry_id == made.ids(NoteEntry)[-1]),
        _returned_entry(made),
    ],
    "no returned entry": lambda made: [
        sa.delete(EntryReturn),
        sa.delete(NoteEntry).where(NoteEntry.id == made.ids(NoteEntry)[0]),
    ],
}


def _note(made: Made, **values: Any) -> sa.Update:
    return sa.update(NOTE).where(NOTE.c.id == made.note).values(values)


def _returned(made: Made) -> sa.Insert:
    [_, last] = made.ids(Signature)
    with made.app.app_context():
        [row] = db.session.execute(sa.select(NoteReturn.__table__)).mappings()
        values = dict(row) | {"id": new_id(), "signature_id": last}
    return sa.insert(cast(sa.Table, NoteReturn.__table__)).values(values)


def _returned_entry(made: Made) -> sa.Insert:
    [*_, last] = made.ids(NoteEntry)
    with made.app.app_context():
        [row] = db.session.execute(sa.select(EntryReturn.__table__)).mappings()
        values = dict(row) | {"id": new_id(), "entry_id": last}
    return sa.insert(cast(sa.Table, EntryReturn.__table__)).values(values)


@on_sqlite
@pytest.mark.parametrize("model", [NoteReturn, EntryReturn], ids=lambda model: model.__name__)
def test_each_column_of_a_return(made: Made, model: Any) -> None:
    """Who returned what to whom, when, and with which comment: no signature covers it."""
    table = cast(sa.Table, model.__table__)
    with made.app.app_context():
        [row] = db.session.execute(sa.select(table)).mappings()
        was = dict(row)

    for column in was.keys() - {"settled_at", "data_key"}:
        made.run(sa.update(table).values(_another_return(made, model, was, column)))
        assert made.found_out(), column
        made.run(sa.update(table).values(was))
        assert not made.found_out(), column


def _another_return(made: Made, model: Any, was: dict[str, Any], column: str) -> dict[str, Any]:
    """Return what someone would write there who has the keys that encrypt."""
    place = Place(model.__tablename__, "comment")
    if column in {"id", "comment"}:  # the comment is bound to its row
        row_id = new_id() if column == "id" else was["id"]
        with made.app.app_context():
            ring().load({was["data_key"]})
            said = ring().open(place, was["id"], was["comment"])
            words = said if column == "id" else "Say less."
            return {"id": row_id, "comment": ring().seal(was["data_key"], place, row_id, words)}
    known = {
        "returned_by": made.cast.adam,
        "returned_to": made.cast.carl,
        "signature_id": made.ids(Signature)[-1],
        "entry_id": made.ids(NoteEntry)[-1],
    }
    return {column: known.get(column) or other(made, model, column, was[column])}


@on_sqlite
def test_a_return_of_what_is_a_draft_now(
    app: Flask, cast: Cast, sam: Site, note_id: uuid.UUID
) -> None:
    return_note(sam, note_id)
    assert verdicts(app, note_id) == {Verdict.VERIFIED}

    with app.app_context(), db.engine.begin() as connection:
        triggers.remove(connection, table="note_returns")
        connection.execute(sa.update(NoteReturn).values(returned_by=cast.adam))

    assert verdicts(app, note_id) == {Verdict.OTHER_RETURN}


@on_sqlite
def test_what_was_returned_before_the_log_kept_its_mark_is_sound(made: Made) -> None:
    with made.app.app_context(), db.engine.begin() as connection:
        triggers.remove(connection, table="audit_events")
        returned = AuditEvent.tag == Tag.NOTE_RETURN
        connection.execute(sa.update(AuditEvent).where(returned).values(detail=None))

    assert not made.found_out()


@pytest.mark.parametrize("what", FORGERIES)
def test_each_state_that_nobody_signed(made: Made, what: str) -> None:
    made.run(*FORGERIES[what](made))

    assert made.found_out()


def test_a_locked_note_is_returned_by_no_statement(made: Made) -> None:
    returned = _returned(made)

    with made.app.app_context(), pytest.raises(sa.exc.DatabaseError, match="awaits review"):
        db.session.execute(returned)


def test_a_locked_entry_is_returned_by_no_statement(made: Made) -> None:
    returned = _returned_entry(made)

    with made.app.app_context(), pytest.raises(sa.exc.DatabaseError, match="awaits review"):
        db.session.execute(returned)


def test_nobody_signs_beside_an_entry_that_was_returned(made: Made) -> None:
    returned = made.ids(NoteEntry)[0]
    with made.app.app_context():
        query = sa.select(CoSignature.__table__).where(CoSignature.entry_id.is_not(None)).limit(1)
        values = dict(db.session.execute(query).mappings().one())
    values |= {"id": new_id(), "entry_id": returned}

    with made.app.app_context(), pytest.raises(sa.exc.DatabaseError, match="was returned"):
        db.session.execute(sa.insert(cast(sa.Table, CoSignature.__table__)).values(values))


def _first(made: Made, model: Any) -> sa.Update:
    return sa.update(model).where(model.id == made.ids(model)[0])


WITHDRAWN: dict[str, Callable[[Made], sa.Update]] = {
    "a signature": lambda made: _first(made, Signature).values(digest=bytes(32)),
    "an entry": lambda made: _first(made, NoteEntry).values(digest=bytes(32)),
    "what cannot be read": lambda made: _first(made, NoteEntry).values(content_sealed=b""),
    "whose it was": lambda made: sa.update(EntryReturn).values(returned_to=made.cast.carl),
}


@pytest.mark.parametrize("what", WITHDRAWN)
def test_what_was_withdrawn_is_verified_too(made: Made, what: str) -> None:
    made.run(WITHDRAWN[what](made))

    verified = made.app.test_cli_runner().invoke(args=["record", "verify"])

    assert verified.exit_code == 1
