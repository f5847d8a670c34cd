"""How connections behave: durable, strict, and silent about what they carry."""

from __future__ import annotations

import contextlib
import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask, Response

from groupnotes.access.policy import Permission
from groupnotes.core.db import PAGE_SIZE, SQLITE_SETTINGS, db
from groupnotes.practice.models import Intervention
from groupnotes.web.routes import needs
from tests.support import faults, journey
from tests.support.cast import Cast
from tests.support.site import Site

CANARY = "Canary of the parameters"
POOLED = 5
LONG = 30  # seconds after which what has not happened never will

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def on_every_connection(app: Flask, question: str) -> set[object]:
    """Ask several connections of the pool that are open at once."""
    with app.app_context(), contextlib.ExitStack() as stack:
        connections = [stack.enter_context(db.engine.connect()) for _ in range(POOLED)]
        drivers = [connection.connection.driver_connection for connection in connections]
        assert len(set(map(id, drivers))) == POOLED
        return {driver.execute(question).fetchone()[0] for driver in drivers if driver}


class TestSqlite:
    @on_sqlite
    @pytest.mark.parametrize("name", SQLITE_SETTINGS)
    def test_every_connection_of_the_pool_has_the_setting(self, app: Flask, name: str) -> None:
        assert on_every_connection(app, f"PRAGMA {name}") == {SQLITE_SETTINGS[name]}

    @on_sqlite
    def test_the_file_has_the_page_size(self, app: Flask) -> None:
        assert on_every_connection(app, "PRAGMA page_size") == {PAGE_SIZE}

    def test_what_a_power_cut_or_a_thief_would_find_is_decided_here(self) -> None:
        # security.md, section 6: with NORMAL 269 of 400 power cuts lost acknowledged notes.
        wanted = {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "busy_timeout": 15000,
            "secure_delete": 1,
            "trusted_schema": 0,
            "cell_size_check": 1,
            "recursive_triggers": 1,
            "temp_store": 2,
        }

        assert wanted.items() <= SQLITE_SETTINGS.items()


@on_sqlite
class TestTransactionsOfAServedApplication:
    """What a request runs with, whichever connection of the pool it gets."""

    def test_readers_at_once_have_every_setting_and_cannot_write(
        self, app: Flask, cast: Cast
    ) -> None:
        together = threading.Barrier(POOLED, timeout=LONG)
        said = answers_of(app, "reports.today", together)

        def read(_: int) -> None:
            Site(app).sign_in(cast.fiona).get("/")

        with ThreadPoolExecutor(POOLED) as pool:
            list(pool.map(read, range(POOLED)))

        assert said == [SQLITE_SETTINGS | {"query_only": 1}] * POOLED

    def test_writers_in_turn_have_them_too_and_can(self, app: Flask, cast: Cast) -> None:
        said = answers_of(app, "accounts.stay", threading.Barrier(1))

        def write(_: int) -> None:
            site = Site(app).sign_in(cast.fiona)
            site.post("/stay-signed-in", {"csrf_token": site.token()}, status=200)

        with ThreadPoolExecutor(POOLED) as pool:
            list(pool.map(write, range(POOLED)))

        assert said == [SQLITE_SETTINGS | {"query_only": 0}] * POOLED


def answers_of(app: Flask, endpoint: str, together: threading.Barrier) -> list[dict[str, object]]:
    """Have a page ask its transaction for its settings, once all readers are in theirs."""
    said: list[dict[str, object]] = []

    @needs(Permission.TODAY)
    def ask() -> Response:
        connection = db.session.connection()
        together.wait()
        names = (*SQLITE_SETTINGS, "query_only")
        said.append({n: connection.exec_driver_sql(f"PRAGMA {n}").scalar_one() for n in names})
        together.wait()
        return Response()

    app.view_functions[endpoint] = ask
    return said


class TestPostgresql:
    @on_postgresql
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("statement_timeout", "15s"),
            ("lock_timeout", "5s"),
            ("idle_in_transaction_session_timeout", "30s"),
        ],
    )
    def test_every_connection_of_the_pool_has_the_setting(
        self, app: Flask, name: str, value: str
    ) -> None:
        assert on_every_connection(app, f"SHOW {name}") == {value}


class TestWhatIsLogged:
    def test_a_failing_insert_does_not_say_what_it_carried(
        self, app: Flask, cast: Cast, site: Site, caplog: pytest.LogCaptureFixture
    ) -> None:
        page = site.sign_in(cast.adam).get("/practice/")

        with faults.refusing(app, "INSERT", "interventions"), caplog.at_level(logging.DEBUG):
            site.submit(page, "#new-intervention", name=CANARY, status=500)

        assert "IntegrityError" in caplog.text
        assert CANARY not in caplog.text

    def test_neither_does_the_error_itself(self, app: Flask) -> None:
        with app.app_context():
            db.session.add(Intervention(name=CANARY, therapeutic=True, position=1))
            db.session.add(Intervention(name=CANARY, therapeutic=True, position=2))
            with pytest.raises(sa.exc.IntegrityError) as caught:
                db.session.flush()

        assert CANARY not in str(caught.value.statement)
        assert "SQL parameters hidden" in str(caught.value)

    def test_a_failing_fan_out_logs_no_text(
        self, app: Flask, cast: Cast, site: Site, caplog: pytest.LogCaptureFixture
    ) -> None:
        site.sign_in(cast.fiona)

        with faults.refusing(app, "INSERT", "individual_notes"), caplog.at_level(logging.DEBUG):
            journey.document(site, cast, topic=CANARY, dynamics=CANARY, status=500)

        assert "IntegrityError" in caplog.text
        assert CANARY not in caplog.text
