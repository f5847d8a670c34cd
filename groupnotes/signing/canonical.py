"""The exact bytes that a signature covers.

RFC 8785 (JSON Canonicalization Scheme): one content has one sequence of bytes, each
field stands under its own name, and any JSON reader can check it without this program.
"""

import hashlib
import json
import re
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NoReturn
from uuid import UUID

from groupnotes.signing.content import ContentError, SignedContent

_LARGEST = 2**53 - 1  # RFC 8785 numbers are doubles: beyond this two integers look alike
_UNSIGNABLE = re.compile("[\x00\ud800-\udfff]")

# With ASCII names and no fractions the standard encoder writes exactly RFC 8785, in a
# seventh of the time of the library `rfc8785`; the tests hold the two against each other.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

_Walk = Callable[[Any, str], Any]


class _Codec(typing.NamedTuple):
    """How one type turns into JSON, and back; both are told the field for their refusals."""

    write: _Walk
    read: _Walk


def canonical_bytes(content: SignedContent) -> bytes:
    """Return the bytes that stand for ``content`` and for no other; text stays as typed."""
    return _encode(_codec(SignedContent).write(content, "")).encode()


def digest(signed: bytes) -> str:
    """Return the SHA-256 of signed bytes in 64 hexadecimal digits."""
    return hashlib.sha256(signed).hexdigest()


def parse(signed: bytes) -> SignedContent:
    """Read signed bytes back; refuse any that `canonical_bytes` would not have written."""
    try:
        tree = json.loads(signed.decode(), parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as broken:
        raise ContentError("content", "is not JSON without fractions, in UTF-8") from broken
    content: SignedContent = _codec(SignedContent).read(tree, "")
    if canonical_bytes(content) != signed:
        raise ContentError("content", "is not in canonical form")
    return content


def _no_float(_digits: str) -> NoReturn:
    raise ValueError("signed content holds no fractions")


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

    def write(value: Any, at: str) -> dict[str, Any]:
        _require(value, kind, at)
        return {n: c.write(getattr(value, n), _under(at, n)) for n, c in codecs.items()}

    def read(tree: Any, at: str) -> Any:
        _require(tree, dict, at)
        for name in sorted(tree.keys() ^ codecs.keys()):
            raise ContentError(_under(at, name), "is missing" if name in codecs else "is unknown")
        return kind(**{n: c.read(tree[n], _under(at, n)) for n, c in codecs.items()})

    return _Codec(write, read)


def _sequence(item: _Codec) -> _Codec:
    def write(values: Any, at: str) -> list[Any]:
        _require(values, tuple, at)
        return [item.write(value, _under(at, str(n))) for n, value in enumerate(values)]

    def read(trees: Any, at: str) -> tuple[Any, ...]:
        _require(trees, list, at)
        return tuple(item.read(tree, _under(at, str(n))) for n, tree in enumerate(trees))

    return _Codec(write, read)


def _optional(kind: UnionType) -> _Codec:
    (given,) = (_codec(one) for one in typing.get_args(kind) if one is not NoneType)

    def write(value: Any, at: str) -> Any:
        return None if value is None else given.write(value, at)

    def read(tree: Any, at: str) -> Any:
        return None if tree is None else given.read(tree, at)

    return _Codec(write, read)


def _word(kind: type[StrEnum]) -> _Codec:
    def write(value: Any, at: str) -> str:
        _require(value, kind, at)
        return str(value)

    def read(tree: Any, at: str) -> StrEnum:
        _require(tree, str, at)
        try:
            return kind(tree)
        except ValueError as unknown:
            raise ContentError(at, f"is no word of {kind.__name__}") from unknown

    return _Codec(write, read)


def _text(value: Any, at: str) -> str:
    _require(value, str, at)
    found = _UNSIGNABLE.search(value)
    if found:
        name = "a NUL character" if found[0] == "\0" else "a lone surrogate"
        raise ContentError(at, f"holds {name} (U+{ord(found[0]):04X})")
    return str(value)


def _number(value: Any, at: str) -> int:
    if type(value) is not int or abs(value) > _LARGEST:
        raise ContentError(at, "must be a whole number")
    return value


def _write_moment(value: Any, at: str) -> str:
    _require(value, datetime, at)
    if value.utcoffset() != timedelta(0):
        raise ContentError(at, "must be a time in UTC")
    return f"{value.replace(tzinfo=None).isoformat()}Z"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)


def _write_day(value: Any, at: str) -> str:
    if type(value) is not date:
        raise ContentError(at, "must be a calendar day")
    return value.isoformat()


def _write_id(value: Any, at: str) -> str:
    _require(value, UUID, at)
    return str(value)


def _reader(make: Callable[[str], Any]) -> _Walk:
    """Read a value from its text; odd spellings of it fail the final comparison of bytes."""

    def read(tree: Any, at: str) -> Any:
        _require(tree, str, at)
        try:
            return make(tree)
        except (ValueError, OverflowError) as unreadable:
            raise ContentError(at, "cannot be read") from unreadable

    return read


def _require(value: Any, kind: type[Any], at: str) -> None:
    if not isinstance(value, kind):
        raise ContentError(at or "content", f"must be {kind.__name__}, not {type(value).__name__}")


def _under(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


_PLAIN: dict[Any, _Codec] = {
    str: _Codec(_text, _text),
    int: _Codec(_number, _number),
    datetime: _Codec(_write_moment, _reader(_moment)),
    date: _Codec(_write_day, _reader(date.fromisoformat)),
    UUID: _Codec(_write_id, _reader(UUID)),
}
