"""How times, dates and codes read on a page."""

from __future__ import annotations

import datetime as dt

from flask import Flask

from groupnotes.web.viewer import current_zone


def register(app: Flask) -> None:
    """Make these words available to every template."""
    app.jinja_env.filters.update(
        calendar=calendar_day,
        day=day,
        moment=moment_in_words,
        time=time_of_day,
        weekday=weekday,
        words=code_in_words,
    )


def calendar_day(value: dt.date) -> str:
    """Write a calendar day: ``March 4, 2026``."""
    return f"{value:%B} {value.day}, {value.year}"


def weekday(value: dt.date) -> str:
    """Write a day with its weekday: ``Wed, March 4, 2026``."""
    return f"{value:%a}, {calendar_day(value)}"


def day(value: dt.datetime) -> str:
    """Write the practice's calendar day of a moment."""
    return calendar_day(value.astimezone(current_zone()).date())


def time_of_day(value: dt.datetime) -> str:
    """Write the practice's wall-clock time of a moment: ``5:00 pm``."""
    local = value.astimezone(current_zone())
    return f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"


def moment_in_words(value: dt.datetime) -> str:
    """Write day and time of a moment, with its zone."""
    return f"{day(value)}, {time_of_day(value)} {value.astimezone(current_zone()):%Z}"


def code_in_words(code: str) -> str:
    """Write a code of ours as words: ``no-change`` as ``No change``."""
    return code.replace("-", " ").replace("_", " ").capitalize()
