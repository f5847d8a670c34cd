"""``flask --app wsgi deid check``: who is identified in texts that must identify nobody.

JSON Lines in, JSON Lines out; it asks no database. This is how the check is measured.
"""

from __future__ import annotations

import datetime as dt
import json
import time
import uuid
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

import click

from groupnotes import deid

_RELATIONS = {
    "attendees": deid.Relation.ATTENDEE,
    "enrolled": deid.Relation.ENROLLED,
    "former": deid.Relation.FORMER,
    "contacts": deid.Relation.CONTACT,
    "staff": deid.Relation.STAFF,
}

_VALUES = (
    "first", "last", "preferred", "dob", "phone", "email", "address", "employer", "mrn",
    "member_id",
)  # fmt: skip

command = click.Group("deid", help="Check texts for names.")


class _LineError(ValueError):
    """A line is not what ``check`` reads; the text never repeats the line."""


@command.command("check")
@click.argument("source", type=click.File(encoding="utf-8"), default="-")
def check(source: TextIO) -> None:
    """Read lines of {"id", "text", "roster"} and write {"id", "spans", "ms"} for each.

    A roster lists attendees, enrolled, former, contacts and staff, each with first and, where
    known, last, preferred, aliases, dob, phone, email, address, employer, mrn and member_id.
    Offsets count code points, the end exclusive.
    """
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            answer = _checked(line)
        except (_LineError, json.JSONDecodeError) as error:
            reason = error if isinstance(error, _LineError) else "this is not JSON"
            raise click.ClickException(f"line {number}: {reason}.") from None
        click.echo(json.dumps(answer))


def _checked(line: str) -> dict[str, Any]:
    asked = json.loads(line)
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise _LineError("give an object with a text")
    prepared = deid.index(roster_of(asked.get("roster") or {}))
    started = time.perf_counter()
    findings = deid.check(asked["text"], prepared)
    took = time.perf_counter() - started
    spans = [
        {
            "start": finding.start,
            "end": finding.end,
            "label": finding.category.value,
            "level": finding.level.value,
            "rule": finding.rule,
        }
        for finding in findings
    ]
    return {"id": asked.get("id"), "spans": spans, "ms": round(took * 1000, 3)}


def roster_of(written: Any) -> deid.Roster:
    """Read a roster in the form that ``check`` takes; the people are numbered by their place."""
    return deid.Roster(tuple(_persons(written)))


def _persons(roster: Any) -> Iterator[deid.Person]:
    if not isinstance(roster, dict):
        raise _LineError("the roster is an object with lists of people")
    unknown = roster.keys() - _RELATIONS.keys()
    if unknown:
        raise _LineError(f"a roster has only {', '.join(_RELATIONS)}")
    place = 0
    for name, relation in _RELATIONS.items():
        for entry in _entries(roster.get(name)):
            place += 1
            yield _person(entry, relation, place)


def _entries(people: Any) -> Iterable[Any]:
    if people is None:
        return ()
    if not isinstance(people, list):
        raise _LineError("the roster is an object with lists of people")
    return people


def _person(entry: Any, relation: deid.Relation, place: int) -> deid.Person:
    if not isinstance(entry, dict):
        raise _LineError("each person is an object")
    aliases = entry.get("aliases") or []
    values = {part: entry.get(part) or "" for part in _VALUES}
    if not isinstance(aliases, list) or not all(
        isinstance(value, str) for value in (*values.values(), *aliases)
    ):
        raise _LineError("a name is text, as all else of a person, and aliases are a list of names")
    return deid.Person(
        id=uuid.UUID(int=place),
        first=values["first"],
        last=values["last"],
        preferred=values["preferred"],
        aliases=tuple(aliases),
        relation=relation,
        birth_date=_date(values["dob"]),
        phones=_one(values["phone"]),
        emails=_one(values["email"]),
        address=values["address"],
        employer=values["employer"],
        mrn=values["mrn"],
        member_ids=_one(values["member_id"]),
    )


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _date(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written) if written else None
    except ValueError:
        raise _LineError("a dob is written as 1980-12-31") from None
