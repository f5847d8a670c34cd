"""A signed note is verified whenever it is read, and by a command over the whole database."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import sqlite3
import uuid
from pathlib import Path
from typing import Any, cast

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from groupnotes.cli import records
from groupnotes.core import triggers
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.crypto.keyring import KeyRing, bind
from groupnotes.signing import export, proof, verify
from groupnotes.signing.canonical import canonical_bytes, digest, parse
from groupnotes.signing.models import Signature, SigningKey
from groupnotes.signing.proof import Verdict
from tests.support import faults, journey, pdf
from tests.support.cast import Cast
from tests.support.databases import KEY, on_sqlite
from tests.support.review import record
from tests.support.signed import in_first_format
from tests.support.site import BASE, Site, both, one


@pytest.fixture
def note_id(app: Flask, cast: Cast, site: Site) -> uuid.UUID:
    """A signed note, in a database whose owner took its triggers away."""
    found = journey.signed_note(site.sign_in(cast.fiona), cast)
    with app.app_context(), db.engine.begin() as connection:
        for table in ("signatures", "signing_keys"):
            triggers.remove(connection, table=table)
    return found


def shown(site: Site, note_id: uuid.UUID) -> str:
    return " ".join(site.get(f"/notes/{note_id}/signed").text.split())


def alter(app: Flask, table: type[Any], **values: Any) -> None:
    with app.app_context():
        db.session.execute(sa.update(table.__table__).values(values))
        db.session.commit()


class TestOnThePage:
    def test_it_says_that_the_note_is_verified(self, site: Site, note_id: uuid.UUID) -> None:
        page = shown(site, note_id)

        assert "Verified Digest, signature and key belong together" in page
        assert "Signed with the key" in page
        assert "not what was signed" not in page

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"digest": bytes(32)}, "its digest is another"),
            ({"signature": bytes(64)}, "does not belong to this content"),
            ({"signed_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "database says"),
        ],
        ids=["digest", "signature", "time"],
    )
    def test_an_altered_one_has_a_red_banner_and_is_not_given_out(
        self, app: Flask, site: Site, note_id: uuid.UUID, values: dict[str, Any], sentence: str
    ) -> None:
        alter(app, Signature, **values)

        page = site.get(f"/notes/{note_id}/signed")
        banner = one(page, ".message--error").text
        refused = site.client.get(f"/notes/{note_id}/record.pdf", base_url=BASE)

        assert "This is not what was signed." in banner
        assert sentence in banner
        assert "Named two situations" in page.text
        assert page.select("a[href$='record.pdf']") == []
        assert refused.status_code == 409
        assert sentence in refused.text
        assert b"%PDF" not in refused.data

    def test_another_signer_in_the_row_is_found(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        alter(app, Signature, signer_id=cast.adam)

        assert "This is not what was signed." in shown(site, note_id)

    def test_a_key_that_someone_put_there_is_found(
        self, app: Flask, site: Site, note_id: uuid.UUID
    ) -> None:
        private_key, public_key = proof.new_key()
        with app.app_context():
            signed = db.session.scalars(sa.select(Signature)).one().content.encode()
        alter(app, Signature, signature=proof.sign(private_key, signed))
        alter(app, SigningKey, public_key=public_key)

        assert "The key is not the one that the practice signs with." in shown(site, note_id)

    def test_the_administrator_is_told(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        assert "altered" not in Site(app).sign_in(cast.adam).get("/").text
        alter(app, Signature, signature=bytes(64))
        shown(site, note_id)

        page = Site(app).sign_in(cast.adam).get("/")

        assert str(note_id) in one(page, "[aria-labelledby=alarms-title]").text
        assert "does not belong to this content" in page.text
        assert "altered" not in site.get("/").text


@both
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM signatures",
        "UPDATE signatures SET content = digest",
        "UPDATE data_keys SET wrapped = check_value WHERE scope = 'client'",
    ],
    ids=["taken away", "unreadable", "no key"],
)
def test_one_that_does_not_open_is_told_as_well(
    app: Flask, cast: Cast, site: Site, note_id: uuid.UUID, statement: str, htmx: bool
) -> None:
    faults.as_owner(app, statement)
    with app.app_context():
        bind(db.engine, KeyRing(KEY))  # as in a process that opened no key yet
    headers = {"HX-Request": "true"} if htmx else {}

    answer = site.client.get(f"/notes/{note_id}/signed", base_url=BASE, headers=headers)
    given_out = site.client.get(f"/notes/{note_id}/record.pdf", base_url=BASE)

    assert (answer.status_code, given_out.status_code) == (500, 500)
    assert "did not pass its integrity check" in answer.text
    alarms = one(Site(app).sign_in(cast.adam).get("/"), "[aria-labelledby=alarms-title]").text
    assert str(note_id) in alarms


@on_sqlite
@pytest.mark.parametrize("value", ["signed_at = 'noon'", "digest = CAST(x'ff' AS TEXT)"])
def test_a_value_that_no_column_can_hold_is_told_as_well(
    app: Flask, cast: Cast, site: Site, note_id: uuid.UUID, value: str
) -> None:
    faults.as_owner(app, f"UPDATE signatures SET {value}")

    assert site.client.get(f"/notes/{note_id}/signed", base_url=BASE).status_code == 500

    assert str(note_id) in Site(app).sign_in(cast.adam).get("/").text


@pytest.fixture
def old(app: Flask, note_id: uuid.UUID) -> uuid.UUID:
    """A note as it was signed when the practice's address was one text of what is signed."""
    with app.app_context():
        row = db.session.scalars(sa.select(Signature)).one()
        signed = canonical_bytes(in_first_format(parse(row.content.encode())))
        key = db.session.scalars(sa.select(SigningKey)).one().private_key
        row.content = signed.decode()
        row.digest, row.signature = bytes.fromhex(digest(signed)), proof.sign(key, signed)
        db.session.commit()
    return note_id


