"""What the check for identifiers finds in notes by several hands, and how long it takes."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from groupnotes import deid
from groupnotes.cli.deid import roster_of
from tests.deid import checking, scoring

_GOAL_MS = 10.0
_WORDS = 200
_PEOPLE = 12
_TIMES = 5

# The group, which share of it, and what it must be: at least, or at most where it is a fault.
_GOALS: Sequence[tuple[str, str, str, float]] = (
    ("roster", "found", "roster names and initials", 0.99),
    ("roster", "blocked", "the same, blocked", 0.99),
    ("words", "found", "names that are words, aliases", 0.95),
    ("structured", "found", "structured identifiers", 0.99),
    ("structured", "blocked", "the same, blocked", 0.99),
    ("structured", "covered", "the same, fully covered", 0.98),
    ("others", "found", "names off the roster", 0.92),
    ("places", "found", "places, employers", 0.80),
)
_FAULTS: Sequence[tuple[str, str, float]] = (
    ("found", "words used as words, flagged", 0.05),
    ("blocked", "the same, blocked", 0.01),
    ("found", "clean notes with an alarm", 0.10),
    ("blocked", "the same, blocked", 0.02),
)


def measure() -> dict[str, Any]:
    """Return the shares of each set, and the milliseconds of a long note with a full roster."""
    scores = {name: scoring.score(checking.notes_of(name), checking.found_in) for name in _sets()}
    milliseconds = _p95()
    return {
        "sets": {name: _shares(score) for name, score in scores.items()},
        "ms_p95": milliseconds,
        "goal_ms": _GOAL_MS,
        "verdict": "PASS" if milliseconds <= _GOAL_MS else "FAIL",
    }


def in_words(measured: Mapping[str, Any]) -> str:
    """Return a table with one column for each set."""
    sets: Mapping[str, Mapping[str, float]] = measured["sets"]
    goals = [(label, f"≥ {goal:.2f}") for _, _, label, goal in _GOALS]
    goals += [(label, f"≤ {goal:.2f}") for _, label, goal in _FAULTS]
    goals.append(("leaking notes caught whole", "≥ 0.95"))
    lines = [f"{'identifiers in shared texts':32} {'goal':>7}" + _row(sets, str)]
    for at, (label, goal) in enumerate(goals):
        row = _row(sets, lambda name, at=at: f"{list(sets[name].values())[at]:.3f}")
        lines.append(f"{label:32} {goal:>7}{row}")
    lines.append(
        f"checking {_WORDS} words with a roster of {_PEOPLE}: p95 {measured['ms_p95']:.1f} ms;"
        f" goal {measured['goal_ms']:.0f}: {measured['verdict']}"
    )
    return "\n".join(lines)


def _row(sets: Mapping[str, Any], cell: Any) -> str:
    return "".join(f" {cell(name):>11}" for name in sets)


def _sets() -> Sequence[str]:
    return list(checking.sets())


def _shares(score: scoring.Score) -> dict[str, float]:
    shares = {f"{group}.{part}": score.group(group).share(part) for group, part, _, _ in _GOALS}
    shares["as_words.found"] = score.words.share("found")
    shares["as_words.blocked"] = score.words.share("blocked")
    shares["clean.found"] = score.clean.share("found")
    shares["clean.blocked"] = score.clean.share("blocked")
    shares["caught"] = score.caught
    return shares


def _p95() -> float:
    """Take the time of notes put together to the length, each word seen once before."""
    notes = [note for name in _sets() for note in checking.notes_of(name)]
    taken = []
    for first in range(0, len(notes) - 8, 4):
        some = notes[first : first + 8]
        text = " ".join(" ".join(note["text"] for note in some).split(" ")[:_WORDS])
        roster = roster_of(some[0]["roster"])
        prepared = deid.index(deid.Roster(roster.persons[:_PEOPLE]))
        times = []
        for _ in range(_TIMES):
            started = time.perf_counter()
            deid.check(text, prepared)
            times.append(time.perf_counter() - started)
        taken.append(sorted(times)[len(times) // 2])
    return sorted(taken)[int(0.95 * len(taken))] * 1000
