"""Say a recurrence rule the way a person would."""

import datetime as dt
from collections.abc import Sequence

from groupnotes.groups.recurrence import DayOfWeek, Frequency, Recurrence, recurrence
from groupnotes.groups.schedule import Schedule

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
_UNITS = {Frequency.DAILY: "day", Frequency.WEEKLY: "week", Frequency.MONTHLY: "month"}


def describe(schedule: Schedule) -> str:
    """Give "Every Tuesday at 5:00 pm, 90 minutes"; raises RuleError as ``occurrences`` does."""
    rule = recurrence(schedule.rrule)
    length = "1 minute" if schedule.minutes == 1 else f"{schedule.minutes} minutes"
    return (
        f"{_days(rule, schedule.first_day)} at {_time(schedule.at)}, {length}{_end(rule, schedule)}"
    )


def _days(rule: Recurrence, first_day: dt.date) -> str:
    if rule.frequency is Frequency.MONTHLY:
        which = _in_month(rule, first_day)
        return f"{which[0].upper()}{which[1:]} of {_every(rule)}"
    weekdays = [day.weekday for day in sorted(rule.days, key=lambda day: day.weekday)]
    if rule.frequency is Frequency.WEEKLY and not weekdays:
        weekdays = [first_day.weekday()]
    if rule.interval == 1 and len(weekdays) not in (0, len(_WEEKDAYS)):
        return f"Every {_listed([_WEEKDAYS[weekday] for weekday in weekdays])}"
    if rule.frequency is Frequency.WEEKLY and rule.interval > 1:
        return f"Every {rule.interval} weeks on {_listed([_WEEKDAYS[day] for day in weekdays])}"
    return "Every day" if rule.interval == 1 else f"Every {rule.interval} days"


def _every(rule: Recurrence) -> str:
    unit = _UNITS[rule.frequency]
    return f"every {unit}" if rule.interval == 1 else f"every {rule.interval} {unit}s"


def _in_month(rule: Recurrence, first_day: dt.date) -> str:
    if rule.position is not None:
        names = [_WEEKDAYS[day.weekday] for day in rule.days]
        return f"the {_nth(rule.position)} {_listed(names, 'or')}"
    if rule.days:
        return _listed([_weekday(day) for day in rule.days])
    return _listed([_month_day(day) for day in rule.month_days or (first_day.day,)])


def _weekday(day: DayOfWeek) -> str:
    name = _WEEKDAYS[day.weekday]
    return f"every {name}" if day.ordinal is None else f"the {_nth(day.ordinal)} {name}"


def _month_day(day: int) -> str:
    if day > 0:
        return f"day {day}"
    return "the last day" if day == -1 else f"day {-day} from the end"


def _nth(ordinal: int) -> str:
    if ordinal > 0:
        return _ORDINALS[ordinal]
    return "last" if ordinal == -1 else f"{_ORDINALS[-ordinal]} to last"


def _end(rule: Recurrence, schedule: Schedule) -> str:
    if rule.count is not None:
        return ", once" if rule.count == 1 else f", {rule.count} times"
    if rule.until is None:
        return ""
    until = rule.until
    if isinstance(until, dt.datetime) and until.tzinfo is not None:
        until = until.astimezone(schedule.zone)
    return f", until {_MONTHS[until.month - 1]} {until.day}, {until.year}"


def _time(at: dt.time) -> str:
    return f"{at.hour % 12 or 12}:{at.minute:02} {'am' if at.hour < 12 else 'pm'}"


def _listed(names: Sequence[str], conjunction: str = "and") -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"
