"""The practice's signature on a record as a whole: which parts it has, and in which order.

Each part proves itself; that none was left out, put in or moved, the last one above all, only
this proves. It says nothing of time, so that a record that is given out twice is the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from groupnotes.signing.proof import KeyPair, Proof, Verdict

FORMAT = "groupnotes.record/1"


def canonical_bytes(parts: Sequence[Proof]) -> bytes:
    """Return the bytes (RFC 8785) that stand for these parts in this order."""
    digests = [hashlib.sha256(part.signed).hexdigest() for part in parts]
    return json.dumps({"format": FORMAT, "parts": digests}, separators=(",", ":")).encode()


def sign(parts: Sequence[Proof], key: KeyPair) -> Proof:
    """Sign that a record has these parts in this order."""
    signed = canonical_bytes(parts)
    return Proof.of(signed, key.sign(signed), key.public_key)


def verdict(whole: Proof | None, parts: Sequence[Proof], keys: Sequence[bytes]) -> Verdict:
    """Judge the signature on a record as a whole; ``keys`` are the practice's."""
    if whole is None:
        return Verdict.NOT_SEALED
    if whole.public_key not in keys:
        return Verdict.OTHER_KEY
    found = whole.verdict()
    if found is Verdict.VERIFIED and whole.signed != canonical_bytes(parts):
        return Verdict.NOT_WHOLE
    return found
