"""A place where a text may speak of people of the roster."""

from typing import NamedTuple

from groupnotes.deid.index import Name, RosterIndex


class Mention(NamedTuple):
    """One or more names of one person in the words from ``first`` to before ``after``.

    One that is not ``sure`` is made of ordinary words; a ``pair`` is first and last name of it.
    """

    first: int
    after: int
    rule: str
    holders: frozenset[int]
    sure: bool
    pair: bool = False
    dotted: bool = False
    weight: bool = False


def is_silent(mention: Mention, roster: RosterIndex) -> bool:
    """Tell whether it may stand: whom the text is about, and staff."""
    return bool(mention.holders & roster.own) or mention.holders <= roster.staff


def rule_of(name: Name, ending: str) -> str:
    """Give the rule by which a name was found, which says in what form."""
    return f"{name.rule}{ending}"
