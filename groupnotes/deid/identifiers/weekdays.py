"""The weekday before a date, which goes with it: "Tues, Sept 3"."""

import re

from groupnotes.deid.identifiers.calendar import WEEKDAY
from groupnotes.deid.reading import Reading

_BEFORE = re.compile(
    rf"\b(?:{WEEKDAY}|lunes|martes|miercoles|jueves|viernes|sabado|domingo)\.?,? {{0,2}}(?:the )?\Z"
)
_LOOK_BACK = 16


def from_weekday(reading: Reading, match: re.Match[str]) -> tuple[int, int]:
    """Give where a date stands with its weekday, and without the blanks behind it."""
    weekday = _BEFORE.search(reading.plain, max(0, match.start() - _LOOK_BACK), match.start())
    start = match.start() if weekday is None else weekday.start()
    return start, match.start() + len(match[0].rstrip(" ,.\n"))
