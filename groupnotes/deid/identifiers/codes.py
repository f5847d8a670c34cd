"""Long numbers and codes that nothing announces: no note needs one, and each is someone's."""

import re
from collections.abc import Iterator
from itertools import pairwise

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.lexicon import is_word
from groupnotes.deid.reading import Reading

_LONG_NUMBER = re.compile(
    r"(?<![\w.$,])(?<!\d[\-/])(?:#\d{4,20}|\d{7,20}|\d{2,6}-\d{2,8}(?:-\d{2,8}){1,3}"
    r"|\d{5,9}-\d{2,6}"
    r"|\d{2,4}-\d{5,9}|\d{3,4}(?:[ ]\d{3,4}){2,4}|\d{4} \d{4}(?: \d{2,4})?)(?![\w%]"
    r"|,\d)(?!-\d)(?!\.\d)"
)
_PAIR = re.compile(r"(?<![\w.$,/\-])(?P<low>\d{3,6})-(?P<high>\d{3,6})(?![\w%/\-]|[.,]\d)")
_MIXED = re.compile(
    r"(?<![\w.$@/\-])(?=[a-z\-]{0,8}\d)(?=[0-9\-]{0,12}[a-z])"
    r"(?P<code>[a-z0-9]{1,16}(?:-[a-z0-9]{1,16}){0,4})(?![\w@/\-])(?!\.\w)"
)
_IN_CODE = re.compile(r"(?<=[a-z\-])\d|\d+-?[a-z\d]")
_PREFIX = re.compile(r"(?<![\w'])[a-z]{1,4} \Z")
_QUANTITY = re.compile(
    r"\d[\d.,]*(?:mg|mcg|ml|iu|kg|lbs?|oz|cal|kcal|mins?|hrs?|x\d*|mgs?|units?|steps|st|nd|rd|th"
    r"|am|pm|ish|k|s)\Z"
)
_SPAN = re.compile(r"\d{1,4}[ap]m?-\d{1,4}[ap]m?|\d{1,3}-(?:in|to|of|by|for|on|and|or|x)-\d{1,3}")
"""Hours and rules of thumb: "10a-1130a", "90-in-90"."""
_FORM = re.compile(r"\bforms? \Z")
_SHORTEST_CODE = 7
_SHORTEST_SHUFFLED, _LONGEST_SHUFFLED, _FEWEST_TURNS = 6, 16, 3
_SHUFFLED_WORDS = re.compile(
    r"(?:cyp|ugt)\d|\d+(?:h|hr|hrs|min|m|d|w|x)\d|\d+[ap]m?\d|[a-z]{1,2}\d[a-z]\d\Z|[pq]\d"
    r"|(?:[a-z]?\d{1,2}){2,}\Z|x\d|\d+(?:mg|mcg|ml)"
)
"""Genes, hours and doses: "CYP2D6", "1h30min"."""
_HOTLINES = frozenset({"741741", "678678", "838255", "#988", "#741741"})


def codes_in(reading: Reading) -> Iterator[Finding]:
    """Find them; a phone number for the public, a dose and a code of billing are none."""
    for match in reading.at_numbers(_LONG_NUMBER, before=1):
        if not _is_public_number(match[0]):
            level = Level.BLOCK if _is_long(match[0]) else Level.REVIEW
            span = _with_prefix(reading, match)
            yield reading.finding(span, Category.ACCOUNT, "code.number", level)
    for match in reading.at_numbers(_PAIR):
        if not _is_range(match):
            yield reading.finding(_with_prefix(reading, match), Category.ACCOUNT, "code.pair")
    if any(_IN_CODE.match(reading.plain, start) for start in reading.numbers):
        yield from _mixed_in(reading)


def _mixed_in(reading: Reading) -> Iterator[Finding]:
    for match in _MIXED.finditer(reading.plain):
        if _is_of_form(reading, match):
            continue
        level = _mixed_level(match["code"])
        if level is None and _is_shuffled(match["code"]):
            level = Level.REVIEW
        if level is not None:
            yield reading.finding(match.span(), Category.ACCOUNT, "code.mixed", level)


