"""The rule on names: nobody of the roster by a first, last, preferred name or alias."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.folding import Folded
from groupnotes.deid.index import RosterIndex
from groupnotes.deid.matching import Match, Word, adjoins, matches, words_of
from groupnotes.deid.sentences import begins_sentence
from groupnotes.deid.words import PARTICLES

_SURNAME_RULES = frozenset({"roster.last", "roster.part"})
_MOST_BETWEEN = 3


@dataclass(frozen=True, slots=True)
class _Mention:
    """One or more names of one person in the words from ``first`` to before ``after``."""

    first: int
    after: int
    rule: str
    holders: frozenset[int]
    sure: bool
    own: bool


def names_in(text: str, folded: Folded, roster: RosterIndex) -> Iterator[Finding]:
    """Find the names, those of one person side by side as one finding."""
    words = words_of(folded.text)
    mentions = (
        _mention(text, folded, words, match) for match in matches(folded.text, words, roster)
    )
    for mention in _joined(words, mentions):
        if mention.own:
            continue
        start, end = folded.span(words[mention.first].start, _end(folded.text, words, mention))
        yield Finding(
            start=start,
            end=end,
            category=Category.NAME_ROSTER,
            rule=mention.rule,
            level=Level.BLOCK if mention.sure else Level.REVIEW,
            suggestion=roster.phrases[min(mention.holders)],
        )


def _mention(text: str, folded: Folded, words: Sequence[Word], match: Match) -> _Mention:
    name = match.name
    return _Mention(
        first=match.first,
        after=match.after,
        rule=f"{name.rule}.plural" if match.plural else name.rule,
        holders=name.holders,
        sure=not name.cautious or _is_written_as_name(text, folded, words[match.first]),
        own=name.own,
    )


def _is_written_as_name(text: str, folded: Folded, word: Word) -> bool:
    """Tell "when An spoke" from "an hour", "An hour" and "AN HOUR"."""
    start, end = folded.span(word.start, word.end)
    written = text[start:end]
    return written[0].isupper() and not written.isupper() and not begins_sentence(text, start)


def _joined(words: Sequence[Word], mentions: Iterable[_Mention]) -> list[_Mention]:
    """Make one of the names of one person that stand together: "Ana de la Cruz", "Cruz, Ana"."""
    joined: list[_Mention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if before is None or not _is_one_person(words, before, mention):
            joined.append(mention)
            continue
        joined[-1] = replace(
            before,
            after=mention.after,
            rule="roster.full",
            holders=before.holders & mention.holders,
            sure=before.sure or mention.sure,
            own=before.own and mention.own,
        )
    return joined


def _is_one_person(words: Sequence[Word], left: _Mention, right: _Mention) -> bool:
    between = words[left.after : right.first]
    if not left.holders & right.holders or len(between) > _MOST_BETWEEN:
        return False
    first, *others = pairwise(words[left.after - 1 : right.first + 1])
    return (
        all(len(word.text) == 1 or word.text in PARTICLES for word in between)
        and (adjoins(*first) or _is_reversed(words, left, right))
        and all(adjoins(before, word) for before, word in others)
    )


def _is_reversed(words: Sequence[Word], left: _Mention, right: _Mention) -> bool:
    """Tell "Cruz, Ana" from the list "Ana, Cruz"."""
    comma = words[left.after].gap == ","
    return comma and left.rule in _SURNAME_RULES and right.rule not in _SURNAME_RULES


def _end(text: str, words: Sequence[Word], mention: _Mention) -> int:
    """Take the last point of "T.J." with the name."""
    last = words[mention.after - 1]
    dotted = len(last.text) == 1 and last.gap == "."
    return last.end + 1 if dotted and text[last.end : last.end + 1] == "." else last.end
