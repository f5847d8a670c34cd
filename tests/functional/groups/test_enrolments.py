"""Enrolling clients in a group, and ending their stays."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.accounts.models import User
from groupnotes.audit.models import AuditEvent
from groupnotes.audit.tags import Outcome, Tag
from groupnotes.clients.models import Client, ClientStatus
from groupnotes.core.db import db
from groupnotes.groups.models import Enrolment, Group
from tests.support import factories
from tests.support.at_once import at_once
from tests.support.bulk import Practice
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.site import Site, fields_of, one

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


@pytest.fixture(autouse=True)
def _on_the_day_of_the_session() -> object:
    with time_machine.travel(dt.datetime(2026, 3, 3, 15, tzinfo=dt.UTC), tick=False):
        yield


def url_of(cast: Cast) -> str:
    return f"/groups/{cast.group}/enrolments/new"


def enrol(site: Site, cast: Cast, *, status: int = 303, **values: object) -> BeautifulSoup:
    page = site.get(url_of(cast))
    return site.submit(page, "#enrolment-form", fill=values, status=status)


def end(site: Site, cast: Cast, who: str, day: str, *, status: int = 303) -> BeautifulSoup:
    page = site.get(f"/groups/{cast.group}")
    page = site.get(str(one(page, f"li:-soup-contains('{who}') a[href$='/end']")["href"]))
    return site.submit(page, "#end-form", ended_on=day, status=status)


def refusal(page: BeautifulSoup, field: str) -> str:
    assert one(page, f".govuk-error-summary a[href='#{field}']")
    return one(page, f"#{field}-error").text


class TestEnrolling:
    @both
    def test_somebody_on_my_caseload_is_chosen_from_a_list(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        with app.app_context():
            fiona = db.session.get_one(User, cast.fiona)
            new = factories.client(first_name="Nia", last_name="Novak")
            factories.care(new, fiona)
            client_id = str(new.id)
            db.session.commit()
        page = site.sign_in(cast.fiona).get(url_of(cast))
        offered = [option.text for option in page.select("#client_id option")]
        assert offered == ["Choose…", "Nia Novak"]

        status = 200 if htmx else 303
        form = "#enrolment-form"
        site.submit(page, form, client_id=client_id, htmx=htmx, status=status)

        page = site.get(f"/groups/{cast.group}")
        assert "4 of 12 places taken" in page.text
        assert "since March 3, 2026" in one(page, "li:-soup-contains('Nia Novak')").text

    @both
    def test_anybody_in_treatment_is_found_by_the_exact_number(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        page = site.sign_in(cast.finn).get(url_of(cast))

        status = 200 if htmx else 303
        site.submit(page, "#enrolment-form", mrn=" mrn-9 ", htmx=htmx, status=status)

        assert "Zoe Zimmer" in site.get(f"/groups/{cast.group}").text
        with app.app_context():
            event = db.session.scalars(
                db.select(AuditEvent).where(AuditEvent.tag == Tag.ENROLMENT_CREATE.value)
            ).one()
        assert event.client_id == cast.zoe

    def test_a_client_whom_the_groups_name_names_is_pointed_out(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        with app.app_context():
            db.session.get_one(Group, cast.group).name = "Zimmer house group"
            factories.client(mrn="MRN-8")
            db.session.commit()
        site.sign_in(cast.fiona)
        warning = "A name of this client is in the group’s name"

        enrol(site, cast, mrn="MRN-8")
        assert warning not in site.follow().text
        enrol(site, cast, mrn="MRN-9")

        assert warning in site.follow().text

    def test_a_number_that_nobody_has_leaves_a_trace(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        with app.app_context():
            db.session.get_one(Client, cast.zoe).status = ClientStatus.DISCHARGED
            db.session.commit()
        site.sign_in(cast.finn)

        for number in ("MRN-77", "MRN-9"):
            page = enrol(site, cast, mrn=number, status=422)
            assert "Nobody in treatment here has this number" in refusal(page, "mrn")

        with app.app_context():
            refused = db.session.scalars(
                db.select(AuditEvent).where(AuditEvent.outcome == Outcome.REFUSED)
            ).all()
        assert [event.object_id for event in refused] == [cast.group, cast.group]

    @both
    def test_the_eleventh_number_that_nobody_has_is_refused_and_so_is_the_next_right_one(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        page = site.sign_in(cast.finn).get(url_of(cast))
        for wrong in range(10):
            site.submit(page, "#enrolment-form", mrn=f"MRN-{wrong}77", htmx=htmx, status=422)

        for number in ("MRN-77", "MRN-9"):
            answer = site.submit(page, "#enrolment-form", mrn=number, htmx=htmx, status=429)
            assert "Too many tries. Wait 5 minutes" in answer.text

        assert "Zoe" not in site.get(f"/groups/{cast.group}").text
        enrol(site.sign_in(cast.fiona), cast, mrn="MRN-9")
        with app.app_context():
            refused = db.session.scalars(
                db.select(AuditEvent.actor_id).where(AuditEvent.outcome == Outcome.REFUSED)
            ).all()
        assert refused == [cast.finn] * 12

    def test_numbers_may_be_tried_again_after_a_while(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.finn).get(url_of(cast))
        for _ in range(10):
            site.submit(page, "#enrolment-form", mrn="MRN-77", status=422)

        with time_machine.travel(dt.datetime(2026, 3, 3, 15, 6, tzinfo=dt.UTC), tick=False):
            enrol(site, cast, mrn="MRN-9")

    def test_right_numbers_are_not_counted(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            for number in range(9):
                factories.client(mrn=f"MRN-A{number}")
            db.session.get_one(Group, cast.group).capacity = 20
            db.session.commit()
        page = site.sign_in(cast.finn).get(url_of(cast))
        for number in range(9):
            site.submit(page, "#enrolment-form", mrn=f"MRN-A{number}")
            site.submit(page, "#enrolment-form", mrn="MRN-77", status=422)

        enrol(site, cast, mrn="MRN-9")

    @on_sqlite
    def test_a_list_that_is_too_long_says_how_to_reach_the_others(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        site.sign_in(cast.fiona)
        assert "registered last" not in site.get(url_of(cast)).text
        with app.app_context():
            Practice().members(501, db.session.get_one(User, cast.fiona))
            db.session.commit()

        page = site.get(url_of(cast))

        assert len(page.select("#client_id option[value]:not([value=''])")) == 500
        assert "The 500 clients registered last" in one(page, "#client_id-hint").text

    def test_it_is_one_or_the_other(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)

        assert "Choose a client" in refusal(enrol(site, cast, status=422), "client_id")

    def test_a_client_outside_my_reach_is_not_enrolled_by_id(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(url_of(cast))
        sent = fields_of(one(page, "#enrolment-form")) | {"client_id": str(cast.zoe)}

        site.post(url_of(cast), sent, status=422)

        assert "Zoe" not in site.get(f"/groups/{cast.group}").text

    @both
    def test_a_stay_that_overlaps_another_is_refused(
        self, cast: Cast, site: Site, htmx: bool
    ) -> None:
        page = site.sign_in(cast.fiona).get(url_of(cast))

        page = site.submit(page, "#enrolment-form", mrn="MRN-1", htmx=htmx, status=422)

        sentence = refusal(page, "started_on")
        assert "enrolled in the group from January 6, 2026 already" in sentence
        assert "Alvarez" not in page.text
        assert one(page, "#mrn")["value"] == "MRN-1"

    def test_coming_back_after_leaving_is_a_second_stay(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        end(site.sign_in(cast.fiona), cast, "Alvarez", "2026-03-10")

        page = enrol(site, cast, mrn="MRN-1", started_on="2026-03-10", status=422)
        assert "from January 6, 2026 to March 10, 2026" in refusal(page, "started_on")
        enrol(site, cast, mrn="MRN-1", started_on="2026-03-11")

        with app.app_context():
            stays = db.select(Enrolment).where(Enrolment.client_id == cast.ana)
            assert len(db.session.scalars(stays).all()) == 2

    def test_dates_that_cannot_be_are_refused(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)
        zoe = {"mrn": "MRN-9"}

        page = enrol(site, cast, **zoe, started_on="", status=422)
        assert "first day" in refusal(page, "started_on")
        page = enrol(site, cast, **zoe, ended_on="2026-03-02", status=422)
        assert "before the first" in refusal(page, "ended_on")

    def test_a_full_group_says_from_when(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            db.session.get_one(Group, cast.group).capacity = 4
            fourth = factories.client()
            group = db.session.get_one(Group, cast.group)
            factories.enrol(group, fourth, started_on=dt.date(2026, 4, 7))
            db.session.commit()
        site.sign_in(cast.fiona)

        page = enrol(site, cast, mrn="MRN-9", status=422)
        assert "full on April 7, 2026: all 4 places" in refusal(page, "started_on")
        enrol(site, cast, mrn="MRN-9", ended_on="2026-04-06")

    def test_a_closed_group_takes_nobody_after_its_first_day(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        with app.app_context():
            db.session.get_one(Group, cast.group).is_open = False
            db.session.commit()
        site.sign_in(cast.fiona)

        page = enrol(site, cast, mrn="MRN-9", status=422)
        assert "nobody joins it after its first day, January 6, 2026" in refusal(page, "started_on")
        enrol(site, cast, mrn="MRN-9", started_on="2026-01-06")

    def test_a_group_that_ended_takes_nobody(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            db.session.get_one(Group, cast.group).active = False
            db.session.commit()

        page = enrol(site.sign_in(cast.fiona), cast, mrn="MRN-9", status=422)

        assert "does not meet any more" in refusal(page, "started_on")

    def test_of_many_at_once_one_succeeds(self, app: Flask, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(url_of(cast))
        sent = fields_of(one(page, "#enrolment-form")) | {"mrn": "MRN-9", "ended_on": "2026-12-31"}
        windows = [site.window() for _ in range(6)]

        def send(window: Site) -> int:
            return window.send(url_of(cast), sent).status_code

        answers = at_once(*(lambda window=window: send(window) for window in windows))

        assert sorted(answers) == [303, 422, 422, 422, 422, 422]
        with app.app_context():
            stays = db.select(Enrolment).where(Enrolment.client_id == cast.zoe)
            assert len(db.session.scalars(stays).all()) == 1


class TestEnding:
    @both
    def test_the_last_day_is_still_on_the_roster(self, cast: Cast, site: Site, htmx: bool) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}")
        page = site.get(str(one(page, "li:-soup-contains('Brandt') a[href$='/end']")["href"]))

        status = 200 if htmx else 303
        site.submit(page, "#end-form", ended_on="2026-03-03", htmx=htmx, status=status)
        assert "until March 3, 2026" in site.get(f"/groups/{cast.group}").text

        with time_machine.travel(dt.datetime(2026, 3, 4, 15, tzinfo=dt.UTC), tick=False):
            site.sign_in(cast.fiona)
            assert "Brandt" not in site.get(f"/groups/{cast.group}").text
            former = one(site.get(f"/groups/{cast.group}/ended-enrolments"), "tbody tr").text
        for word in ("Ben Brandt", "January 6, 2026", "March 3, 2026"):
            assert word in former

    def test_it_is_not_before_the_first_day(self, cast: Cast, site: Site) -> None:
        page = end(site.sign_in(cast.fiona), cast, "Brandt", "2026-01-05", status=422)

        assert "before the first one" in refusal(page, "ended_on")

    def test_it_may_be_put_right_where_there_is_room(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        site.sign_in(cast.fiona)
        end(site, cast, "Brandt", "2026-03-10")
        enrol(site, cast, mrn="MRN-2", started_on="2026-04-01")

        end(site, cast, "Brandt", "2026-03-31")
        with app.app_context():
            stays = db.session.scalars(
                db.select(Enrolment).where(Enrolment.client_id == cast.ben).order_by(Enrolment.id)
            ).all()
        assert [stay.ended_on for stay in stays] == [dt.date(2026, 3, 31), None]
        page = site.get(f"/groups/enrolments/{stays[0].id}/end")
        page = site.submit(page, "#end-form", ended_on="2026-04-01", status=422)
        assert "from April 1, 2026 already" in refusal(page, "ended_on")

    def test_two_facilitators_do_not_overwrite_each_other(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}")
        page = site.get(str(one(page, "li:-soup-contains('Brandt') a[href$='/end']")["href"]))
        site.submit(page, "#end-form", ended_on="2026-03-10")

        site.submit(page, "#end-form", ended_on="2026-04-10", status=409)

    @pytest.mark.parametrize(("who", "status"), [("olga", 404), ("sam", 403), ("rita", 403)])
    def test_others_cannot(self, app: Flask, cast: Cast, site: Site, who: str, status: int) -> None:
        with app.app_context():
            enrolment_id = db.session.scalars(
                db.select(Enrolment.id).where(Enrolment.client_id == cast.ben)
            ).one()
        site.sign_in(getattr(cast, who))

        site.get(f"/groups/enrolments/{enrolment_id}/end", status=status)
        site.get(f"/groups/enrolments/{uuid.uuid4()}/end", status=status)
