"""What nobody touched follows the group; what somebody moved or cancelled stays."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from groupnotes.sessions.models import GroupSession
from tests.support.cast import Cast
from tests.support.site import Site, one
from tests.support.timetable import coming, edit_url, local, schedule, team


class TestFollowingTheGroup:
    @pytest.fixture
    def scheduled(self, app: Flask, cast: Cast, site: Site) -> list[GroupSession]:
        """Four sessions: the second was moved, the third cancelled."""
        schedule(site.sign_in(cast.fiona), cast, "2026-03-31")
        made = coming(app, cast)
        page = site.get(edit_url(made[1]))
        site.submit(page, "#session-form", held_on="2026-03-18", starts="16:00", stops="17:00")
        page = site.get(edit_url(made[2]))
        site.submit(page, "form[action$='/cancel']")
        return made

    def test_what_was_moved_does_not_come_back(
        self, app: Flask, cast: Cast, site: Site, scheduled: list[GroupSession]
    ) -> None:
        schedule(site, cast, "2026-03-31")

        assert [local(session) for session in coming(app, cast)] == [
            "03-10 17:00",
            "03-18 16:00",
            "03-24 17:00",
            "03-31 17:00",
        ]

    def test_another_day_moves_what_nobody_touched(
        self, app: Flask, cast: Cast, site: Site, scheduled: list[GroupSession]
    ) -> None:
        page = site.get(f"/groups/{cast.group}/edit")
        change = {"weekdays": ["TH"], "local_start": "18:00"}

        site.submit(page, "#group-form", fill=change)
        assert [local(session) for session in coming(app, cast)] == ["03-18 16:00", "03-24 17:00"]

        schedule(site, cast, "2026-03-19")
        assert [local(session) for session in coming(app, cast)] == [
            "03-05 18:00",
            "03-12 18:00",
            "03-18 16:00",
            "03-19 18:00",
            "03-24 17:00",
        ]

    def test_another_code_reaches_what_nobody_touched(
        self, app: Flask, cast: Cast, site: Site, scheduled: list[GroupSession]
    ) -> None:
        page = site.get(f"/groups/{cast.group}/edit")

        site.submit(page, "#group-form", service_code="H0005", duration_minutes="60")

        codes = [session.service_code for session in coming(app, cast)]
        assert codes == ["H0005", "90853", "90853", "H0005"]
        first = coming(app, cast)[0]
        assert first.id == scheduled[0].id
        assert first.ends_at - first.starts_at == dt.timedelta(minutes=60)

    def test_facilitators_who_come_and_go_reach_what_nobody_touched(
        self, app: Flask, cast: Cast, site: Site, scheduled: list[GroupSession]
    ) -> None:
        page = site.get(f"/groups/{cast.group}/facilitators/new")
        site.submit(page, "#facilitator-form", user_id=str(cast.olga), started_on="2026-03-12")
        page = site.get(f"/groups/{cast.group}")
        page = site.get(str(one(page, "li:-soup-contains('Finn') a[href$='/end']")["href"]))
        site.submit(page, "#end-form", ended_on="2026-03-20")

        first, moved, cancelled, last = (set(team(app, each)) for each in coming(app, cast))

        assert first == {cast.fiona, cast.finn}
        assert moved == cancelled == {cast.fiona, cast.finn}
        assert last == {cast.fiona, cast.olga}

    def test_a_group_that_ends_leaves_what_somebody_touched(
        self, app: Flask, cast: Cast, site: Site, scheduled: list[GroupSession]
    ) -> None:
        page = site.get(f"/groups/{cast.group}/edit")

        site.submit(page, "#group-form", active=[])

        assert [local(session) for session in coming(app, cast)] == ["03-18 16:00", "03-24 17:00"]
        assert site.get(f"/sessions/{cast.session}")
