"""A text as the rules that need no roster read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.folding import Folded

SUGGESTIONS = {
    Category.NAME_ROSTER: "a member",
    Category.INITIALS: "a member",
    Category.NAME_OTHER: "another person",
    Category.PLACE: "a place",
    Category.ORG: "an organization",
    Category.DATE: "a date",
    Category.AGE90: "an age of 90 or over",
    Category.PHONE: "a phone number",
    Category.EMAIL: "an e-mail address",
    Category.URL: "a web address",
    Category.HANDLE: "a user name",
    Category.ADDRESS: "an address",
    Category.ZIP: "a ZIP code",
    Category.SSN: "a Social Security number",
    Category.MRN: "a record number",
    Category.MEMBER_ID: "an insurance number",
    Category.ACCOUNT: "an account number",
    Category.LICENSE: "a license number",
    Category.PLATE: "a license plate",
    Category.VIN: "a vehicle number",
    Category.DEVICE: "a device number",
    Category.IP: "an IP address",
    Category.CASE: "a case number",
}
"""What to write in the place of each kind, if a rule knows nothing better."""


_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?<!\d)\d")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, and the same folded: rules look in the folded one and report the one given.

    ``words`` and ``numbers`` (where each begins) say what need not be looked for at all.
    """

    text: str
    folded: Folded
    words: frozenset[str]
    numbers: tuple[int, ...]

    @property
    def plain(self) -> str:
        return self.folded.text

    def finding(
        self, span: tuple[int, int], category: Category, rule: str, level: Level = Level.BLOCK
    ) -> Finding:
        """Make a finding of a stretch of the folded text."""
        start, end = self.folded.span(*span)
        return Finding(start, end, category, rule, level, SUGGESTIONS[category])

    def written(self, start: int, end: int) -> str:
        """Give the text as it is written for a stretch of the folded one."""
        first, last = self.folded.span(start, end)
        return self.text[first:last]

    def at_numbers(self, pattern: re.Pattern[str], *, before: int = 0) -> Iterator[re.Match[str]]:
        """Find a pattern that begins with a number, or with ``before`` signs ahead of it."""
        after = 0
        for start in self.numbers:
            for place in range(max(after, start - before), start + 1):
                if (match := pattern.match(self.plain, place)) is not None:
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
    return Reading(text, folded, words, numbers)
