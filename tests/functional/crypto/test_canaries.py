"""What is typed rests as ciphertext and nowhere else: not in a file, a log, an address, a title."""

from __future__ import annotations

import contextlib
import logging
import re
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, Response, request, request_finished

from groupnotes import config
from groupnotes.core.db import db
from tests.support import canaries, failing, faults
from tests.support.canaries import names_of_text
from tests.support.databases import fresh_database, on_database
from tests.support.forms import FoundForm, every_form
from tests.support.planted import Planted, plant

CLASSES = tomllib.loads((config.ROOT / "groupnotes/crypto/classification.toml").read_text())
_NO_WORDS = {"state", "time_zone"}  # codes: whoever reads one learns nothing of who typed it
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_LOGGERS = {
    "": logging.DEBUG,
    "groupnotes": logging.DEBUG,
    "sqlalchemy.engine": logging.INFO,  # each statement; DEBUG adds each row as it rests
    "waitress": logging.DEBUG,
    "werkzeug": logging.DEBUG,
}


@dataclass
class Kept:
    """A practice that was filled and then failed in every way, and all that is left of it."""

    planted: Planted
    folder: Path
    forms: list[FoundForm]
    typed_before: frozenset[canaries.Field] = frozenset()
    log: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)  # addresses, headers and titles
    cells: dict[str, bytes] = field(default_factory=dict)


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def kept(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Kept]:
    """Everything done once, with every file and every line of a log gathered."""
    folder = tmp_path_factory.mktemp("instance")
    with (
        fresh_database(request, folder) as url,
        pytest.MonkeyPatch.context() as patch,
        _logged() as lines,
    ):
        patch.chdir(folder)
        patch.setenv("TMPDIR", str(folder))
        patch.setattr(tempfile, "tempdir", str(folder))
        app = on_database(url)
        answers: list[str] = []
        with request_finished.connected_to(_gatherer(answers), app):
            planted = plant(app)
            typed = frozenset(one.field for one in planted.canaries.typed)
            forms = list(every_form(planted))
            _fail(planted, [form for form in forms if form.method == "post"])
        yield Kept(planted, folder, forms, typed, lines, answers)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextlib.contextmanager
def _logged() -> Iterator[list[str]]:
    """Gather what every part of the application logs, and wants to log."""
    lines: list[str] = []
    handler = logging.Handler(logging.DEBUG)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    handler.emit = lambda record: lines.append(handler.format(record))  # type: ignore[method-assign]
    levels = {name: logging.getLogger(name).level for name in _LOGGERS}
    for name, level in _LOGGERS.items():
        logging.getLogger(name).setLevel(level)
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def _gatherer(answers: list[str]) -> Any:
    def gather(_app: Flask, response: Response, **_more: object) -> None:
        page = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        titles = _TITLE.findall(page)
        answers.append(f"{request.url}\n{response.headers}\n{titles}")

    return gather


def _fail(planted: Planted, forms: list[FoundForm]) -> None:
    """Send every form, newly filled, where it cannot be kept."""
    app = planted.app
    with faults.refusing(app, "INSERT", "audit_events"):
        _send(planted, forms, {500, 422, 409})
    with failing.commits_fail(app):
        _send(planted, forms, {507, 409})
    _send(planted, forms, {400}, csrf_token="forged")
    others = [form for form in forms if form.action not in {"/sign-in", "/sign-out"}]
    _send(planted, others, {401}, who="nobody")
    _send(planted, others, {403, 404, 409, 422, 200, 303}, who="olga")
    views = dict(app.view_functions)
    for form in forms:
        endpoint, _ = planted.canaries.field(form.action, "")
        failing.crash(app, endpoint, ValueError(f"{form.untouched} is no such thing"))
    _send(planted, forms, {500})
    app.view_functions = views


def _send(
    planted: Planted, forms: list[FoundForm], statuses: set[int], *, who: str = "", **more: str
) -> None:
    for form in forms:
        typed = planted.canaries.fill(form.element, form.action, {})
        token = {"csrf_token": planted.site(who).token()} if who == "olga" else {}
        data = form.untouched | typed | token | more
        answer = planted.site(who or form.who).send(form.action, data)
        assert answer.status_code in statuses, f"{form}: {answer.status_code}"


class TestEveryForm:
    """What follows would prove nothing of a field in which nothing was typed."""

    def test_each_of_its_texts_was_filled(self, kept: Kept) -> None:
        urls = kept.planted.canaries
        fields = {
            urls.field(form.action, name)
            for form in kept.forms
            if form.method == "post"
            for name in names_of_text(form.element)
        }

        assert not fields - kept.typed_before, "type in these in tests/support/planted.py"

    def test_each_change_was_made_by_a_form(self, kept: Kept) -> None:
        rules = [r for r in kept.planted.app.url_map.iter_rules() if "POST" in (r.methods or ())]
        sent = {kept.planted.canaries.field(form.action, "")[0] for form in kept.forms}

        # A page's script says that somebody is there. Nothing waits for the supervisor any more,
        # whose forms were typed in while something did.
        returning = {"returning.return_note", "returning.return_entry"}
        done = {"accounts.stay", "co_signing.co_sign"} | returning
        assert {rule.endpoint for rule in rules} - sent == done

    def test_none_puts_what_is_typed_into_an_address(self, kept: Kept) -> None:
        asking = [form for form in kept.forms if form.method != "post"]

        assert not [form for form in asking if names_of_text(form.element)]


