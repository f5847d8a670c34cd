"""Signed content of every shape, for properties that hold for all of it."""

import dataclasses
import typing
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from groupnotes.signing.content import (
    FIRST_FORMAT,
    FORMAT,
    Attendance,
    AttendedStatus,
    Practice,
    Session,
    SignedContent,
)
from tests.support.trees import Path

_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
_MOMENT = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_EVERY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: _TEXT,
    datetime: _MOMENT,
    date: st.dates(),
    int: st.integers(-(2**53) + 1, 2**53 - 1),
    UUID: st.uuids(),
}


def _anything(kind: Any) -> st.SearchStrategy[Any]:
    """Every value that a field declared as `kind` may hold."""
    if kind in _EVERY_TYPE:
        return _EVERY_TYPE[kind]
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) is tuple:
        return st.lists(_anything(arguments[0]), max_size=2).map(tuple)
    if arguments:
        return st.none() | _anything(arguments[0])
    if dataclasses.is_dataclass(kind):
        return st.builds(typing.cast("type[Any]", kind), **_fields(kind))
    return st.sampled_from(list(kind))


def _fields(kind: Any) -> dict[str, st.SearchStrategy[Any]]:
    hints = typing.get_type_hints(kind)
    return {field.name: _anything(hints[field.name]) for field in dataclasses.fields(kind)}


@st.composite
def _sessions(draw: st.DrawFn) -> Session:
    free = _fields(Session) | {
        "starts_at": _MOMENT,
        "time_zone": st.sampled_from(["America/New_York", "UTC", "Pacific/Honolulu"]),
        "participants": st.integers(1, 400),
    }
    length = draw(st.timedeltas(timedelta(minutes=1), timedelta(hours=12)))
    drawn = {name: draw(values) for name, values in free.items()}
    return Session(**drawn | {"ends_at": drawn["starts_at"] + length})


@st.composite
def contents(draw: st.DrawFn) -> SignedContent:
    """Any content that can be signed."""
    session = draw(_sessions())
    length = (session.ends_at - session.starts_at) // timedelta(minutes=1)
    kind = draw(st.sampled_from((FORMAT, FIRST_FORMAT)))
    parts = dict.fromkeys(("street", "city", "state", "postal_code"), _TEXT)
    address = {"address": _TEXT} if kind == FIRST_FORMAT else parts
    free = _fields(SignedContent) | {
        "format": st.just(kind),
        "practice": st.builds(Practice, name=_TEXT, phone=_TEXT, npi=st.none() | _TEXT, **address),
        "session": st.just(session),
        "attendance": st.builds(
            Attendance,
            status=_anything(AttendedStatus),
            arrived_at=st.none() | st.just(session.starts_at),
            departed_at=st.none() | st.just(session.ends_at),
            minutes=st.integers(0, length),
        ),
    }
    return SignedContent(**{name: draw(values) for name, values in free.items()})


def part_of(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value


def with_part(value: Any, path: Path, new: Any) -> Any:
    """Return a copy of nested dataclasses and tuples in which one value is another."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return (*value[:step], with_part(value[step], rest, new), *value[step + 1 :])
    return dataclasses.replace(value, **{step: with_part(getattr(value, step), rest, new)})
