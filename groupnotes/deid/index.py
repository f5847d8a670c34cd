"""Every name of a roster, prepared once so that a text is checked in one pass over its words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from groupnotes.deid.folding import fold
from groupnotes.deid.roster import Person, Relation, Roster
from groupnotes.deid.words import FUNCTION_WORDS, PARTICLES, SUFFIXES

WORD = re.compile(r"[^\W_]+")
_NOT_ALONE = PARTICLES | SUFFIXES

Words = tuple[str, ...]


class Name(NamedTuple):
    """A folded name, word by word, and whose it is.

    A ``cautious`` name is an ordinary word until it is written as a name. One that is ``own``
    is shared with the person whom the text is about: it counts only as part of a fuller name.
    """

    words: Words
    rule: str
    holders: frozenset[int]
    cautious: bool
    own: bool


@dataclass(frozen=True, slots=True)
class RosterIndex:
    """The names by their first word, longest first; ``phrases`` says what to call each holder."""

    by_first_word: Mapping[str, Sequence[Name]]
    phrases: Sequence[str]


def index(roster: Roster) -> RosterIndex:
    """Prepare a roster; the result can be kept for as long as the roster does not change.

    Names without a letter or digit, and those of one only, are left out: as a word "J" is no one.
    """
    persons = [person for person in roster.persons if person.relation is not Relation.STAFF]
    persons.sort(key=lambda person: person.relation is Relation.CONTACT)  # a client comes first
    own = {words for person in roster.own for words, _, _ in _forms(person)}
    names: dict[Words, Name] = {}
    for holder, person in enumerate(persons):
        for words, rule, cautious in _forms(person):
            holders = frozenset((holder,))
            if words in names:
                _, rule, others, uncertain, _ = names[words]  # noqa: PLW2901 - the first rule stays
                holders, cautious = holders | others, cautious and uncertain  # noqa: PLW2901
            names[words] = Name(words, rule, holders, cautious, words in own)
    return RosterIndex(
        by_first_word=_by_first_word(names.values()),
        phrases=[_phrase(person, roster) for person in persons],
    )


def _phrase(person: Person, roster: Roster) -> str:
    if person.relation is Relation.CONTACT:
        return "another person"
    return "another member" if roster.own else "a member"


def _by_first_word(names: Iterable[Name]) -> Mapping[str, Sequence[Name]]:
    grouped: dict[str, list[Name]] = {}
    for name in names:
        grouped.setdefault(name.words[0], []).append(name)
    for group in grouped.values():
        group.sort(key=lambda name: -len(name.words))
    return grouped


def _forms(person: Person) -> Iterator[tuple[Words, str, bool]]:
    """Give the words, the rule and the caution of every way to write one of the names."""
    yield from _written("roster.first", person.first)
    yield from _written("roster.last", person.last)
    yield from _written("roster.preferred", person.preferred)
    for alias in person.aliases:
        yield from _written("roster.alias", alias)


def _written(rule: str, name: str) -> Iterator[tuple[Words, str, bool]]:
    """Give the whole name, the name joined ("O'Brien", "OBrien") and each of its parts."""
    words = tuple(WORD.findall(fold(name).text)) if name else ()
    joined = "".join(words)
    if len(joined) < 2:
        return
    yield words, rule, FUNCTION_WORDS.issuperset(words)
    if len(words) == 1:
        return
    yield (joined,), rule, joined in FUNCTION_WORDS
    for word in words:
        if len(word) > 1 and not word.isdigit() and word not in _NOT_ALONE:
            # "Big" of "Big Mike" is a word first, "Mike" cannot be told from it here.
            yield (word,), "roster.part", rule == "roster.alias" or word in FUNCTION_WORDS
