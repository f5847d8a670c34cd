"""A text as the rules that need no roster read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.folding import Folded
from groupnotes.deid.phrases import SUGGESTIONS

_BETTER = {
    "age.birthday": "a birthday",
    "place.town": "a town",
    "organization.employer": "an employer",
    "organization.school": "a school",
    "organization.church": "a church",
    "organization.clinic": "a clinic",
    "organization.court": "a court",
    "organization.shelter": "a shelter",
}
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?<!\d)\d")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, and the same folded: rules look in the folded one and report the one given.

    ``words`` and ``numbers`` (where each begins) say what need not be looked for at all. In a
    text that ``is_low`` or ``is_high`` capitals say nothing.
    """

    text: str
    folded: Folded
    words: frozenset[str]
    numbers: tuple[int, ...]
    is_low: bool
    is_high: bool

    @property
    def plain(self) -> str:
        return self.folded.text

    def finding(
        self, span: tuple[int, int], category: Category, rule: str, level: Level = Level.BLOCK
    ) -> Finding:
        """Make a finding of a stretch of the folded text."""
        start, end = self.folded.span(*span)
        suggestion = _BETTER.get(rule) or SUGGESTIONS[category]
        return Finding(start, end, category, rule, level, suggestion)

    def written(self, start: int, end: int) -> str:
        """Give the text as it is written for a stretch of the folded one."""
        first, last = self.folded.span(start, end)
        return self.text[first:last]

    def at_numbers(self, pattern: re.Pattern[str], *, before: int = 0) -> Iterator[re.Match[str]]:
        """Find a pattern that begins with a number, or with ``before`` signs ahead of it."""
        after, plain, matched = 0, self.plain, pattern.match
        for start in self.numbers:
            first = start - before
            for place in range(max(after, first), start + 1):
                if (match := matched(plain, place)) is not None:
                    yield match
                    after = match.end()
                    break

    def anywhere(self, pattern: re.Pattern[str], having: frozenset[str]) -> Iterator[re.Match[str]]:
        """Find a pattern in a text that has one of the words which it cannot do without."""
        if not having.isdisjoint(self.words):
            yield from pattern.finditer(self.plain)


def read(text: str, folded: Folded) -> Reading:
    plain = folded.text
    words = frozenset(_WORD.findall(plain))
    numbers = tuple(match.start() for match in _NUMBER.finditer(plain))
    return Reading(text, folded, words, numbers, text.islower(), text.isupper())
