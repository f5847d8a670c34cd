"""The initials of the people on a roster."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from groupnotes.deid.members.forms import words_of_name
from groupnotes.deid.roster import Person
from groupnotes.deid.words import PARTICLES, SUFFIXES

_NOT_COUNTED = PARTICLES | SUFFIXES


class Initials(NamedTuple):
    """Whose initials are which letters.

    ``whole`` are those of first and last name together, ``first`` those of a first or preferred
    name and ``last`` those of a last one, with the parts of each.
    """

    whole: Mapping[str, frozenset[int]]
    first: Mapping[str, frozenset[int]]
    last: Mapping[str, frozenset[int]]


def initials_of(persons: Mapping[int, Person]) -> Initials:
    """Collect the initials of people who are known by their number."""
    whole: defaultdict[str, set[int]] = defaultdict(set)
    first: defaultdict[str, set[int]] = defaultdict(set)
    last: defaultdict[str, set[int]] = defaultdict(set)
    for holder, person in persons.items():
        for letters in _whole(person):
            whole[letters].add(holder)
        for name, letters_of in ((person.first, first), (person.preferred, first)):
            for word in words_of_name(name)[:1]:
                letters_of[word[0]].add(holder)
        for word in words_of_name(person.last):
            last[word[0]].add(holder)
    return Initials(*(_frozen(letters) for letters in (whole, first, last)))


def _frozen(letters: Mapping[str, set[int]]) -> Mapping[str, frozenset[int]]:
    return {letter: frozenset(holders) for letter, holders in letters.items()}


def _as_name(name: str) -> str:
    """Give the letters of one who goes by initials: "JC", "T.J."."""
    letters = "".join(words_of_name(name))
    short = 2 <= len(letters) <= 3 and name.isupper()
    return letters if short else ""


def _whole(person: Person) -> set[str]:
    """Give "ac", "amc" and "amdlc" of Anne-Marie de la Cruz."""
    lasts = [word[0] for word in words_of_name(person.last)]
    main = [word[0] for word in words_of_name(person.last) if word not in _NOT_COUNTED]
    main = main or lasts
    found = {name for one in (person.preferred, *person.aliases) if (name := _as_name(one))}
    if not main:
        return found
    given = words_of_name(person.first)
    if len(given) > 1:  # "JP" of Jean-Pierre
        found.add("".join(word[0] for word in given))
    for name in (person.first, person.preferred):
        firsts = [word[0] for word in words_of_name(name)]
        for some in (firsts[:1], firsts):
            for others in (main, main[:1], main[-1:], lasts, lasts[:1]):
                letters = "".join((*some, *others))
                if some and len(letters) <= 5:
                    found.add(letters)
    return found
