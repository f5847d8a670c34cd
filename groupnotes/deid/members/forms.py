"""Every way in which a person of the roster is written by name."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from groupnotes.deid import lexicon
from groupnotes.deid.folding import fold
from groupnotes.deid.members.diminutives import nicknames_of
from groupnotes.deid.roster import Person
from groupnotes.deid.tokens import WORD, Words
from groupnotes.deid.words import FUNCTION_WORDS, PARTICLES, SUFFIXES

# ruff: noqa: SIM905 - as prose the lists are read and kept in order
_SHORT_WORDS = frozenset("max lan sol le van mic lee mo vin hw mr mrs ms cal gen al su des".split())
_NUMBERS = frozenset("one two three four five six seven eight nine ten".split())
_NOT_ALONE = PARTICLES | SUFFIXES | _NUMBERS
_SHORTEST_JOINED = 4
_SHORTEST_COMMON = 3


class Form(NamedTuple):
    """Folded words that name a person; ``cautious`` where they are ordinary words as well."""

    words: Words
    rule: str
    cautious: bool


@lru_cache(maxsize=512)
def forms_of(person: Person) -> tuple[Form, ...]:
    """Give the forms of one person, the fullest first: a form counts by its first rule."""
    named = [
        *_written("roster.first", person.first),
        *_written("roster.last", person.last),
        *_written("roster.preferred", person.preferred),
    ]
    for alias in person.aliases:
        named.extend(_written("roster.alias", alias))
    given = [form for form in named if form.rule in _GIVEN]
    forms: dict[Words, Form] = {}
    others = (*_nicknames(person, given), *_joined(named), *_employer(person.employer))
    for form in (*named, *others):
        forms.setdefault(form.words, form)
    return tuple(forms.values())


_GIVEN = frozenset({"roster.first", "roster.preferred"})


def words_of_name(name: str) -> Words:
    """Give the folded words of a name, in each script that it can be read in."""
    return tuple(WORD.findall(fold(name).text)) if name else ()


def is_everyday(word: str) -> bool:
    """Tell a name that is a word first: it counts where it is written as a name."""
    return word in FUNCTION_WORDS or word in _SHORT_WORDS or lexicon.is_word(word)


def _written(rule: str, name: str) -> Iterator[Form]:
    """Give the whole name, the name joined ("O'Brien", "OBrien") and each of its parts."""
    if not name:
        return
    spellings = {words_of_name(one) for one in (name, name.lower(), name.upper(), name.title())}
    for words in sorted(spellings):
        yield from _spelt(rule, words)


def _spelt(rule: str, words: Words) -> Iterator[Form]:
    while len(words) > 1 and words[-1] in SUFFIXES:
        yield Form(words, rule, cautious=False)
        words = words[:-1]
    joined = "".join(words)
    if len(joined) < 2:
        return
    yield Form(words, rule, all(map(is_everyday, words)))
    if len(words) == 1:
        return
    yield Form((joined,), rule, is_everyday(joined))
    for word in words:
        if len(word) > 1 and not word.isdigit() and word not in _NOT_ALONE:
            # "Big" of "Big Mike" is a word first, "Mike" cannot be told from it here.
            yield Form((word,), "roster.part", is_everyday(word))


def _nicknames(person: Person, given: Sequence[Form]) -> Iterator[Form]:
    """Give the nicknames, and of "Anne-Marie" those of each part."""
    known = [form.words[0] for form in given if len(form.words) == 1]
    parts = words_of_name(person.first)
    for name in dict.fromkeys((*known, *parts)):
        if len(name) < _SHORTEST_COMMON:
            continue
        for nickname in nicknames_of(name):
            words = tuple(WORD.findall(nickname.name))
            everyday = all(map(is_everyday, words))
            yield Form(words, "roster.nick", everyday or not nickname.listed)


_LEGAL = frozenset({"inc", "llc", "llp", "corp", "ltd", "co", "the"})
_TELLING = 5  # letters of one word that an employer is known by


def _employer(name: str) -> Iterator[Form]:
    """Give the employer as it is written, and its first word where that alone tells it."""
    words = tuple(word for word in words_of_name(name) if word not in _LEGAL)
    if not words or len("".join(words)) < _SHORTEST_COMMON:
        return
    everyday = all(map(is_everyday, words))
    yield Form(words, "roster.employer", everyday)
    if len(words) > 1:
        yield Form(("".join(words),), "roster.employer", cautious=False)
        if len(words[0]) >= _TELLING and not _is_dictionary(words[0]):
            yield Form(words[:1], "roster.employer", cautious=True)


def _joined(named: Iterable[Form]) -> Iterator[Form]:
    """Give the forms of user names: mgonzalez, mariag, gonzalezm, mariagonzalez."""
    forms = [form for form in named if len(form.words) == 1 and form.rule != "roster.alias"]
    lasts = [form.words[0] for form in forms if form.rule == "roster.last"]
    lasts += [form.words[0] for form in forms if form.rule == "roster.part"]
    firsts = [form.words[0] for form in forms if form.rule in _GIVEN or form.rule == "roster.part"]
    for first, last in product(dict.fromkeys(firsts), dict.fromkeys(lasts)):
        if first == last:
            continue
        for one in (first + last, last + first, first[0] + last, first + last[0], last + first[0]):
            plural = one in {f"{first}s", f"{last}s"}
            if len(one) >= _SHORTEST_JOINED and not plural and not _is_known(one):
                yield Form((one,), "roster.joined", cautious=False)


def _is_known(word: str) -> bool:
    """Tell what is a word or a name of its own: "shannon" of S. Hannon."""
    return _is_dictionary(word) or lexicon.is_first_name(word) or lexicon.is_last_name(word)


def _is_dictionary(word: str) -> bool:
    return is_everyday(word) or lexicon.is_rare_word(word)
