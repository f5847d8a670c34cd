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
    parts = [(one.digest.hex(), _tree(one)) for one in proofs]
    whole = _Whole(parts, [verdict is Verdict.VERIFIED for verdict in judged])
    for (sha256, tree), verdict in zip(parts, judged, strict=True):
        doubt = whole.doubt(sha256, tree) if verdict is Verdict.VERIFIED else None
        yield doubt or verdict


class _Whole:
    """All that one file holds, by which each of its parts is judged: its digest and its tree."""

    def __init__(self, parts: Sequence[tuple[str, Any]], verified: Sequence[bool]) -> None:
        self._signed = {sha256 for sha256, _ in parts}
        self._notes = [
            (sha256, _at(tree, "encounter"))
            for sha256, tree in parts
            if _at(tree, "format") in content.FORMATS
        ]
        self._reviewed = {
            _at(tree, "of", "sha256"): _at(tree, "version")
            for (_, tree), is_verified in zip(parts, verified, strict=True)
            if is_verified and _at(tree, "format") == review.FORMAT
        }
        self._numbers = [
            self._number(*part) for part in parts if _at(part[1], "format") == entry.FORMAT
        ]

    def doubt(self, sha256: str, tree: Any) -> Verdict | None:
        """Doubt what is of another record, or not reviewed, or follows upon what was left out."""
        if self._is_stray(tree):
            return Verdict.OTHER_RECORD
        is_due = _at(tree, "signature", "review") == content.Review.DUE
        if is_due and sha256 not in self._reviewed:
            return Verdict.NOT_REVIEWED
        if _at(tree, "format") != entry.FORMAT:
            return None
        is_counted = entry.leaves_none_out(self._number(sha256, tree), self._numbers)
        return None if is_counted else Verdict.LEFT_OUT

    def _is_stray(self, tree: Any) -> bool:
        if len(self._notes) != 1 or _at(tree, "encounter") != self._notes[0][1]:
            return True
        if _at(tree, "format") == review.FORMAT:
            return _at(tree, "of", "sha256") not in self._signed
        is_entry = _at(tree, "format") == entry.FORMAT
        return is_entry and bool(_at(tree, "note", "sha256") != self._notes[0][0])

    def _number(self, sha256: str, tree: Any) -> Any:
        """Return the number of an entry among those of its note: its own, or its review's."""
        given = self._reviewed.get(sha256)
        return _at(tree, "version") if given is None else given


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
