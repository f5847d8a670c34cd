"""Whoever holds a record as it was given out, and the practice's public key, verifies it alone."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import random
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader, PdfWriter

from groupnotes import config
from groupnotes.cli import records
from groupnotes.signing import export, keys, proof, signed_file, verify
from tests.support import journey
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.site import BASE, Site


@pytest.fixture
def note_id(cast: Cast, site: Site) -> uuid.UUID:
    """Ana's signed note."""
    return journey.signed_note(site.sign_in(cast.fiona), cast)


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
