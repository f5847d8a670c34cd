"""Words that stand nowhere but in the field they were typed in, to be looked for afterwards."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bs4 import Tag
from flask import Flask

from groupnotes.practice import npi
from tests.support.site import fields_of

Field = tuple[str, str]  # the endpoint that takes the form, and the field without ids and numbers

_KINDS = ("text", "search", "tel", "email", "password")
TEXT = ", ".join(
    [
        "textarea[name]",
        "input[name]:not([type])",
        *(f"input[name][type={kind}]" for kind in _KINDS),
        "input[name=birth_date]",
    ]
)
# Fields that take no word of their own, and why nothing is learnt from them.
ANYBODYS = {
    "state": "two letters, printed on every record",
    "service_code": "a code that many groups share",
    "rrule": "a rule that many groups share",
}
# A group note must not name its clients, so their names share no word with it.
NAMES = ("first_name", "last_name", "preferred_name", "aliases")
_MARK = "qxzjkvwp"  # how every word begins
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Typed:
    """What was typed in one field of one form, once."""

    field: Field
    text: str


class Canaries:
    """Every word that was typed, and where."""

    def __init__(self, app: Flask, tail: str = "", tail_of_names: str = "") -> None:
        """Put ``tail`` after each word, where nothing says what it must look like."""
        self._addresses = app.url_map.bind("localhost")
        self._tails = dict.fromkeys(NAMES, tail_of_names), tail
        self.typed: list[Typed] = []

    def fill(self, form: Tag, action: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return a word of its own for each text field of ``form``, or what is ``given``."""
        present = fields_of(form)
        values: dict[str, Any] = {}
        for name in names_of_text(form):
            _, field = self.field(action, name)
            shape = field.rpartition("-")[2]
            kept = present[name] if shape in ANYBODYS else None
            values[name] = given.get(name, kept)
            if values[name] is None:
                values[name] = self._text(shape, values)
            self.typed.append(Typed(self.field(action, name), values[name]))
        return values

    def word(self) -> str:
        """Return a word that was never typed."""
        return _word(len(self.typed) + 1)

    def text(self) -> str:
        """Return a text that was never typed, as it is typed where nothing gives it a shape."""
        return self.word() + self._tails[1]

    def note(self, what: str, text: str) -> None:
        """Look for ``text`` too, which nobody typed but which is as secret."""
        self.typed.append(Typed(("", what), text))

    def field(self, action: str, name: str) -> Field:
        """Say which field it is, the same for every record."""
        endpoint, _ = self._addresses.match(action, method="POST")
        return endpoint, re.sub(r"(?<=-)\d+(?=-)", "#", _ID.sub("#", name))

    def texts(self) -> frozenset[str]:
        """Return everything typed that nothing else holds."""
        return frozenset(t.text for t in self.typed if t.text and t.field[1] not in ANYBODYS)

    def _text(self, shape: str, values: Mapping[str, Any]) -> str:
        if shape == "repeated_password":
            return str(values["new_password"])
        number = len(self.typed) + 1
        if shape in _SHAPES:
            return _SHAPES[shape](number)
        of_names, tail = self._tails
        return _word(number) + of_names.get(shape, tail)


def names_of_text(form: Tag) -> list[str]:
    """Return the names of the fields of ``form`` in which something can be typed."""
    return [str(field["name"]) for field in form.select(TEXT)]


def found(texts: Iterable[str], data: bytes) -> set[str]:
    """Return which of ``texts`` stand in ``data``, in any of the ways a program would put them."""
    there = set(_TOKEN.findall(data))
    encoded = any(trace in data for trace in _traces(_MARK))
    return {text for text in texts if _stands(text, data, there, encoded=encoded)}


def _stands(text: str, data: bytes, there: set[bytes], *, encoded: bool) -> bool:
    """Say whether ``text`` stands in ``data``, where ``there`` are the words of ours."""
    tokens = _TOKEN.findall(text.encode())
    if tokens and not encoded:
        return not there.isdisjoint(tokens)
    return text.encode() in data or any(trace in data for trace in _traces(text))


def _traces(text: str) -> Iterator[bytes]:
    """Yield ``text`` as wide characters, as digits of its bytes, and as base64."""
    plain = text.encode()
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    for shift in range(3):  # base64 reads three bytes at a time, from wherever the text begins
        encoded = base64.b64encode(bytes(shift) + plain)
        yield encoded[-(-8 * shift // 6) : -4]


def _word(number: int) -> str:
    """Return sixteen letters that are no word, the first eight of them the same in all."""
    digest = hashlib.sha256(f"canary {number}".encode()).digest()
    return _MARK + "".join(string.ascii_lowercase[byte % 26] for byte in digest[:8])


def _digits(number: int, count: int) -> str:
    digest = hashlib.sha256(f"digits {number}".encode()).digest()
    return str(int.from_bytes(digest) % 10**count).zfill(count)


def _npi(number: int) -> str:
    first = "1717" + _digits(number, 5)
    return next(first + last for last in string.digits if npi.problem(first + last) is None)


def _day(number: int) -> str:
    return (dt.date(1911, 1, 1) + dt.timedelta(days=number % 365)).isoformat()


_SHAPES: Mapping[str, Callable[[int], str]] = {
    "birth_date": _day,
    "code": lambda number: f"Q7Z.{_digits(number, 4)}",
    "email": lambda number: f"{_word(number)}@example.org",
    "npi": _npi,
    "onset_on": _day,
    "phone": lambda number: f"+1 1717{_digits(number, 6)}",
    "postal_code": lambda number: f"17171-{_digits(number, 4)}",
}
# What all of the above look like.
_TOKEN = re.compile(
    rb"%b[a-z]{8}|1717[0-9]{6}|17171-[0-9]{4}|1911-[0-9]{2}-[0-9]{2}|Q7Z\.[0-9]{4}" % _MARK.encode()
)
