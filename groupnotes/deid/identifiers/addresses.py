"""Street addresses, post-office boxes and ZIP codes."""

import re
from collections.abc import Iterator
from itertools import chain

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.identifiers.streets import STREET_STOP, is_street_name
from groupnotes.deid.lexicon import is_word
from groupnotes.deid.reading import Reading
from groupnotes.deid.states import STATE, STATE_CODE
from groupnotes.deid.words import FUNCTION_WORDS

_SURE_TYPE = (
    r"(?:street|avenue|ave|boulevard|blvd|lane|ln|road|rd|parkway|pkwy|highway|hwy|terrace|trl"
    r"|turnpike|tpke|expressway|cir|crescent|st|ct|pl|sq|aly|xing)"
)
_WORD_TYPE = (
    r"(?:drive|dr|court|circle|place|trail|loop|square|alley|row|way|run|path|plaza|cove|ridge"
    r"|bend|hill|hills|lofts?|estates|manor|meadows?|springs|station|valley|view|village|creek"
    r"|brook|canyon"
    r"|cliffs?|falls|gardens|harbor|island|isle|key|knoll|lake|mill|orchard|shores?|summit|trace"
    r"|bluffs?|branch|broadway"
    r"|hollow|point|pointe|grove|park|pike|crossing|commons|walk|heights|landing|glen|green|mews)"
)
_SIDE = r"(?:[nsew]|[ns][ew]|n\.?[ew]\.?|s\.?[ew]\.?|north|south|east|west|north ?east|north ?west|south ?east|south ?west)\.?"
_NAME_WORD = r"[a-z0-9][a-z0-9'.]{0,20}"
_UNIT = (
    r"(?: (?:rear|front|upstairs|downstairs|basement|upper|lower|trailer (?:ct|park|court)|court"
    r"|ct|park)\b)?"
    r"(?:,? {0,2}(?:(?:apartment|apt|unit|suite|ste|floor|fl|room|rm|lot|bldg|building|trailer"
    r"|space|spc|box)\.?"
    r" ?#? ?|# ?)[a-z]?-?\d{1,5}-?[a-z]?\b|,? (?:apartment|apt|unit)\.? [a-z]\b)?"
)
_TOWN = rf"(?:,? {{1,2}}(?:in )?(?:[a-z][a-z'.\-]{{1,20}} ){{0,2}}[a-z][a-z'.\-]{{1,20}}, ?(?:{STATE})\b\.?(?:,? {{1,2}}\d{{5}}(?:-\d{{4}})?\b)?)?"
_ONLY_ZIP = r"(?:,(?: [a-z][a-z'.]{1,20}){1,3}(?=,? \d{5}\b))?(?:,? {1,2}\d{5}(?:-\d{4})?\b)?"
_TAIL = _UNIT + _TOWN + _ONLY_ZIP
_NUMBER = r"(?<![\w$#.,:/\-])(?P<number>\d{1,5}(?:-\d{1,4})?(?:-?[a-d])?(?: 1/2)?)"
_NUMBERED = re.compile(
    rf"{_NUMBER},?[ \n]{{1,2}}(?P<name>(?:{_SIDE} )?(?:{_NAME_WORD}[ \-]){{0,3}}{_NAME_WORD})[ \n]"
    rf"(?P<type>{_SURE_TYPE}|{_WORD_TYPE})\b\.?(?: {_SIDE}(?![\w']))?" + _TAIL
)
_GRID = re.compile(rf"{_NUMBER} (?P<name>{_SIDE} \d{{1,5}} {_SIDE})(?![\w'])" + _TAIL)
_ON_HIGHWAY = re.compile(
    rf"(?:{_NUMBER} )?\b(?P<road>(?:u\.?s\.?|state|county|old|rural|farm)(?: to market)? (?:road"
    rf"|route|rte|rt|highway|hwy)"
    rf"|highway|hwy|route|rte) ?#? ?\d{{1,4}}[a-z]?\b" + _TAIL
)
_UNNUMBERED = re.compile(
    rf"(?<![\w'])(?P<name>(?:{_NAME_WORD}[ \-]){{0,2}}{_NAME_WORD}) (?P<type>{_SURE_TYPE}"
    rf"|{_WORD_TYPE})\b\.?" + _TAIL
)
_CUE = re.compile(
    r"\b(?:on|off|off of|at|near|down|along|to|from|live[sd]? (?:on|at|off)|around|over on|by"
    r"|corner of|address(?: is| was|:)?)"
    r" (?:old |upper |lower |north |south |east |west |[nsew]\.? )?\Z"
)
_PUBLIC_STREET = re.compile(
    r"(?:wall|sesame|easy|bourbon|fleet|downing|elm street on|main) street\b|penny lane"
    r"|abbey road|memory lane"
    r"|fast lane|slow lane|high road|low road|long road|right road|fire lane|yellow brick road"
    r"|dirt road|side street"
)
_LIVES = re.compile(r"\b(?:lives?|lived|living|house|place|apartment|home) (?:on|off|at|near) \Z")
_POST_BOX = re.compile(
    r"\b(?:p\.? ?o\.? ?box|post office box|p\.? ?o\.? ?b\.?|postbox|po bx|rr ?#? ?\d+,? box"
    r"|hc ?#? ?\d+,? box|rural route \d+,? box)"
    r" ?(?:number |no\.? ?|# ?)?\d{1,6}[a-z]?\b" + _TOWN + _ONLY_ZIP
)
_APARTMENT = re.compile(
    r"\b(?:apartment|apt)\.? ?(?:number |no\.? ?)?#? ?(?P<number>\d{1,4}-?[a-z]?|[a-z]-?\d{1,4}"
    r"|[b-z](?= ?[,.;)\n]))\b"
    r"(?! ?(?:am\b|pm\b|:|/|a\.m|p\.m|days?|wks?|weeks?|times))"
)
_ORDINAL = (
    r"(?:\d{1,3}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|eleventh|twelfth)"
)
_CORNER = re.compile(
    r"\b(?:corner|intersection|cross ?streets?|junction)(?: is| are|:| of| at)+ (?:the )?"
    rf"(?P<streets>(?:{_NAME_WORD} ){{0,2}}{_NAME_WORD} (?:and|&|/|x) (?:{_NAME_WORD}(?! \w) ?"
    rf"|{_NAME_WORD}(?: (?:{_SURE_TYPE}|{_WORD_TYPE}))?))"
)
_CROSSING = re.compile(
    rf"\b(?P<streets>{_ORDINAL} (?:{_SURE_TYPE} )?(?:and|&) (?:[a-z]{{3,14}})(?: {_SURE_TYPE})?"
    rf"|[a-z]{{3,14}} (?:{_SURE_TYPE} )?(?:and|&) {_ORDINAL})\b(?! (?:of|day|time|step|grade|week"
    rf"|place))"
)
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


