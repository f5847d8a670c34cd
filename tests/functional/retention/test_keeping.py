"""Until when a record is kept, by what rule, and by whose hold."""

from __future__ import annotations

import pytest
from flask import Flask

from groupnotes.clients.models import Client
from groupnotes.core.db import db
from tests.support import factories
from tests.support.cast import Cast
from tests.support.retention import (
    Old,
    is_there,
    propose,
    retention,
)
from tests.support.site import Site, both, done, one


class TestTheDate:
    def test_the_page_says_until_when_and_by_what_rule(
        self, cast: Cast, old: Old, site: Site
    ) -> None:
        page = site.sign_in(cast.rita).get(retention(old))

        assert "June 5, 2022" in page.text
        assert "10 years after the last service" in page.text
        assert page.select("#propose-form")

    def test_the_chart_leads_there_for_the_records_role_only(
        self, cast: Cast, old: Old, site: Site
    ) -> None:
        assert site.sign_in(cast.rita).get(f"/clients/{old.olaf}").select("a[href$='/retention']")
        ulla = site.sign_in(cast.fiona).get(f"/clients/{old.ulla}")
        assert not ulla.select("a[href$='/retention']")

    def test_who_is_in_care_has_none(self, cast: Cast, old: Old, site: Site) -> None:
        page = site.sign_in(cast.rita).get(f"/clients/{old.ulla}/retention")

        assert "Care goes on" in page.text
        assert "The client is in treatment. Discharge the client first." in page.text
        assert "The client is on a caseload. End that care first." in page.text
        assert not page.select("#propose-form")

    def test_a_practice_may_keep_records_longer(
        self, app: Flask, cast: Cast, old: Old, site: Site
    ) -> None:
        admin = Site(app).sign_in(cast.adam)
        admin.submit(admin.get("/practice/edit"), "#practice-form", retention_years="20")

        page = site.sign_in(cast.rita).get(retention(old))

        assert "June 5, 2032" in page.text
        assert "The record must still be kept." in page.text
        assert not page.select("#propose-form")

    def test_a_minors_is_kept_longer(self, app: Flask, cast: Cast, old: Old, site: Site) -> None:
        with app.app_context():
            db.session.get_one(Client, old.olaf).birth_date = "2008-02-29"
            db.session.commit()

        assert "March 1, 2033" in site.sign_in(cast.rita).get(retention(old)).text

    @pytest.mark.parametrize("years", ["4", "100", "", "ten"])
    def test_the_rule_is_a_sensible_number(self, cast: Cast, site: Site, years: str) -> None:
        page = site.sign_in(cast.adam).get("/practice/edit")

        answer = site.submit(page, "#practice-form", retention_years=years, status=422)

        assert "Type a number from 5 to 99." in answer.text


class TestTheList:
    def test_it_has_who_is_past_the_period(self, cast: Cast, old: Old, site: Site) -> None:
        page = site.sign_in(cast.rita).get("/retention/")

        due = one(page, "section[aria-labelledby=due-title]")
        assert [a.text for a in due.select("tbody a")] == ["Olaf Orrin"]
        assert "June 5, 2022" in due.text

    @pytest.mark.parametrize("birth", ["2008-02-29", "1950-01-01"])
    def test_minors_are_left_out_by_their_date_of_birth(
        self, app: Flask, cast: Cast, old: Old, site: Site, birth: str
    ) -> None:
        with app.app_context():
            db.session.get_one(Client, old.olaf).birth_date = birth
            db.session.commit()

        page = site.sign_in(cast.rita).get("/retention/")

        assert ("Olaf" in page.text) == (birth == "1950-01-01")

    def test_the_administrator_sees_proposals_and_no_name(
        self, app: Flask, cast: Cast, old: Old, site: Site
    ) -> None:
        propose(Site(app).sign_in(cast.rita), old.olaf)

        page = site.sign_in(cast.adam).get("/retention/")

        assert str(old.olaf) in page.text
        assert "Olaf" not in page.text
        assert not page.select("section[aria-labelledby=due-title]")


class TestALegalHold:
    @both
    def test_it_blocks_and_lifting_it_frees(
        self, cast: Cast, old: Old, site: Site, htmx: bool
    ) -> None:
        page = site.sign_in(cast.rita).get(retention(old))
        site.submit(page, "#hold-form", reason="Subpoena 12-44", htmx=htmx, status=done(htmx=htmx))

        held = site.follow()
        assert "Subpoena 12-44" in held.text
        assert "A legal hold is on the record." in held.text
        assert not held.select("#propose-form")
        assert (
            "Olaf Orrin" in one(site.get("/retention/"), "section[aria-labelledby=held-title]").text
        )

        site.submit(held, "form[action$='/lift']", htmx=htmx, status=done(htmx=htmx))
        lifted = site.follow()
        assert "lifted" in lifted.text
        assert lifted.select("#propose-form")

    def test_it_wants_a_reason(self, cast: Cast, old: Old, site: Site) -> None:
        page = site.sign_in(cast.rita).get(retention(old))

        answer = site.submit(page, "#hold-form", reason=" ", status=422)

        assert "Say what the record is held for." in answer.text

    @both
    def test_its_reason_names_no_other_client(
        self, cast: Cast, old: Old, site: Site, htmx: bool
    ) -> None:
        page = site.sign_in(cast.rita).get(retention(old))

        asked = site.submit(page, "#hold-form", reason="Subpoena of Ulla", htmx=htmx, status=422)
        assert "another client" in one(asked, "#reason-error").text
        answer = site.submit(asked, "#hold-form", button="[name=replace]", htmx=htmx, status=200)

        assert one(answer, "[name=reason]").text.strip() == "Subpoena of another member"
        assert "A legal hold is on the record." not in site.get(retention(old)).text

    def test_its_reason_is_a_sentence_and_no_book(self, cast: Cast, old: Old, site: Site) -> None:
        page = site.sign_in(cast.rita).get(retention(old))

        answer = site.submit(page, "#hold-form", reason="Audit " * 200, status=422)

        assert "1,000" in one(answer, "#reason-error").text

    def test_placed_after_the_proposal_it_still_blocks(
        self, app: Flask, cast: Cast, old: Old, site: Site
    ) -> None:
        rita = Site(app).sign_in(cast.rita)
        purge = propose(rita, old.olaf)
        page = site.sign_in(cast.adam).get(purge)
        rita.submit(rita.get(retention(old)), "#hold-form", reason="Audit")

        sure = {"mrn": "MRN-77", "password": factories.PASSWORD}
        answer = site.submit(page, "#confirm-form", status=409, fill=sure)

        assert "A legal hold is on the record." in answer.text
        assert is_there(app, old)
        assert not site.get(purge).select("#confirm-form")

    def test_lifted_twice_is_said(self, app: Flask, cast: Cast, old: Old, site: Site) -> None:
        page = site.sign_in(cast.rita).get(retention(old))
        site.submit(page, "#hold-form", reason="Audit")
        held = site.follow()
        site.submit(held, "form[action$='/lift']")

        assert "lifted already" in site.submit(held, "form[action$='/lift']", status=409).text
