"""The declared table of who may do what, read for tests that go over every route."""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.world import WORDS, World

TABLE = Path(__file__).with_name("authorization.toml")
DECLARED: dict[str, Any] = tomllib.loads(TABLE.read_text())
WHO = tuple(DECLARED["never"])
UNSAFE = frozenset({"POST"})
# Which of the world's objects stands for an argument, unless the row says `object`.
OBJECT = {
    "access_id": "emergency",
    "client_id": "client",
    "diagnosis_id": "diagnosis",
    "enrolment_id": "enrolment",
    "entry_id": "entry",
    "facilitation_id": "facilitation",
    "group_id": "group",
    "hold_id": "hold",
    "intervention_id": "intervention",
    "note_entry_id": "added",
    "note_id": "signed",
    "objective_id": "objective",
    "plan_id": "plan",
    "psychotherapy_note_id": "private",
    "purge_id": "purge",
    "session_id": "session",
    "supervision_id": "supervision",
    "user_id": "user",
}


@dataclass(frozen=True)
class Case:
    """One row of the table for one method; ``kind`` says which of several objects it is of."""

    url: str
    method: str
    kind: str | None
    statuses: dict[str, list[int]]  # of "own" and "other"
    args: dict[str, str]

    def __str__(self) -> str:
        kind = f" ({self.kind})" if self.kind else ""
        return f"{self.method} {self.url}{kind}"

    @property
    def arguments(self) -> list[str]:
        """The names of the ids in the address."""
        return re.findall(r"<uuid:(\w+)>", self.url)

    def address(self, ids: dict[str, uuid.UUID]) -> str:
        """Return the address of the objects ``ids`` by argument."""
        address = re.sub(r"<uuid:(\w+)>", lambda found: str(ids[found[1]]), self.url)
        return re.sub(r"<[^>]*:(\w+)>", lambda found: self.args[found[1]], address)

    def objects(self, world: World, half: str) -> dict[str, uuid.UUID]:
        """Return the objects of one half by argument."""
        found = getattr(world, half)
        kinds = {name: OBJECT[name] for name in self.arguments}
        if self.kind is not None:
            kinds[self.arguments[0]] = self.kind
        return {name: found[kind] for name, kind in kinds.items()}


def _cases() -> Iterator[Case]:
    for row in DECLARED["route"]:
        for method in ("GET", *sorted(UNSAFE)):
            if method in row:
                yield Case(row["url"], method, row.get("object"), row[method], row.get("args", {}))


CASES = list(_cases())


def forbidden_words(who: str) -> Iterator[str]:
    """Return the words that no answer to ``who`` may hold."""
    for entry in DECLARED["never"][who]:
        half, kind = entry.split(".")
        for name, words in WORDS[half].items():
            if kind in {"*", name}:
                yield from words


def clinical_words() -> Iterator[str]:
    """Return every word that only clients' names and texts hold."""
    for half in WORDS.values():
        for words in half.values():
            yield from words


def readable() -> Iterator[tuple[Case, str]]:
    """Return every page with someone who may read it."""
    for case in CASES:
        readers = [
            who for who, status in zip(WHO, case.statuses["own"], strict=True) if status == 200
        ]
        if case.method == "GET" and readers:
            yield case, max(readers, key=lambda who: who == "fiona")
