"""The page of one group."""

from __future__ import annotations

import datetime as dt

import time_machine
from flask import Flask

from groupnotes.core.db import db
from groupnotes.groups.models import Group
from tests.support import factories
from tests.support.cast import Cast
from tests.support.factories import ZONE
from tests.support.site import Site, one
from tests.support.statements import statements


def at(day: int, hour: int) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, tzinfo=ZONE)


class TestTheRoster:
    def test_it_is_that_of_today(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            group = db.session.get_one(Group, cast.group)
            soon = factories.client(first_name="Sue", last_name="Soon")
            factories.enrol(group, soon, started_on=dt.date(2026, 3, 10))
            gone = factories.client(first_name="Gus", last_name="Gone")
            factories.enrol(group, gone, ended_on=dt.date(2026, 3, 2))
            db.session.commit()

        with time_machine.travel(at(3, 10), tick=False):
            page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}")

        enrolled = one(page, "section[aria-labelledby=enrolled-title]")
        today, joining = enrolled.select("ul")
        names = ["Ana “Annie” Alvarez", "Ben Brandt", "Cleo Costa"]
        assert [link.text for link in today.select("span > a")] == names
        assert "Sue Soon" in joining.text
        assert "from March 10, 2026" in joining.text
        assert "Gone" not in page.text

    def test_evening_is_still_today(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            group = db.session.get_one(Group, cast.group)
            last = factories.client(first_name="Lea", last_name="Lastday")
            factories.enrol(group, last, ended_on=dt.date(2026, 3, 3))
            db.session.commit()

        with time_machine.travel(at(3, 22), tick=False):
            page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}")

        assert "Lea Lastday" in page.text


class TestItsCost:
    def test_as_many_questions_for_thirty_members_as_for_three(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        url = f"/groups/{cast.group}"
        site.sign_in(cast.fiona).get(url)
        with statements(app) as few:
            site.get(url)
        with app.app_context():
            group = db.session.get_one(Group, cast.group)
            group.capacity = 100
            for week in range(27):
                factories.enrol(group, factories.client())
                starts = at(3, 17) + dt.timedelta(weeks=week)
                if week:
                    factories.session(
                        group,
                        held_on=starts.date(),
                        starts_at=starts,
                        ends_at=starts + dt.timedelta(hours=1),
                    )
            db.session.commit()
        site.get(url)

        with statements(app) as many:
            page = site.get(url)

        assert "30 of 100 places taken" in page.text
        assert len(many) == len(few)


class TestTheSessions:
    def test_they_are_parted_by_now(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            group = db.session.get_one(Group, cast.group)
            starts = at(10, 17)
            factories.session(group, held_on=starts.date(), starts_at=starts, ends_at=at(10, 18))
            db.session.commit()

        with time_machine.travel(at(4, 10), tick=False):
            page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}")

        coming, past = page.select("table")
        assert "Tue, March 10, 2026" in coming.text
        assert "Scheduled" in coming.text
        assert "Tue, March 3, 2026" in past.text
        assert "Not documented" in past.text

    def test_the_past_is_shown_a_page_at_a_time(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            group = db.session.get_one(Group, cast.group)
            for week in range(1, 31):
                starts = at(3, 17) - dt.timedelta(weeks=week)
                ends = starts + dt.timedelta(hours=1)
                factories.session(group, held_on=starts.date(), starts_at=starts, ends_at=ends)
            db.session.commit()

        with time_machine.travel(at(4, 10), tick=False):
            page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}")
            first = [row.text for row in page.select("tbody th")]
            page = site.get(str(one(page, "a[rel=next]")["href"]))
            second = [row.text for row in page.select("tbody th")]

            page = site.get(str(one(page, "a[rel=prev]")["href"]))
            again = [row.text for row in page.select("tbody th")]

        assert (len(first), len(second)) == (25, 6)
        assert not set(first) & set(second)
        assert first[0] == "Tue, March 3, 2026"
        assert again == first

    def test_what_is_to_come_is_shown_a_page_at_a_time(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        with app.app_context():
            group = db.session.get_one(Group, cast.group)
            for week in range(1, 21):
                starts = at(3, 17) + dt.timedelta(weeks=week)
                ends = starts + dt.timedelta(hours=1)
                factories.session(group, held_on=starts.date(), starts_at=starts, ends_at=ends)
            db.session.commit()

        with time_machine.travel(at(4, 10), tick=False):
            page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}")
            first = [row.text for row in page.select("#coming tbody th")]
            page = site.get(str(one(page, "#coming a[rel=next]")["href"]))
            second = [row.text for row in page.select("#coming tbody th")]
            assert page.select_one("#coming a[rel=next]") is None
            page = site.get(str(one(page, "#coming a[rel=prev]")["href"]))

        assert (len(first), len(second)) == (12, 8)
        assert first[0] == "Tue, March 10, 2026"
        assert second[0] == "Tue, June 2, 2026"
        assert [row.text for row in page.select("#coming tbody th")] == first
