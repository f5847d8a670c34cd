"""Verify an exported record: ``python -m groupnotes.signing.verify FILE --key PUBLIC_KEY``.

For an insurer, a court, or anybody else who holds a record as a PDF (or the JSON that is
attached to it) and the practice's public key. It needs no database and no network.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click
from pypdf import PdfReader

from groupnotes.signing import export, pieces, proof, signed_file, whole
from groupnotes.signing.proof import Proof, Verdict
from groupnotes.signing.signed_file import FileVerdict

VERIFIED, ALTERED, NOT_VERIFIED = range(3)  # the exit codes that a script goes by

_REWRITTEN = "It is not written as the practice writes it: something in it was changed."


class Unreadable(ValueError):  # noqa: N818 - reads as what is wrong
    """The file or the key cannot be read; the text says why."""


class Finding(NamedTuple):
    """What was checked, whether it is as the practice signed it, and a sentence that says so."""

    of: str
    is_sound: bool
    sentence: str
    text: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what each signature says; 0 verified, 1 altered, 2 not to be verified."""
    options = _parser().parse_args(arguments)
    try:
        keys = _keys(options.key)
        file = _bytes(options.file)
        findings = list(_findings(file, keys))
    except Unreadable as reason:
        click.echo(f"Not verified: {options.file}: {reason}.", err=True)
        return NOT_VERIFIED
    for key in keys:
        click.echo(f"The practice's key: {proof.fingerprint(key)}")
    for one in findings:
        click.echo(f"{'Verified' if one.is_sound else 'ALTERED'}: {one.of}")
        click.echo(f"  {one.sentence}")
        if options.show and one.text:
            click.echo(one.text)
    if not signed_file.is_pdf(file):
        click.echo("This is no PDF: no page of one was verified with it.")
    return VERIFIED if all(one.is_sound for one in findings) else ALTERED


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(
        prog="python -m groupnotes.signing.verify", description=summary
    )
    parser.add_argument("file", type=Path, help="the record: a PDF, or the JSON attached to it")
    parser.add_argument("--show", action="store_true", help="print what was signed as well")
    parser.add_argument("--key", type=Path, required=True, help="the practice's public keys (PEM)")
    return parser


def _keys(path: Path) -> list[bytes]:
    try:
        return proof.from_pem(_bytes(path))
    except Unreadable as error:
        raise Unreadable(f"the key {path}: {error}") from error
    except (ValueError, TypeError) as error:
        raise Unreadable(f"{path} is no Ed25519 public key in PEM") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"it cannot be read ({error.strerror})") from error


def _findings(file: bytes, keys: Sequence[bytes]) -> Iterator[Finding]:
    """Judge a file from without to within; raise Unreadable where nothing is to be judged."""
    attached, is_intact = file, True
    if signed_file.is_pdf(file):
        found = signed_file.check(file, keys)
        is_intact = found is FileVerdict.VERIFIED
        if is_intact and _is_certificate(file):
            yield Finding(
                "a certificate of destruction; no record is in it", is_intact, found.sentence
            )
            return
        yield Finding("the file as a whole", is_intact, found.sentence)
    try:
        if signed_file.is_pdf(file):
            attached = _attached(file)
        exported = export.read(attached)
    except export.NotAProof as error:
        if is_intact:
            raise Unreadable(str(error)) from error
        yield Finding("what is attached to it", is_sound=False, sentence=f"Unreadable: {error}.")
        return
    yield from _of_record(attached, exported, keys)


def _is_certificate(pdf: bytes) -> bool:
    """Say whether a file that the practice signed calls itself one; it has nothing attached."""
    described = PdfReader(io.BytesIO(pdf)).metadata
    return described is not None and (described.title or "").startswith(signed_file.CERTIFICATE)


def _attached(pdf: bytes) -> bytes:
    # It says of a damaged file what nobody asked; and what it raises then is of any kind.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        files = PdfReader(io.BytesIO(pdf)).attachments.get(export.NAME, [])
    except Exception as error:
        raise export.NotAProof("the PDF is damaged") from error
    if len(files) != 1:
        raise export.NotAProof(f"{export.NAME} is not attached to this PDF, or twice")
    return files[0]


def _of_record(
    written: bytes, exported: export.Exported, keys: Sequence[bytes]
) -> Iterator[Finding]:
    parts = exported.parts
    found = whole.verdict(exported.whole, parts, keys)
    sentence = found.sentence
    is_sound = found is Verdict.VERIFIED
    if is_sound and not export.is_as_written(written, exported):
        is_sound, sentence = False, _REWRITTEN
    yield Finding(f"the record as a whole, {_counted(len(parts))}", is_sound, sentence)
    for part, verdict in zip(parts, pieces.verdicts(parts, keys), strict=True):
        is_verified = verdict is Verdict.VERIFIED
        yield Finding(_named(part), is_verified, verdict.sentence, _text(part))


def _counted(count: int) -> str:
    return f"{count} {'part' if count == 1 else 'parts'}"


def _text(one: Proof) -> str:
    """Lay out what was signed, so that it is read without a PDF."""
    try:
        laid_out = json.dumps(json.loads(one.signed), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        laid_out = one.signed.decode(errors="replace")
    return "\n".join(_plain(line) for line in laid_out.split("\n"))


def _named(one: Proof) -> str:
    """Say what is signed, by whom and when, as the signed bytes have it."""
    try:
        return _plain(", ".join(_words(json.loads(one.signed))))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "what is signed cannot be read"


def _words(tree: dict[str, dict[str, str]]) -> Iterator[str]:
    yield f"{tree['format']} of encounter {tree['encounter']}"
    client = tree["client"]
    yield f"{client['first_name']} {client['last_name']}, born {client['birth_date']}"
    signature = tree["signature"]
    yield f"{signature['meaning']} by {signature['name']}"
    yield f"{signature['credentials']} on {signature['signed_at']}"


def _plain(text: str) -> str:
    """Write what moves the cursor, or hides or turns text, by its number: a forger may say it."""
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)


if __name__ == "__main__":
    sys.exit(main())
