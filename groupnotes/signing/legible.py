"""What can still be read of signed content that was altered so that it is none; pure.

Nothing that rests on it is signed, verified or given out: it is for the eyes of whoever has to
find out what happened.
"""

from __future__ import annotations

import json
import re
import typing
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any

from groupnotes.notes.encounters import SYMBOLS
from groupnotes.signing import canonical

_NUMBER = re.compile(rf"[{SYMBOLS}]{{4}}(?:-[{SYMBOLS}]{{4}}){{2}}")  # of an encounter
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what it is called, and what stands there."""

    label: str
    value: str  # empty where nothing stands
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class Legible:
    """What stands where signed content should."""

    parts: Mapping[str, Sequence[Line]]  # by the name of each part
    raw: str | None  # what stands there, where it is no JSON object
    encounter: object
    client_id: object

    def names_another(self, encounter: str, client_id: uuid.UUID) -> bool:
        """Say whether it is of another note or client, as far as that can be read.

        Then it was moved, and its text is not for a reader of this note.
        """
        number, client = self.encounter, self.client_id
        if isinstance(number, str) and _NUMBER.fullmatch(number) and number != encounter:
            return True
        return canonical.reads_as(uuid.UUID, client) and client != str(client_id)

    @property
    def unread(self) -> int:
        """How many fields cannot be read, or are missing."""
        return sum(not line.is_read for lines in self.parts.values() for line in lines)


def legible(kind: Any, text: str) -> Legible:
    """Read ``text`` as far as it goes, field by field of ``kind``; refuses nothing."""
    try:
        tree = json.loads(text)
        client = tree["client"].get("id") if isinstance(tree.get("client"), dict) else None
        lines = {name: list(_lines(*part)) for name, part in _fields(kind, tree)}
    except (ValueError, AttributeError, RecursionError):
        return Legible({}, text, None, None)
    return Legible(lines, None, tree.get("encounter"), client)


def _fields(kind: Any, tree: dict[str, Any]) -> Iterator[tuple[str, tuple[Any, Any, str]]]:
    """Yield each field that is there or should be, with its type, its value and its label."""
    hints = typing.get_type_hints(kind)
    spared = {field.name for field in fields(kind) if field.default is None}
    for name, declared in hints.items():
        if name in tree or name not in spared:
            yield name, (declared, tree.get(name, _MISSING), name.replace("_", " "))
    for name in tree.keys() - hints.keys():
        yield name, (None, tree[name], name)


def _lines(kind: Any, tree: Any, label: str) -> Iterator[Line]:
    if isinstance(kind, UnionType) and tree is not None:
        (kind,) = (one for one in typing.get_args(kind) if one is not NoneType)
    if is_dataclass(kind) and isinstance(tree, dict):
        for _, (declared, value, name) in _fields(kind, tree):
            yield from _lines(declared, value, f"{label}, {name}")
    elif typing.get_origin(kind) is tuple and isinstance(tree, list):
        for number, value in enumerate(tree, start=1):
            yield from _lines(typing.get_args(kind)[0], value, f"{label} {number}")
    elif tree is _MISSING:
        yield Line(label, "", is_read=False)
    else:
        yield _leaf(kind, tree, label)


def _leaf(kind: Any, tree: Any, label: str) -> Line:
    is_read = kind is not None and canonical.reads_as(kind, tree)
    if is_read and tree is None:
        return Line(label, "none")
    value = str(tree) if is_read else json.dumps(tree, ensure_ascii=False)
    return Line(label, value.encode(errors="backslashreplace").decode(), is_read)