class TestTheDatabase:
    def test_only_declared_columns_can_be_read(self, kept: Kept) -> None:
        columns = _columns_with(kept)

        for text, places in columns.items():
            fields = {one.field[1].rpartition("-")[2] for one in _typed(kept, text)}
            for place in places:
                assert place in _public(), f"{place} holds {text}, typed as {fields}"
                assert place.rpartition(".")[2] in fields, f"{place} holds {text} of {fields}"

    def test_all_of_those_are_found(self, kept: Kept) -> None:
        """Else the search would find nothing anywhere."""
        found = {place for places in _columns_with(kept).values() for place in places}

        assert found == {name for name in _public() if _column(name) not in _NO_WORDS}

    def test_the_audit_log_holds_none(self, kept: Kept) -> None:
        events = [column for column in _cells(kept) if column.startswith("audit_")]

        assert len(events) > 10
        for column in events:
            assert not _found(kept, _cells(kept)[column])


class TestFiles:
    """On SQLite the database is among them; on PostgreSQL there is to be none at all."""

    def test_there_is_only_the_database(self, kept: Kept) -> None:
        names = {path.name for path in kept.folder.rglob("*") if path.is_file()}

        database = {"test.sqlite3", *(f"test.sqlite3{end}" for end in ("-wal", "-shm", ".queue"))}
        assert names == (database if _is_sqlite(kept) else set())

    def test_none_of_them_holds_a_word(self, kept: Kept) -> None:
        known = _public_texts(kept)
        for path in kept.folder.rglob("*"):
            if path.is_file():
                assert _found(kept, path.read_bytes()) <= known, path.name

    def test_what_may_be_read_is_found_in_them(self, kept: Kept) -> None:
        if _is_sqlite(kept):
            files = b"".join(path.read_bytes() for path in kept.folder.iterdir())

            assert _found(kept, files) >= _columns_with(kept).keys()


class TestElsewhere:
    def test_no_log_holds_a_word(self, kept: Kept) -> None:
        log = "\n".join(kept.log)

        for sign in ("sqlalchemy.engine", "unhandled IntegrityError", "unhandled ValueError"):
            assert sign in log
        assert _found(kept, log.encode()) <= _public_texts(kept)

    def test_no_address_header_or_title_does(self, kept: Kept) -> None:
        titles = "\n".join(kept.answers)

        assert "Treatment plan" in titles
        assert "content-security-policy" in titles.lower()
        assert not _found(kept, titles.encode()) - _sign_ins(kept)


def _columns_with(kept: Kept) -> dict[str, set[str]]:
    """Return the columns that hold a word, by the word."""
    found: dict[str, set[str]] = defaultdict(set)
    for column, cells in _cells(kept).items():
        for text in _found(kept, cells):
            found[text].add(column)
    return found


def _public_texts(kept: Kept) -> set[str]:
    """Return what was typed in the fields that public columns keep, kept or not."""
    fields = {one.field for text in _columns_with(kept) for one in _typed(kept, text)}
    return {one.text for one in kept.planted.canaries.typed if one.field in fields}


def _cells(kept: Kept) -> dict[str, bytes]:
    """Return what each column of the database holds, all rows together."""
    if not kept.cells:
        with kept.planted.app.app_context(), db.engine.connect() as connection:
            for table in sa.inspect(connection).get_table_names():
                rows = connection.execute(sa.text(f"SELECT * FROM {table}")).mappings()
                for row in rows:
                    for column, value in row.items():
                        cell = value if isinstance(value, bytes) else str(value).encode()
                        name = f"{table}.{column}"
                        kept.cells[name] = kept.cells.get(name, b"") + b"\n" + cell
    return kept.cells


def _found(kept: Kept, data: bytes) -> set[str]:
    return canaries.found(kept.planted.canaries.texts(), data)


def _typed(kept: Kept, text: str) -> list[canaries.Typed]:
    return [one for one in kept.planted.canaries.typed if one.text == text]


def _sign_ins(kept: Kept) -> set[str]:
    """Return the cookies' secrets, which a browser gets in a header."""
    typed = kept.planted.canaries.typed
    return {one.text for one in typed if one.field[1].startswith("sign-in of")}


def _public() -> set[str]:
    """Return the columns that the classification lets anybody read."""
    tables = {name: kinds for name, kinds in CLASSES.items() if "public" in kinds}
    public = {f"{table}.{column}" for table, kinds in tables.items() for column in kinds["public"]}
    return public.intersection(CLASSES["readable"])


def _column(name: str) -> str:
    return name.rpartition(".")[2]


def _is_sqlite(kept: Kept) -> bool:
    return (kept.folder / "test.sqlite3").exists()
