"""On which days and at which hours the demo practice meets, seen from one moment."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKS = 8

_SLOT = timedelta(minutes=90)
_PAUSE = timedelta(minutes=30)
_HALF_HOUR_SECONDS = 1800
_MORNING_ENDS = time(10, 30)
_MORNING_IS_OVER = time(11)
_DAY_HAS_A_PAST = time(2, 30)
_EVENING_ENDS = time(19, 30)
_SATURDAY = 5
_RRULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Timetable:
    """Turns the day counts and wall times of the content into days and UTC times."""

    zone: ZoneInfo
    waits_from: datetime
    waits_until: datetime

    @property
    def today(self) -> date:
        """The day of the session that waits; every day count starts here."""
        return self.waits_from.astimezone(self.zone).date()

    @property
    def slot_start(self) -> time:
        return self.waits_from.astimezone(self.zone).time()

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def moment(self, day: date, wall: time) -> datetime:
        return datetime.combine(day, wall, self.zone).astimezone(UTC)

    def signing_moment(self, stops_at: datetime, days_later: int, wall: time) -> datetime:
        """When a session's notes were signed: on the day meant, but never on a weekend.

        The other day of the usual two stands in, and if that is no working day either,
        the leader stayed an hour on the day itself.
        """
        held_on = stops_at.astimezone(self.zone).date()
        for later in (days_later, 3 - days_later):
            signed_on = held_on + timedelta(days=later)
            if 0 < later < 3 and is_working_day(signed_on):
                return self.moment(signed_on, wall)
        return stops_at + timedelta(hours=1)


def timetable(now: datetime, zone: ZoneInfo) -> Timetable:
    """Place the waiting session so that at ``now`` it is over and can be signed.

    From 11:00 it met from 09:00 to 10:30 today. Earlier in the day it is the 90 minutes that
    ended on the half hour, at least 30 minutes ago. Before 02:30 today has no room for them,
    and it is yesterday's evening group, from 18:00 to 19:30.
    """
    local = now.astimezone(zone)
    if local.time() >= _MORNING_IS_OVER:
        stops_at = datetime.combine(local.date(), _MORNING_ENDS, zone).astimezone(UTC)
    elif local.time() < _DAY_HAS_A_PAST:
        yesterday = local.date() - timedelta(days=1)
        stops_at = datetime.combine(yesterday, _EVENING_ENDS, zone).astimezone(UTC)
    else:
        seconds = int((now - _PAUSE).timestamp())
        stops_at = datetime.fromtimestamp(seconds - seconds % _HALF_HOUR_SECONDS, UTC)
    return Timetable(zone, stops_at - _SLOT, stops_at)


def past_meetings(latest: date) -> tuple[date, ...]:
    """Return the days of the weekly sessions that end with ``latest``, oldest first."""
    return tuple(latest - timedelta(weeks=weeks) for weeks in reversed(range(WEEKS)))


def working_day_before(day: date, days: int) -> date:
    """Return the last working day that lies at least ``days`` before ``day``."""
    candidate = day - timedelta(days=days)
    while not is_working_day(candidate):
        candidate -= timedelta(days=1)
    return candidate


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY


def weekly_rule(day: date) -> str:
    """Write the RFC 5545 rule of a group that meets every week on ``day``'s weekday."""
    return f"FREQ=WEEKLY;BYDAY={_RRULE_DAYS[day.weekday()]}"
