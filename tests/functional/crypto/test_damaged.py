"""A sealed value that was altered: its pages say so and show nothing, all others work."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import logging
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from groupnotes import features
from groupnotes.accounts.models import User
from groupnotes.core import triggers
from groupnotes.core.db import Base, db
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring
from groupnotes.crypto.sealed import Ciphertext
from groupnotes.notes.doubts import CLOSED_UNDER_SIGNED, Doubt
from groupnotes.web.words import calendar_day
from tests.support import canaries, pdf
from tests.support.forms import every_page
from tests.support.planted import Planted
from tests.support.site import BASE
from tests.support.worlds import planted_on_sqlite

Page = tuple[str, str]  # who reads it, and its address
Columns = Mapping[str, bytes | None]

features.blueprints()
PLACES = {
    f"{table.name}.{column.name}": Place(table.name, column.name)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Ciphertext) and table.name != "signing_keys"  # no page shows one
}
SENTENCE = "A stored text did not pass its integrity check and is not shown."
# Values that are chosen, not typed: they are shown wherever a text of the same row is.
LIKE = {
    "group_note_revisions.interventions": "topic",
    "individual_notes.engagement_level": "response",
    "individual_notes.engagement_qualities": "response",
    "individual_notes.risk_level": "response",
    "progress_ratings.rating": "evidence",
}
# A signed record is shown from its own sealed bytes, whatever became of the rest.
SIGNED = (
    "/signed",
    "/record.pdf",
    "/record/names",
    "/entries/new",
    "/entered-in-error",
    "/history",
)
# What stands beside such a record, and is opened with it.
OF_SIGNED = {
    "signatures.content",
    "note_entries.content",
    "co_signatures.content",
    "entry_returns.comment",
}
# A session's page and a review open all that a signature covers, and the group note that
# stands behind a draft of it, though they do not show all of that.
COVERED = {"group_note_revisions", "groups", "goals", "diagnoses", "objectives"}
COVERING = ("/sign", "/sessions/")
# Where several notes are shown, one that does not open stands among them, and says so.
OF_NOTE = {"individual_notes", "progress_ratings", "goals", "diagnoses", "objectives"}
APART = re.compile(r"/sessions/[0-9a-f-]{36}(/sign)?")
APART_SENTENCES = (
    Doubt.CLOSED.sentence,
    CLOSED_UNDER_SIGNED,
    "not what was written, and cannot be signed",
)
# Whether a record names anybody else of the group is asked before it is given out.
AROUND = {"clients", "users", "practices"}

every_column = pytest.mark.parametrize("name", PLACES)


@dataclass(frozen=True)
class Practice:
    """A practice, and what each of its pages says as long as nothing is altered."""

    planted: Planted
    pages: Mapping[Page, tuple[int, str]]
    cells: dict[str, Cell] = field(default_factory=dict)  # as far as they were looked for

    @functools.cached_property
    def secrets(self) -> frozenset[str]:
        """What was typed, but for what every group note may name."""
        return self.planted.secrets()

    def words(self, data: str) -> set[str]:
        """Return what of it stands in ``data``."""
        return canaries.found(self.secrets, data.encode())

    def visit(self, page: Page) -> tuple[int, str]:
        """Open a page; return its status and its text."""
        who, address = page
        answer = self.planted.site(who).client.get(address, base_url=BASE)
        return answer.status_code, _text(answer)

    def showing(self, words: set[str]) -> set[Page]:
        """Return the pages on which any of ``words`` can be read."""
        shapes = words | {_in_words(word) for word in words}
        return {
            page
            for page, (_, text) in self.pages.items()
            if any(shape in text for shape in shapes) and not _is_signed(page[1])
        }


@dataclass(frozen=True)
class Cell:
    """One sealed value, and the pages that show it or something else of its row."""

    place: Place
    row: uuid.UUID
    value: bytes
    words: set[str]
    shown: set[Page]
    near: set[Page]


@pytest.fixture(scope="module")
def practice(planted: Planted) -> Practice:
    """The practice on a database whose owner took the triggers away."""
    bare = Practice(planted, {})
    with planted.app.app_context(), db.engine.begin() as connection:
        for table in sa.inspect(connection).get_table_names():
            triggers.remove(connection, table=table)
    return Practice(
        planted, {page: bare.visit(page) for page in dict.fromkeys(every_page(planted))}
    )


def cell_of(practice: Practice, name: str) -> Cell:
    """Return the value of the column ``name`` that the most pages show."""
    if name not in practice.cells:
        practice.cells[name] = _most_shown(practice, PLACES[name])
    return practice.cells[name]


def _most_shown(practice: Practice, place: Place) -> Cell:
    with practice.planted.app.app_context():
        cells = [
            _cell(practice, place, row, columns)
            for row, columns in _rows(practice, place.table).items()
            if columns[place.column] is not None
        ]
    return max(cells, key=lambda cell: len(cell.shown))


def _rows(practice: Practice, table: str) -> dict[uuid.UUID, Columns]:
    """Return the sealed columns of a table, but those of who reads the pages."""
    readers = {practice.planted.cast.fiona, practice.planted.cast.adam}
    columns = Base.metadata.tables[table].c
    names = [place.column for place in PLACES.values() if place.table == table]
    rows = db.session.execute(sa.select(columns.id, *(columns[name] for name in names)))
    return {
        row: dict(zip(names, values, strict=True)) for row, *values in rows if row not in readers
    }


def _cell(practice: Practice, place: Place, row: uuid.UUID, columns: Columns) -> Cell:
    def words(column: str) -> set[str]:
        value = columns[column]
        opened = "" if value is None else ring().open(Place(place.table, column), row, value)
        return practice.words(opened)

    name = f"{place.table}.{place.column}"
    own = words(LIKE.get(name, place.column))
    shown = practice.showing(own)
    near = practice.showing(set().union(*map(words, columns)))
    signed = practice.planted.ids["signed"]
    if name in OF_SIGNED or (name, row) == ("individual_notes.encounter", signed):
        address = f"/notes/{signed}"
        near = {page for page in practice.pages if page[1].startswith(address)}
        # What was returned stands beside it, each by itself: test_history.py has that.
        shown = {page for page in near if not page[1].endswith("/history")}
    value = columns[place.column]
    assert value is not None
    return Cell(place, row, value, own, shown, near)


def _text(answer: TestResponse) -> str:
    is_pdf = answer.mimetype == "application/pdf"
    return pdf.flowing(answer.data) if is_pdf else answer.get_data(as_text=True)


def _is_signed(address: str) -> bool:
    return address.partition("?")[0].endswith(SIGNED)


def _covers(address: str, table: str) -> bool:
    if table in AROUND and address.endswith(("/record.pdf", "/record/names")):
        return True
    if table == "note_returns" and address.endswith("/history"):
        return True
    return table in COVERED and any(part in address for part in COVERING)


def _is_apart(page: Page, name: str) -> bool:
    table, _, column = name.partition(".")
    return table in OF_NOTE and column != "encounter" and APART.fullmatch(page[1]) is not None


def _in_words(word: str) -> str:
    """Return how a page writes a date."""
    try:
        return calendar_day(dt.date.fromisoformat(word))
    except ValueError:
        return word


@contextlib.contextmanager
def altered(practice: Practice, cell: Cell, value: bytes) -> Iterator[None]:
    """Let the database hold ``value`` in the place of what was sealed."""
    _put(practice, cell, value)
    try:
        yield
    finally:
        _put(practice, cell, cell.value)


def _put(practice: Practice, cell: Cell, value: bytes) -> None:
    table = Base.metadata.tables[cell.place.table]
    update = sa.update(table).where(table.c.id == cell.row).values({cell.place.column: value})
    with practice.planted.app.app_context(), db.engine.begin() as connection:
        connection.execute(update)


DAMAGES: Mapping[str, Callable[[bytes], bytes]] = {
    "a flipped bit": lambda value: value[:-1] + bytes((value[-1] ^ 1,)),
    "nothing left": lambda _value: b"",
    "cut short": lambda value: value[:-1],
    "zeros": lambda value: bytes(len(value)),
    "a text in its place": lambda _value: b"Nothing to report.",
    "a key of nobody": lambda value: value[:4] + b"\xff\xff\xff\xff" + value[8:],
}


def says_so(practice: Practice, page: Page, answer: tuple[int, str]) -> bool:
    """Say whether a page is the one of the integrity check, with no text of anybody on it."""
    status, text = answer
    header = practice.words(practice.visit((page[0], "/nowhere"))[1])
    return status == 500 and SENTENCE in text and practice.words(text) <= header


def says_so_of_one(practice: Practice, cell: Cell, answer: tuple[int, str]) -> bool:
    """Say whether a page shows the others, and in the place of one that it does not open."""
    status, text = answer
    own = cell.words if cell.place.table in {"individual_notes", "progress_ratings"} else set()
    says = any(sentence in text for sentence in APART_SENTENCES)
    return status == 200 and says and not practice.words(text) & own


def places_in(caplog: pytest.LogCaptureFixture) -> set[str]:
    """Return the places that the critical lines of the log name."""
    lines = (r.getMessage() for r in caplog.records if r.levelno == logging.CRITICAL)
    return {re.sub(r"^crypto.auth_failed: (\S+ of \S+) .*", r"\1", line) for line in lines}


@planted_on_sqlite
class TestAnAlteredValue:
    @every_column
    def test_its_pages_say_so_and_all_others_work(self, practice: Practice, name: str) -> None:
        cell = cell_of(practice, name)
        opened = {page for page in practice.pages if _covers(page[1], cell.place.table)}

        with altered(practice, cell, DAMAGES["a flipped bit"](cell.value)):
            now = {page: practice.visit(page) for page in practice.pages}

        broken = {page for page, (status, _) in now.items() if status == 500}
        apart = {page for page in cell.shown - broken if _is_apart(page, name)}
        assert cell.shown, "nobody can read this column on any page"
        assert cell.shown - apart <= broken <= cell.near | opened
        for page in apart:
            assert says_so_of_one(practice, cell, now[page]), page
        for page in broken:
            assert says_so(practice, page, now[page]), page
        for page in practice.pages.keys() - broken:
            assert now[page][0] == practice.pages[page][0], page

    @every_column
    def test_the_log_says_where_and_not_what(
        self, practice: Practice, name: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        cell = cell_of(practice, name)

        with (
            altered(practice, cell, DAMAGES["a flipped bit"](cell.value)),
            caplog.at_level(logging.DEBUG),
        ):
            practice.visit(min(cell.shown))

        assert places_in(caplog) == {f"{name} of {cell.row}"}
        assert not practice.words(caplog.text)

    @every_column
    @pytest.mark.parametrize("damage", DAMAGES)
    def test_it_never_reads_as_a_text(self, practice: Practice, name: str, damage: str) -> None:
        cell = cell_of(practice, name)
        pages = cell.shown if damage == "nothing left" else {min(cell.shown)}

        with altered(practice, cell, DAMAGES[damage](cell.value)):
            for page in pages:
                answer = practice.visit(page)
                apart = _is_apart(page, name) and says_so_of_one(practice, cell, answer)
                assert apart or says_so(practice, page, answer), page


@planted_on_sqlite
class TestAnAlteredNameOfAReader:
    def test_only_they_are_kept_out(self, practice: Practice) -> None:
        place = PLACES["users.name"]
        with practice.planted.app.app_context():
            user = db.session.get_one(User, practice.planted.cast.fiona)
            cell = Cell(place, user.id, user.name_sealed, set(), set(), set())

        with altered(practice, cell, b""):
            assert says_so(practice, ("fiona", "/"), practice.visit(("fiona", "/")))
            assert practice.visit(("adam", "/practice/"))[0] == 200
