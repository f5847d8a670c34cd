"""How one word reads as a name that is not spelt so: a plural, with digits, or misspelt."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from groupnotes.deid import lexicon
from groupnotes.deid.index import Name, Reading, RosterIndex
from groupnotes.deid.members.forms import is_everyday
from groupnotes.deid.members.sounds import sound_of
from groupnotes.deid.words import FUNCTION_WORDS

_SIBILANTS = ("s", "x", "z", "ch", "sh")
_SHORTEST_PLURAL = 3
_SHORTEST_WITH_DIGITS = 3
_SHORTEST_MISSPELT = 3
_SURELY_MISSPELT = 5
_LONGEST_MISSPELT = 40
_MOST_KEPT = 20_000
_ASSISTANTS = frozenset({"alexa", "siri", "cortana"})  # they answer in many a living room
_HEARD = str.maketrans("zckqyv", "skkkif")
_LEET = str.maketrans("013457", "oieast")


def readings_of(word: str, roster: RosterIndex) -> tuple[Reading, ...]:
    """Give what a folded word may be; the answer is kept with the roster."""
    known = roster.readings.get(word)
    if known is None:
        known = tuple(_read(word, roster))
        if len(roster.readings) < _MOST_KEPT:
            roster.readings[word] = known
    return known


def alone(word: str, roster: RosterIndex) -> Iterator[Name]:
    """Give the names that are this one word."""
    return (name for name in roster.by_first_word.get(word, ()) if len(name.words) == 1)


def singulars(word: str) -> tuple[str, ...]:
    """Give the names that "Garcias" and "Joneses" may be plurals of, or possessives misspelt."""
    if not word.endswith("s") or word in FUNCTION_WORDS:
        return ()
    stems = [word[:-1]]
    if word.endswith("es") and word[:-2].endswith(_SIBILANTS):
        stems.append(word[:-2])
    return tuple(
        stem
        for stem in stems
        if len(stem) >= _SHORTEST_PLURAL and not stem.isdigit() and stem not in FUNCTION_WORDS
    )


def _read(word: str, roster: RosterIndex) -> Iterator[Reading]:
    everyday = is_everyday(word)
    for singular in singulars(word):
        for name in alone(singular, roster):
            if not (everyday and name.rule == "roster.nick"):  # "class" is no Clas's
                yield Reading(name, ".plural", name.cautious or everyday)
    if not word.isalpha():
        yield from _with_digits(word, roster)
    elif not everyday and not lexicon.is_spanish(word) and not _is_public(word):
        yield from _misspelt(word, roster)


def _is_public(word: str) -> bool:
    """Tell the name of a drug, an author, a brand or a country."""
    from groupnotes.deid.strangers.allowing import public_phrases  # noqa: PLC0415 - read at first use

    return word in _ASSISTANTS or word in public_phrases().words


def _with_digits(word: str, roster: RosterIndex) -> Iterator[Reading]:
    """Read "maria84", "2mgonzalez" and "m4ria"."""
    for bare in (word.strip("0123456789"), word.translate(_LEET)):
        lettered = sum(map(str.isalpha, word)) > 1  # "x10" is no Xio
        if len(bare) >= _SHORTEST_WITH_DIGITS and bare.isalpha() and lettered:
            for name in alone(bare, roster):
                yield Reading(name, ".digits", name.cautious)


def _misspelt(word: str, roster: RosterIndex) -> Iterator[Reading]:
    """Read a word that is one letter or one swap away from a name, or only has letters doubled."""
    if not _SHORTEST_MISSPELT <= len(word) <= _LONGEST_MISSPELT or not roster.spellings:
        return
    near = dict.fromkeys(_near(word, roster.spellings))
    single = _single(word)
    if single != word:
        near |= dict.fromkeys(_near(single, roster.spellings))
    near |= dict.fromkeys(roster.sounds.get(sound_of(word), ()))
    for spelling in near:
        if len(spelling) < _SURELY_MISSPELT and not _is_near(word, spelling):
            continue
        short = min(len(word), len(spelling)) < _SURELY_MISSPELT
        for name in alone(spelling, roster):
            doubtful = (
                short
                or name.cautious
                or (name.rule == "roster.nick" and _is_name(word))
                or lexicon.is_rare_word(word)
                or not _is_close(word, single, spelling)
            )
            yield Reading(name, ".misspelt", doubtful)


def _is_name(word: str) -> bool:
    return lexicon.is_first_name(word) or lexicon.is_last_name(word)


def _near(word: str, spellings: Sequence[str]) -> Iterator[str]:
    from rapidfuzz import process  # noqa: PLC0415 - only a check wants it
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    found = process.extract(
        word, spellings, scorer=OSA.distance, score_cutoff=1, limit=3, processor=None
    )
    yield from (spelling for spelling, _, _ in found)


def _is_close(word: str, single: str, spelling: str) -> bool:
    """Tell a slip of the finger from what only sounds alike."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only a check wants it

    return min(OSA.distance(one, spelling) for one in (word, single)) <= 1


def _single(word: str) -> str:
    """Write every doubled letter once."""
    return "".join(letter for letter, _ in groupby(word))


def _is_near(word: str, spelling: str) -> bool:
    """Tell whether a short name has its first letter, and the others swapped or doubled.

    Or it is written as it is heard: "Roze", "Kody", "Lile".
    """
    if len(word) == len(spelling) and word.translate(_HEARD) == spelling.translate(_HEARD):
        return True
    return word[0] == spelling[0] and set(word) == set(spelling)
