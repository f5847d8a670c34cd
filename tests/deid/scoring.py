"""How well a check does on notes whose identifiers are marked.

A marked place is hit when a finding lies over any of it, whatever its label, and fully covered
when findings lie over each of its letters and digits. Places where either answer is right are
not counted, and descriptions ("the mayor's daughter") count by themselves alone. A finding
that lies over no mark is a false alarm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from groupnotes.deid.folding import fold
from groupnotes.deid.members.forms import is_everyday
from groupnotes.deid.tokens import WORD

_ROSTER = frozenset({"NAME_ROSTER", "INITIALS"})
_OTHERS = frozenset({"NAME_OTHER"})
_PLACES = frozenset({"PLACE", "ORG"})


class Found(NamedTuple):
    """What a check found in a note: code points, and whether it blocks."""

    start: int
    end: int
    blocks: bool


@dataclass
class Tally:
    """How many places there are of one kind, and how many were found how."""

    marked: int = 0
    found: int = 0
    blocked: int = 0
    covered: int = 0

    def share(self, part: str) -> float:
        """Give one of the counts as a share; of no places all are found."""
        return int(getattr(self, part)) / self.marked if self.marked else 1.0


@dataclass
class Score:
    """What was found in a set of notes, by group of identifiers.

    ``words`` are the marked words that must not be flagged though someone is called so.
    """

    groups: dict[str, Tally] = field(default_factory=dict)
    words: Tally = field(default_factory=Tally)
    clean: Tally = field(default_factory=Tally)
    leaks: int = 0
    leaks_caught: int = 0
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    def group(self, name: str) -> Tally:
        """Give the tally of a group, which may be empty."""
        return self.groups.setdefault(name, Tally())

    @property
    def caught(self) -> float:
        """Give the share of leaking notes in which every place was found."""
        return self.leaks_caught / self.leaks if self.leaks else 1.0


Check = Callable[[Mapping[str, Any]], Sequence[Found]]

GROUPS = ("roster", "words", "structured", "others", "places", "described")


def group_of(label: str, phenomenon: str, text: str) -> str:
    """Give the group of goals that a marked place belongs to."""
    if label == "UNIQUE":
        return "described"
    if label == "NAME_ROSTER" and (
        phenomenon.startswith(("wordname", "alias")) or _is_made_of_words(text)
    ):
        return "words"
    if label in _ROSTER:
        return "roster"
    if label in _OTHERS:
        return "others"
    return "places" if label in _PLACES else "structured"


def _is_made_of_words(text: str) -> bool:
    return all(map(is_everyday, WORD.findall(fold(text).text)))


def score(notes: Iterable[Mapping[str, Any]], check: Check) -> Score:
    """Check every note of a set and count."""
    total = Score()
    for note in notes:
        _count(total, note, check(note))
    return total


def _count(total: Score, note: Mapping[str, Any], found: Sequence[Found]) -> None:
    over = {place for one in found for place in range(one.start, one.end)}
    blocked = {place for one in found if one.blocks for place in range(one.start, one.end)}
    missed = _count_marks(total, note, over, blocked)
    _count_words(total.words, note, over, blocked)
    alarms = [one for one in found if not _is_marked(note["spans"], one)]
    total.alarms += [f"{note['id']}: {note['text'][one.start : one.end]}" for one in alarms]
    if note["kind"] == "clean":
        total.clean.marked += 1
        total.clean.found += bool(alarms)
        total.clean.blocked += any(one.blocks for one in alarms)
    else:
        total.leaks += 1
        total.leaks_caught += not missed


def _count_marks(
    total: Score, note: Mapping[str, Any], over: set[int], blocked: set[int]
) -> Counter[str]:
    missed: Counter[str] = Counter()
    for mark in note["spans"]:
        if mark.get("optional"):
            continue
        places = range(mark["start"], mark["end"])
        group = group_of(mark["label"], mark["phenomenon"], mark["text"])
        tally = total.group(group)
        hit = not over.isdisjoint(places)
        tally.marked += 1
        tally.found += hit
        tally.blocked += not blocked.isdisjoint(places)
        tally.covered += all(at in over for at in places if note["text"][at].isalnum())
        if not hit:
            total.missed.append(f"{note['id']} {mark['label']} {mark['phenomenon']}")
            missed[group] += group != "described"
    return +missed


def _count_words(words: Tally, note: Mapping[str, Any], over: set[int], blocked: set[int]) -> None:
    for one in note.get("negatives", ()):
        if one["kind"] == "word_name" and one.get("roster_collision"):
            places = range(one["start"], one["end"])
            words.marked += 1
            words.found += not over.isdisjoint(places)
            words.blocked += not blocked.isdisjoint(places)


def _is_marked(marks: Iterable[Mapping[str, Any]], found: Found) -> bool:
    return any(mark["start"] < found.end and found.start < mark["end"] for mark in marks)
