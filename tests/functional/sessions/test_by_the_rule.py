"""Sessions by the rule of their group: a few weeks ahead, each of them once."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from flask import Flask

from groupnotes.core.db import db
from groupnotes.groups.models import FacilitatorRole, Group
from tests.support.at_once import at_once
from tests.support.cast import Cast
from tests.support.site import Site, both, fields_of, one
from tests.support.statements import statements
from tests.support.timetable import coming, local, refusal, schedule, team


class TestByTheRule:
    @both
    def test_one_button_schedules_eight_weeks(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}")

        status = 200 if htmx else 303
        site.submit(page, "form[action$='/sessions']", htmx=htmx, status=status)

        made = coming(app, cast)
        assert [local(session) for session in made] == [
            "03-10 17:00",
            "03-17 17:00",
            "03-24 17:00",
            "03-31 17:00",
            "04-07 17:00",
            "04-14 17:00",
            "04-21 17:00",
            "04-28 17:00",
        ]

    def test_five_o_clock_stays_five_o_clock_when_the_clocks_change(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        with time_machine.travel(dt.datetime(2026, 10, 27, 12, tzinfo=dt.UTC), tick=False):
            schedule(site.sign_in(cast.fiona), cast, "2026-11-03")

        before, after = coming(app, cast)
        assert after.starts_at - before.starts_at == dt.timedelta(hours=169)
        assert [local(before), local(after)] == ["10-27 17:00", "11-03 17:00"]

    def test_it_has_the_group_s_length_codes_and_facilitators(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        schedule(site.sign_in(cast.fiona), cast, "2026-03-10")

        [session] = coming(app, cast)
        assert session.ends_at - session.starts_at == dt.timedelta(minutes=90)
        assert (session.held_on, session.service_code) == (dt.date(2026, 3, 10), "90853")
        lead, co = FacilitatorRole.LEAD, FacilitatorRole.CO
        assert team(app, session) == {cast.fiona: lead, cast.finn: co}

    def test_again_it_changes_nothing(self, app: Flask, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)
        schedule(site, cast, "2026-03-31")
        first = [(session.id, session.version) for session in coming(app, cast)]

        schedule(site, cast, "2026-03-31")

        assert [(session.id, session.version) for session in coming(app, cast)] == first

    def test_many_at_once_make_each_session_once(self, app: Flask, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/sessions/new")
        sent = fields_of(one(page, "#schedule"))
        windows = [site.window() for _ in range(6)]

        def send(window: Site) -> int:
            return window.send(f"/groups/{cast.group}/sessions", sent).status_code

        answers = at_once(*(lambda window=window: send(window) for window in windows))

        assert answers == [303] * 6
        assert len(coming(app, cast)) == 8

    def test_a_year_costs_as_many_statements_as_two_weeks(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/sessions/new")

        with statements(app) as few:
            site.submit(page, "#schedule", until="2026-03-17")
        with statements(app) as many:
            site.submit(page, "#schedule", until="2027-03-01")

        assert len(coming(app, cast)) == 51
        # The second time there are sessions to bring in line with the group: three questions more.
        assert len(many) <= len(few) + 3

    @pytest.mark.parametrize(
        ("until", "sentence"),
        [
            ("2026-03-03", "from today to a year from now"),
            ("2062-03-03", "from today to a year from now"),
            ("soon", "year, month and day"),
            ("", "last day"),
        ],
    )
    def test_a_day_that_cannot_be_is_refused(
        self, app: Flask, cast: Cast, site: Site, until: str, sentence: str
    ) -> None:
        page = schedule(site.sign_in(cast.fiona), cast, until, status=422)

        assert sentence in refusal(page, "until")
        assert coming(app, cast) == []

    def test_an_ended_group_is_not_scheduled(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            db.session.get_one(Group, cast.group).active = False
            db.session.commit()

        page = schedule(site.sign_in(cast.fiona), cast, "2026-03-31", status=422)

        assert "does not meet any more" in refusal(page, "until")