def _is_of_form(reading: Reading, match: re.Match[str]) -> bool:
    """Tell "Form 10-10EZ", which anyone fills in."""
    return _FORM.search(reading.plain, max(0, match.start() - 8), match.start()) is not None


def _with_prefix(reading: Reading, match: re.Match[str]) -> tuple[int, int]:
    """Take in capitals that stand before a number and belong to it: "A 204-881-930"."""
    before = _PREFIX.search(reading.plain, max(0, match.start() - 8), match.start())
    if before is None or reading.is_high:
        return match.span()
    prefix = before[0].strip()
    if reading.is_low and len(prefix) > 1 and not is_word(prefix) and not _is_unit(prefix):
        return before.start(), match.end()
    if len(prefix) > 1 and is_word(prefix):
        return match.span()
    capitals = reading.written(before.start(), before.end() - 1).isupper()
    return (before.start() if capitals else match.start()), match.end()


def _is_unit(prefix: str) -> bool:
    return _QUANTITY.match(f"1{prefix}") is not None


def _is_public_number(written: str) -> bool:
    """Tell hotlines, years ("2019-2021") and phone numbers, which have a rule of their own."""
    digits = written.replace("-", "").replace(" ", "").lstrip("#")
    if written in _HOTLINES or re.fullmatch(r"(?:19|20)\d\d-(?:19|20)\d\d", written):
        return True
    if re.fullmatch(r"(?:19|20)\d\d (?:19|20)\d\d(?: \d+)?", written):
        return True
    if re.fullmatch(r"1?-?[2-9]\d\d-?\d{3}-?\d{4}", written):
        return True
    return len(set(digits)) == 1 or (len(digits) < 5 and "-" in written)


def _is_range(match: re.Match[str]) -> bool:
    """Tell "1500-2000", "2019-2021" and "100-200" from "0071-209" and "1107-3382"."""
    low, high = match["low"], match["high"]
    if low.startswith("0") or high.startswith("0"):
        return False
    if int(low) >= int(high):
        return len(low) + len(high) < _SHORTEST_CODE
    rounded = int(low) % 5 == 0 and int(high) % 5 == 0
    years = 1900 <= int(low) <= 2100 and 1900 <= int(high) <= 2100
    return rounded or years or len(low) + len(high) < _SHORTEST_CODE


def _is_long(written: str) -> bool:
    return sum(map(str.isdigit, written)) >= 7 or written.startswith("#")


def _is_shuffled(code: str) -> bool:
    """Tell "8NQ7ZB" and "DMPX44K2Q" by their turns from letters to digits and back."""
    turns = sum(one.isalpha() != other.isalpha() for one, other in pairwise(code))
    if "-" in code or not _SHORTEST_SHUFFLED <= len(code) <= _LONGEST_SHUFFLED:
        return False
    if _SHUFFLED_WORDS.match(code):
        return False
    return turns >= _FEWEST_TURNS and sum(map(str.isdigit, code)) > 1


def _mixed_level(code: str) -> Level | None:
    digits = sum(map(str.isdigit, code))
    letters = sum(map(str.isalpha, code))
    if digits < 4 or not letters or _QUANTITY.match(code) or digits + letters < 6:
        return None
    if _SPAN.fullmatch(code):
        return None
    if re.match(r"1?-?[2-9]\d\d-", code):
        return None  # a phone number in letters
    longest = max((len(part) for part in re.findall(r"[a-z]+", code)), default=0)
    if longest > 6 or re.fullmatch(r"(?:19|20)\d\d-?[a-z]+|[a-z]+-?(?:19|20)\d\d", code):
        return None
    if re.fullmatch(r"[hgstq]\d{4}(?:-?[a-z0-9]{2})+|\d{5}(?:-[a-z0-9]{2})+", code):
        return None  # a billing code with its modifier
    return Level.BLOCK if digits + letters >= 7 or "-" in code else Level.REVIEW
