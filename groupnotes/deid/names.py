"""The rule on names: nobody of the roster by a first, last, preferred name or alias."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.folding import Folded
from groupnotes.deid.index import WORD, Name, RosterIndex
from groupnotes.deid.sentences import begins_sentence
from groupnotes.deid.words import FUNCTION_WORDS, PARTICLES

_SURNAME_RULES = frozenset({"roster.last", "roster.part"})
_CONTRACTED = frozenset({"ll", "re", "ve"})
_SHORTEST_SPLIT = 5
_MOST_BETWEEN = 3


class _Word(NamedTuple):
    """A word with what stands before it: ``gap`` without its blanks, and whether a line ended."""

    text: str
    start: int
    end: int
    gap: str
    new_line: bool


@dataclass(frozen=True, slots=True)
class _Match:
    """A name found in the words from ``first`` up to, not including, ``after``."""

    first: int
    after: int
    rule: str
    holders: frozenset[int]
    sure: bool
    own: bool


def names_in(text: str, folded: Folded, roster: RosterIndex) -> Iterator[Finding]:
    """Find the names, those of one person side by side as one finding."""
    words = _words(folded.text)
    for match in _joined(words, list(_matches(text, folded, words, roster))):
        if match.own:
            continue
        start, end = folded.span(words[match.first].start, _end(folded.text, words, match))
        yield Finding(
            start=start,
            end=end,
            category=Category.NAME_ROSTER,
            rule=match.rule,
            level=Level.BLOCK if match.sure else Level.REVIEW,
            suggestion=roster.phrases[min(match.holders)],
        )


def _words(text: str) -> list[_Word]:
    words = []
    at = 0
    for found in WORD.finditer(text):
        gap = text[at : found.start()]
        words.append(_Word(found[0], found.start(), found.end(), gap.strip(), "\n" in gap))
        at = found.end()
    return words


def _matches(
    text: str, folded: Folded, words: Sequence[_Word], roster: RosterIndex
) -> Iterator[_Match]:
    at = 0
    while at < len(words):
        found = _name_at(folded.text, words, at, roster)
        if found is None:
            at += 1
            continue
        name, after = found
        sure = not name.cautious or _is_written_as_name(text, folded, words[at])
        yield _Match(at, after, name.rule, name.holders, sure, name.own)
        at = after


def _name_at(
    text: str, words: Sequence[_Word], at: int, roster: RosterIndex
) -> tuple[Name, int] | None:
    """Give the longest name that starts with this word, and the word after it."""
    word = words[at]
    for name in roster.by_first_word.get(word.text, ()):
        after = at + len(name.words)
        if _reads(words[at:after], name) and not _is_contracted(text, words, at, after):
            return name, after
    split = _split_word(words, at)
    for name in roster.by_first_word.get(split, ()):
        if name.words == (split,):
            return name, at + 2
    return None


def _reads(words: Sequence[_Word], name: Name) -> bool:
    return tuple(word.text for word in words) == name.words and all(
        word.gap == "'" or _adjoins(before, word) for before, word in pairwise(words)
    )


def _adjoins(before: _Word, word: _Word) -> bool:
    """Tell whether two words can be of one name: a full stop only shortens, as in "J. D."."""
    return word.gap in {"", "-"} or (word.gap == "." and len(before.text) <= 2)


def _is_contracted(text: str, words: Sequence[_Word], at: int, after: int) -> bool:
    """Tell "don't" from Don and "we're" from Re; in "Don'll" it is Don."""
    start = words[at].start
    before = text[max(0, start - 2) : start]
    if words[at].text in _CONTRACTED and before.endswith("'") and before[0].isalnum():
        return True
    following = words[after : after + 1]
    end = words[after - 1].end
    return any(word.text == "t" and text[end : word.start] == "'" for word in following)


def _split_word(words: Sequence[_Word], at: int) -> str:
    """Join a word that a line break tore, "Gon-" and "zalez"; empty when there is none."""
    if at + 1 == len(words) or not words[at + 1].new_line or words[at + 1].gap not in {"", "-"}:
        return ""
    halves = {words[at].text, words[at + 1].text}
    joined = words[at].text + words[at + 1].text
    return "" if len(joined) < _SHORTEST_SPLIT or halves & FUNCTION_WORDS else joined


def _is_written_as_name(text: str, folded: Folded, word: _Word) -> bool:
    """Tell "when An spoke" from "an hour", "An hour" and "AN HOUR"."""
    start, end = folded.span(word.start, word.end)
    written = text[start:end]
    return written[0].isupper() and not written.isupper() and not begins_sentence(text, start)


def _joined(words: Sequence[_Word], matches: Sequence[_Match]) -> Iterator[_Match]:
    """Make one of the names of one person that stand together: "Ana de la Cruz", "Cruz, Ana"."""
    current: _Match | None = None
    for match in matches:
        if current is not None and _is_one_person(words, current, match):
            current = replace(
                current,
                after=match.after,
                rule="roster.full",
                holders=current.holders & match.holders,
                sure=current.sure or match.sure,
                own=current.own and match.own,
            )
            continue
        if current is not None:
            yield current
        current = match
    if current is not None:
        yield current


def _is_one_person(words: Sequence[_Word], left: _Match, right: _Match) -> bool:
    between = words[left.after : right.first]
    if not left.holders & right.holders or len(between) > _MOST_BETWEEN:
        return False
    first, *others = pairwise(words[left.after - 1 : right.first + 1])
    return (
        all(len(word.text) == 1 or word.text in PARTICLES for word in between)
        and (_adjoins(*first) or _is_reversed(words, left, right))
        and all(_adjoins(before, word) for before, word in others)
    )


def _is_reversed(words: Sequence[_Word], left: _Match, right: _Match) -> bool:
    """Tell "Cruz, Ana" from the list "Ana, Cruz"."""
    comma = words[left.after].gap == ","
    return comma and left.rule in _SURNAME_RULES and right.rule not in _SURNAME_RULES


def _end(text: str, words: Sequence[_Word], match: _Match) -> int:
    """Take the last point of "T.J." with the name."""
    last = words[match.after - 1]
    dotted = match.after - match.first > 1 and len(last.text) == 1 and last.gap == "."
    return last.end + 1 if dotted and text[last.end : last.end + 1] == "." else last.end
