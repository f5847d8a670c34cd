"""The certificate of destruction, and clearing the key from the database's files (EN-7)."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from groupnotes.clients.models import Client
from groupnotes.core import clock
from groupnotes.core.db import SQLITE_SETTINGS, db, wants_to_write
from groupnotes.crypto.models import DataKey
from groupnotes.retention.models import Destruction
from groupnotes.signing import verify
from groupnotes.web.words import calendar_day
from tests.support import pdf
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.events import events
from tests.support.factories import ZONE
from tests.support.retention import Old, destroy
from tests.support.site import BASE, Site

NAMES = ["Olaf", "Orrin", "Ollie", "MRN-77", "1990", "June 5", "2012", "March 6"]


def sweep(app: Flask) -> Result:
    return app.test_cli_runner().invoke(args=["retention", "sweep"])


def text_of(site: Site, purge: str) -> str:
    answer = site.client.get(f"{purge}/certificate.pdf", base_url=BASE)
    assert answer.status_code == 200
    return pdf.flowing(answer.data)


def wrapped(app: Flask, old: Old) -> bytes:
    with app.app_context():
        number = db.session.get_one(Client, old.olaf).data_key
        found = db.session.get_one(DataKey, number).wrapped
        assert found is not None
        return found


class TestWhoeverHoldsIt:
    """The practice signs it as it signs a record, so that no day in it can be changed."""

    @pytest.fixture
    def held(
        self, app: Flask, cast: Cast, old: Old, site: Site, tmp_path: Path
    ) -> tuple[Path, list[str]]:
        """The file, and what verifies it."""
        purge = destroy(app, cast, old)
        file, key = tmp_path / "certificate.pdf", tmp_path / "practice.pem"
        answer = site.sign_in(cast.rita).client.get(f"{purge}/certificate.pdf", base_url=BASE)
        file.write_bytes(answer.data)
        key.write_text(app.test_cli_runner().invoke(args=["record", "key"]).output)
        return file, [str(file), "--key", str(key)]

    def test_it_is_verified_and_not_taken_for_a_record(
        self, held: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
    ) -> None:
        _, asked = held

        assert verify.main(asked) == verify.VERIFIED
        told = capsys.readouterr().out
        assert "Verified: a certificate of destruction; no record is in it" in told
        assert "Every byte of it" in told

    def test_one_that_was_changed_is_found(self, held: tuple[Path, list[str]]) -> None:
        file, asked = held
        before = file.read_bytes()

        for place in range(20, len(before), len(before) // 7):
            file.write_bytes(before[:place] + bytes([before[place] ^ 1]) + before[place + 1 :])
            assert verify.main(asked) != verify.VERIFIED


class TestTheCertificate:
    def test_it_says_who_when_and_from_when_backups_hold_no_key(
        self, app: Flask, cast: Cast, old: Old, site: Site
    ) -> None:
        purge = destroy(app, cast, old)
        today = clock.now().astimezone(ZONE).date()

        text = text_of(site.sign_in(cast.rita), purge)

        assert "Certificate of destruction" in text
        assert "Riverside Group Practice" in text
        assert str(old.olaf) in text
        assert "Rita Rowe, LCSW" in text
        assert "Adam Adams, LCSW" in text
        assert calendar_day(today) in text
        assert calendar_day(today + dt.timedelta(days=36)) in text
        assert "A day in 2022" in text
        assert "35 days" in text

    def test_it_holds_nothing_of_the_client(
        self, app: Flask, cast: Cast, old: Old, site: Site
    ) -> None:
        purge = destroy(app, cast, old)

        text = text_of(site.sign_in(cast.rita), purge)

        # As words: ids and the number of a key, which are in it, may hold the digits of a year.
        assert not [word for word in NAMES if re.search(rf"(?<![\w-]){word}(?![\w-])", text)]

    def test_it_can_be_printed_again_by_whoever_may_confirm(
        self, app: Flask, cast: Cast, old: Old, site: Site
    ) -> None:
        purge = destroy(app, cast, old)

        first = text_of(site.sign_in(cast.rita), purge)

        assert text_of(site.sign_in(cast.adam), purge) == first
        answer = site.sign_in(cast.fiona).client.get(f"{purge}/certificate.pdf", base_url=BASE)
        assert answer.status_code == 403

    def test_it_keeps_the_rule_by_which_it_was_made(
        self, app: Flask, cast: Cast, old: Old, site: Site
    ) -> None:
        purge = destroy(app, cast, old)
        site.sign_in(cast.adam)
        page = site.get("/practice/edit")
        site.submit(page, "#practice-form", retention_years="12", backup_days="90")

        text = text_of(site, purge)

        assert "10 years after the last service" in text
        assert "35 days" in text

    def test_it_claims_no_more_than_is_so(
        self, app: Flask, cast: Cast, old: Old, site: Site
    ) -> None:
        purge = destroy(app, cast, old)
        site.sign_in(cast.rita)

        before = text_of(site, purge)
        sweep(app)
        after = text_of(site, purge)

        assert "Not yet" in before
        assert "earliest one possible" in before
        assert "Not yet" not in after
        assert "earliest one possible" not in after
        with app.app_context():
            on_postgresql = db.engine.dialect.name == "postgresql"
        assert ("WAL" in after) == on_postgresql
        assert ("root key" in after) == on_postgresql


class TestClearing:
    @on_sqlite
    def test_the_wrapped_key_is_in_no_file_afterwards(
        self, app: Flask, cast: Cast, old: Old, tmp_path: Path
    ) -> None:
        key = wrapped(app, old)
        assert found_in(tmp_path, key)

        destroy(app, cast, old)
        result = sweep(app)

        assert result.exit_code == 0, result.output
        assert result.output == "Cleared the keys of 1 record.\n"
        assert not found_in(tmp_path, key)

    def test_it_is_written_down(self, app: Flask, cast: Cast, old: Old) -> None:
        destroy(app, cast, old)

        sweep(app)

        with app.app_context():
            assert db.session.scalars(sa.select(Destruction.cleared_at)).one() is not None
        [event] = [event for event in events(app) if event.tag == "purge:clear"]
        assert event.client_id == old.olaf

    def test_without_a_destroyed_record_nothing_is_done(self, app: Flask, cast: Cast) -> None:
        result = sweep(app)

        assert (result.exit_code, result.output) == (0, "Nothing is left to clear.\n")

    def test_a_second_time_nothing_is_left(self, app: Flask, cast: Cast, old: Old) -> None:
        destroy(app, cast, old)
        sweep(app)

        assert sweep(app).output == "Nothing is left to clear.\n"

    @on_sqlite
    def test_while_somebody_reads_it_says_so(
        self, app: Flask, cast: Cast, old: Old, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        destroy(app, cast, old)
        monkeypatch.setitem(SQLITE_SETTINGS, "busy_timeout", 1)
        with app.app_context():
            db.engine.dispose()
            wants_to_write(write=False)
            with db.engine.connect() as reader:
                reader.exec_driver_sql("SELECT count(*) FROM clients")
                wants_to_write(write=True)
                result = sweep(app)

        assert result.exit_code == 2
        assert "Not cleared" in result.stderr
        with app.app_context():
            assert db.session.scalars(sa.select(Destruction.cleared_at)).one() is None


def found_in(folder: Path, key: bytes) -> list[str]:
    return [path.name for path in folder.iterdir() if path.is_file() and key in path.read_bytes()]
