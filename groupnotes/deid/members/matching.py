"""Where the words of a text read as a name of the index."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from groupnotes.deid.index import BEGINNING, Name, RosterIndex
from groupnotes.deid.members.forms import is_everyday
from groupnotes.deid.members.spellings import alone, readings_of, singulars
from groupnotes.deid.tokens import Word, are_one_name
from groupnotes.deid.words import FUNCTION_WORDS

_CONTRACTED = frozenset({"ll", "re", "ve"})
_SHORTEST_SPLIT = 5
_SHORTEST_APART = BEGINNING
_BETWEEN_LETTERS = frozenset({"", "-", ".", "_", "*", "/"})


class Match(NamedTuple):
    """A name found in the words from ``first`` up to, not including, ``after``."""

    first: int
    after: int
    name: Name
    ending: str
    cautious: bool


def matches(text: str, words: Sequence[Word], roster: RosterIndex) -> Iterator[Match]:
    """Find the names in a folded text, from left to right, the longest at each place."""
    after = 0
    for at in range(len(words)):
        if at >= after and (match := _match_at(text, words, at, roster)) is not None:
            yield match
            after = match.after


def _match_at(text: str, words: Sequence[Word], at: int, roster: RosterIndex) -> Match | None:
    word = words[at].text
    known = roster.readings.get(word)
    if known == () and word not in roster.by_first_word and not _begins_torn(words, at):
        return None
    for match in _readings(words, at, roster):
        if not _is_contracted(text, words, match):
            return match
    return None


def _begins_torn(words: Sequence[Word], at: int) -> bool:
    return at + 1 < len(words) and (words[at + 1].new_line or len(words[at].text) == 1)


def _readings(words: Sequence[Word], at: int, roster: RosterIndex) -> Iterator[Match]:
    """Read the words as they stand, then otherwise spelt, then torn by a line break or apart."""
    word = words[at].text
    torn = _torn(words, at)
    if torn and words[at + 1].gap == "-":
        yield from (Match(at, at + 2, name, "", name.cautious) for name in alone(torn, roster))
    for name in roster.by_first_word.get(word, ()):
        after = at + len(name.words)
        spelt = tuple(one.text for one in words[at:after]) if after > at + 1 else (word,)
        if spelt == name.words and (after == at + 1 or are_one_name(words[at:after])):
            yield Match(at, after, name, "", name.cautious)
        elif after > at + 1 and are_one_name(words[at:after]) and _is_plural(spelt, name):
            yield Match(at, after, name, ".plural", name.cautious)
    for name, ending, cautious in readings_of(word, roster):
        yield Match(at, at + 1, name, ending, cautious)
    if torn:
        yield from (Match(at, at + 2, name, "", name.cautious) for name in alone(torn, roster))
    if len(word) == 1:
        yield from _apart(words, at, roster)


def _is_plural(spelt: tuple[str, ...], name: Name) -> bool:
    return (
        len(spelt) == len(name.words)
        and spelt[:-1] == name.words[:-1]
        and name.words[-1] in singulars(spelt[-1])
    )


def _torn(words: Sequence[Word], at: int) -> str:
    """Join a word that a line break tore, "Gon-" and "zalez"; empty when there is none."""
    if at + 1 >= len(words) or not words[at + 1].new_line:
        return ""
    first, following = words[at], words[at + 1]
    joined = first.text + following.text
    if following.gap == "-":
        hyphened, unmarked = True, False
    else:
        everyday = is_everyday(first.text) and is_everyday(following.text)
        function = first.text in FUNCTION_WORDS or following.text in FUNCTION_WORDS
        hyphened, unmarked = False, following.gap == "" and not everyday and not function
    return joined if len(joined) >= _SHORTEST_SPLIT and (hyphened or unmarked) else ""


def _apart(words: Sequence[Word], at: int, roster: RosterIndex) -> Iterator[Match]:
    """Read a name whose letters stand apart: "M a r i a", "M-a-r-i-a", "M.a.r.i.a"."""
    some = words[at : at + BEGINNING]
    letters = [words[at].text]
    gap = words[at + 1].gap if at + 1 < len(words) else ""
    if gap not in _BETWEEN_LETTERS or "".join([one.text for one in some]) not in roster.beginnings:
        return
    for word in words[at + 1 : at + roster.longest]:
        if len(word.text) != 1 or word.gap != gap:
            break
        letters.append(word.text)
    for length in range(len(letters), _SHORTEST_APART - 1, -1):
        for name in alone("".join(letters[:length]), roster):
            yield Match(at, at + length, name, "", cautious=False)


def _is_contracted(text: str, words: Sequence[Word], match: Match) -> bool:
    """Tell "don't" from Don and "we're" from Re; in "Don'll" it is Don."""
    start = words[match.first].start
    before = text[max(0, start - 2) : start]
    if words[match.first].text in _CONTRACTED and before.endswith("'") and before[0].isalnum():
        return True
    following = words[match.after : match.after + 1]
    end = words[match.after - 1].end
    return any(word.text == "t" and text[end : word.start] == "'" for word in following)


def within_words(
    text: str, words: Sequence[Word], taken: Sequence[int], roster: RosterIndex
) -> Iterator[Match]:
    """Find names within the words of e-mail addresses, user and file names: "luvmaria_84"."""
    for at, (before, word) in enumerate(pairwise([Word("", 0, 0, "", new_line=False), *words])):
        if taken[at] or not word.text.isalnum() or not _is_of_a_handle(text, before, word):
            continue
        for name in _inside(word.text, roster):
            yield Match(at, at + 1, name, ".within", cautious=False)
            break


_SHORTEST_WITHIN = 4


def _is_of_a_handle(text: str, before: Word, word: Word) -> bool:
    left = text[word.start - 1 : word.start]
    right = text[word.end : word.end + 2]
    return (
        left in {"@", "_"}
        or right[:1] in {"@", "_"}
        or (left == "." and before.end == word.start - 1 and bool(before.text))
        or (right[:1] == "." and right[1:].isalnum())
        or not word.text.isalpha()
    )


def _inside(word: str, roster: RosterIndex) -> Iterator[Name]:
    """Give the sure names with which a word begins or ends, the longest first."""
    letters = word.strip("0123456789")
    for length in range(min(len(letters), roster.longest), _SHORTEST_WITHIN - 1, -1):
        for part in (letters[:length], letters[-length:]):
            for name in alone(part, roster):
                if not name.cautious:
                    yield name
