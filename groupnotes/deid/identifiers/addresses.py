"""Addresses with a number: of a house, on a highway, a box, an apartment."""

import re
from collections.abc import Iterator
from itertools import chain

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.identifiers.corners import corners_in
from groupnotes.deid.identifiers.streets import (
    NAME_WORD,
    ONLY_ZIP,
    SIDE,
    STREET_STOP,
    SURE_TYPE,
    TAIL,
    TOWN,
    WORD_TYPE,
    is_street_name,
    is_sure_type,
)
from groupnotes.deid.identifiers.zips import zips_in
from groupnotes.deid.lexicon import is_word
from groupnotes.deid.reading import Reading
from groupnotes.deid.words import FUNCTION_WORDS

_NUMBER = r"(?<![\w$#.,:/\-])(?P<number>\d{1,5}(?:-\d{1,4})?(?:-?[a-d])?(?: 1/2)?)"
_NUMBERED = re.compile(
    rf"{_NUMBER},?[ \n]{{1,2}}(?P<name>(?:{SIDE} )?(?:{NAME_WORD}[ \-]){{0,3}}{NAME_WORD})[ \n]"
    rf"(?P<type>(?:{WORD_TYPE} )?{SURE_TYPE}|{WORD_TYPE})\b\.?(?: {SIDE}(?![\w']))?" + TAIL
)
_GRID = re.compile(rf"{_NUMBER} (?P<name>{SIDE} \d{{1,5}} {SIDE}|broadway)(?![\w'])" + TAIL)
_SIDED = re.compile(rf"{_NUMBER} (?P<side>{SIDE}) (?P<name>[a-z][a-z']{{2,20}})\b" + TAIL)
_LIVED_AT = re.compile(
    r"\b(?:live[sd]?|living|resid\w+|address|home|house|staying|moved) ?(?:is |now |back )?"
    r"(?:at|to|:|is) (?P<number>\d{2,5}) (?P<name>[a-z][a-z']{2,20})(?! (?:of|a|per)\b)\b" + TAIL
)
_ON_HIGHWAY = re.compile(
    rf"(?:{_NUMBER} )?\b(?P<road>(?:u\.?s\.?|state|county|old|rural|farm)(?: to market)? (?:road"
    rf"|route|rte|rt|highway|hwy)"
    rf"|highway|hwy|(?<!bus )(?<!bus, )(?<!bus: )route|rte) ?#? ?\d{{1,4}}[a-z]?\b" + TAIL
)
_POST_BOX = re.compile(
    r"\b(?:p\.? ?o\.? ?box|post office box|p\.? ?o\.? ?b\.?|postbox|po bx|rr ?#? ?\d+,? box"
    r"|hc ?#? ?\d+,? box|rural route \d+,? box)"
    r" ?(?:number |no\.? ?|# ?)?\d{1,6}(?:-?[a-z])?\b" + TOWN + ONLY_ZIP
)
_APARTMENT = re.compile(
    r"\b(?:apartment|apt)\.? ?(?:number |no\.? ?)?#? ?(?P<number>\d{1,4}-?[a-z]?|[a-z]-?\d{1,4}"
    r"|[b-z](?= ?[,.;)\n]))\b"
    r"(?! ?(?:am\b|pm\b|:|/|a\.m|p\.m|days?|wks?|weeks?|times))"
)
_UNIT_BEFORE = re.compile(r"\b(?:lot|unit|apt|apartment|suite|ste|space|trailer|room)\.? ?#?\Z")
_LONGEST_SHORT = 3
_TELLING = 3  # digits of a house's number
_LOOK_BACK = 16
_HIGHWAY_WORDS = frozenset({"road", "route", "rte", "rt", "highway", "hwy"})
_BOX_WORDS = frozenset({"box", "pob", "postbox", "bx", "o", "b"})
_APARTMENT_WORDS = frozenset({"apt", "apartment"})


def addresses_in(reading: Reading) -> Iterator[Finding]:
    for match in chain(reading.at_numbers(_NUMBERED), reading.at_numbers(_GRID)):
        if _is_address(reading, match):
            yield reading.finding(_from_unit(reading, match), Category.ADDRESS, "address")
    for match in chain(reading.at_numbers(_SIDED), _LIVED_AT.finditer(reading.plain)):
        if _is_high_name(reading, match):
            span = match.start("number"), match.end()
            sure = match.re is _SIDED and len(match["number"]) >= _TELLING
            level = Level.BLOCK if sure else Level.REVIEW
            yield reading.finding(span, Category.ADDRESS, "address.short", level)
    for match in reading.anywhere(_ON_HIGHWAY, _HIGHWAY_WORDS):
        level = Level.BLOCK if match["number"] or " " in match["road"] else Level.REVIEW
        yield reading.finding(match.span(), Category.ADDRESS, "address.highway", level)
    boxes = reading.anywhere(_POST_BOX, _BOX_WORDS)
    for match in chain(boxes, reading.anywhere(_APARTMENT, _APARTMENT_WORDS)):
        yield reading.finding(match.span(), Category.ADDRESS, "address.part")
    yield from corners_in(reading)
    yield from zips_in(reading)


def _is_high_name(reading: Reading, match: re.Match[str]) -> bool:
    """Tell "1420 SE Alder" and "lives at 400 Main" by their capitals, where there are any."""
    if match.end("name") < match.end():
        return True  # with an apartment, a town or a ZIP code
    if reading.is_low or reading.is_high:
        return not is_word(match["name"])
    if "side" in match.re.groupindex and match["side"].endswith(".") and len(match["side"]) > 3:
        return False  # "seen on 4 West. Her mother"
    starts = [match.start(group) for group in ("side", "name") if group in match.re.groupindex]
    return all(reading.written(start, start + 1).isupper() for start in starts)


def _from_unit(reading: Reading, match: re.Match[str]) -> tuple[int, int]:
    """Take in the "Lot" of "Lot 9, 400 Pine Rd"."""
    unit = _UNIT_BEFORE.search(reading.plain, max(0, match.start() - _LOOK_BACK), match.start())
    return match.start() if unit is None else unit.start(), match.end()


def _is_address(reading: Reading, match: re.Match[str]) -> bool:
    """Tell "12 Maple Street" from "3 members took the long way"."""
    if match.re is _GRID:
        return True
    words = match["name"].split()
    written = reading.written(*match.span("name"))
    stop = FUNCTION_WORDS if written.istitle() and not reading.is_high else STREET_STOP
    if any(word.rstrip(".") in stop for word in words):
        return False
    if any(word.endswith(".") and len(word) > _LONGEST_SHORT for word in words):
        return False  # a sentence ends between
    sure = is_sure_type(match["type"])
    return is_street_name(reading, (match.start("name"), match.end("type")), surely=sure)
