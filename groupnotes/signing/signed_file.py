"""The practice's signature on a PDF as it was given out: every page, attachment and byte of it.

It is one line that every reader of PDFs takes for a comment (ISO 32000-1, 7.2.3), before the last
``startxref`` and not after ``%%EOF``, where PDF/A lets nothing stand (ISO 19005-3, 6.1.3)::

    %GroupNotes-Signature: <fingerprint of the key> <base64 of the Ed25519 signature>

Signed are the bytes of the file without that line, after words that begin no other thing that
this key signs.
"""

from __future__ import annotations

import base64
import enum
import re
from collections.abc import Iterable

from groupnotes.signing import proof
from groupnotes.signing.proof import KeyPair, Proof, Verdict

CERTIFICATE = "Certificate of destruction"  # how the title of a file begins that holds no record
_PURPOSE = b"GroupNotes file signature 1\n"
_MARK = b"%GroupNotes-Signature: "
_HEADER = b"%PDF-"
_END = re.compile(rb"startxref\r?\n[0-9]+\r?\n%%EOF[\r\n]*\Z")
_LINE = re.compile(re.escape(_MARK) + rb"([0-9a-f]{32}) ([A-Za-z0-9+/]{86}==)\n\Z")


class FileVerdict(enum.StrEnum):
    """What became of the check of a whole file."""

    VERIFIED = "verified"
    UNSIGNED = "unsigned"
    OTHER_KEY = "other-key"
    ALTERED = "altered"

    @property
    def sentence(self) -> str:
        """Say it to whoever relies on the file."""
        return _SENTENCES[self]


_SENTENCES = {
    FileVerdict.VERIFIED: "Every byte of it, pages and all, is as the practice gave it out.",
    FileVerdict.UNSIGNED: "It does not end with the practice’s signature: it was changed, or made "
    "by somebody else.",
    FileVerdict.OTHER_KEY: "The key that its signature names is not the practice’s.",
    FileVerdict.ALTERED: "It is not what the practice signed: something in it was changed, on its "
    "pages or elsewhere.",
}


def sign(pdf: bytes, key: KeyPair) -> bytes:
    """Return ``pdf`` with the signature of ``key`` on all of it; the same each time.

    Raises ValueError for a file that does not end as a PDF does.
    """
    end = _END.search(pdf)
    if end is None:
        raise ValueError("this is not the end of a PDF")
    signature = base64.b64encode(key.sign(_PURPOSE + pdf))
    line = _MARK + _short(key.public_key) + b" " + signature + b"\n"
    return pdf[: end.start()] + line + pdf[end.start() :]


def is_pdf(file: bytes) -> bool:
    """Say whether a file is a PDF, or was one before it was damaged."""
    return file.startswith(_HEADER) or b"\n" + _MARK in file


def check(file: bytes, keys: Iterable[bytes]) -> FileVerdict:
    """Say whether one of ``keys``, 32 bytes each, signed ``file`` as it is."""
    end = _END.search(file)
    line = _LINE.search(file, 0, end.start()) if end else None
    if end is None or line is None:
        return FileVerdict.UNSIGNED
    key = next((key for key in keys if _short(key) == line[1]), None)
    if key is None:
        return FileVerdict.OTHER_KEY
    signature = base64.b64decode(line[2])
    if base64.b64encode(signature) != line[2]:  # its last digit has bits that say nothing
        return FileVerdict.ALTERED
    signed = _PURPOSE + file[: line.start()] + file[end.start() :]
    is_its = Proof.of(signed, signature, key).verdict() is Verdict.VERIFIED
    return FileVerdict.VERIFIED if is_its else FileVerdict.ALTERED


def _short(public_key: bytes) -> bytes:
    return proof.fingerprint(public_key).replace(" ", "").encode()
