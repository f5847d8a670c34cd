"""Telephone and fax numbers, in every way that people write them."""

import re
from collections.abc import Iterator
from itertools import pairwise

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.reading import Reading

_BETWEEN = r"[ \t\n.\-/·•*_~|]{0,3}"
_EXTENSION = r"(?:[ ,;]{0,3}\(?(?:ext(?:ension)?|x)[ .:#]{0,3}\d{1,6}\b\)?)?"
_FULL = re.compile(
    r"(?<![\w+])(?<!\d[.,/-])(?:\+?[ ]?\(?1\)?[ .\-/]{0,3})?[(\[]?(?P<area>[2-9]\d\d)[)\]]?"
    + _BETWEEN
    + r"(?P<exchange>\d{3})"
    + _BETWEEN
    + r"(?P<line>\d{4})(?![\d])"
    + _EXTENSION
)
_LOCAL = re.compile(
    r"(?<![\w+$#])(?<!\d[.,/\- ])[2-9]\d\d ?[-·•] ?\d{4}(?![\w%])(?![.,/\-]\d)"
    r"(?! ?(?:mg|mcg|ml|cal|calories|kcal|steps|iu|units)\b)" + _EXTENSION
)
_ABROAD = re.compile(r"(?<![\w+])\+ ?[2-9]\d{0,2}(?:[ .\-()]{0,3}\d{1,5}){2,6}(?!\d)" + _EXTENSION)
_LETTERS = re.compile(
    r"(?<![\w+])(?:\+?1[ .\-]{0,2}\(?[2-9]\d\d\)?[ .\-]{1,3}(?:[a-z]{7,9}|[a-z]{3,4}-[a-z]{3,4})"
    r"|\(?[2-9]\d\d\)?[ .\-]{1,3}[2-9]\d\d[ .\-]{1,2}[a-z]{4})\b"
)
_CUE = (
    r"\b(?:phones?|telephone|tele?|cell|cellphone|mobile|landline|fax|faxed|faxes|pager|beeper|call"
    r"|calls|called|calling|text|texts|texted|texting|dial|ph|voicemail|whats ?app|hotline|contact"
    r"|reach(?:ed)?|number|numbers|line|ring|rang|sms|digits)\b"
)
_SMALL_WORDS = (
    r"(?:[ \t:#.,;(\-]|\n(?!\n)|\b(?:is|was|at|on|to|the|his|her|their|him|them|my|me|new|old"
    r"|home|work"
    r"|number|numbers|no|phone|cell|line|directly|back|area|code|of|it|us|same|for|via|by|s|as"
    r"|changed|mobile|listed|mom|dad|sponsor)\b){1,12}"
)
_CUED = re.compile(
    _CUE + _SMALL_WORDS + r"(?P<number>[+(\[]?\d(?:[ ().\-/\]·]{0,3}\d){6,14})(?![\d])" + _EXTENSION
)
_LAST_FOUR = re.compile(
    _CUE
    + r"[^.!?\n\d]{0,30}?(?:\b(?:end(?:s|ing|ed)?|last (?:four|4)|final (?:four|4))\b)"
    + r"[^.!?\n\d]{0,24}?(?P<number>\d{4})\b(?![-/])"
)
_ONLY_EXTENSION = re.compile(
    r"(?<![\w-])ext(?:ension)?\.? ?[#:]? ?(?P<number>\d{3,6})\b(?! ?(?:mg|%|per|times))"
)
_GROUP = r"(?:zero|oh?|one|two|three|four|five|six|seven|eight|nine|\d{1,4})"
_SPOKEN = re.compile(
    rf"(?<![\w.\-/])(?:(?:double |triple )?{_GROUP}(?: ?(?:dash|dot|hyphen|[,.\-…]{{1,3}}) ?"
    rf"| {{1,3}}|\n)){{3,14}}{_GROUP}(?!\w)"
)
_CHUNKS = re.compile(
    r"(?<![\w.])\d{3}(?: ?(?:dash|dot|hyphen|point) ?\d{2,4}){1,3}(?![\w])"
    r"|\barea code ?:? ?[2-9]\d\d\b(?:[ ,.:;-]{0,3}\d{3}[ .-]{0,2}\d{4})?"
)
_KEYPAD = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
_NOT_DIGIT = re.compile(r"\D+")
_TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})
_HOTLINES = frozenset(
    """
    8002738255 8006624357 8007997233 8006564673 8007848669 8009506264 8004848453 8664887386
    8775658860 8002221222 8004224453 8009855990 8006214000 8338526262 8009312237 8886289454
    8004262537 8005224700 8002738355 8776968775 8004226237 8003733376 8887373386 8003227873
    8663319474 8002324636 8003424357 8888839386 8006772233 8004227283 8773868332 8002757486
    """.split()  # noqa: SIM905 - a table of numbers
)
"""Lines for the public, by their digits: lifelines, quitlines, poison control."""
_PUBLIC_LINE = re.compile(
    r"\b(?:hot ?line|helpline|help line|lifeline|quit ?line|warm ?line|crisis line|crisis text"
    r"|(?:response|support|nurse|advice|info|information|tip|care|peer|talk|access|resource|referral"
    r"|abuse|reporting|hope|help|listening|recovery|caregiver|parent) line"
    r"|samhsa|toll[- ]free|poison control|nami|veterans crisis)\b"
)
_LOOK_AROUND = 60