_UNIT_BEFORE = re.compile(r"\b(?:lot|unit|apt|apartment|suite|ste|space|trailer|room)\.? ?#?\Z")
_LOOK_BACK = 16
_HIGHWAY_WORDS = frozenset({"road", "route", "rte", "rt", "highway", "hwy"})
_TYPE_WORDS = frozenset(
    """
    street avenue ave boulevard blvd lane ln road rd parkway pkwy highway hwy terrace trl turnpike
    tpke expressway cir crescent st ct pl sq drive dr court circle trail loop square alley plaza
    cove
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_BOX_WORDS = frozenset({"box", "pob", "postbox", "bx", "o", "b"})
_APARTMENT_WORDS = frozenset({"apt", "apartment"})
_CORNER_WORDS = frozenset({"corner", "intersection", "junction", "streets", "crossstreets"})
_FIVE_DIGITS = re.compile(r"\d{5}(?!\d)")
_CROSSING_AHEAD = re.compile(
    r"\d{1,3}(?:st|nd|rd|th)\b(?: [a-z]{2,6})? (?:and|&)|(?<=and )\d{1,3}(?:st|nd|rd|th)"
    r"|(?<=& )\d{1,3}(?:st|nd|rd|th)"
)


def _crossings(reading: Reading) -> Iterator[re.Match[str]]:
    if any(_CROSSING_AHEAD.match(reading.plain, start) for start in reading.numbers):
        yield from _CROSSING.finditer(reading.plain)


def addresses_in(reading: Reading) -> Iterator[Finding]:
    for match in chain(reading.at_numbers(_NUMBERED), reading.at_numbers(_GRID)):
        if _is_address(reading, match):
            yield reading.finding(_from_unit(reading, match), Category.ADDRESS, "address")
    for match in reading.anywhere(_ON_HIGHWAY, _HIGHWAY_WORDS):
        level = Level.BLOCK if match["number"] or " " in match["road"] else Level.REVIEW
        yield reading.finding(match.span(), Category.ADDRESS, "address.highway", level)
    for match in reading.anywhere(_UNNUMBERED, _TYPE_WORDS):
        yield from _street(reading, match)
    boxes = reading.anywhere(_POST_BOX, _BOX_WORDS)
    for match in chain(boxes, reading.anywhere(_APARTMENT, _APARTMENT_WORDS)):
        yield reading.finding(match.span(), Category.ADDRESS, "address.part")
    for match in reading.anywhere(_CORNER, _CORNER_WORDS):
        yield reading.finding(match.span("streets"), Category.ADDRESS, "address.corner")
    for match in _crossings(reading):
        if is_street_name(reading, match.span("streets"), surely=False):
            yield reading.finding(
                match.span("streets"), Category.ADDRESS, "address.crossing", Level.REVIEW
            )
    yield from _zips_in(reading)


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
    stop = FUNCTION_WORDS if written.istitle() and not reading.text.isupper() else STREET_STOP
    if any(word in stop for word in words):
        return False
    sure = re.fullmatch(_SURE_TYPE, match["type"]) is not None
    return is_street_name(reading, (match.start("name"), match.end("type")), surely=sure)


def _street(reading: Reading, match: re.Match[str]) -> Iterator[Finding]:
    """Find "on Maple Street", of the words before the type those that can be a name."""
    words = list(re.finditer(r"[^ \-]+", match["name"]))
    while words and (words[0][0] in STREET_STOP or not words[0][0][0].isalnum()):
        words.pop(0)
    for place, word in enumerate(words):
        if word[0] in STREET_STOP:
            words = words[place + 1 :]
            break
    if not words:
        return
    start = match.start("name") + words[0].start()
    sure = re.fullmatch(_SURE_TYPE, match["type"]) is not None
    lives = _LIVES.search(reading.plain, max(0, start - _LOOK_BACK), start) is not None
    named = is_street_name(reading, (start, match.end("type")), surely=sure, numbered=False)
    if not named and not (lives and sure):
        return
    cued = _CUE.search(reading.plain[max(0, start - 32) : start]) is not None
    if not cued or _PUBLIC_STREET.match(reading.plain, start):
        return
    level = Level.BLOCK if cued and sure else Level.REVIEW
    yield reading.finding((start, match.end()), Category.ADDRESS, "address.street", level)


def _zips_in(reading: Reading) -> Iterator[Finding]:
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
        if state.isupper() or STATE_CODE.match(match[0]) is None or reading.text.islower():
            yield reading.finding(match.span("zip"), Category.ZIP, "zip.state")


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
_PLACED = re.compile(r"(?:\b(?:in|to|at|near|from|around)|[a-z],|\(|\b(?:[a-z]{3,20}))[ ]?\Z")


def _bare_zips_in(reading: Reading) -> Iterator[Finding]:
    """Find five digits that are no billing code and count nothing: a ZIP code is all they can be."""
    for match in reading.at_numbers(_ZIP):
        before = reading.plain[max(0, match.start() - _LOOK_BACK * 2) : match.start()]
        if _MEASURED.match(reading.plain, match.end()) or _CODED.search(before):
            continue
        if _BILLING_CODES.match(match["zip"]) and not _follows_place(reading, match):
            continue
        level = Level.BLOCK if _follows_place(reading, match) else Level.REVIEW
        yield reading.finding(match.span(), Category.ZIP, "zip.bare", level)


_BEFORE_ZIP = re.compile(
    r"(?:(?P<name>[a-z.']{2,20})[ ]?[,(]? ?|\b(?:in|to|at|near|from|around) )\Z"
)


def _follows_place(reading: Reading, match: re.Match[str]) -> bool:
    """Tell "Crestview 32536", "Kinston (28501)" and "mail to 28734"."""
    found = _BEFORE_ZIP.search(reading.plain, max(0, match.start() - 24), match.start())
    if found is None:
        return False
    if found["name"] is None or found["name"] in {"in", "to", "at", "near", "from", "around"}:
        return True
    written = reading.written(*found.span("name"))
    high = written[0].isupper() and not written.isupper()
    return high or not is_word(found["name"]) or found[0].rstrip().endswith((",", "("))
