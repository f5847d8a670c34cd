"""The exact bytes that a signature covers.

RFC 8785 (JSON Canonicalization Scheme): one content has one sequence of bytes, each
field stands under its own name, and any JSON reader can check it without this program.
"""

import hashlib
import json
import re
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NoReturn
from uuid import UUID

from groupnotes.signing.content import ContentError, SignedContent
from groupnotes.signing.entry import SignedEntry
from groupnotes.signing.review import SignedReview

_LARGEST = 2**53 - 1  # RFC 8785 numbers are doubles: beyond this two integers look alike
_UNSIGNABLE = re.compile("[\x00\ud800-\udfff]")

# With ASCII names and no fractions the standard encoder writes exactly RFC 8785, in a
# seventh of the time of the library `rfc8785`; the tests hold the two against each other.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

_Walk = Callable[[Any], Any]

Signable = SignedContent | SignedEntry | SignedReview
_S = typing.TypeVar("_S", SignedContent, SignedEntry, SignedReview)


class _Codec(typing.NamedTuple):
    """How one type turns into JSON, and back; a refusal learns its field on its way up."""

    write: _Walk
    read: _Walk


class Written(typing.NamedTuple):
    """Signed content in JSON, part by part."""

    parts: Mapping[str, str]  # in the order of the bytes

    def signed_bytes(self) -> bytes:
        """Return the bytes that a signature covers."""
        parts = ",".join(f'"{name}":{part}' for name, part in self.parts.items())
        return f"{{{parts}}}".encode()


class Writer:
    """Writes what is signed in one act; a part that several contents share is written once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, str]] = {}

    def write(self, content: Signable) -> Written:
        """Write each part of ``content``; raise ContentError if it cannot be signed."""
        kind: Callable[..., Signable] = type(content)
        spared = _spared(kind)
        return Written(
            {
                name: self._part(name, codec, value)
                for name, codec in _parts(kind).items()
                if (value := getattr(content, name)) is not None or name not in spared
            }
        )

    def _part(self, name: str, codec: _Codec, value: Any) -> str:
        known = self._known.get(id(value))
        if known is None:
            try:
                part = _encode(codec.write(value))
            except ContentError as refusal:
                raise refusal.under(name) from None
            # The value is kept, for no other to get its identity.
            known = self._known[id(value)] = value, part
        return known[1]


def canonical_bytes(content: Signable) -> bytes:
    """Return the bytes that stand for ``content`` and for no other; text stays as typed."""
    return Writer().write(content).signed_bytes()


def digest(signed: bytes) -> str:
    """Return the SHA-256 of signed bytes in 64 hexadecimal digits."""
    return hashlib.sha256(signed).hexdigest()


def parse(signed: bytes) -> SignedContent:
    """Read a signed note back; refuse bytes that `canonical_bytes` would not have written."""
    return _parse(SignedContent, signed)


def parse_entry(signed: bytes) -> SignedEntry:
    """Read a signed entry back; refuse bytes that `canonical_bytes` would not have written."""
    return _parse(SignedEntry, signed)


def parse_review(signed: bytes) -> SignedReview:
    """Read a co-signature back; refuse bytes that `canonical_bytes` would not have written."""
    return _parse(SignedReview, signed)


def _parse(kind: Callable[..., _S], signed: bytes) -> _S:
    try:
        tree = json.loads(signed.decode(), parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as broken:
        raise ContentError("content", "is not JSON without fractions, in UTF-8") from broken
    try:
        content: _S = _codec(kind).read(tree)
    except ContentError as refusal:
        raise (refusal if refusal.field else refusal.under("content")) from None
    if canonical_bytes(content) != signed:
        raise ContentError("content", "is not in canonical form")
    return content


def reads_as(kind: Any, tree: Any) -> bool:
    """Say whether a JSON value is one of a field that is declared as ``kind``."""
    try:
        _codec(kind).read(tree)
    except ContentError:
        return False
    return True


def _no_float(_digits: str) -> NoReturn:
    raise ValueError("signed content holds no fractions")


@cache
def _parts(kind: Any) -> dict[str, _Codec]:
    hints = typing.get_type_hints(kind)
    return {name: _codec(hints[name]) for name in sorted(hints)}


@cache
def _spared(kind: Any) -> frozenset[str]:
    """Return the fields that are written only where they say something."""
    return frozenset(field.name for field in fields(kind) if field.default is None)


@cache
def _codec(kind: Any) -> _Codec:
    """Choose the codec of a field by its declared type."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if isinstance(kind, UnionType):
        return _optional(kind)
    if typing.get_origin(kind) is tuple:
        return _sequence(_codec(typing.get_args(kind)[0]))
    if is_dataclass(kind):
        return _record(kind)
    return _word(kind)


