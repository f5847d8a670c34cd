"""Which events of the audit log somebody asks for."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeVar
from zoneinfo import ZoneInfo

from wtforms.validators import Optional

from groupnotes.accounts.details import StaffLine
from groupnotes.audit import words
from groupnotes.audit.tags import Tag
from groupnotes.oversight.events import Filter
from groupnotes.web.forms import BaseForm, ChoiceField, DayField, LineField

T = TypeVar("T")

_TAGS = sorted(((tag.value, words.done(tag.value)) for tag in Tag), key=lambda choice: choice[1])


@dataclass(frozen=True, slots=True)
class Address:
    """A filter as a page's address says it: ids, a tag and days, and nobody's number."""

    client: uuid.UUID | None = None
    person: uuid.UUID | None = None
    action: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Read an address; what cannot be meant is not asked for."""
        return cls(
            client=_read(uuid.UUID, given.get("client")),
            person=_read(uuid.UUID, given.get("person")),
            action=_read(Tag, given.get("action")),
            first=_read(dt.date.fromisoformat, given.get("first")),
            last=_read(dt.date.fromisoformat, given.get("last")),
        )

    def query(self) -> dict[str, Any]:
        """Return the arguments of the address."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return {name: str(value) for name, value in fields.items() if value is not None}

    def filter(self, zone: ZoneInfo) -> Filter:
        """Return the filter; its days are those of the practice's calendar."""
        return Filter(
            client_id=self.client,
            actor_id=self.person,
            tag=self.action,
            since=_midnight(self.first, zone),
            until=_midnight(_after(self.last), zone),
        )


class FilterForm(BaseForm):
    """Which events are shown; what is left empty is not asked."""

    client = LineField("Client, by MRN or id", limit=40)
    person = ChoiceField("Person", kind=uuid.UUID, missing=None)
    action = ChoiceField("What was done", kind=Tag, choices=_TAGS, missing=None)
    first = DayField("From", [Optional()])
    last = DayField("Until", [Optional()])

    @classmethod
    def of(cls, address: Address, people: Iterable[StaffLine]) -> Self:
        """Show what is asked for now."""
        form = cls(
            data={
                "client": str(address.client or ""),
                "person": address.person,
                "action": address.action,
                "first": address.first,
                "last": address.last,
            }
        )
        return form.offer(people)

    def offer(self, people: Iterable[StaffLine]) -> Self:
        """Offer these people to choose from."""
        self.person.offer((str(person.id), person.label) for person in people)
        return self

    def number(self) -> str:
        """Return what was typed to name a client."""
        return self.client.data or ""

    def address(self, client: uuid.UUID | None) -> Address:
        """Return what was chosen; call after ``validate``."""
        return Address(client, self.person.data, self.action.data, self.first.data, self.last.data)


def _read(kind: Callable[[str], T], text: str | None) -> T | None:
    try:
        return kind(text) if text else None
    except ValueError:
        return None


def _after(day: dt.date | None) -> dt.date | None:
    return day if day is None or day == dt.date.max else day + dt.timedelta(days=1)


def _midnight(day: dt.date | None, zone: ZoneInfo) -> dt.datetime | None:
    return None if day is None else dt.datetime.combine(day, dt.time(), zone)
