"""The check, asked about the notes of the sets."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from groupnotes import deid
from groupnotes.cli.deid import roster_of
from tests.deid import marked
from tests.deid.scoring import Found

FOLDER = Path(__file__).parent
SHARED = Path(os.environ.get("GROUPNOTES_DEID_SET", FOLDER.parents[2] / "shared/deid/dev.jsonl"))


# Sets that nobody looked at before the rules were judged by them.
JUDGES = frozenset({"nextjudge"})


def sets() -> Iterator[str]:
    """Give the names of the sets that there are; the first is not of this repository."""
    if SHARED.exists():
        yield "dev"
    yield from sorted(one.parent.name for one in FOLDER.glob("*/rosters.toml"))


def notes_of(name: str) -> list[Mapping[str, Any]]:
    """Read the notes of a set."""
    if name == "dev":
        return [json.loads(line) for line in SHARED.read_text("utf-8").splitlines() if line]
    return [note.as_record() for note in marked.read(FOLDER / name)]


def found_in(note: Mapping[str, Any]) -> list[Found]:
    """Check a note as a text that goes into the record of everyone."""
    findings = deid.check(note["text"], deid.index(roster_of(note["roster"])))
    return [Found(one.start, one.end, one.level is deid.Level.BLOCK) for one in findings]
