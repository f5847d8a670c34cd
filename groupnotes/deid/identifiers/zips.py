"""ZIP codes: announced, behind a state or a town, or five digits that can be nothing else."""

import re
from collections.abc import Iterator

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.lexicon import is_word
from groupnotes.deid.reading import Reading
from groupnotes.deid.states import STATE, STATE_CODE
from groupnotes.deid.strangers.names import is_town

_ZIP_FOUR = re.compile(r"(?<![\w.\-])\d{5}-\d{4}(?![\w\-])")
_ZIP_CUED = re.compile(
    r"\b(?:zip|zip ?codes?|postal(?: code)?|postcode)\b[^.!?\n\d]{0,48}(?P<zip>\d{5}(?:-\d{4})?)"
    r"(?![\w\-])"
)
_ZIP_OF_STATE = re.compile(
    rf"(?<![\w])(?:{STATE})\.?,? {{1,2}}(?P<zip>\d{{5}}(?:-\d{{4}})?)(?![\w\-])"
)
_ZIP_WHERE = re.compile(
    r"\b(?:(?:lives?|living|lived|moved|moving|move|relocat\w+|stay\w*|hous\w+|home|place|rent\w*"
    r"|somewhere|apartment|resid\w+)"
    r" (?:[a-z]{1,9} ){0,2}(?:in|to|at|near|within|around)|\bin) (?:the )?(?P<zip>\d{5})"
    r"(?= ?(?:[.,;)\n]|$|area|zip|neighborhood|and\b|now\b|with\b|since\b|code))"
)
_ZIP_AREA = re.compile(r"(?<![\w.\-$#])(?P<zip>\d{5}) (?:area|zip(?: ?code)?|neighborhood)\b")
_ZIP = re.compile(r"(?<![\w.\-$#/,])(?<!\d )(?P<zip>\d{5})(?![\w%/\-]|[.,:]\d| \d)")
_BILLING_CODES = re.compile(
    r"9(?:0(?:7(?:85|9\d)|8\d\d)|6(?:1\d\d|372)|7\d{3}|8(?:96\d|97\d)|9(?:[2-4]\d\d))\Z"
)
_MEASURED = re.compile(
    r" ?(?:steps|calories|cal|iu|units|people|dollars|miles|words|hours|minutes|times|points"
    r"|members|feet|ft|a (?:year|month)|per)"
)
_CODED = re.compile(
    r"\b(?:cpt|hcpcs|code|codes|billed|billing|bill|procedure|modifier|add-?on|unit|units|steps"
    r"|\+)[^.!?\n]{0,16}\Z"
)
_BEFORE_ZIP = re.compile(
    r"(?:(?P<name>[a-z.']{1,19}[a-z])[ ]?[,(]? ?|\b(?:in|to|at|near|from|around) )\Z"
)
_FIVE_DIGITS = re.compile(r"\d{5}(?!\d)")
_LOOK_BACK = 32


def zips_in(reading: Reading) -> Iterator[Finding]:
    if not any(_FIVE_DIGITS.match(reading.plain, start) for start in reading.numbers):
        return
    yield from _bare_zips_in(reading)
    for match in reading.at_numbers(_ZIP_FOUR):
        yield reading.finding(match.span(), Category.ZIP, "zip.plus_four")
    for pattern in (_ZIP_CUED, _ZIP_WHERE, _ZIP_AREA):
        for match in pattern.finditer(reading.plain):
            yield reading.finding(match.span("zip"), Category.ZIP, "zip.cued")
    for match in _ZIP_OF_STATE.finditer(reading.plain):
        state = reading.written(match.start(), match.start() + 2)
        if state.isupper() or STATE_CODE.match(match[0]) is None or reading.is_low:
            yield reading.finding(match.span("zip"), Category.ZIP, "zip.state")


def _bare_zips_in(reading: Reading) -> Iterator[Finding]:
    """Find five digits that are no billing code and count nothing: they can only be a ZIP code."""
    for match in reading.at_numbers(_ZIP):
        before = reading.plain[max(0, match.start() - _LOOK_BACK) : match.start()]
        if _MEASURED.match(reading.plain, match.end()) or _CODED.search(before):
            continue
        if _BILLING_CODES.match(match["zip"]) and not (
            _follows_place(reading, match) and _is_place_known(reading, match)
        ):
            continue
        level = Level.BLOCK if _follows_place(reading, match) else Level.REVIEW
        yield reading.finding(match.span(), Category.ZIP, "zip.bare", level)


def _is_place_known(reading: Reading, match: re.Match[str]) -> bool:
    """Tell "Hayward 94544" from "billing 90853", "vs. 97150" and "Codes, 90791"."""
    found = _BEFORE_ZIP.search(reading.plain, max(0, match.start() - 24), match.start())
    return found is not None and found["name"] is not None and is_town((found["name"],))


def _follows_place(reading: Reading, match: re.Match[str]) -> bool:
    """Tell "Crestview 32536", "Kinston (28501)" and "mail to 28734"."""
    found = _BEFORE_ZIP.search(reading.plain, max(0, match.start() - 24), match.start())
    if reading.plain.endswith((", ", ",\n"), 0, match.start()):
        return True
    if found is None:
        return False
    if found["name"] is None or found["name"] in {"in", "to", "at", "near", "from", "around"}:
        return True
    written = reading.written(*found.span("name"))
    high = written[0].isupper() and not written.isupper()
    return high or not is_word(found["name"]) or found[0].rstrip().endswith((",", "("))
