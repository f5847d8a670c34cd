"""A request that reads: it waits for no writer until its audit row, and it cannot write."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask, Response, template_rendered

from groupnotes.access.policy import Permission
from groupnotes.core.db import db
from groupnotes.web.render import go
from groupnotes.web.routes import needs
from tests.support import journey
from tests.support.cast import Cast
from tests.support.events import last
from tests.support.rows import rows_of
from tests.support.site import Site

SOON = 0.3  # seconds in which something that is not held back would have happened
LONG = 30  # seconds after which it never will

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@contextlib.contextmanager
def somebody_writes(app: Flask, database_url: str) -> Iterator[None]:
    """Hold what a writer holds while it appends to the audit log."""
    engine = sa.create_engine(database_url)
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))  # on SQLite: BEGIN IMMEDIATE, out of the queue
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT * FROM audit_head FOR UPDATE"))
            connection.execute(sa.text("UPDATE individual_notes SET version = version"))
        else:
            connection.info["write_queue"].leave()
        yield
    engine.dispose()


class TestBesideAWriter:
    def test_a_page_is_read_at_once_and_answered_when_it_is_in_the_log(
        self, app: Flask, cast: Cast, site: Site, database_url: str
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        note_id = journey.note_of(site, cast, "Annie")
        before = last(app)
        drawn, answered = threading.Event(), threading.Event()

        def drew(*_: object, **__: object) -> None:
            drawn.set()

        def read() -> None:
            site.get(f"/notes/{note_id}")
            answered.set()

        reader = threading.Thread(target=read)
        with template_rendered.connected_to(drew, app):
            with somebody_writes(app, database_url):
                reader.start()
                assert drawn.wait(LONG)
                assert not answered.wait(SOON)
            reader.join(LONG)

        assert answered.is_set()
        assert last(app) > before


class TestWriting:
    def test_a_page_that_writes_fails_and_nothing_is_written(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        @needs(Permission.TODAY)
        def writes() -> Response:
            db.session.execute(sa.text("UPDATE practices SET name = 'changed'"))
            return go("/")

        site.sign_in(cast.fiona)
        before = practices(app)
        app.view_functions["reports.today"] = writes

        answer = site.client.get("/", base_url="https://localhost")

        assert answer.status_code >= 500
        assert practices(app) == before

    @on_postgresql
    def test_reads_are_read_only_transactions_and_writes_are_not(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        said: list[object] = []

        @needs(Permission.TODAY)
        def asks() -> Response:
            said.append(db.session.scalar(sa.text("SHOW transaction_read_only")))
            return Response()

        token = site.sign_in(cast.fiona).token()
        app.view_functions["reports.today"] = asks
        app.view_functions["accounts.stay"] = asks

        site.get("/")
        site.post("/stay-signed-in", {"csrf_token": token}, status=200)

        assert said == ["on", "off"]


def practices(app: Flask) -> object:
    with app.app_context(), db.engine.connect() as connection:
        return rows_of(connection, "practices")
