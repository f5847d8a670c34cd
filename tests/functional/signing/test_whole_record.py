"""Whoever holds a record alone sees that it is one note with all that was added to it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from groupnotes.signing import export, proof, verify
from groupnotes.signing.proof import Proof
from tests.support import journey, pdf
from tests.support.cast import Cast
from tests.support.factories import PASSWORD
from tests.support.site import BASE, Site

ENTRY = {"reason": "She called.", "text": "It helped.", "password": PASSWORD}
BELONGS = "It does not belong to one signed note"
LEFT_OUT = "Something that was added to the note before this is left out."


def proofs_of(site: Site, note_id: uuid.UUID) -> list[Proof]:
    answer = site.client.get(f"/notes/{note_id}/record.pdf", base_url=BASE)
    [written] = pdf.reader(answer.data).attachments["signed-record.json"]
    return export.read(written)


@pytest.fixture
def records(app: Flask, cast: Cast, site: Site) -> tuple[list[Proof], list[Proof]]:
    """The proofs of Ana's note with two entries, and of Ben's with one."""
    found = []
    journey.document(site.sign_in(cast.fiona), cast)
    for name, kinds in (("Annie", ["addendum", "correction"]), ("Ben", ["addendum"])):
        note_id = journey.note_of(site, cast, name)
        journey.write(site, note_id)
        journey.sign(site, note_id)
        for kind in kinds:
            page = site.get(f"/notes/{note_id}/entries/new")
            site.submit(page, "#entry-form", status=303, fill=ENTRY | {"kind": kind})
        found.append(proofs_of(site, note_id))
    anas, bens = found
    return anas, bens


def verified(folder: Path, proofs: list[Proof]) -> int:
    file, key = folder / "record.json", folder / "key.pem"
    file.write_text(export.write(proofs))
    key.write_text(proof.to_pem(proofs[0].public_key))
    return verify.main([str(file), "--key", str(key)])


def test_a_whole_one_is_verified_and_says_whose_it_is(
    records: tuple[list[Proof], list[Proof]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verified(tmp_path, records[0]) == verify.VERIFIED

    said = capsys.readouterr().out
    assert said.count("Ana Alvarez, born") == 3
    assert "compare the pages with it" in said


Pieces = Callable[[list[Proof], list[Proof]], list[Proof]]
PIECES: dict[str, tuple[Pieces, str]] = {
    "without the first entry": (lambda anas, _: [anas[0], anas[2]], LEFT_OUT),
    "with an entry of another": (lambda anas, bens: [*anas, bens[1]], BELONGS),
    "without its note": (lambda anas, _: anas[1:], BELONGS),
    "two in one": (lambda anas, bens: [*anas, *bens], BELONGS),
    "an entry twice": (lambda anas, _: [*anas, anas[2]], LEFT_OUT),
}


@pytest.mark.parametrize("what", PIECES)
def test_pieces_are_not(
    records: tuple[list[Proof], list[Proof]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    what: str,
) -> None:
    pieces, sentence = PIECES[what]

    assert verified(tmp_path, pieces(*records)) == verify.ALTERED

    assert sentence in capsys.readouterr().out
