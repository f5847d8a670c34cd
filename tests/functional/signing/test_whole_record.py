"""Whoever holds a record alone sees that it is one note with all that was added to it."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from flask import Flask

from groupnotes.signing import export, proof, verify, whole
from groupnotes.signing.export import Exported
from groupnotes.signing.proof import KeyPair, Proof
from tests.support import journey, pdf
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.factories import PASSWORD
from tests.support.site import BASE, Site

ENTRY = {"reason": "She called.", "text": "It helped.", "password": PASSWORD}
BELONGS = "It does not belong to one signed note"
NOT_WHOLE = "Not all that the practice gave out is there, or more, or in another order."
NOT_SEALED = "The practice’s signature on the record as a whole is missing."
REFUSED = (verify.ALTERED, verify.NOT_VERIFIED)
LEFT_OUT = "Something that was added to the note before this is left out."


def exported(site: Site, note_id: uuid.UUID) -> Exported:
    answer = site.client.get(f"/notes/{note_id}/record.pdf", base_url=BASE)
    [written] = pdf.reader(answer.data).attachments["signed-record.json"]
    return export.read(written)


@pytest.fixture
def records(app: Flask, cast: Cast, site: Site) -> tuple[Exported, Exported]:
    """The records of Ana's note with two entries, and of Ben's with one."""
    found = []
    journey.document(site.sign_in(cast.fiona), cast)
    for name, kinds in (("Annie", ["addendum", "correction"]), ("Ben", ["addendum"])):
        note_id = journey.note_of(site, cast, name)
        journey.write(site, note_id)
        journey.sign(site, note_id)
        for kind in kinds:
            page = site.get(f"/notes/{note_id}/entries/new")
            site.submit(page, "#entry-form", status=303, fill=ENTRY | {"kind": kind})
        found.append(exported(site, note_id))
    anas, bens = found
    return anas, bens


def verified(folder: Path, parts: Sequence[Proof], whole: Proof | None) -> int:
    file, key = folder / "record.json", folder / "key.pem"
    tree = json.loads(export.write(parts, whole or parts[0]))
    if whole is None:
        del tree["whole"]
    file.write_text(json.dumps(tree, ensure_ascii=False, indent=1))
    key.write_text(proof.to_pem(parts[0].public_key))
    return verify.main([str(file), "--key", str(key)])


def test_a_whole_one_is_verified_and_says_whose_it_is(
    records: tuple[Exported, Exported], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verified(tmp_path, *records[0]) == verify.VERIFIED

    said = capsys.readouterr().out
    assert said.count("Ana Alvarez, born") == 3
    assert "Verified: the record as a whole, 3 parts" in said
    assert "no page of one was verified" in said


Pieces = Callable[[Exported, Exported], tuple[Sequence[Proof], Proof | None]]
PIECES: dict[str, tuple[Pieces, str]] = {
    "without the first entry": (lambda a, _: ([a.parts[0], a.parts[2]], a.whole), LEFT_OUT),
    "without the last entry": (lambda a, _: (a.parts[:2], a.whole), NOT_WHOLE),
    "without any entry": (lambda a, _: (a.parts[:1], a.whole), NOT_WHOLE),
    "in another order": (lambda a, _: ([a.parts[n] for n in (0, 2, 1)], a.whole), NOT_WHOLE),
    "with an entry of another": (lambda a, b: ([*a.parts, b.parts[1]], a.whole), BELONGS),
    "without its note": (lambda a, _: (a.parts[1:], a.whole), BELONGS),
    "two in one": (lambda a, b: ([*a.parts, *b.parts], a.whole), BELONGS),
    "an entry twice": (lambda a, _: ([*a.parts, a.parts[2]], a.whole), LEFT_OUT),
    "with the whole of another": (lambda a, b: (a.parts, b.whole), NOT_WHOLE),
    "without its whole": (lambda a, _: (a.parts, None), NOT_SEALED),
    "with a part for its whole": (lambda a, _: (a.parts, a.parts[0]), NOT_WHOLE),
}


@pytest.mark.parametrize("what", PIECES)
def test_pieces_are_not(
    records: tuple[Exported, Exported],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    what: str,
) -> None:
    pieces, sentence = PIECES[what]

    assert verified(tmp_path, *pieces(*records)) == verify.ALTERED

    said = capsys.readouterr().out
    assert sentence in said
    assert "ALTERED: the record as a whole" in said


def test_a_record_that_somebody_else_signs_as_a_whole_is_not(
    records: tuple[Exported, Exported], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = records[0].parts[:2]
    forged = whole.sign(parts, KeyPair(proof.new_key()[0]))

    assert verified(tmp_path, parts, forged) == verify.ALTERED

    assert "The key is not the one that the practice signs with." in capsys.readouterr().out


@on_sqlite
def test_no_byte_of_it_can_be_another(
    records: tuple[Exported, Exported], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Be it a space, or the case of a digit: it was written in one way."""
    [anas, _] = records
    assert anas.whole is not None
    written = export.write(anas.parts, anas.whole).encode()
    file, key = tmp_path / "record.json", tmp_path / "key.pem"
    key.write_text(proof.to_pem(anas.parts[0].public_key))
    chance = random.Random(3)  # noqa: S311 - not for a key

    for at in sorted(chance.sample(range(len(written)), 600)):
        altered = bytearray(written)
        altered[at] ^= 1 << chance.randrange(8)
        file.write_bytes(altered)

        assert verify.main([str(file), "--key", str(key)]) in REFUSED, at

        said = capsys.readouterr()
        assert "ALTERED" in said.out or said.err.startswith("Not verified: "), at


@on_sqlite
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\n ", b"\n  "),
        (b'"sha256": "', b'"sha256": " '),
        (b"\n}", b"\n}\n"),
        (b'"format": ', b'"x": 1, "format": '),
    ],
    ids=["a space", "a digest", "an end", "a field"],
)
def test_it_is_written_in_one_way(
    records: tuple[Exported, Exported],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    old: bytes,
    new: bytes,
) -> None:
    [anas, _] = records
    assert anas.whole is not None
    file, key = tmp_path / "record.json", tmp_path / "key.pem"
    key.write_text(proof.to_pem(anas.parts[0].public_key))
    file.write_bytes(export.write(anas.parts, anas.whole).encode().replace(old, new, 1))

    assert verify.main([str(file), "--key", str(key)]) == verify.ALTERED

    assert "It is not written as the practice writes it" in capsys.readouterr().out
