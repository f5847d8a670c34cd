"""Dates finer than a year, in words and in numbers."""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import chain

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.identifiers.calendar import (
    DAY,
    MONTH,
    MONTH_WORDS,
    ORDINAL,
    WEEKDAY,
    YEAR,
    day_of,
    month_of,
    year_of,
)
from groupnotes.deid.identifiers.events import events_in
from groupnotes.deid.identifiers.short_dates import short_dates_in
from groupnotes.deid.identifiers.weekdays import from_weekday
from groupnotes.deid.reading import Reading

_SEP = r"(?:,? {0,2}|[ ,\-]|\n)"
_MONTH_DAY = re.compile(
    rf"\b(?P<month>{MONTH})\b\.?[ \-\n]{{0,2}}(?:the )?(?P<day>{DAY}"
    rf"|{ORDINAL})(?![\w%])(?![:/]\d)(?!\.\d)"
    rf"(?P<rest>(?: ?- ?(?:{DAY}(?:st|nd|rd"
    rf"|th)?)(?![\w/:])| (?:to|through|thru|until|till) (?:the )?(?:(?:{MONTH})\b\.? )?"
    rf"(?:{DAY}|{ORDINAL})(?![\w/:%])(?! ?(?:am|pm|a\.m|p\.m)\b))?"
    rf"(?:,? {{0,2}}(?:of )?(?P<year>{YEAR})(?!\w))?(?:-\d\d(?![\w\-]))?)"
)
_DAY_MONTH = re.compile(
    rf"(?<![\w./:$#\-])(?:the )?(?P<day>{DAY}|{ORDINAL})(?:[ \-\n]{{1,2}}"
    rf"|(?=[a-z]{{3}}))(?P<of>(?:of|day of|de) )?(?P<month>{MONTH})\b\.?"
    rf"(?:{_SEP}(?:of |de )?(?P<year>{YEAR})(?!\w))?"
)
_MONTH_YEAR = re.compile(
    rf"\b(?P<month>{MONTH})\b\.?(?:,? {{0,2}}|[\-/\n])(?:of |de )?(?P<year>(?:19|20)\d\d"
    rf"|'\d\d)(?![\w%])(?!-\d\d)"
)
_PART_OF_MONTH = re.compile(
    rf"\b(?:early|mid|late)[ \-](?:{MONTH})\b(?! (?:member|client|pt|group|be|have|not))"
)
_NUMERIC = re.compile(
    r"(?<![\w.$#])(?<!\d[/\-])(?P<first>\d{1,2})(?P<mark> "
    r"?[/.\-] ?)(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)(?![\w%])"
    r"(?![/\-]\d)(?!\.\d)"
)
_ISO = re.compile(
    r"(?<![\w.])(?P<year>(?:19|20)\d\d)(?P<mark>[/.\-])(?P<month>\d{1,2})(?P=mark)"
    r"(?P<day>\d{1,2})(?!\d)(?![/\-]\d)"
)
_COMPACT = re.compile(
    r"(?<![\w.\-])(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-2]\d"
    r"|3[01])(?:t\d{4,6}z?)?(?![\w\-])"
)
_MONTH_OF_YEAR = re.compile(
    r"(?<![\w./\-])(?P<month>0?[1-9]|1[0-2]) ?[/\-] ?(?P<year>(?:19|20)\d\d)(?![\w/\-%])"
)
_HOLIDAY_OF_YEAR = re.compile(
    r"\b(?:(?:st\.?|saint) (?:patrick|paddy)'?s(?: day)?|good friday|palm sunday|ash wednesday|lent"
    r"|columbus day|indigenous peoples'? day|presidents'? day|groundhog day|cinco de mayo"
    r"|black friday|rosh hashanah|yom kippur|kwanzaa|super bowl(?: sunday)?|pride|day of the dead"
    r"|new year'?s(?: eve| day)?|valentine'?s(?: day)?|easter|memorial day|mother'?s day"
    r"|father'?s day|juneteenth"
    r"|july 4th|fourth of july|labor day|halloween|veterans day|thanksgiving|christmas(?: eve"
    r"| day)?|xmas|hanukkah|ramadan"
    r"|passover|eid|diwali|mlk day),? (?:of |in )?(?P<year>(?:19|20)\d\d|'\d\d)(?!\w)"
)
_WITHIN_MONTH = re.compile(
    rf"\b(?P<part>(?:the )?(?:(?:first|second|third|fourth|fifth|last|next|1st|2nd|3rd|4th) )?"
    rf"(?:(?:weeks?|weekend|half|part|days?|end|beginning|start|middle) of|{WEEKDAY} (?:of|in)) )"
    rf"(?P<month>{MONTH})\b(?! \d)"
)
_EVENT_MONTH = re.compile(
    rf"\b(?:since(?: last| this| early| mid| late| about)?|(?:due|born|died"
    rf"|dies|passed(?: away)?|killed|married|buried|delivered|miscarried"
    rf"|sentenced|arrested|released|paroled|discharged|admitted|relapsed|divorced|turns|turned"
    rf"|due date|(?:be|is|turns?|turned) [\w\-]{{2,16}})(?: back)? (?:in|this|last|next))"
    rf" (?P<month>{MONTH})\b(?! \d)"
)
_HOME_MONTH = re.compile(
    rf"\b(?:home|out|off paper|retir(?:es|ing|ed)|graduat(?:es|ing|ed)|mov(?:es|ing|ed)"
    rf"|leav(?:es|ing)|flies|flying|deploys|deployed|weds|marries)"
    rf" (?:in|this|last|next) (?P<month>{MONTH})\b(?! \d)"
)
_COUNTED_MONTH = re.compile(
    rf"\b(?:(?:next|last|first|second|third|previous|latest) (?!in\b)(?:[a-z]{{3,16}} ){{1,3}}"
    rf"(?:is |was |came |happened )?|(?:next|again|back) )in (?P<month>{MONTH})\b(?! \d)"
)
_IN_MONTH = re.compile(r" in [a-z]+\Z")
_WEEKDAY_DAY = re.compile(
    rf"\b{WEEKDAY}\b\.?,? (?:the )?(?P<day>{ORDINAL})(?![\w])(?! (?:step|group|session|class"
    rf"|time|week|meeting|period|shift|thing|aid|half|round|floor|street|st\b|ave|grade"
    rf"|tradition|of the month))"
)
_DAY_ALONE = re.compile(
    rf"\b(?P<cue>is|was|out|set for|on|by|since|until|till|til|through"
    rf"|before|after|from|due|as of|dated|born"
    rf"|between|for) the "
    rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL}teenth)"
    r"(?![\w\-])(?P<after> of (?:this|last|next|that|the) month|(?P<ends>(?= ?(?:[.,;:!?)\n]|$)))"
    r"|(?= (?:and|at|because|when|but|so|to|with|he|she|they|we|i|if|or|in|is|was|for)\b))"
)
_OF_MONTH = re.compile(rf"\b(?:the )?(?P<day>{ORDINAL}) of (?:this|last|next|that|the) month\b")
_NOT_A_DAY = re.compile(
    r" ?(?:times|members?|people|miles|minutes|mins?|hours|hrs|days|weeks|months|years|pts?"
    r"|clients|group"
    r"|percent|%|of (?:the )?(?:group|members|them|us)|or \d|to \d|more|be\b|have\b|not\b|need\b"
    r"|feel\b|want\b|help)"
)