def _record(kind: Any) -> _Codec:
    hints = typing.get_type_hints(kind)
    codecs = {field.name: _codec(hints[field.name]) for field in fields(kind)}
    spared = _spared(kind)

    def write(value: Any) -> dict[str, Any]:
        _require(value, kind)
        tree = {}
        for name, codec in codecs.items():
            part = getattr(value, name)
            if part is None and name in spared:
                continue
            try:
                tree[name] = codec.write(part)
            except ContentError as refusal:
                raise refusal.under(name) from None
        return tree

    def read(tree: Any) -> Any:
        _require(tree, dict)
        for name in sorted((tree.keys() ^ codecs.keys()) - (spared - tree.keys())):
            raise ContentError(name, "is missing" if name in codecs else "is unknown")
        return kind(**_read_fields(tree, codecs))

    return _Codec(write, read)


def _read_fields(tree: dict[str, Any], codecs: Mapping[str, _Codec]) -> dict[str, Any]:
    values = {}
    for name, part in tree.items():
        try:
            values[name] = codecs[name].read(part)
        except ContentError as refusal:
            raise refusal.under(name) from None
    return values


def _sequence(item: _Codec) -> _Codec:
    def walked(values: Any, walk: _Walk) -> list[Any]:
        found = []
        for number, value in enumerate(values):
            try:
                found.append(walk(value))
            except ContentError as refusal:
                raise refusal.under(str(number)) from None
        return found

    def write(values: Any) -> list[Any]:
        _require(values, tuple)
        return walked(values, item.write)

    def read(trees: Any) -> tuple[Any, ...]:
        _require(trees, list)
        return tuple(walked(trees, item.read))

    return _Codec(write, read)


def _optional(kind: UnionType) -> _Codec:
    (given,) = (_codec(one) for one in typing.get_args(kind) if one is not NoneType)

    def write(value: Any) -> Any:
        return None if value is None else given.write(value)

    def read(tree: Any) -> Any:
        return None if tree is None else given.read(tree)

    return _Codec(write, read)


def _word(kind: type[StrEnum]) -> _Codec:
    def write(value: Any) -> str:
        _require(value, kind)
        word: str = value.value
        return word

    def read(tree: Any) -> StrEnum:
        _require(tree, str)
        try:
            return kind(tree)
        except ValueError as unknown:
            raise ContentError("", f"is no word of {kind.__name__}") from unknown

    return _Codec(write, read)


def _text(value: Any) -> str:
    _require(value, str)
    found = _UNSIGNABLE.search(value)
    if found:
        name = "a NUL character" if found[0] == "\0" else "a lone surrogate"
        raise ContentError("", f"holds {name} (U+{ord(found[0]):04X})")
    text: str = value
    return text


def _number(value: Any) -> int:
    if type(value) is not int or abs(value) > _LARGEST:
        raise ContentError("", "must be a whole number")
    return value


def _write_moment(value: Any) -> str:
    _require(value, datetime)
    if value.utcoffset() != _UTC:
        raise ContentError("", "must be a time in UTC")
    return f"{value.replace(tzinfo=None).isoformat()}Z"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)


def _write_day(value: Any) -> str:
    if type(value) is not date:
        raise ContentError("", "must be a calendar day")
    return value.isoformat()


def _write_id(value: Any) -> str:
    _require(value, UUID)
    return str(value)


def _reader(make: Callable[[str], Any]) -> _Walk:
    """Read a value from its text; odd spellings of it fail the final comparison of bytes."""

    def read(tree: Any) -> Any:
        _require(tree, str)
        try:
            return make(tree)
        except (ValueError, OverflowError) as unreadable:
            raise ContentError("", "cannot be read") from unreadable

    return read


def _require(value: Any, kind: type[Any]) -> None:
    if not isinstance(value, kind):
        raise ContentError("", f"must be {kind.__name__}, not {type(value).__name__}")


_UTC = timedelta(0)
_PLAIN: dict[Any, _Codec] = {
    str: _Codec(_text, _text),
    int: _Codec(_number, _number),
    datetime: _Codec(_write_moment, _reader(_moment)),
    date: _Codec(_write_day, _reader(date.fromisoformat)),
    UUID: _Codec(_write_id, _reader(UUID)),
}