def phones_in(reading: Reading) -> Iterator[Finding]:
    """Find telephone numbers; lines for the public (988, a crisis line) are no one's."""
    for rule, match in _matches(reading):
        if _is_private(reading.plain, match):
            yield reading.finding(_span(match), Category.PHONE, f"phone.{rule}")
    if len(reading.numbers) >= _SPOKEN_DIGITS or len(_VALUES.keys() & reading.words) > 1:
        for match in _SPOKEN.finditer(reading.plain):
            if _is_read_out(match[0]):
                yield reading.finding(match.span(), Category.PHONE, "phone.spoken")
    for match in reading.anywhere(_ONLY_EXTENSION, _EXTENSION_WORDS):
        yield reading.finding(match.span("number"), Category.PHONE, "phone.extension", Level.REVIEW)


_SPOKEN_DIGITS = 7
_LAST_FOUR_WORDS = frozenset({"four", "4", "ending", "ends", "ended", "end"})
_EXTENSION_WORDS = frozenset({"ext", "extension"})
_CHUNK_WORDS = frozenset({"dash", "dot", "hyphen", "point", "area"})
_MANY_DIGITS = re.compile(r"\d(?:[^\w\n]{0,4}\n?\d){6}")
_LETTER_LINE = re.compile(r"\d{3}[-. )]{1,3}[a-z]{3}")


def _matches(reading: Reading) -> Iterator[tuple[str, re.Match[str]]]:
    """Look for those forms that the digits of the text can make."""
    text = reading.plain
    if any(_MANY_DIGITS.match(text, start) for start in reading.numbers):
        for rule, pattern in (("full", _FULL), ("cued", _CUED), ("local", _LOCAL)):
            yield from ((rule, match) for match in pattern.finditer(text))
        if "+" in text:
            yield from (("abroad", match) for match in _ABROAD.finditer(text))
    if any(_LETTER_LINE.match(text, start) for start in reading.numbers):
        yield from (("letters", match) for match in _LETTERS.finditer(text))
    if reading.numbers:
        last_four = reading.anywhere(_LAST_FOUR, _LAST_FOUR_WORDS)
        yield from (("last_four", match) for match in last_four)
        yield from (("chunks", match) for match in reading.anywhere(_CHUNKS, _CHUNK_WORDS))


def _span(match: re.Match[str]) -> tuple[int, int]:
    start = match.start("number") if "number" in match.re.groupindex else match.start()
    return start, match.end()


def _is_private(text: str, match: re.Match[str]) -> bool:
    """Tell a number of someone from one that is printed on every leaflet."""
    start, end = _span(match)
    digits = _NOT_DIGIT.sub("", match[0][start - match.start() :].translate(_KEYPAD))
    number = digits.removeprefix("1")[:10]
    if number in _HOTLINES:
        return False
    if number[:3] not in _TOLL_FREE:
        return True
    around = text[max(0, start - _LOOK_AROUND) : end + _LOOK_AROUND // 2]
    return _PUBLIC_LINE.search(around) is None


def _is_read_out(digits: str) -> bool:
    """Tell a number that is read out from "1, 2, 3, 4, 5, 6, 7", ratings and a list of scores."""
    said = re.findall(r"[^\W_]+", digits)
    values = [_VALUES.get(word, word) for word in said if word not in _JOINTS]
    number = "".join(value for value in values if value.isdigit())
    in_words = sum(word in _VALUES for word in said)
    few = in_words < _FEWEST_WORDS
    if not _SHORTEST <= len(number) <= _LONGEST or (few and set(map(len, values)) != {1}):
        return False
    ones = [int(value) for value in values if len(value) == 1]
    steps = {after - before for before, after in pairwise(ones)}
    return len(ones) < len(values) or len(steps) > 1


_JOINTS = frozenset({"dash", "dot", "hyphen", "double", "triple"})
_SHORTEST, _LONGEST, _FEWEST_WORDS = 7, 15, 2
_VALUES = {
    "zero": "0", "o": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
