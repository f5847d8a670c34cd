"""Sessions added by hand: any day, and two of one day are two."""

from __future__ import annotations

from flask import Flask

from groupnotes.groups.models import FacilitatorRole
from tests.support.cast import Cast
from tests.support.site import Site, both, fields_of, one
from tests.support.timetable import coming, local, refusal, team


class TestByHand:
    @both
    def test_two_sessions_of_one_day_are_two(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        status = 200 if htmx else 303
        site.sign_in(cast.fiona)
        for starts, stops in (("10:00", "11:30"), ("13:00", "14:30")):
            page = site.get(f"/groups/{cast.group}/sessions/new")
            site.submit(
                page,
                "#session-form",
                held_on="2026-03-12",
                starts=starts,
                stops=stops,
                lead_id=str(cast.finn),
                co_ids=[str(cast.olga)],
                htmx=htmx,
                status=status,
            )

        first, second = coming(app, cast)
        assert [local(first), local(second)] == ["03-12 10:00", "03-12 13:00"]
        lead, co = FacilitatorRole.LEAD, FacilitatorRole.CO
        assert team(app, first) == {cast.finn: lead, cast.olga: co}

    def test_it_starts_as_the_group_usually_meets(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/sessions/new")

        shown = fields_of(one(page, "#session-form"))

        assert (shown["starts"], shown["stops"]) == ("17:00", "18:30")
        assert (shown["lead_id"], shown["co_ids"]) == (str(cast.fiona), str(cast.finn))

    @both
    def test_what_cannot_be_is_said_at_each_field(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        url = f"/groups/{cast.group}/sessions/new"
        page = site.sign_in(cast.fiona).get(url)
        form = fields_of(one(page, "#session-form")) | {"held_on": "2026-03-03"}

        def refused(field: str, **wrong: object) -> str:
            page = site.post(url, form | wrong, htmx=htmx, status=422)
            return refusal(page, field)

        assert "session at that time already" in refused("starts")
        assert "after the start" in refused("stops", starts="17:00", stops="16:00")
        assert "after the start" in refused("stops", starts="17:00", stops="17:00")
        assert "24-hour clock" in refused("starts", starts="5 pm")
        assert "date" in refused("held_on", held_on="")
        assert "who leads" in refused("lead_id", lead_id="")
        assert "who leads" in refused("lead_id", lead_id=str(cast.carl))
        assert "such as 90853" in refused("service_code", service_code="talk")
        assert "where the service" in refused("place_of_service", place_of_service="x")
        assert coming(app, cast) == []
