"""The file by which a record proves itself, long after and far from the practice's database.

It travels inside the PDF. ``signed`` is the text whose UTF-8 bytes were signed (RFC 8785), so
whoever verifies needs no JSON library that writes it the same way.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from groupnotes.signing.proof import Proof

FORMAT = "groupnotes.proof/2"
NAME = "signed-record.json"


class NotAProof(ValueError):  # noqa: N818 - reads as what is wrong
    """The file is none that this program wrote."""


class Exported(NamedTuple):
    """The parts of one record, the note first, and the signature on them as a whole."""

    parts: Sequence[Proof]
    whole: Proof | None


def write(parts: Sequence[Proof], whole: Proof) -> str:
    """Write what is signed of one record: the note first, then what was added to it.

    There is one way to write it, so that whoever changes a byte, of any kind, is found out.
    """
    tree = {"format": FORMAT, "entries": [_entry(part) for part in parts], "whole": _entry(whole)}
    return json.dumps(tree, ensure_ascii=False, indent=1)


def read(written: bytes) -> Exported:
    """Read them back; raise NotAProof for anything that ``write`` could not have written."""
    try:
        tree = json.loads(written.decode())
        if tree["format"] != FORMAT:
            raise NotAProof(f"its format is not {FORMAT}")
        parts = [_proof(entry) for entry in tree["entries"]]
        whole = _proof(tree["whole"]) if "whole" in tree else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as broken:
        raise NotAProof("it is not a proof of a signed record") from broken
    if not parts:
        raise NotAProof("nothing in it is signed")
    return Exported(parts, whole)


def is_as_written(written: bytes, exported: Exported) -> bool:
    """Say whether a file that was read is as ``write`` writes it, byte for byte."""
    parts, whole = exported
    return whole is None or write(parts, whole).encode() == written


def _entry(proof: Proof) -> dict[str, str]:
    return {
        "signed": proof.signed.decode(),
        "sha256": proof.digest.hex(),
        "ed25519": base64.b64encode(proof.signature).decode(),
        "public_key": base64.b64encode(proof.public_key).decode(),
    }


def _proof(entry: Any) -> Proof:
    return Proof(
        signed=entry["signed"].encode(),
        digest=bytes.fromhex(entry["sha256"]),
        signature=base64.b64decode(entry["ed25519"], validate=True),
        public_key=base64.b64decode(entry["public_key"], validate=True),
    )
