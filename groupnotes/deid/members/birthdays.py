"""The birth dates of the people on a roster, in the usual ways to write a date."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from groupnotes.deid.roster import Person

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LOOK_BACK = 24
_FIRST_FULL_YEAR = 1000


class Birthday(NamedTuple):
    """Where a birth date stands; ``sure`` when it has its year."""

    start: int
    end: int
    holders: frozenset[int]
    sure: bool


class Birthdays(NamedTuple):
    """Who was born on a date, and who on a day of a month."""

    dates: Mapping[tuple[int, int, int], frozenset[int]]
    days: Mapping[tuple[int, int], frozenset[int]]


def birthdays_of(persons: Mapping[int, Person]) -> Birthdays:
    """Collect the birth dates of people who are known by their number."""
    dates: dict[tuple[int, int, int], frozenset[int]] = {}
    days: dict[tuple[int, int], frozenset[int]] = {}
    for holder, person in persons.items():
        born = person.birth_date
        if born is None:
            continue
        date, day = (born.year, born.month, born.day), (born.month, born.day)
        dates[date] = dates.get(date, frozenset()) | {holder}
        days[day] = days.get(day, frozenset()) | {holder}
    return Birthdays(dates, days)


def birthdays_in(text: str, known: Birthdays) -> Iterator[Birthday]:
    """Find the birth dates in a folded text."""
    if not known.dates:
        return
    for start, end, day, years in _dates(text):
        full = [known.dates.get((year, *day)) for year in years]
        for holders in filter(None, full):
            yield Birthday(start, end, holders, sure=True)
        if not years and day in known.days and _is_cued(text, start, end):
            yield Birthday(start, end, known.days[day], sure=False)


class _Expressions(NamedTuple):
    """How dates are written: in numbers, with the month's name, and what says a birthday."""

    numeric: re.Pattern[str]
    without_year: re.Pattern[str]
    together: re.Pattern[str]
    month_first: re.Pattern[str]
    day_first: re.Pattern[str]
    cue: re.Pattern[str]


@cache  # made when a text first wants them: it takes longer than all else here
def _expressions() -> _Expressions:
    month = (
        r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
        r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
    )
    year = r"(?:\.?,?[ \-]{1,2}'?(\d{4}|\d{2})\b)?"
    day = r"(\d{1,2})(?:st|nd|rd|th)?"
    return _Expressions(
        numeric=re.compile(r"(?<!\d)(\d{1,4})([/.\-])(\d{1,2})\2(\d{2,4})(?!\d)"),
        without_year=re.compile(r"(?<![\d/.\-])(\d{1,2})[/\-](\d{1,2})(?![\d/.\-])"),
        together=re.compile(r"(?<!\d)(\d{8})(?!\d)"),
        month_first=re.compile(rf"\b{month}\b\.?[ \-]{{0,2}}{day}\b{year}"),
        day_first=re.compile(rf"\b{day}[ \-](?:of )?{month}\b{year}"),
        cue=re.compile(r"\b(?:born|birthdays?|birth|bdays?|b-days?|dob|turn(?:s|ed|ing)|on)\b"),
    )


def _is_cued(text: str, start: int, end: int) -> bool:
    """Tell "born 8/18" and "August 18" from the score 8/18."""
    written = text[start:end]
    named = any(character.isalpha() for character in written)
    return named or _expressions().cue.search(text, max(0, start - _LOOK_BACK), start) is not None


def _dates(text: str) -> Iterator[tuple[int, int, tuple[int, int], tuple[int, ...]]]:
    """Give every date that could be meant: its place, month and day, and years it may be of."""
    for found in _expressions().numeric.finditer(text):
        one, two, three = int(found[1]), int(found[3]), int(found[4])
        if one >= _FIRST_FULL_YEAR:
            yield found.start(), found.end(), (two, three), (one,)
        else:
            for day in ((one, two), (two, one)):
                yield found.start(), found.end(), day, _years(found[4])
    for found in _expressions().without_year.finditer(text):
        yield found.start(), found.end(), (int(found[1]), int(found[2])), ()
    for found in _expressions().together.finditer(text):
        digits = found[1]
        yield found.start(), found.end(), _pair(digits[4:]), (int(digits[:4]),)
        yield found.start(), found.end(), _pair(digits[:4]), (int(digits[4:]),)
    for found in _expressions().month_first.finditer(text):
        yield found.start(), found.end(), (_number(found[1]), int(found[2])), _years(found[3])
    for found in _expressions().day_first.finditer(text):
        yield found.start(), found.end(), (_number(found[2]), int(found[1])), _years(found[3])


def _pair(digits: str) -> tuple[int, int]:
    return int(digits[:2]), int(digits[2:])


def _number(month: str) -> int:
    return _MONTHS.index(month[:3]) + 1


def _years(written: str | None) -> tuple[int, ...]:
    if not written:
        return ()
    year = int(written)
    return (1900 + year, 2000 + year) if len(written) == 2 else (year,)
