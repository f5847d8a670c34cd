"""Signed JSON altered by someone who has the keys that encrypt, but not the one that signs.

Whatever they write, the note's page shows what can be read of it under a red banner, tells the
administrator, and no record is given out.
"""

from __future__ import annotations

import dataclasses
import functools
import html
import json
import typing
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, cast

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.clients.models import Client
from groupnotes.core import triggers
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring
from groupnotes.signing.canonical import digest
from groupnotes.signing.content import SignedContent
from groupnotes.signing.entry import SignedEntry
from groupnotes.signing.models import CoSignature, NoteEntry, Signature
from groupnotes.signing.review import SignedReview
from tests.support import events, journey
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.review import ENTRY, add, co_sign, record
from tests.support.rows import at_rest
from tests.support.site import BASE, Site, one
from tests.support.trees import Path, leaves, name, value_in, without

BANNER = "not what was signed"
NUMBER = "7K3M-C0XD-2HTV"  # of no encounter here


@dataclass(frozen=True)
class Made:
    """A signed, co-signed note of Ana's with an addendum that is co-signed as well."""

    app: Flask
    site: Site
    adam: Site
    note: uuid.UUID

    def said(self, model: Any) -> str:
        """Return the signed JSON of the newest row of ``model``."""
        with self.app.app_context():
            return cast(str, self._row(model).content)

    def forge(self, model: Any, said: str) -> None:
        """Put another JSON there, with its digest; nobody but the practice can sign it."""
        with self.app.app_context():
            row, table = self._row(model), model.__table__
            sealed = ring().seal(row.data_key, Place(table.name, "content"), row.id, said)
            values = {"content": sealed, "digest": bytes.fromhex(digest(said.encode()))}
            db.session.execute(sa.update(table).where(table.c.id == row.id).values(values))
            db.session.commit()

    def page(self) -> str:
        """Return the text of the note's page, which there always is."""
        answer = self.site.client.get(f"/notes/{self.note}/signed", base_url=BASE)
        assert answer.status_code == 200
        return html.unescape(answer.text)

    def status_of_record(self) -> int:
        """Return what is answered to someone who asks for the record as a file."""
        return self.site.client.get(f"/notes/{self.note}/record.pdf", base_url=BASE).status_code

    def _row(self, model: Any) -> Any:
        return db.session.scalars(sa.select(model).order_by(model.id.desc()).limit(1)).one()


@pytest.fixture
def made(app: Flask, cast: Cast, site: Site, sam: Site, supervised: None) -> Made:
    with app.app_context():
        ana = db.session.get_one(Client, cast.ana)
        ana.payer, ana.member_id = "Harborview", "HHP 4471"
        db.session.commit()
    locked = journey.signed_note(site.sign_in(cast.fiona), cast)
    co_sign(sam)
    add(site, locked)
    co_sign(sam)
    with app.app_context(), db.engine.begin() as connection:
        for table in ("signatures", "note_entries", "co_signatures"):
            triggers.remove(connection, table=table)
    made = Made(app, site, Site(app).sign_in(cast.adam), locked)
    assert made.status_of_record() == 200
    return made


SIGNED = {Signature: SignedContent, NoteEntry: SignedEntry, CoSignature: SignedReview}
each_kind = pytest.mark.parametrize("model", SIGNED, ids=lambda model: model.__name__)

WAYS: dict[str, Callable[[Any], Any]] = {
    "another": lambda value: f"{value}x" if isinstance(value, str) else (value or 0) + 1,
    "a list": lambda value: [value],
    "null": lambda _value: None,
    "nonsense": lambda value: 10**20 if isinstance(value, int) else "?<b>",
    "another type": lambda value: str(value) if isinstance(value, int) else 7,
}


def forgeries(said: str) -> Iterator[tuple[str, str]]:
    """Yield each field altered in each way, by what was done; and each field removed."""
    tree = json.loads(said)
    for path in leaves(tree):
        yield f"{name(path)} removed", written(without(tree, path))
        for way, change in WAYS.items():
            new = change(value_in(tree, path) if value_in(tree, path) != [] else "")
            if new != value_in(tree, path):
                yield f"{name(path)}: {way}", written(changed(tree, path, new))


def changed(tree: Any, path: Path, value: Any) -> Any:
    copy = json.loads(json.dumps(tree))
    functools.reduce(lambda inner, step: inner[step], path[:-1], copy)[path[-1]] = value
    return copy


