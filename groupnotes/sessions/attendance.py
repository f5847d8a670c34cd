"""How a client attended one session: the statuses, the minutes, and which times go with which."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class AttendanceStatus(StrEnum):
    """One of these for every client expected at a session."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    EXCUSED = "excused"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    AttendanceStatus.PRESENT: "Present",
    AttendanceStatus.LATE: "Late",
    AttendanceStatus.LEFT_EARLY: "Left early",
    AttendanceStatus.NO_SHOW: "Absent: no-show",
    AttendanceStatus.CANCELLED: "Absent: cancelled",
    AttendanceStatus.EXCUSED: "Absent: excused",
}

ATTENDED = frozenset({AttendanceStatus.PRESENT, AttendanceStatus.LATE, AttendanceStatus.LEFT_EARLY})
_TIMED = frozenset({AttendanceStatus.LATE, AttendanceStatus.LEFT_EARLY})
_LONGEST_SESSION = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a session lasts; both times aware."""

    starts: dt.datetime
    ends: dt.datetime


def moment_of(typed: dt.time, session_starts: dt.datetime) -> dt.datetime:
    """Put a wall-clock time on the session's day, or on the next one past midnight; in UTC.

    ``session_starts`` is in the practice's time zone, on whose clocks ``typed`` was read.
    """
    on_the_day = dt.datetime.combine(session_starts.date(), typed, session_starts.tzinfo)
    # The start may be typed by the minute: what lies hours before it is past midnight.
    if on_the_day < session_starts - dt.timedelta(hours=12):
        on_the_day = dt.datetime.combine(
            session_starts.date() + dt.timedelta(days=1), typed, session_starts.tzinfo
        )
    return on_the_day.astimezone(dt.UTC)


def attended(status: AttendanceStatus) -> bool:
    return status in ATTENDED


def minutes(
    status: AttendanceStatus,
    session: Span,
    *,
    arrived: dt.datetime | None,
    departed: dt.datetime | None,
) -> int:
    """Count the whole minutes a client was there; a minute not completed is never billed.

    Expects times that ``problems`` accepts.
    """
    if not attended(status):
        return 0
    stay = _elapsed(arrived or session.starts, departed or session.ends)
    return stay // dt.timedelta(minutes=1)


def problems(
    status: AttendanceStatus,
    session: Span,
    *,
    arrived: dt.datetime | None,
    departed: dt.datetime | None,
) -> dict[str, str]:
    """Say what is wrong with the times of one client: field to sentence, empty when all is well."""
    if status not in _TIMED:
        return _untimed(status, arrived, departed)
    found = _needed(status, arrived, departed)
    if arrived is not None and not session.starts <= arrived < session.ends:
        found["arrived_at"] = (
            "The arrival must be within the session: not before its start, and before its stop."
        )
    if departed is not None and not session.starts < departed <= session.ends:
        found["departed_at"] = (
            "The departure must be within the session: after its start, and not after its stop."
        )
    if not found and arrived is not None and departed is not None and departed <= arrived:
        found["departed_at"] = "The departure must be after the arrival."
    return found


def span_problem(starts: dt.datetime, ends: dt.datetime) -> str | None:
    """Say why a session cannot last from ``starts`` to ``ends``, or None."""
    if ends <= starts:
        return "The stop must be after the start."
    if _elapsed(starts, ends) > _LONGEST_SESSION:
        return "A session lasts 24 hours at most; correct the start or the stop."
    return None


def _untimed(
    status: AttendanceStatus, arrived: dt.datetime | None, departed: dt.datetime | None
) -> dict[str, str]:
    sentence = (
        "A client who was present all the time has no times; choose “Late” or “Left early”, "
        "or clear this."
        if attended(status)
        else "A client who was absent has no times; clear this, or choose another status."
    )
    times = {"arrived_at": arrived, "departed_at": departed}
    return {field: sentence for field, time in times.items() if time is not None}


def _needed(
    status: AttendanceStatus, arrived: dt.datetime | None, departed: dt.datetime | None
) -> dict[str, str]:
    if status is AttendanceStatus.LATE and arrived is None:
        return {"arrived_at": "Enter when the client arrived."}
    if status is AttendanceStatus.LEFT_EARLY and departed is None:
        return {"departed_at": "Enter when the client left."}
    return {}


def _elapsed(start: dt.datetime, stop: dt.datetime) -> dt.timedelta:
    """Subtract in UTC: in one local zone Python subtracts wall times, an hour off at a change."""
    return stop.astimezone(dt.UTC) - start.astimezone(dt.UTC)
