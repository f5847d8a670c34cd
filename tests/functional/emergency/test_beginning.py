"""Beginning an emergency access: who may, what it asks, and how little its refusals tell."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.access.models import EmergencyAccess
from groupnotes.audit.tags import Outcome, Tag
from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.emergency.services.beginning import REFUSED
from tests.support import emergency
from tests.support.at_once import at_once
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.events import events, last
from tests.support.site import Site, both, fields_of, one

WRONG = {
    "number of nobody": {"mrn": "MRN-404"},
    "another client’s number": {"mrn": "MRN-2", "birth_date": "1990-05-18"},
    "another birthday": {"birth_date": "1990-05-18"},
    "another password": {"password": "not my password at all"},
    "nothing right": {"mrn": "MRN-404", "birth_date": "1990-05-18", "password": "not it"},
}


@pytest.fixture
def olga(cast: Cast, site: Site) -> Site:
    """The browser of a clinician who has nothing to do with Ana."""
    return site.sign_in(cast.olga)


class TestWho:
    @pytest.mark.parametrize("who", ["fiona", "carl", "olga", "sam"])
    def test_those_who_treat_and_supervise_may(self, cast: Cast, site: Site, who: str) -> None:
        site.sign_in(getattr(cast, who))

        assert site.get("/clients/").select("a[href='/emergency']")
        site.get("/emergency")

    @pytest.mark.parametrize("who", ["finn", "rita", "adam"])
    def test_those_who_open_no_chart_may_not(
        self, app: Flask, cast: Cast, site: Site, who: str
    ) -> None:
        site.sign_in(getattr(cast, who))

        site.get("/emergency", status=403)
        site.post("/emergency", {"csrf_token": site.token(), **emergency.ANA}, status=403)

        assert emergency.accesses(app) == []
        if who != "adam":
            assert not site.get("/clients/").select("a[href='/emergency']")


class TestWhatDoesNotFit:
    @both
    @pytest.mark.parametrize("wrong", WRONG)
    def test_it_gets_one_answer_and_keeps_what_was_typed(
        self, app: Flask, cast: Cast, olga: Site, wrong: str, *, htmx: bool
    ) -> None:
        page = emergency.begin(olga, WRONG[wrong], htmx=htmx, status=422)

        said = [" ".join(error.text.split()) for error in page.select(".govuk-error-message")]
        assert said == [f"Error: {REFUSED}"]
        kept = fields_of(one(page, "#emergency-form"))
        typed = {**emergency.ANA, **WRONG[wrong]}
        assert (kept["mrn"], kept["birth_date"]) == (typed["mrn"], typed["birth_date"])
        assert (kept["ground"], kept["reason"]) == ("request", emergency.REASON)
        assert kept["password"] == ""
        assert emergency.accesses(app) == []
        olga.get(f"/clients/{cast.ana}", status=404)

    def test_the_page_is_the_same_whether_or_not_there_is_such_a_client(self, olga: Site) -> None:
        def shown(**values: str) -> str:
            page = emergency.begin(olga, values, status=422)
            for field in page.select("[name=mrn], [name=birth_date], [name=csrf_token]"):
                field["value"] = ""
            return str(one(page, "main"))

        known = shown(birth_date="1990-05-18")

        assert shown(mrn="MRN-404") == known
        assert shown(password="not mine at all") == known

    def test_the_log_says_that_somebody_tried(self, app: Flask, cast: Cast, olga: Site) -> None:
        since = last(app)

        emergency.begin(olga, {"mrn": "MRN-404"}, status=422)

        [tried] = [e for e in events(app, after=since) if e.tag == Tag.EMERGENCY_BEGIN]
        assert (tried.actor_id, tried.outcome) == (cast.olga, Outcome.REFUSED)

    @on_sqlite
    def test_whoever_tries_until_something_fits_is_stopped(self, app: Flask, olga: Site) -> None:
        page = olga.get("/emergency")
        for number in range(10):
            emergency.begin(olga, {"mrn": f"MRN-40{number}"}, page=page, status=422)

        emergency.begin(olga, page=page, status=429)

        assert emergency.accesses(app) == []

    @pytest.mark.parametrize("missing", ["mrn", "birth_date", "reason", "password"])
    def test_each_field_is_asked_for(self, app: Flask, olga: Site, missing: str) -> None:
        page = emergency.begin(olga, {missing: ""}, status=422)

        assert page.select(f"#{missing}-error")
        assert emergency.accesses(app) == []

    def test_a_word_is_no_reason(self, app: Flask, olga: Site) -> None:
        page = emergency.begin(olga, {"reason": "  urgent "}, status=422)

        assert "Say in a sentence why you need this record now." in one(page, "#reason-error").text
        assert emergency.accesses(app) == []


class TestForAClientOfOnesOwn:
    @both
    def test_nothing_is_begun_and_nobody_alarmed(
        self, app: Flask, cast: Cast, site: Site, *, htmx: bool
    ) -> None:
        emergency.begin(site.sign_in(cast.carl), htmx=htmx)

        assert "no emergency access was begun" in site.follow().text
        assert emergency.accesses(app) == []

    def test_who_only_supervises_the_care_may_need_it(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        emergency.begin(site.sign_in(cast.sam))

        assert len(emergency.accesses(app)) == 1


class TestAgain:
    def test_the_same_client_while_it_is_open_adds_nothing(
        self, app: Flask, cast: Cast, olga: Site
    ) -> None:
        page = olga.get("/emergency")
        emergency.begin(olga, page=page)
        [first] = emergency.accesses(app)

        emergency.begin(olga, page=page)

        [only] = emergency.accesses(app)
        assert (only.id, only.ends_at, only.ended_at) == (first.id, first.ends_at, None)
        assert olga.last.location == f"/clients/{cast.ana}"

    def test_two_at_the_same_time_are_one(self, app: Flask, olga: Site) -> None:
        page = olga.get("/emergency")
        windows = [olga.window() for _ in range(2)]

        at_once(
            lambda: emergency.begin(windows[0], page=page),
            lambda: emergency.begin(windows[1], page=page),
        )

        assert len(emergency.accesses(app)) == 1

    def test_another_client_ends_the_one_before(self, app: Flask, cast: Cast, olga: Site) -> None:
        emergency.begin(olga)
        since = last(app)

        emergency.begin(olga, {"mrn": "MRN-2"})

        first, second = emergency.accesses(app)
        assert first.ended_at is not None
        assert (second.client_id, second.ended_at) == (cast.ben, None)
        olga.get(f"/clients/{cast.ben}")
        olga.get(f"/clients/{cast.ana}", status=404)
        tags = [e.tag for e in events(app, after=since) if e.client_id == cast.ana]
        assert tags == [Tag.EMERGENCY_END]

    def test_beginning_anew_elsewhere_ends_it_here(
        self, app: Flask, cast: Cast, olga: Site
    ) -> None:
        emergency.begin(olga)

        emergency.begin(Site(app).sign_in(cast.olga))

        olga.get(f"/clients/{cast.ana}", status=404)
        assert len(emergency.accesses(app)) == 2


class TestAtRest:
    def test_the_reason_is_sealed_and_in_no_event(self, app: Flask, olga: Site) -> None:
        emergency.begin(olga)

        [access] = emergency.accesses(app)
        assert emergency.REASON.encode() not in access.reason_sealed
        with app.app_context():
            assert db.session.merge(access).reason == emergency.REASON
        assert not [e for e in events(app) if emergency.REASON in str(e.detail)]

    @pytest.mark.parametrize("column", ["client_id", "user_id", "ends_at", "ground", "reason"])
    def test_it_cannot_be_changed(self, app: Flask, cast: Cast, olga: Site, column: str) -> None:
        emergency.begin(olga)
        new = {
            "client_id": cast.ben,
            "user_id": cast.fiona,
            "ends_at": clock.now() + dt.timedelta(days=1),
            "ground": "care",
            "reason": b"another",
        }
        attribute = "reason_sealed" if column == "reason" else column
        change = sa.update(EmergencyAccess).values({attribute: new[column]})

        with app.app_context(), pytest.raises(sa.exc.IntegrityError, match="only be ended, once"):
            db.session.execute(change)

    def test_it_is_not_opened_again(self, app: Flask, olga: Site) -> None:
        emergency.begin(olga)
        olga.submit(olga.get("/"), "section.emergency form")
        change = sa.update(EmergencyAccess).values(ended_at=None)

        with app.app_context(), pytest.raises(sa.exc.IntegrityError, match="only be ended, once"):
            db.session.execute(change)

    def test_it_cannot_be_removed(self, app: Flask, olga: Site) -> None:
        emergency.begin(olga)

        with app.app_context(), pytest.raises(sa.exc.IntegrityError, match="never removed"):
            db.session.execute(sa.delete(EmergencyAccess))
