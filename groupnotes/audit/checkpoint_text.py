"""What a checkpoint says (c2sp.org/tlog-checkpoint): which log, how many events, which root."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from groupnotes.audit.merkle import HASH_BYTES

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class NotACheckpoint(ValueError):  # noqa: N818 - reads as what it is
    """The text is not one of a checkpoint."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log ``origin`` had ``size`` events, and this was the root of their Merkle tree."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def parse(text: str) -> Checkpoint:
    """Read the text of a checkpoint; lines after the third are no business of ours."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise NotACheckpoint("a checkpoint has three lines: the log, its size and its root")
    origin, size, encoded = lines[:3]
    try:
        root = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise NotACheckpoint("the root is not base64") from error
    if not _SIZE.fullmatch(size) or len(root) != HASH_BYTES:
        raise NotACheckpoint("the size or the root is none")
    return Checkpoint(origin, int(size), root)