_OF_EDITION = re.compile(r"\b(?:rev|revised|version|ver|v|ed|edition|form|updated|c)\.? ?\Z")
_AFTER_THE = re.compile(r"the \d{1,2}(?:st|nd|rd|th)")
_MONTH_WORD = frozenset({"month"})
_HOLIDAY_WORDS = frozenset(
    """
    year valentine valentines easter memorial mother mothers father fathers juneteenth july fourth
    patrick patricks paddy paddys friday sunday wednesday lent columbus indigenous presidents
    groundhog cinco rosh yom kwanzaa bowl pride dead years labor xmas halloween veterans
    thanksgiving christmas hanukkah ramadan passover eid diwali mlk
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_WEEKDAY_WORDS = frozenset(
    day + ending
    for day in (
        "mon", "monday", "tue", "tues", "tuesday", "wed", "wednes", "wednesday", "thu", "thur",
        "thurs", "thursday", "fri", "friday", "sat", "satur", "saturday", "sun", "sunday",
    )
    for ending in ("", "s")
)  # fmt: skip


def dates_in(reading: Reading, own: frozenset[dt.date]) -> Iterator[Finding]:
    """Find dates; the session's own may be written, in any form that has day and month."""
    for pattern in (_ISO, _NUMERIC, _COMPACT):
        for match in reading.at_numbers(pattern):
            yield from _numeric(reading, match, own)
    of_year = chain(
        reading.at_numbers(_MONTH_OF_YEAR), reading.anywhere(_HOLIDAY_OF_YEAR, _HOLIDAY_WORDS)
    )
    for match in of_year:
        if _OF_EDITION.search(reading.plain, max(0, match.start() - 16), match.start()):
            continue
        yield reading.finding(match.span(), Category.DATE, "date.month")
    yield from short_dates_in(reading, own)
    yield from _in_words(reading, own)
    yield from events_in(reading)
    yield from _days_in(reading, own)


def _numeric(reading: Reading, match: re.Match[str], own: frozenset[dt.date]) -> Iterator[Finding]:
    if match.re is _NUMERIC:
        first, second = int(match["first"]), int(match["second"])
        month, day = (first, second) if first <= 12 else (second, first)
    else:
        month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31) or _is_own(own, month, day, match["year"]):
        return
    yield reading.finding(from_weekday(reading, match), Category.DATE, "date.numeric")


