"""The queue before SQLite's one writer: everybody's turn comes, and nobody keeps it."""

from __future__ import annotations

import contextlib
import fcntl
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes import config
from groupnotes.audit.log import Happening, record
from groupnotes.audit.tags import Tag
from groupnotes.core import uow, write_queue
from groupnotes.core.db import db
from groupnotes.core.write_queue import WriteQueue
from tests.support.cast import Cast
from tests.support.events import last
from tests.support.site import Site

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SOON = 0.3  # seconds in which something that is not held back would have happened
LONG = 30  # seconds after which it never will

_HOLD = """
import sys
from groupnotes.core.write_queue import WriteQueue
queue = WriteQueue.beside(sys.argv[1])
queue.enter()
print("in", flush=True)
sys.stdin.readline()
queue.leave()
print("out", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def file(database_url: str) -> Path:
    return Path(database_url.removeprefix("sqlite:///"))


def is_free(file: Path) -> bool:
    """Say whether a writer would get its turn at once."""
    with file.with_name(f"{file.name}.queue").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextlib.contextmanager
def another_process(file: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a process that is in the queue, at its head, when the block begins."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=config.ROOT,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "in\n"
            yield process
        finally:
            process.kill()


@contextlib.contextmanager
def writing(app: Flask) -> Iterator[threading.Event]:
    """Write in a thread; the event is set when the write is committed."""
    written = threading.Event()

    def write() -> None:
        with app.app_context():
            uow.begin(write=True)
            record(Happening(Tag.NOTE_EDIT, None))
            uow.finish(ok=True)
        written.set()

    thread = threading.Thread(target=write)
    thread.start()
    yield written
    thread.join(LONG)
    assert not thread.is_alive()


class TestTwoProcesses:
    def test_they_take_turns(self, app: Flask, file: Path) -> None:
        with another_process(file) as other, writing(app) as written:
            assert not written.wait(SOON)

            assert other.stdin is not None
            other.stdin.write("\n")
            other.stdin.flush()

            assert written.wait(LONG)
        assert last(app) == 1

    def test_one_that_is_killed_lets_the_next_go(self, app: Flask, file: Path) -> None:
        with another_process(file) as other, writing(app) as written:
            assert not written.wait(SOON)

            other.kill()

            assert written.wait(LONG)

    def test_a_reader_does_not_queue(self, app: Flask, file: Path) -> None:
        with another_process(file), app.app_context():
            uow.begin(write=False)
            assert db.session.scalar(sa.text("SELECT count(*) FROM audit_events")) == 0
            db.session.rollback()
            uow.begin(write=True)


class TestWaitingInVain:
    @pytest.fixture(autouse=True)
    def _impatient(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(write_queue, "PATIENCE", SOON)

    def test_a_writer_that_hangs_does_not_hang_the_others(self, app: Flask, file: Path) -> None:
        with another_process(file), app.app_context():
            with pytest.raises(sa.exc.OperationalError, match="did not finish in time"):
                db.session.execute(sa.text("SELECT 1"))
            db.session.rollback()

    def test_the_browser_is_told_that_nothing_was_saved(
        self, app: Flask, cast: Cast, site: Site, file: Path
    ) -> None:
        site.sign_in(cast.fiona)

        with another_process(file):
            page = site.get("/", status=503)

        assert "nothing was saved" in page.text

    def test_who_gave_up_takes_no_turn_later(self, app: Flask, file: Path) -> None:
        with another_process(file), app.app_context():
            with pytest.raises(sa.exc.OperationalError):
                db.session.execute(sa.text("SELECT 1"))
            db.session.rollback()

        with writing(app) as written:
            assert written.wait(LONG)
        with writing(app) as written:
            assert written.wait(LONG)

    def test_two_connections_of_one_thread_do_not_wait_for_each_other_for_good(
        self, app: Flask, file: Path
    ) -> None:
        with app.app_context(), db.engine.connect() as one, db.engine.connect() as other:
            one.execute(sa.text("SELECT 1"))

            with pytest.raises(sa.exc.OperationalError, match="did not finish in time"):
                other.execute(sa.text("SELECT 1"))

    def test_a_file_that_cannot_be_made_is_a_failure_of_the_database(
        self, app: Flask, file: Path
    ) -> None:
        queue = file.with_name(f"{file.name}.queue")
        queue.unlink(missing_ok=True)
        queue.mkdir()

        with app.app_context(), pytest.raises(sa.exc.OperationalError):
            db.session.execute(sa.text("SELECT 1"))


class TestLeaving:
    def test_a_commit_lets_the_next_go(self, app: Flask, file: Path) -> None:
        with app.app_context():
            db.session.execute(sa.text("SELECT 1"))
            assert not is_free(file)

            db.session.commit()
            assert is_free(file)

    def test_a_rollback_lets_the_next_go(self, app: Flask, file: Path) -> None:
        with app.app_context():
            db.session.execute(sa.text("SELECT 1"))
            assert not is_free(file)

            db.session.rollback()
            assert is_free(file)

    def test_a_connection_that_breaks_lets_the_next_go(self, app: Flask, file: Path) -> None:
        with app.app_context(), db.engine.connect() as connection:
            connection.execute(sa.text("SELECT 1"))
            assert not is_free(file)

            connection.invalidate()
            assert is_free(file)

    def test_a_database_that_stays_locked_does_not_hold_up_the_queue(
        self, app: Flask, file: Path
    ) -> None:
        with app.app_context(), db.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA busy_timeout=1")
            with contextlib.closing(_locked(file)):
                with pytest.raises(sa.exc.OperationalError, match="locked"):
                    connection.execute(sa.text("SELECT 1"))
                assert is_free(file)

    def test_a_wait_that_is_interrupted_leaves_nothing_open(
        self, app: Flask, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        queue = WriteQueue.beside(str(file))

        def interrupted(_lock: int, _how: int) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(fcntl, "flock", interrupted)
        with pytest.raises(KeyboardInterrupt):
            queue.enter()
        monkeypatch.undo()

        queue.enter()
        assert not is_free(file)
        queue.leave()
        queue.leave()
        assert is_free(file)


class TestADatabaseInMemory:
    def test_it_has_no_queue(self, database_url: str) -> None:
        queue = WriteQueue.beside("")

        queue.enter()
        queue.leave()


def _locked(file: Path) -> sqlite3.Connection:

    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    return connection
