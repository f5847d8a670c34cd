"""When one session meets, as it is typed."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from groupnotes.groups.models import FacilitatorRole, Modality
from groupnotes.sessions.details import SessionDetails, problems

ZONE = ZoneInfo("America/New_York")
LEAD, CO = uuid.UUID(int=1), uuid.UUID(int=2)


def details(**values: Any) -> SessionDetails:
    usual: dict[str, Any] = {
        "held_on": dt.date(2026, 3, 3),
        "starts": dt.time(17),
        "stops": dt.time(18, 30),
        "modality": Modality.IN_PERSON,
        "service_code": "90853",
        "place_of_service": "11",
        "lead_id": LEAD,
        "co_ids": frozenset({CO}),
    }
    return SessionDetails(**usual | values)


class TestItsTimes:
    def test_they_are_those_of_the_wall_clock(self) -> None:
        starts_at, ends_at = details().moments(ZONE)

        assert starts_at == dt.datetime(2026, 3, 3, 22, tzinfo=dt.UTC)
        assert ends_at - starts_at == dt.timedelta(minutes=90)

    def test_a_late_one_stops_after_midnight(self) -> None:
        late = details(starts=dt.time(23), stops=dt.time(0, 30))

        starts_at, ends_at = late.moments(ZONE)

        assert ends_at - starts_at == dt.timedelta(minutes=90)
        assert problems(late, ZONE) == {}

    @pytest.mark.parametrize(("starts", "stops"), [(17, 17), (17, 16), (17, 4), (9, 8)])
    def test_a_stop_before_the_start_is_refused(self, starts: int, stops: int) -> None:
        wrong = details(starts=dt.time(starts), stops=dt.time(stops))

        assert problems(wrong, ZONE) == {"stops": "The stop must be after the start."}

    def test_an_hour_that_the_clocks_repeat_is_counted(self) -> None:
        night = details(held_on=dt.date(2026, 11, 1), starts=dt.time(0, 30), stops=dt.time(2, 30))

        starts_at, ends_at = night.moments(ZONE)

        assert ends_at - starts_at == dt.timedelta(hours=3)


class TestItsPeople:
    def test_whoever_leads_does_not_assist_as_well(self) -> None:
        both = details(co_ids=frozenset({LEAD, CO}))

        assert both.facilitators == {LEAD: FacilitatorRole.LEAD, CO: FacilitatorRole.CO}

    def test_somebody_leads(self) -> None:
        assert list(problems(details(lead_id=None), ZONE)) == ["lead_id"]