def test_what_was_signed_in_the_first_format_is_verified_and_given_out(
    site: Site, old: uuid.UUID, tmp_path: Path
) -> None:
    page = shown(site, old)
    printed = record(site, old)
    [written] = pdf.reader(printed).attachments["signed-record.json"]
    (tmp_path / "record.json").write_bytes(written)
    (tmp_path / "key.pem").write_text(proof.to_pem(export.read(written).parts[0].public_key))

    assert "Verified Digest, signature and key belong together" in page
    assert b"groupnotes.note/1" in written
    assert b"\\n" in written[written.index(b"address") :]
    arguments = [str(tmp_path / "record.json"), "--key", str(tmp_path / "key.pem")]
    assert verify.main(arguments) == verify.VERIFIED


class TestOnTheCommandLine:
    def run(self, app: Flask, *arguments: str) -> Result:
        return app.test_cli_runner().invoke(records.command, arguments)

    def test_every_note_is_verified(self, app: Flask, note_id: uuid.UUID) -> None:
        for arguments in (("verify",), ("verify", "--note", str(note_id))):
            answer = self.run(app, *arguments)

            assert (answer.exit_code, answer.output) == (0, "Verified: 1 signature.\n")

    @pytest.mark.parametrize(
        "values", [{"signature": bytes(64)}, {"content": b"SN"}], ids=["signature", "content"]
    )
    def test_an_altered_one_is_named(
        self, app: Flask, note_id: uuid.UUID, values: dict[str, Any]
    ) -> None:
        alter(app, Signature, **values)

        answer = self.run(app, "verify")

        assert answer.exit_code == 1
        assert f"ALTERED: note {note_id}." in answer.output
        assert "Named two" not in answer.output

    @pytest.mark.parametrize(
        ("statements", "sentence"),
        [
            (["DELETE FROM signatures"], Verdict.MISSING),
            (["DELETE FROM signatures", "DELETE FROM individual_notes"], Verdict.MISSING),
            (["UPDATE signatures SET meaning = 'x'"], Verdict.MISSING),
            (["DELETE FROM data_keys WHERE scope = 'client'"], Verdict.UNREADABLE),
            (["UPDATE data_keys SET wrapped = check_value"], Verdict.UNREADABLE),
            (["UPDATE signatures SET data_key = 1"], Verdict.OTHER_ROW),
            (["UPDATE signatures SET data_key = 99"], Verdict.OTHER_ROW),
            (["UPDATE signatures SET signed_at = 'noon'"], Verdict.UNREADABLE),
            (["UPDATE signatures SET digest = CAST(x'ff' AS TEXT)"], Verdict.UNREADABLE),
            (["UPDATE signatures SET id = 'x'"], Verdict.UNREADABLE),
            (["UPDATE signatures SET note_id = 'x'"], Verdict.MISSING),
            (["UPDATE individual_notes SET status = 'lost'"], Verdict.UNREADABLE),
        ],
        ids=lambda given: " then ".join(given) if isinstance(given, list) else "",
    )
    @on_sqlite
    def test_whatever_was_done_to_its_row_is_found_and_nothing_else(
        self,
        app: Flask,
        cast: Cast,
        site: Site,
        note_id: uuid.UUID,
        statements: list[str],
        sentence: Verdict,
    ) -> None:
        """By whoever also took the constraints away; another note's stays verified."""
        bens = journey.note_of(site, cast, "Ben")
        journey.write(site, bens)
        journey.sign(site, bens)
        with app.app_context():
            path = str(db.engine.url.database)
            anas_key = db.session.scalars(
                sa.select(Signature.data_key).where(Signature.note_id == note_id)
            ).one()
            db.session.remove()
            bind(db.engine, KeyRing(KEY))  # as in a process that opened no key yet
        faults.as_owner(app)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            for statement in statements:
                table = re.findall("FROM (\\w+)|UPDATE (\\w+)", statement)[0]
                its = {
                    "signatures": f"note_id = '{note_id.hex}'",
                    "individual_notes": f"id = '{note_id.hex}'",
                    "data_keys": f"number = {anas_key}",
                }["".join(table)]
                bare = statement.partition(" WHERE ")[0]
                assert connection.execute(f"{bare} WHERE {its}").rowcount == 1
            connection.commit()

        answer = self.run(app, "verify")
        alone = self.run(app, "verify", "--note", str(note_id))

        assert (answer.exit_code, alone.exit_code) == (1, 1), answer.output
        assert f"ALTERED: note {note_id}. {sentence.sentence}\n" in answer.output
        assert f"ALTERED: note {note_id}. {sentence.sentence}\n" in alone.output
        assert str(bens) not in answer.output
        assert self.run(app, "verify", "--note", str(bens)).exit_code == 0

    def test_what_is_not_there_is_not_verified(self, app: Flask, note_id: uuid.UUID) -> None:
        assert self.run(app, "verify", "--note", str(new_id())).exit_code == 2

    def test_a_new_key_leaves_old_signatures_verified(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        assert "The new key is" in self.run(app, "replace-key").output

        bens = journey.note_of(site, cast, "Ben")
        journey.write(site, bens)
        journey.sign(site, bens)

        with app.app_context():
            assert len({row.key_id for row in db.session.scalars(sa.select(Signature))}) == 2
        assert self.run(app, "verify").output == "Verified: 2 signatures.\n"
        assert self.run(app, "key").output.count("BEGIN PUBLIC KEY") == 2


def test_a_key_that_someone_added_is_not_given_out_as_the_practices(
    app: Flask, note_id: uuid.UUID
) -> None:
    """Whoever verifies with it would take for the practice's what its owner made up."""
    _, public_key = proof.new_key()
    table = cast("sa.Table", SigningKey.__table__)
    with app.app_context():
        own = db.session.execute(sa.select(table)).one()._asdict()
        forged = {**own, "id": new_id(), "public_key": public_key, "in_use": False}
        db.session.execute(sa.insert(table).values(forged))
        db.session.commit()

    given = app.test_cli_runner().invoke(records.command, ["key"])

    assert proof.from_pem(given.stdout.encode()) == [own["public_key"]]
    assert given.exit_code == records.ALTERED
    assert "is not the practice's" in given.stderr
