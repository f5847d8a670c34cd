"""Notes written by hand with every identifier marked, and what they come to for the scorer.

``python -m tests.deid.marked FOLDER`` writes the notes of a folder as JSON Lines.
README.md beside this file says how the notes are marked.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_MARK = re.compile(r"\[\[(?P<tag>[^|\]]+)\|(?P<text>.+?)\]\]", re.DOTALL)
_CASES: dict[str, Callable[[str], str]] = {"as": str, "lower": str.lower, "upper": str.upper}


class BadlyMarkedError(ValueError):
    """A note cannot be read; the message names the note and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Span:
    """One marked place, in code points; ``label`` is empty where nothing must be flagged."""

    start: int
    end: int
    label: str
    phenomenon: str
    collides: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it is typed, the people around it, and what a perfect check would say."""

    id: str
    text: str
    case: str
    roster: dict[str, Any]
    spans: tuple[Span, ...]

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing in the note identifies anyone."""
        return not any(span.label for span in self.spans)

    def as_record(self) -> dict[str, Any]:
        """Give the note as the scorer of the JSON Lines reads it."""
        return {
            "id": self.id,
            "kind": "clean" if self.is_clean else "leak",
            "case": self.case,
            "text": self.text,
            "roster": self.roster,
            "spans": [self._gold(span) for span in self.spans if span.label],
            "negatives": [self._negative(span) for span in self.spans if not span.label],
        }

    def _gold(self, span: Span) -> dict[str, Any]:
        known: dict[str, Any] = {
            "start": span.start,
            "end": span.end,
            "text": self.text[span.start : span.end],
            "label": span.label,
            "phenomenon": span.phenomenon,
        }
        if span.label in {"OPT", "STAFF"}:
            known["optional"] = True
        if span.label == "UNIQUE":
            known["stretch"] = True
        return known

    def _negative(self, span: Span) -> dict[str, Any]:
        return {
            "start": span.start,
            "end": span.end,
            "text": self.text[span.start : span.end],
            "kind": span.phenomenon,
            "roster_collision": span.collides,
        }


def read(folder: Path) -> Iterator[Note]:
    """Give the notes of every ``*.toml`` of a folder but ``rosters.toml``, in order of file."""
    rosters = tomllib.loads((folder / "rosters.toml").read_text(encoding="utf-8"))
    for file in sorted(folder.glob("*.toml")):
        if file.name == "rosters.toml":
            continue
        for number, written in enumerate(tomllib.loads(file.read_text("utf-8"))["note"], 1):
            name = f"{folder.name}-{file.stem}-{number:03}"
            if written["roster"] not in rosters:
                message = f"{name}: no roster is called {written['roster']!r}."
                raise BadlyMarkedError(message)
            yield _read_one(name, written, rosters[written["roster"]])


def _read_one(name: str, written: dict[str, Any], roster: dict[str, Any]) -> Note:
    case = written.get("case", "as")
    marked = written["text"].strip("\n")
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += _CASES[case](marked[at : mark.start()])
        inside = _CASES[case](mark["text"])
        spans.append(_span(name, mark["tag"], len(text), len(text) + len(inside)))
        text += inside
        at = mark.end()
    text += _CASES[case](marked[at:])
    if "[[" in text or "]]" in text:
        message = f"{name}: a mark is not closed, or has no text."
        raise BadlyMarkedError(message)
    return Note(name, text, case, roster, tuple(spans))


def _span(name: str, tag: str, start: int, end: int) -> Span:
    if tag.startswith("-"):
        kind = tag[1:]
        return Span(start, end, "", kind.rstrip("*"), collides=kind.endswith("*"))
    label, _, phenomenon = tag.partition(":")
    if label not in _LABELS or not phenomenon:
        message = f"{name}: {tag!r} is no label with a phenomenon."
        raise BadlyMarkedError(message)
    return Span(start, end, label, phenomenon)


_LABELS = frozenset(
    """
    NAME_ROSTER INITIALS NAME_OTHER PLACE ORG DATE AGE90 PHONE EMAIL URL HANDLE ADDRESS ZIP SSN MRN
    MEMBER_ID ACCOUNT LICENSE PLATE VIN DEVICE IP CASE UNIQUE STAFF OPT
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)


if __name__ == "__main__":
    for note in read(Path(sys.argv[1])):
        sys.stdout.write(json.dumps(note.as_record(), ensure_ascii=False) + "\n")
