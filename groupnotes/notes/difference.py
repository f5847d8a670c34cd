"""What became of a text, or of the texts of a group note, word by word; pure."""

from __future__ import annotations

import difflib
import enum
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
LABELS = {
    "topic": "Topic",
    "interventions": "Interventions",
    "interventions_other": "Other interventions",
    "dynamics": "Group dynamics",
    "plan": "Plan for the group",
}
"""What each text of a group note is called."""
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


class GroupNote(Protocol):
    """A group note, as it is written or as it was signed."""

    @property
    def topic(self) -> str: ...

    @property
    def interventions(self) -> Sequence[str]: ...

    @property
    def interventions_other(self) -> str: ...

    @property
    def dynamics(self) -> str: ...

    @property
    def plan(self) -> str: ...


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


class Change(NamedTuple):
    """One text of the group note that says something else now than before."""

    label: str
    now: str
    pieces: list[Piece]


def changes(before: GroupNote, now: GroupNote) -> list[Change]:
    """Return what of a group note reads otherwise ``now`` than ``before``."""
    texts = [(LABELS[name], _text(before, name), _text(now, name)) for name in LABELS]
    return [Change(label, new, difference(old, new)) for label, old, new in texts if old != new]


def _text(note: GroupNote, name: str) -> str:
    value: str | Sequence[str] = getattr(note, name)
    return value if isinstance(value, str) else "; ".join(value)
