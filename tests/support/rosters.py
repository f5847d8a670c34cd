"""Rosters to check texts against."""

from uuid import UUID

from groupnotes.deid import Finding, Person, Relation, Roster


def person(
    number: int,
    first: str = "",
    last: str = "",
    *,
    preferred: str = "",
    aliases: tuple[str, ...] = (),
    relation: Relation = Relation.ENROLLED,
) -> Person:
    return Person(UUID(int=number), first, last, preferred, aliases, relation)


def roster(*persons: Person) -> Roster:
    return Roster(persons)


def of_names(*firsts: str) -> Roster:
    """Give a roster of people who go by one name each."""
    return Roster(tuple(person(number, first) for number, first in enumerate(firsts, start=1)))


def found_in(text: str, findings: list[Finding]) -> list[str]:
    """Give the words that were found, as they stand in the text."""
    return [text[finding.start : finding.end] for finding in findings]
