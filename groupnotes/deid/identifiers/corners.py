"""Streets without a number: "lives on Maple Street", "the corner of Fifth and Main"."""

import re
from collections.abc import Iterator

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.identifiers.streets import (
    NAME_WORD,
    STREET_STOP,
    SURE_TYPE,
    TAIL,
    WORD_TYPE,
    is_street_name,
    is_sure_type,
)
from groupnotes.deid.reading import Reading

_UNNUMBERED = re.compile(
    rf"(?<![\w'])(?P<name>(?:{NAME_WORD}[ \-]){{0,2}}{NAME_WORD})"
    rf" (?P<type>(?:{WORD_TYPE} )?{SURE_TYPE}|{WORD_TYPE})\b\.?" + TAIL
)
_CUE = re.compile(
    r"(?<![\w\-])(?:on|off|at|near|down|along|to|from|live[sd]? (?:on|at|off)|around|over on|by"
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
_ORDINAL = (
    r"(?:\d{1,3}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|eleventh|twelfth)"
)
_CORNER = re.compile(
    r"\b(?:corner|intersection|cross ?streets?|junction)(?: is| are|:| of| at)+ (?:the )?"
    rf"(?P<streets>(?:{NAME_WORD} ){{0,2}}{NAME_WORD} (?:and|&|/|x) (?:{NAME_WORD}(?! \w) ?"
    rf"|{NAME_WORD}(?: (?:{SURE_TYPE}|{WORD_TYPE}))?))"
)
_CROSSING = re.compile(
    rf"\b(?P<streets>{_ORDINAL} (?:{SURE_TYPE} )?(?:and|&) (?:[a-z]{{3,14}})(?: {SURE_TYPE})?"
    rf"|[a-z]{{3,14}} (?:{SURE_TYPE} )?(?:and|&) {_ORDINAL})\b(?! (?:of|day|time|step|grade|week"
    rf"|place))"
)
_CROSSING_AHEAD = re.compile(
    r"\d{1,3}(?:st|nd|rd|th)\b(?: [a-z]{2,6})? (?:and|&)|(?<=and )\d{1,3}(?:st|nd|rd|th)"
    r"|(?<=& )\d{1,3}(?:st|nd|rd|th)"
)
_TYPE_WORDS = frozenset(
    """
    street avenue ave boulevard blvd lane ln road rd parkway pkwy highway hwy terrace trl turnpike
    tpke expressway cir crescent st ct pl sq drive dr court circle trail loop square alley plaza
    cove
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_CORNER_WORDS = frozenset({"corner", "intersection", "junction", "streets", "crossstreets"})
_BEFORE_DOCTORS = frozenset(
    {"pcp", "md", "np", "obgyn", "psychiatrist", "psych", "surgeon", "attending", "oncologist"}
)
_LOOK_BACK = 16
_LONGEST_SHORT = 3


def corners_in(reading: Reading) -> Iterator[Finding]:
    for match in reading.anywhere(_UNNUMBERED, _TYPE_WORDS):
        yield from _street(reading, match)
    for match in reading.anywhere(_CORNER, _CORNER_WORDS):
        yield reading.finding(match.span("streets"), Category.ADDRESS, "address.corner")
    for match in _crossings(reading):
        if is_street_name(reading, match.span("streets"), surely=False):
            yield reading.finding(
                match.span("streets"), Category.ADDRESS, "address.crossing", Level.REVIEW
            )


def _crossings(reading: Reading) -> Iterator[re.Match[str]]:
    if any(_CROSSING_AHEAD.match(reading.plain, start) for start in reading.numbers):
        yield from _CROSSING.finditer(reading.plain)


def _street(reading: Reading, match: re.Match[str]) -> Iterator[Finding]:
    """Find "on Maple Street", of the words before the type those that can be a name."""
    words = list(re.finditer(r"[^ \-]+", match["name"]))
    while words and (words[0][0] in STREET_STOP or not words[0][0][0].isalnum()):
        words.pop(0)
    for place, word in enumerate(words):
        if word[0] in STREET_STOP or (word[0].endswith(".") and len(word[0]) > _LONGEST_SHORT):
            words = words[place + 1 :]
            break
    if not words or (match["type"] == "dr" and words[-1][0] in _BEFORE_DOCTORS):
        return
    start = match.start("name") + words[0].start()
    sure = is_sure_type(match["type"])
    lives = _LIVES.search(reading.plain, max(0, start - _LOOK_BACK), start) is not None
    named = is_street_name(reading, (start, match.end("type")), surely=sure, numbered=False)
    if not named and not (lives and sure):
        return
    cued = _CUE.search(reading.plain[max(0, start - 32) : start]) is not None
    if not cued or _PUBLIC_STREET.match(reading.plain, start):
        return
    level = Level.BLOCK if sure else Level.REVIEW
    yield reading.finding((start, match.end()), Category.ADDRESS, "address.street", level)
