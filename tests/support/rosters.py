"""Rosters to check texts against."""

from uuid import UUID

from groupnotes.deid import (
    INDIVIDUAL_NOTE,
    Finding,
    Person,
    Relation,
    Roster,
    RosterIndex,
    check,
)


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


GROUP = roster(
    person(1, "Maria", "Gonzalez", preferred="Mia"),
    person(2, "Desmond", "O'Brien", aliases=("Dez",)),
    person(3, "Anne-Marie", "de la Cruz"),
    person(4, "Zoë", "Nuñez"),
)


def check_names(text: str, among: Roster | RosterIndex) -> list[Finding]:
    """Give what the roster alone tells of a text."""
    return check(text, among, INDIVIDUAL_NOTE)


def found(text: str, among: Roster = GROUP) -> list[str]:
    """Give the words that a check finds in ``text``."""
    return found_in(text, check_names(text, among))


def rules(text: str, among: Roster = GROUP) -> list[str]:
    """Give the rules by which a check finds something in ``text``."""
    return [finding.rule for finding in check_names(text, among)]