def written(tree: Any) -> str:
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def model_of(kind: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the fields of what is signed, as it is declared."""
    if isinstance(kind, UnionType):
        (kind,) = (part for part in typing.get_args(kind) if part is not NoneType)
    if typing.get_origin(kind) is tuple:
        kind = typing.get_args(kind)[0]
    if not dataclasses.is_dataclass(kind):
        yield path
        return
    hints = typing.get_type_hints(kind)
    for field in dataclasses.fields(kind):
        yield from model_of(hints[field.name], (*path, field.name))


# Of the two numbers that say a sequence, and of what only some entries have.
ABSENT = {
    Signature: {("practice", "address")},
    NoteEntry: {("version",), ("revision",)},
    CoSignature: {("signature", "review")},
}


@on_sqlite
@each_kind
def test_each_signed_field_altered_in_any_way_is_found(made: Made, model: Any) -> None:
    said = made.said(model)
    there = {
        tuple(step for step in path if isinstance(step, str)) for path in leaves(json.loads(said))
    }
    assert set(model_of(SIGNED[model])) - there == ABSENT.get(model, set())

    for what, forged in forgeries(said):
        made.forge(model, forged)
        before = events.last(made.app)

        page = made.page()

        assert BANNER in page, what
        assert "record.pdf" not in page, what
        assert made.status_of_record() == 409, what
        told = [one for one in events.events(made.app, after=before) if one.tag == "note:verify"]
        assert len(told) >= 2, what


@on_sqlite
class TestWhatIsShown:
    def altered(self, made: Made, model: Any, *path: str | int, value: Any) -> str:
        made.forge(model, written(changed(json.loads(made.said(model)), path, value)))
        return " ".join(made.page().split())

    def test_the_note_but_for_what_cannot_be_read(self, made: Made) -> None:
        page = self.altered(made, Signature, "session", "date", value="the 4th of March")

        assert "This is not what was signed." in page
        assert "One field cannot be read, or is missing." in page
        assert 'Cannot be read:</b><div class="user-text" hx-ignore>"the 4th of March"' in page
        assert "Named two situations and rehearsed what to say." in page
        assert "It helped." in page  # the addendum is what was signed
        assert "Signed with the key" in page

    def test_that_a_field_is_missing(self, made: Made) -> None:
        tree = without(json.loads(made.said(Signature)), ("individual", "response"))
        made.forge(Signature, written(tree))

        page = " ".join(made.page().split())

        assert "<dt>Individual, response</dt> <dd><b>Missing.</b>" in page
        assert "Try it once before the next session." in page

    def test_what_is_no_json_as_it_stands_there(self, made: Made) -> None:
        made.forge(Signature, made.said(Signature).replace("{", "", 1))

        page = made.page()

        assert "None of its fields can be told apart." in page
        assert "Named two situations and rehearsed what to say." in page

    def test_the_note_where_its_entry_cannot_be_read(self, made: Made) -> None:
        page = self.altered(made, NoteEntry, "kind", value="gossip")

        assert "What was added to this note, or signed beside it, is not what was signed." in page
        assert 'Cannot be read:</b><div class="user-text" hx-ignore>"gossip"' in page
        assert "It helped." in page
        assert "Digest, signature and key belong together: this is what was signed." in page

    @pytest.mark.parametrize("model", [Signature, NoteEntry], ids=["note", "entry"])
    def test_nothing_that_is_of_another_client_or_note(self, made: Made, model: Any) -> None:
        words = "Named two situations" if model is Signature else "It helped."
        for path, value in ((("client", "id"), str(new_id())), (("encounter",), NUMBER)):
            said = made.said(model)
            page = self.altered(made, model, *path, value=value)

            assert "What stands here belongs to another note, so it is not shown." in page
            assert words not in page
            made.forge(model, said)

    def test_nothing_where_the_row_names_another_client(self, made: Made, cast: Cast) -> None:
        with made.app.app_context():
            db.session.execute(sa.update(Signature).values(client_id=cast.ben))
            db.session.commit()

        page = made.page()

        assert "This is not what was signed." in page
        assert "What stands here belongs to another note, so it is not shown." in page
        assert "Named two situations" not in page
        assert made.status_of_record() == 409

    def test_the_administrator_is_told(self, made: Made) -> None:
        self.altered(made, NoteEntry, "reason", value=None)

        alarms = one(made.adam.get("/"), "[aria-labelledby=alarms-title]").text

        assert str(made.note) in alarms
        assert "cannot be read as what was signed" in alarms


class TestWhatIsRefused:
    @each_kind
    def test_the_record_and_every_entry(self, made: Made, model: Any) -> None:
        entry = made.site.get(f"/notes/{made.note}/entries/new")
        made.forge(model, made.said(model).replace('"format"', '"Format"'))
        before = at_rest(made.app)

        refused = record(made.site, made.note, status=409)
        made.site.get(f"/notes/{made.note}/entries/new", status=409)
        made.site.get(f"/notes/{made.note}/entered-in-error", status=409)
        made.site.submit(entry, "#entry-form", status=409, fill=ENTRY)

        assert b"This note is not what was signed" in refused
        assert at_rest(made.app) == before
        verified = made.app.test_cli_runner().invoke(args=["record", "verify"])
        assert (verified.exit_code, str(made.note) in verified.output) == (1, True)

    @on_sqlite
    def test_an_entry_that_was_sent_before(self, made: Made) -> None:
        page = made.site.get(f"/notes/{made.note}/entries/new")
        made.site.submit(page, "#entry-form", status=303, fill=ENTRY)
        made.forge(NoteEntry, "{}")

        made.site.submit(page, "#entry-form", status=409, fill=ENTRY)

    @on_sqlite
    def test_a_supervisor_signs_beside_nothing_of_it(self, made: Made, sam: Site) -> None:
        add(made.site, made.note)
        made.forge(NoteEntry, "[]")

        page = sam.get("/cosign")

        assert "What was signed of one note" in page.text
        assert page.select("[name=notes]") == []


@on_sqlite
def test_an_entry_that_waits_is_shown_to_nobody_else(made: Made, cast: Cast) -> None:
    add(made.site, made.note, text="Only for her supervisor.")
    made.forge(Signature, "{}")
    rita = Site(made.app).sign_in(cast.rita)

    assert "Only for her supervisor." in made.page()
    shown = rita.get(f"/notes/{made.note}/signed").text
    assert "It helped." in shown
    assert "Only for her supervisor." not in shown
