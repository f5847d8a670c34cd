"""Verify an exported record: ``python -m groupnotes.signing.verify FILE --key PUBLIC_KEY``.

For an insurer, a court, or anybody else who holds a record as a PDF (or the JSON that is
attached to it) and the practice's public key. It needs no database and no network.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from groupnotes.signing import content, entry, export, proof, review
from groupnotes.signing.proof import Proof, Verdict

VERIFIED, ALTERED, NOT_VERIFIED = range(3)  # the exit codes that a script goes by


class Unreadable(ValueError):  # noqa: N818 - reads as what is wrong
    """The file or the key cannot be read; the text says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what each signature says; 0 verified, 1 altered, 2 not to be verified."""
    options = _parser().parse_args(arguments)
    try:
        keys = _keys(options.key)
        proofs = _proofs(options.file)
    except Unreadable as reason:
        click.echo(f"Not verified: {reason}.", err=True)
        return NOT_VERIFIED
    for key in keys:
        click.echo(f"The practice's key: {proof.fingerprint(key)}")
    verdicts = list(_verdicts(proofs, keys))
    for one, verdict in zip(proofs, verdicts, strict=True):
        click.echo(f"{'Verified' if verdict is Verdict.VERIFIED else 'ALTERED'}: {_named(one)}")
        click.echo(f"  {verdict.sentence}")
        if options.show:
            click.echo(_text(one))
    if not options.show:
        click.echo("Only what is attached was verified: compare the pages with it (--show).")
    return VERIFIED if set(verdicts) == {Verdict.VERIFIED} else ALTERED


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(
        prog="python -m groupnotes.signing.verify", description=summary
    )
    parser.add_argument("file", type=Path, help="the record: a PDF, or the JSON attached to it")
    parser.add_argument("--show", action="store_true", help="print what was signed, to compare")
    parser.add_argument("--key", type=Path, required=True, help="the practice's public keys (PEM)")
    return parser


def _keys(path: Path) -> list[bytes]:
    try:
        return proof.from_pem(path.read_bytes())
    except OSError as error:
        raise Unreadable(f"{path} cannot be read ({error.strerror})") from error
    except (ValueError, TypeError) as error:
        raise Unreadable(f"{path} is no Ed25519 public key in PEM") from error


def _proofs(path: Path) -> list[Proof]:
    try:
        file = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path} cannot be read ({error.strerror})") from error
    try:
        return export.read(_attached(file) if file.startswith(b"%PDF-") else file)
    except export.NotAProof as error:
        raise Unreadable(f"{path}: {error}") from error


def _attached(pdf: bytes) -> bytes:
    try:
        files = PdfReader(io.BytesIO(pdf)).attachments.get(export.NAME, [])
    except (PyPdfError, ValueError, KeyError) as error:
        raise export.NotAProof("the PDF is damaged") from error
    if len(files) != 1:
        raise export.NotAProof(f"{export.NAME} is not attached to this PDF, or twice")
    return files[0]


def _verdicts(proofs: Sequence[Proof], keys: Sequence[bytes]) -> Iterator[Verdict]:
    """Judge each signature, and then whether they are one record with nothing left out."""
    judged = [one.verdict() if one.public_key in keys else Verdict.OTHER_KEY for one in proofs]
    trees = [_tree(one) for one in proofs]
    notes = [
        (one.digest.hex(), _at(tree, "encounter"))
        for one, tree in zip(proofs, trees, strict=True)
        if _at(tree, "format") == content.FORMAT
    ]
    signed = {one.digest.hex() for one in proofs}
    reviewed = {
        _at(tree, "of", "sha256")
        for tree, verdict in zip(trees, judged, strict=True)
        if verdict is Verdict.VERIFIED and _at(tree, "format") == review.FORMAT
    }
    places = iter(range(1, len(proofs)))
    for one, tree, verdict in zip(proofs, trees, judged, strict=True):
        doubt = _stray(tree, notes, signed, places)
        is_due = _at(tree, "signature", "review") == content.Review.DUE
        if doubt is None and is_due and one.digest.hex() not in reviewed:
            doubt = Verdict.NOT_REVIEWED
        yield doubt if doubt and verdict is Verdict.VERIFIED else verdict


def _stray(
    tree: Any, notes: list[tuple[str, Any]], signed: set[str], places: Iterator[int]
) -> Verdict | None:
    """Doubt what is of another record, or follows upon something that was left out."""
    if len(notes) != 1 or _at(tree, "encounter") != notes[0][1]:
        return Verdict.OTHER_RECORD
    if _at(tree, "format") == review.FORMAT and _at(tree, "of", "sha256") not in signed:
        return Verdict.OTHER_RECORD
    if _at(tree, "format") == entry.FORMAT:
        if _at(tree, "note", "sha256") != notes[0][0]:
            return Verdict.OTHER_RECORD
        if _at(tree, "version") != next(places, None):
            return Verdict.LEFT_OUT
    return None


def _tree(one: Proof) -> Any:
    try:
        return json.loads(one.signed)
    except ValueError:
        return None


def _at(tree: Any, *names: str) -> Any:
    for name in names:
        tree = tree.get(name) if isinstance(tree, dict) else None
    return tree


def _text(one: Proof) -> str:
    """Lay out what was signed: the pages of a PDF could have been altered, its proof not."""
    try:
        return json.dumps(json.loads(one.signed), ensure_ascii=False, indent=2)
    except ValueError:
        return one.signed.decode(errors="replace")


def _named(one: Proof) -> str:
    """Say what is signed, by whom and when, as the signed bytes have it."""
    try:
        return ", ".join(_words(json.loads(one.signed)))
    except (ValueError, KeyError, TypeError, AttributeError):
        return "what is signed cannot be read"


def _words(tree: dict[str, dict[str, str]]) -> Iterator[str]:
    yield f"{tree['format']} of encounter {tree['encounter']}"
    client = tree["client"]
    yield f"{client['first_name']} {client['last_name']}, born {client['birth_date']}"
    signature = tree["signature"]
    yield f"{signature['meaning']} by {signature['name']}"
    yield f"{signature['credentials']} on {signature['signed_at']}"


if __name__ == "__main__":
    sys.exit(main())
