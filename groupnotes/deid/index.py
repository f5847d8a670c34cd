"""Every name of a roster, prepared once so that a text is checked in one pass over its words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from groupnotes.deid.folding import fold
from groupnotes.deid.roster import Person, Relation, Roster
from groupnotes.deid.words import FUNCTION_WORDS, PARTICLES, SUFFIXES

WORD = re.compile(r"[^\W_]+")
_SIBILANTS = ("s", "x", "z", "ch", "sh")
_NOT_ALONE = PARTICLES | SUFFIXES


@dataclass(frozen=True, slots=True)
class Name:
    """A folded name, word by word, and whose it is.

    A ``cautious`` name is an ordinary word until it is written as a name. One that is ``own``
    is shared with the person whom the text is about: it counts only as part of a fuller name.
    """

    words: tuple[str, ...]
    rule: str
    holders: frozenset[int]
    cautious: bool
    own: bool


@dataclass(frozen=True, slots=True)
class RosterIndex:
    """The names by their first word, longest first; ``phrases`` says what to call each holder."""

    by_first_word: Mapping[str, tuple[Name, ...]]
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write one name."""

    words: tuple[str, ...]
    rule: str
    cautious: bool


def index(roster: Roster) -> RosterIndex:
    """Prepare a roster; the result can be kept for as long as the roster does not change.

    Names without a letter or digit, and those of one only, are left out: as a word "J" is no one.
    """
    persons = [person for person in roster.persons if person.relation is not Relation.STAFF]
    persons.sort(key=lambda person: person.relation is Relation.CONTACT)  # a client comes first
    own = {form.words for person in roster.own for form in _forms(person)}
    holders: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    first: dict[tuple[str, ...], _Form] = {}
    plain: set[tuple[str, ...]] = set()
    for holder, person in enumerate(persons):
        for form in _forms(person):
            holders[form.words].add(holder)
            first.setdefault(form.words, form)
            if not form.cautious:
                plain.add(form.words)
    names = (
        Name(words, form.rule, frozenset(holders[words]), words not in plain, words in own)
        for words, form in first.items()
    )
    return RosterIndex(_by_first_word(names), tuple(_phrase(person, roster) for person in persons))


def _phrase(person: Person, roster: Roster) -> str:
    if person.relation is Relation.CONTACT:
        return "another person"
    return "another member" if roster.own else "a member"


def _by_first_word(names: Iterable[Name]) -> dict[str, tuple[Name, ...]]:
    grouped: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names:
        grouped[name.words[0]].append(name)
    return {
        word: tuple(sorted(group, key=lambda name: len(name.words), reverse=True))
        for word, group in grouped.items()
    }


def _forms(person: Person) -> Iterator[_Form]:
    names = [
        ("roster.first", person.first),
        ("roster.last", person.last),
        ("roster.preferred", person.preferred),
        *(("roster.alias", alias) for alias in person.aliases),
    ]
    for rule, name in names:
        words = tuple(WORD.findall(fold(name).text))
        if len("".join(words)) < 2:
            continue
        for form in _written(rule, words):
            yield form
            yield from _plurals(form)


def _written(rule: str, words: tuple[str, ...]) -> Iterator[_Form]:
    """Give the whole name, the name joined ("O'Brien", "OBrien") and each of its parts."""
    yield _Form(words, rule, FUNCTION_WORDS.issuperset(words))
    if len(words) == 1:
        return
    joined = "".join(words)
    yield _Form((joined,), rule, joined in FUNCTION_WORDS)
    for word in words:
        if len(word) > 1 and not word.isdigit() and word not in _NOT_ALONE:
            # "Big" of "Big Mike" is a word first, "Mike" cannot be told from it here.
            cautious = rule == "roster.alias" or word in FUNCTION_WORDS
            yield _Form((word,), "roster.part", cautious)


def _plurals(form: _Form) -> Iterator[_Form]:
    """Give "the Garcias", "the Joneses", and the possessive typed without its apostrophe."""
    last = form.words[-1]
    if len(last) < 3 or last.isdigit() or last in FUNCTION_WORDS:
        return
    for ending in ("s", "es") if last.endswith(_SIBILANTS) else ("s",):
        if last + ending not in FUNCTION_WORDS:
            words = (*form.words[:-1], last + ending)
            yield _Form(words, f"{form.rule}.plural", form.cautious)