def _in_words(reading: Reading, own: frozenset[dt.date]) -> Iterator[Finding]:
    for pattern in (_MONTH_DAY, _DAY_MONTH):
        for match in reading.anywhere(pattern, MONTH_WORDS):
            if _is_day_of_month(match, own) and _is_month_written(reading, match):
                yield reading.finding(from_weekday(reading, match), Category.DATE, "date.day")
    for match in reading.anywhere(_PART_OF_MONTH, MONTH_WORDS):
        yield reading.finding(match.span(), Category.DATE, "date.part", Level.REVIEW)
    yield from _about_months(reading)
    for match in reading.anywhere(_MONTH_YEAR, MONTH_WORDS):
        yield reading.finding(match.span(), Category.DATE, "date.month")


def _about_months(reading: Reading) -> Iterator[Finding]:
    """Find "the second Monday in February", "due in June" and "since last November"."""
    for pattern in (_WITHIN_MONTH, _EVENT_MONTH, _HOME_MONTH, _COUNTED_MONTH):
        for match in filter(
            lambda match: _is_capital_month(reading, match),
            reading.anywhere(pattern, MONTH_WORDS),
        ):
            doubtful = pattern is _HOME_MONTH and _IN_MONTH.search(match[0]) is not None
            doubtful = doubtful or pattern is _COUNTED_MONTH or match[0].startswith("since")
            level = Level.REVIEW if doubtful else Level.BLOCK
            span = match.span() if pattern is _WITHIN_MONTH else match.span("month")
            yield reading.finding(span, Category.DATE, "date.about", level)


def _is_day_of_month(match: re.Match[str], own: frozenset[dt.date]) -> bool:
    day, month = day_of(match["day"]), month_of(match["month"])
    if not 1 <= day <= _LONGEST_MONTH or _is_holiday(match):
        return False
    return not _is_own(own, month, day, match["year"])


def _days_in(reading: Reading, own: frozenset[dt.date]) -> Iterator[Finding]:
    """Find days without a month: "Tuesday the 4th", "by the 15th."."""
    by_week = reading.anywhere(_WEEKDAY_DAY, _WEEKDAY_WORDS)
    for match in chain(by_week, reading.anywhere(_OF_MONTH, _MONTH_WORD)):
        if not _is_low_word(reading, match) and not _is_own(own, None, day_of(match["day"]), None):
            yield reading.finding(match.span(), Category.DATE, "date.weekday")
    if not any(_AFTER_THE.match(reading.plain, max(0, start - 4)) for start in reading.numbers):
        return
    for match in _DAY_ALONE.finditer(reading.plain):
        if not _is_own(own, None, day_of(match["day"]), None):
            span = match.start("day") - len("the "), match.end("day")
            yield reading.finding(span, Category.DATE, "date.ordinal", _level_alone(match))


_LONGEST_MONTH = 31


def _is_holiday(match: re.Match[str]) -> bool:
    """Tell the holiday "the 4th of July", of any year, from a day that something happened."""
    if match.re is not _DAY_MONTH:
        return False
    return match["month"] == "july" and match["day"] in {"4th", "fourth"} and not match["year"]


def _is_low_word(reading: Reading, match: re.Match[str]) -> bool:
    """Tell "sat 4th in line" from "Sat. 4th"."""
    written = reading.written(match.start(), match.start() + 4)
    return written.rstrip() in {"sat", "sun", "wed"} and " the " not in match[0]


def _level_alone(match: re.Match[str]) -> Level:
    """Tell "by the 15th." from "by the 3rd and last"."""
    surely = match["cue"] not in {"is", "was", "out"} and match["ends"] is not None
    return Level.BLOCK if match["after"] or surely else Level.REVIEW


def _is_month_written(reading: Reading, match: re.Match[str]) -> bool:
    """Tell the months from "may 5 members join", "march 3 miles" and "sat down 2nd"."""
    if match["month"] not in {"may", "march", "mar", "sept", "jan", "dec", "jun", "oct"}:
        return True
    if match["year"] or ("of" in match.groupdict() and match.groupdict()["of"]):
        return True
    if not reading.plain.startswith((" ", "\n"), match.end()) or match["month"] != "may":
        return match["month"] not in {"may", "march"} or not _follows(reading, match)
    written = reading.written(*match.span("month"))
    high = written[0].isupper() and not reading.is_high
    return (high or reading.is_low or reading.is_high) and not _follows(reading, match)


def _is_capital_month(reading: Reading, match: re.Match[str]) -> bool:
    """Tell the months from "part of may" and "the end of dec", where capitals tell."""
    if match["month"] not in {"may", "march", "mar", "sun", "dec", "ene"}:
        return True
    return reading.written(*match.span("month"))[0].isupper() or reading.is_low


def _follows(reading: Reading, match: re.Match[str]) -> bool:
    return _NOT_A_DAY.match(reading.plain, match.end()) is not None


def _is_own(own: frozenset[dt.date], month: int | None, day: int, year: str | None) -> bool:
    """Tell a date of the session; what is not written of it is taken to agree."""
    return any(
        date.day == day
        and month in {None, date.month}
        and (not year or year_of(year) in {date.year, date.year % 100})
        for date in own
    )
