"""A signed note is verified whenever it is read, and by whoever holds only its record."""

from __future__ import annotations

import datetime as dt
import io
import os
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
from groupnotes.signing import export, proof, verify
from groupnotes.signing.canonical import canonical_bytes, digest, parse
from groupnotes.signing.models import Signature, SigningKey
from tests.support import journey, pdf
from tests.support.cast import Cast
from tests.support.review import record
from tests.support.signed import in_first_format
from tests.support.site import BASE, Site, one


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
    (tmp_path / "key.pem").write_text(proof.to_pem(export.read(written)[0].public_key))

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

    def test_what_cannot_be_read_is_not_verified(
        self, pdf: Path, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        bare = PdfWriter(clone_from=io.BytesIO(pdf.read_bytes()))
        bare.root_object.pop("/Names")
        without = tmp_path / "without.pdf"
        bare.write(without)
        cut = tmp_path / "cut.pdf"
        cut.write_bytes(pdf.read_bytes()[:1000])
        missing = tmp_path / "missing.pdf"

        for file, pem in ((without, key), (cut, key), (missing, key), (pdf, pdf), (pdf, missing)):
            assert verify.main([str(file), "--key", str(pem)]) == 2
            assert capsys.readouterr().err.startswith("Not verified: ")
