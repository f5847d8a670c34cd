"""Months and holidays in which something happened to someone: "left us in August".

What a programme does in a month ("the class began in March") and a holiday that is only spoken of
are no one's.
"""

import re
from collections.abc import Iterator

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.identifiers.calendar import MONTH, MONTH_WORDS
from groupnotes.deid.reading import Reading

_HAPPENED = (
    r"(?:left|completed|finished|graduated|quit|stopped|overdosed|od'?d|enlisted|deployed|enrolled"
    r"|transferred|fired|hired|laid off|hospitali[sz]ed|attempted|evicted|diagnosed|crashed|wrecked"
    r"|totaled|totalled|hit|lost|buried|engaged|separated|adopted|fostered|baptized|detained"
    r"|incarcerated|booked|locked up|got out|came home|went home|moved|retired|broke up|miscarried"
    r"|gave birth|had (?:her|his|the|a) (?:baby|son|daughter|stroke|surgery|heart attack)|proposed"
    r"|testified|pled|surrendered|violated|deported|injured|shot|stabbed|widowed|saw|seen|visited"
    r"|started (?:here|with us|treatment|methadone|suboxone|chemo|dialysis)|came to us|joined us)"
)
_IN_MONTH = re.compile(
    rf"\b{_HAPPENED}(?: [a-z'\-]{{1,14}}){{0,4}} (?:in|last|this|back in|early in|late in)"
    rf" (?P<month>{MONTH})\b(?! \d)"
)
_SINCE = re.compile(
    rf"\b(?:on order|on the list|waitlisted|out|gone|away|missing|sober|clean|dry|inside|here|home)"
    rf" (?:since|until|till|til) (?P<month>{MONTH})\b(?! \d)"
)
_OF_THE_PLACE = re.compile(
    r"\b(?:groups?|programs?|programmes?|class(?:es)?|clinics?|cent(?:er|re)s?|cohorts?|series"
    r"|modules?|units?|agency|curriculum|we|study|policy|seasons?|series|holidays?|members|most|many"
    r"|people|grants?|funding|staff)\b[^.!?;\n]{0,30}\Z"
)
_THING = re.compile(
    r"\b(?:the|our|this|that|its) (?!(?:wo)?man\b|boy\b|girl\b|baby\b|child\b|kid\b|son\b"
    r"|daughter\b|mother\b|father\b|client\b|member\b|pt\b|patient\b|resident\b|veteran\b|teen\b"
    r"|inmate\b|guy\b|one\b|couple\b|family\b|twins\b|student\b|peer\b|other\b|older\b|younger\b)"
    r"[a-z]+ (?:was |were |had |has |got )?\Z"
)
_EVERY = re.compile(r" (?:each|every|of (?:each|every|any)|or [a-z]+|through|and [a-z]+ are)\b")
_HOLIDAY = (
    r"(?:(?:the )?(?:4th|fourth) of july|july (?:4th|fourth)|new year'?s(?: eve| day)?|christmas"
    r"(?: eve| day| morning| night)?|xmas|thanksgiving|easter(?: sunday| morning)?|halloween"
    r"|memorial day|labor day|mother'?s day|father'?s day|valentine'?s(?: day)?|juneteenth"
    r"|veterans day|good friday|palm sunday|cinco de mayo|mlk day|super bowl sunday|ash wednesday"
    r"|(?:st\.?|saint) patrick'?s(?: day)?|eid|diwali|passover|rosh hashanah|yom kippur)"
)
_ON_HOLIDAY = re.compile(
    r"\b(?:died|dies|passed(?: away)?|killed|murdered|born|married|buried|arrested|released"
    r"|sentenced|relapsed|overdosed|od'?d|hit bottom|bottom|admitted|discharged|evicted|proposed"
    r"|miscarried|delivered|shot|stabbed|stroke|wreck|crash|suicide|sober|clean|last (?:drink|drunk"
    rf"|use|shot|dose|visit))(?: [a-z']{{1,12}}){{0,2}}(?: on| since| the| last|,)? "
    rf"(?P<day>{_HOLIDAY})\b(?!'?s? (?:eve )?(?:dinner|party|break|season|meal))"
)
_HOLIDAY_WORDS = frozenset(
    """
    july year years christmas xmas thanksgiving easter halloween memorial labor mother mothers
    father fathers valentine valentines juneteenth veterans friday sunday mayo mlk wednesday patrick
    patricks eid diwali passover hashanah kippur
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_EVENT_WORDS = frozenset(
    """
    died dies passed killed murdered born married buried arrested released sentenced relapsed
    overdosed od bottom admitted discharged evicted proposed miscarried delivered shot stabbed
    stroke wreck crash suicide sober clean last
    """.split()  # noqa: SIM905 - as above
)
_ALSO_WORDS = frozenset({"may", "march", "mar", "sun", "dec", "ene"})
_LOOK_BACK = 48
_NEAR = 3


def events_in(reading: Reading) -> Iterator[Finding]:
    """Find them; where the month is not right beside the event, the writer decides."""
    for pattern in (_IN_MONTH, _SINCE):
        for match in reading.anywhere(pattern, MONTH_WORDS):
            if _is_someones(reading, match):
                near = pattern is _IN_MONTH and match[0].count(" ") <= _NEAR
                yield _finding(reading, match, "month", Level.BLOCK if near else Level.REVIEW)
    if _EVENT_WORDS.isdisjoint(reading.words):
        return
    for match in reading.anywhere(_ON_HOLIDAY, _HOLIDAY_WORDS):
        if not _is_of_the_place(reading, match):
            yield _finding(reading, match, "day", Level.REVIEW)


def _finding(reading: Reading, match: re.Match[str], group: str, level: Level) -> Finding:
    return reading.finding(match.span(group), Category.DATE, "date.event", level)


def _is_someones(reading: Reading, match: re.Match[str]) -> bool:
    if _EVERY.match(reading.plain, match.end()) or _is_of_the_place(reading, match):
        return False
    capital = reading.written(*match.span("month"))[0].isupper() or reading.is_low
    return match["month"] not in _ALSO_WORDS or capital


def _is_of_the_place(reading: Reading, match: re.Match[str]) -> bool:
    """Tell "the group moved in March"."""
    before = max(0, match.start() - _LOOK_BACK), match.start()
    return any(one.search(reading.plain, *before) for one in (_OF_THE_PLACE, _THING))
