"""Who must not be named in a text."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Relation(StrEnum):
    """What a person is to the group. Staff may be named."""

    ATTENDEE = "attendee"
    ENROLLED = "enrolled"
    FORMER = "former"
    CONTACT = "contact"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Person:
    """One person by every name and number that points at them; what is not known is empty."""

    id: UUID
    first: str
    last: str = ""
    preferred: str = ""
    aliases: tuple[str, ...] = ()
    relation: Relation = Relation.ENROLLED
    birth_date: dt.date | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    address: str = ""
    employer: str = ""
    mrn: str = ""
    member_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """The people around one text; ``own`` are those whom the text is about and may name."""

    persons: tuple[Person, ...]
    own: tuple[Person, ...] = ()


def others_of(roster: Roster, client_id: UUID) -> Roster:
    """Give the roster for the individual note of one client, who may be named in it.

    A name that the client shares with another does not count by itself: in the note of Ana Ruiz
    "Ana" is Ana Ruiz, also when an Ana Diaz attends. "Ana Diaz" is found.
    """
    return Roster(
        persons=tuple(person for person in roster.persons if person.id != client_id),
        own=tuple(person for person in roster.persons if person.id == client_id),
    )
