"""The file by which a record proves itself, long after and far from the practice's database.

It travels inside the PDF. ``signed`` is the text whose UTF-8 bytes were signed (RFC 8785), so
whoever verifies needs no JSON library that writes it the same way.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any

from groupnotes.signing.proof import Proof

FORMAT = "groupnotes.proof/1"
NAME = "signed-record.json"


class NotAProof(ValueError):  # noqa: N818 - reads as what is wrong
    """The file is none that this program wrote."""


def write(proofs: Sequence[Proof]) -> str:
    """Write what is signed of one record: the note first, then what was added to it."""
    entries = [
        {
            "signed": proof.signed.decode(),
            "sha256": proof.digest.hex(),
            "ed25519": base64.b64encode(proof.signature).decode(),
            "public_key": base64.b64encode(proof.public_key).decode(),
        }
        for proof in proofs
    ]
    return json.dumps({"format": FORMAT, "entries": entries}, ensure_ascii=False, indent=1)


def read(written: bytes) -> list[Proof]:
    """Read them back; raise NotAProof for anything that ``write`` does not write."""
    try:
        tree = json.loads(written.decode())
        if tree["format"] != FORMAT:
            raise NotAProof(f"its format is not {FORMAT}")
        proofs = [_proof(entry) for entry in tree["entries"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as broken:
        raise NotAProof("it is not a proof of a signed record") from broken
    if not proofs:
        raise NotAProof("nothing in it is signed")
    return proofs


def _proof(entry: Any) -> Proof:
    try:
        return Proof(
            signed=entry["signed"].encode(),
            digest=bytes.fromhex(entry["sha256"]),
            signature=base64.b64decode(entry["ed25519"], validate=True),
            public_key=base64.b64decode(entry["public_key"], validate=True),
        )
    except binascii.Error as broken:
        raise NotAProof("a signature in it is cut or altered") from broken
