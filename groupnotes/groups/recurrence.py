"""Read the recurrence rule of a group: the part of RFC 5545 that a standing group needs.

Anything else is refused with a sentence, never silently dropped: a part that is not understood
would put sessions on the wrong days.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_SESSIONS = 1000
_ORDINALS = frozenset(range(-5, 6)) - {0}
_PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "WKST"}
)
_TIME_PARTS = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_EXAMPLE = "FREQ=WEEKLY;BYDAY=TU"
_YEARS = range(1900, 2200)


class RuleError(ValueError):
    """The rule cannot be used; the text is a sentence for the person who wrote it."""


class Frequency(StrEnum):
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


@dataclass(frozen=True, slots=True)
class DayOfWeek:
    """A weekday (0 is Monday); ``ordinal`` 2 is the month's second, -1 its last, None is each."""

    weekday: int
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule that was read. ``until`` is a day, a local time, or an aware time, as written."""

    frequency: Frequency
    interval: int = 1
    days: tuple[DayOfWeek, ...] = ()
    month_days: tuple[int, ...] = ()
    position: int | None = None
    count: int | None = None
    until: dt.date | dt.datetime | None = None
    week_start: int = 0


def recurrence(text: str) -> Recurrence:
    """Read an RRULE, with or without ``RRULE:`` before it; raises RuleError."""
    parts = _parts(text)
    rule = Recurrence(
        frequency=_frequency(parts.get("FREQ")),
        interval=_number(parts, "INTERVAL", 1, range(1, 367)) or 1,
        days=_days(parts.get("BYDAY")),
        month_days=_month_days(parts.get("BYMONTHDAY")),
        position=_number(parts, "BYSETPOS", None, _ORDINALS),
        count=_number(parts, "COUNT", None, range(1, MOST_SESSIONS + 1)),
        until=_until(parts.get("UNTIL")),
        week_start=_weekday(parts.get("WKST", "MO"), "WKST"),
    )
    _require_sense(rule)
    return rule


def _parts(text: str) -> dict[str, str]:
    line = text.strip().upper().removeprefix("RRULE:")
    if not line:
        raise RuleError(f"Enter how often the group meets, for example {_EXAMPLE}.")
    if len(line.splitlines()) > 1:
        raise RuleError(
            "Enter one rule on one line; a start date or exceptions have no place here."
        )
    parts: dict[str, str] = {}
    for piece in line.rstrip(";").split(";"):
        name, equals, value = (side.strip() for side in piece.partition("="))
        if not equals or not value:
            raise RuleError(f"Write each part as NAME=VALUE, for example {_EXAMPLE}.")
        if name in parts:
            raise RuleError(f"{_shown(name)} appears twice; keep one.")
        parts[name] = value
    _require_known(parts)
    return parts


def _require_known(parts: dict[str, str]) -> None:
    for name in parts:
        if name in _TIME_PARTS:
            raise RuleError(
                f"Leave out {name}: a group meets once on a day, at the time given beside the rule."
            )
        if name not in _PARTS:
            raise RuleError(f"Leave out {_shown(name)}: a group's rule cannot use it.")
    if "COUNT" in parts and "UNTIL" in parts:
        raise RuleError("Use either COUNT or UNTIL, not both.")


def _frequency(value: str | None) -> Frequency:
    try:
        return Frequency(value or "")
    except ValueError:
        raise RuleError(
            "Use FREQ=DAILY, FREQ=WEEKLY or FREQ=MONTHLY: a group meets at most once a day."
        ) from None


def _number(
    parts: dict[str, str], name: str, default: int | None, allowed: range | frozenset[int]
) -> int | None:
    if name not in parts:
        return default
    if re.fullmatch(r"[+-]?[0-9]{1,4}", parts[name]) and int(parts[name]) in allowed:
        return int(parts[name])
    extra = ", but not 0" if min(allowed) < 0 else ""
    raise RuleError(f"{name} must be a number from {min(allowed)} to {max(allowed)}{extra}.")


def _days(value: str | None) -> tuple[DayOfWeek, ...]:
    if value is None:
        return ()
    days: dict[DayOfWeek, None] = {}
    for item in value.split(","):
        read = re.fullmatch(r"([+-]?[0-9]{1,2})?([A-Z]{2})", item.strip())
        if read is None:
            raise RuleError(f"BYDAY must list days as {', '.join(WEEKDAYS)}, or 1TU, -1FR.")
        ordinal = int(read[1]) if read[1] else None
        if ordinal is not None and ordinal not in _ORDINALS:
            raise RuleError("A numbered day in BYDAY must be from 1 to 5, or from -5 to -1.")
        days[DayOfWeek(_weekday(read[2], "BYDAY"), ordinal)] = None
    return tuple(days)


def _weekday(value: str, part: str) -> int:
    if value not in WEEKDAYS:
        raise RuleError(f"{part} must use the days {', '.join(WEEKDAYS)}.")
    return WEEKDAYS.index(value)


def _month_days(value: str | None) -> tuple[int, ...]:
    if value is None:
        return ()
    days: dict[int, None] = {}
    for item in value.split(","):
        read = re.fullmatch(r"[+-]?[0-9]{1,2}", item.strip())
        if read is None or not 1 <= abs(int(read[0])) <= 31:
            raise RuleError("BYMONTHDAY must list days from 1 to 31, or from -31 to -1.")
        days[int(read[0])] = None
    return tuple(days)


def _until(value: str | None) -> dt.date | dt.datetime | None:
    if value is None:
        return None
    read = re.fullmatch(r"([0-9]{8})(?:T([0-9]{6})(Z)?)?", value)
    try:
        until = _moment(read[1], read[2], read[3]) if read else None
    except ValueError:
        until = None
    if until is None or until.year not in _YEARS:
        raise RuleError(
            "UNTIL must be a date such as 20261218, or a time such as 20261218T170000Z."
        )
    return until


def _moment(day: str, time: str | None, utc: str | None) -> dt.date | dt.datetime:
    if time is None:
        return dt.datetime.strptime(day, "%Y%m%d").replace(tzinfo=dt.UTC).date()
    local = dt.datetime.strptime(day + time, "%Y%m%d%H%M%S")  # noqa: DTZ007 - local unless marked
    return local.replace(tzinfo=dt.UTC) if utc else local


def _require_sense(rule: Recurrence) -> None:
    """Refuse parts that do not go together, most of them rules that would never meet."""
    monthly = rule.frequency is Frequency.MONTHLY
    numbered = any(day.ordinal is not None for day in rule.days)
    refusals = {
        "A numbered day such as 2TU needs FREQ=MONTHLY.": numbered and not monthly,
        "BYMONTHDAY needs FREQ=MONTHLY.": bool(rule.month_days) and not monthly,
        "Use either BYDAY or BYMONTHDAY, not both.": bool(rule.days and rule.month_days),
        "BYSETPOS needs FREQ=MONTHLY and days in BYDAY without numbers.": (
            rule.position is not None and (not monthly or not rule.days or numbered)
        ),
        "For certain weekdays use FREQ=WEEKLY instead of FREQ=DAILY with INTERVAL.": (
            rule.frequency is Frequency.DAILY and bool(rule.days) and rule.interval > 1
        ),
    }
    for sentence, refused in refusals.items():
        if refused:
            raise RuleError(sentence)


def _shown(name: str) -> str:
    """Keep a name that someone typed short enough for a sentence."""
    return name if len(name) <= 20 else name[:20] + "…"
