"""Where the words of a text read as a name of the index."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from groupnotes.deid.index import WORD, Name, RosterIndex
from groupnotes.deid.words import FUNCTION_WORDS

_CONTRACTED = frozenset({"ll", "re", "ve"})
_SIBILANTS = ("s", "x", "z", "ch", "sh")
_SHORTEST_SPLIT = 5
_SHORTEST_PLURAL = 3


class Word(NamedTuple):
    """A word with what stands before it: ``gap`` without its blanks, and whether a line ended."""

    text: str
    start: int
    end: int
    gap: str
    new_line: bool


class Match(NamedTuple):
    """A name found in the words from ``first`` up to, not including, ``after``."""

    first: int
    after: int
    name: Name
    plural: bool


def words_of(text: str) -> list[Word]:
    """Cut a folded text into its words."""
    words = []
    at = 0
    for found in WORD.finditer(text):
        gap = text[at : found.start()]
        words.append(Word(found[0], found.start(), found.end(), gap.strip(), "\n" in gap))
        at = found.end()
    return words


def matches(text: str, words: Sequence[Word], roster: RosterIndex) -> Iterator[Match]:
    """Find the names in a folded text, from left to right, the longest at each place."""
    after = 0
    for at in range(len(words)):
        if at >= after and (match := _match_at(text, words, at, roster)) is not None:
            yield match
            after = match.after


def adjoins(before: Word, word: Word) -> bool:
    """Tell whether two words can be of one name: a full stop only shortens, as in "J. D."."""
    return word.gap in {"", "-"} or (word.gap == "." and len(before.text) <= 2)


def _match_at(text: str, words: Sequence[Word], at: int, roster: RosterIndex) -> Match | None:
    for match in _readings(words, at, roster):
        if not _is_contracted(text, words, match):
            return match
    return None


def _readings(words: Sequence[Word], at: int, roster: RosterIndex) -> Iterator[Match]:
    """Read the words as they stand, then as a plural, then as one that a line break tore."""
    for name in roster.by_first_word.get(words[at].text, ()):
        after = at + len(name.words)
        spelt = tuple(word.text for word in words[at:after])
        if _is_one_name(words[at:after]) and _spells(spelt, name):
            yield Match(at, after, name, plural=spelt != name.words)
    for singular in _singulars(words[at].text):
        yield from (Match(at, at + 1, name, plural=True) for name in _alone(singular, roster))
    torn = _torn(words, at)
    if torn:
        yield from (Match(at, at + 2, name, plural=False) for name in _alone(torn, roster))


def _alone(word: str, roster: RosterIndex) -> Iterator[Name]:
    return (name for name in roster.by_first_word.get(word, ()) if len(name.words) == 1)


def _spells(spelt: tuple[str, ...], name: Name) -> bool:
    if spelt == name.words:
        return True
    return spelt[:-1] == name.words[:-1] and name.words[-1] in _singulars(spelt[-1])


def _singulars(word: str) -> tuple[str, ...]:
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


def _is_one_name(words: Sequence[Word]) -> bool:
    return all(word.gap == "'" or adjoins(before, word) for before, word in pairwise(words))


def _torn(words: Sequence[Word], at: int) -> str:
    """Join a word that a line break tore, "Gon-" and "zalez"; empty when there is none."""
    first, *following = words[at : at + 2]
    if not following or not following[0].new_line:
        return ""
    joined = first.text + following[0].text
    everyday = first.text in FUNCTION_WORDS or following[0].text in FUNCTION_WORDS
    hyphened = following[0].gap == "-"
    unmarked = following[0].gap == "" and not everyday
    return joined if len(joined) >= _SHORTEST_SPLIT and (hyphened or unmarked) else ""


def _is_contracted(text: str, words: Sequence[Word], match: Match) -> bool:
    """Tell "don't" from Don and "we're" from Re; in "Don'll" it is Don."""
    start = words[match.first].start
    before = text[max(0, start - 2) : start]
    if words[match.first].text in _CONTRACTED and before.endswith("'") and before[0].isalnum():
        return True
    following = words[match.after : match.after + 1]
    end = words[match.after - 1].end
    return any(word.text == "t" and text[end : word.start] == "'" for word in following)
