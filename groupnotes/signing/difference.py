"""What became of a text, word by word."""

from __future__ import annotations

import difflib
import enum
import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_LONG = 4000  # words and what is between them: comparing more takes longer than reading both


class Became(enum.StrEnum):
    """What happened to a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """A stretch of text, and what became of it."""

    text: str
    became: Became


def difference(before: str, now: str) -> list[Piece]:
    """Return ``before`` and ``now`` in one text; without what was added it is ``before``."""
    return [piece for piece in _pieces(before, now) if piece.text]


def _pieces(before: str, now: str) -> Iterator[Piece]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(now)
    if before == now:
        yield Piece(now, Became.KEPT)
        return
    if len(old) + len(new) > _LONG:
        yield Piece(before, Became.REMOVED)
        yield Piece(now, Became.ADDED)
        return
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, stop, from_, to in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("".join(old[start:stop]), Became.KEPT)
        else:
            yield Piece("".join(old[start:stop]), Became.REMOVED)
            yield Piece("".join(new[from_:to]), Became.ADDED)
