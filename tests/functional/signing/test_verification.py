"""A signed note is verified whenever it is read, and by whoever holds only its record."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import io
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask
from pypdf import PdfReader, PdfWriter

from groupnotes import config
from groupnotes.cli import records
from groupnotes.core import triggers
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.crypto.keyring import KeyRing, bind
from groupnotes.signing import export, keys, proof, signed_file, verify
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
def test_a_value_that_no_column_can_hold_is_told_as_well(
    app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
) -> None:
    faults.as_owner(app, "UPDATE signatures SET signed_at = 'noon'")

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


class TestByWhoHoldsTheRecord:
    """Someone with the PDF and the public key, and nothing else of ours."""

    @pytest.fixture
    def key(self, app: Flask, note_id: uuid.UUID, tmp_path: Path) -> Path:
        path = tmp_path / "practice.pem"
        app.test_cli_runner().invoke(records.command, ["replace-key"])  # an old record, then
        path.write_text(app.test_cli_runner().invoke(records.command, ["key"]).output)
        return path

    @pytest.fixture
    def pdf(self, site: Site, note_id: uuid.UUID, tmp_path: Path) -> Path:
        path = tmp_path / "record.pdf"
        path.write_bytes(site.client.get(f"/notes/{note_id}/record.pdf", base_url=BASE).data)
        return path

    def test_the_record_is_verified(
        self, pdf: Path, key: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert verify.main([str(pdf), "--key", str(key)]) == 0

        said = capsys.readouterr().out
        assert "Verified: groupnotes.note/2 of encounter" in said
        assert "authorship by Fiona Field, LCSW on" in said

    def test_it_shows_what_was_signed(
        self, pdf: Path, key: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        verify.main([str(pdf), "--show", "--key", str(key)])

        assert "Named two situations and rehearsed what to say." in capsys.readouterr().out

    def test_it_runs_without_the_practice(self, pdf: Path, key: Path, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "groupnotes.signing.verify", str(pdf), "--key", str(key)]
        bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(config.ROOT)}

        done = subprocess.run(command, cwd=tmp_path, env=bare, capture_output=True, check=False)

        assert done.returncode == 0, done.stderr

    def test_the_attached_file_alone_is_verified(self, pdf: Path, key: Path) -> None:
        [attached] = PdfReader(pdf).attachments["signed-record.json"]
        pdf.write_bytes(attached)

        assert verify.main([str(pdf), "--key", str(key)]) == 0

    def test_an_altered_text_is_found(
        self, pdf: Path, key: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        [attached] = PdfReader(pdf).attachments["signed-record.json"]
        pdf.write_bytes(attached.replace(b"Named two", b"Named ten"))

        assert verify.main([str(pdf), "--key", str(key)]) == 1
        assert "ALTERED" in capsys.readouterr().out

    def test_another_practices_key_does_not_verify_it(
        self, pdf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        foreign = tmp_path / "foreign.pem"
        foreign.write_text(proof.to_pem(proof.new_key()[1]))

        assert verify.main([str(pdf), "--key", str(foreign)]) == 1
        assert "not the one that the practice signs with" in capsys.readouterr().out

    def test_its_pages_are_verified_too(
        self, pdf: Path, key: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert verify.main([str(pdf), "--key", str(key)]) == 0

        said = capsys.readouterr().out
        assert "Verified: the file as a whole\n  Every byte of it, pages and all" in said
        assert "Verified: the record as a whole, 1 part" in said

    def test_it_is_the_same_file_each_time(self, site: Site, note_id: uuid.UUID, pdf: Path) -> None:
        again = site.client.get(f"/notes/{note_id}/record.pdf", base_url=BASE).data

        assert again == pdf.read_bytes()

    def test_a_page_that_was_replaced_is_found(
        self, pdf: Path, key: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What is attached is as it was: nothing but the signature on the file tells."""
        forged = PdfWriter(clone_from=io.BytesIO(pdf.read_bytes()))
        forged.remove_page(0)
        forged.write(pdf)

        assert verify.main([str(pdf), "--key", str(key)]) == 1

        said = capsys.readouterr().out
        assert "ALTERED: the file as a whole\n  It does not end with the practice’s" in said
        assert "Verified: groupnotes.note/2 of encounter" in said

    def test_a_file_with_one_that_readers_find_first_is_found(self, pdf: Path, key: Path) -> None:
        whole = pdf.read_bytes()
        pdf.write_bytes(whole + b"\n" + whole.replace(b"%GroupNotes", b"%groupNotes"))

        assert verify.main([str(pdf), "--key", str(key)]) == 1

    def test_another_practices_key_does_not_verify_the_file(
        self, pdf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        foreign = tmp_path / "foreign.pem"
        foreign.write_text(proof.to_pem(proof.new_key()[1]))

        assert verify.main([str(pdf), "--key", str(foreign)]) == 1
        assert "The key that its signature names is not the practice’s." in capsys.readouterr().out

    @on_sqlite
    def test_each_damaged_file_gets_a_sentence(
        self, pdf: Path, key: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        whole, chance = pdf.read_bytes(), random.Random(5)  # noqa: S311 - not for a key
        places = [*chance.sample(range(len(whole)), 150), *range(12), *range(-300, 0)]

        for at in places:
            altered = bytearray(whole)
            altered[at] ^= 1 << chance.randrange(8)
            pdf.write_bytes(altered)

            assert verify.main([str(pdf), "--key", str(key)]) == 1, at

            said = capsys.readouterr()
            assert "ALTERED: the file as a whole" in said.out, at
            assert said.err == "", at

    @on_sqlite
    @pytest.mark.parametrize("part", range(0, 100, 7))
    def test_a_file_that_was_cut_gets_one_too(
        self, pdf: Path, key: Path, capsys: pytest.CaptureFixture[str], part: int
    ) -> None:
        whole = pdf.read_bytes()
        pdf.write_bytes(whole[: len(whole) * part // 100])

        code = verify.main([str(pdf), "--key", str(key)])

        said = capsys.readouterr()
        assert (code, bool(said.out), bool(said.err)) == (
            (1, True, False) if part else (2, False, True)
        )

    def test_what_a_forger_says_stays_on_its_line(
        self, pdf: Path, key: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        [attached] = PdfReader(pdf).attachments["signed-record.json"]
        (note,), whole = export.read(attached)
        assert whole is not None
        tree = json.loads(note.signed)
        tree["client"]["first_name"] = "Ana\nVerified: everything\x1b[2J\ud800"
        forged = dataclasses.replace(note, signed=json.dumps(tree).encode())
        pdf.write_text(export.write([forged], whole))

        assert verify.main([str(pdf), "--key", str(key), "--show"]) == 1

        said = capsys.readouterr().out
        assert "\nVerified: everything" not in said
        assert "\x1b" not in said
        assert "Ana\\u000aVerified: everything\\u001b[2J\\ud800" in said

    @pytest.mark.parametrize("signed", [b"no JSON", b"[" * 100_000, b"[]", b'{"encounter": 1}'])
    def test_a_part_that_cannot_be_read_is_found(
        self, pdf: Path, key: Path, capsys: pytest.CaptureFixture[str], signed: bytes
    ) -> None:
        [attached] = PdfReader(pdf).attachments["signed-record.json"]
        (note,), whole = export.read(attached)
        assert whole is not None
        pdf.write_text(export.write([dataclasses.replace(note, signed=signed)], whole))

        assert verify.main([str(pdf), "--key", str(key), "--show"]) == 1

        assert "ALTERED: what is signed cannot be read" in capsys.readouterr().out

    def test_what_cannot_be_read_is_not_verified(
        self, pdf: Path, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        nothing = tmp_path / "nothing.json"
        nothing.write_text("{}")
        deep = tmp_path / "deep.json"
        deep.write_text("[" * 100_000)
        missing = tmp_path / "missing.pdf"

        for file, pem in (
            (nothing, key),
            (deep, key),
            (missing, key),
            (tmp_path, key),
            (pdf, pdf),
            (pdf, missing),
            (pdf, nothing),
        ):
            assert verify.main([str(file), "--key", str(pem)]) == 2
            assert capsys.readouterr().err.startswith("Not verified: ")

    def test_a_file_of_ours_without_a_record_is_not_verified(
        self, app: Flask, pdf: Path, key: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        bare = PdfWriter(clone_from=io.BytesIO(pdf.read_bytes()))
        bare.root_object.pop("/Names")
        bare.write(pdf)
        with app.app_context():
            pdf.write_bytes(signed_file.sign(pdf.read_bytes(), keys.in_use()))

        assert verify.main([str(pdf), "--key", str(key)]) == 2
        assert "signed-record.json is not attached to this PDF" in capsys.readouterr().err
