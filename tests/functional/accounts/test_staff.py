"""Looking after the staff: accounts, roles, one-time passwords, supervision."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.accounts.models import User
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from tests.support import factories
from tests.support.cast import Cast
from tests.support.events import events
from tests.support.site import Site, fields_of, one

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])

NEW = "a sentence that nobody guesses"
DORA = {
    "name": "Dora Diaz",
    "sign_in_name": "dora@example.org",
    "roles": ["clinician"],
    "credentials": "PhD",
    "npi": "1234567893",
    "licence": "NY 012345",
}


def add_dora(site: Site, *, htmx: bool = False) -> str:
    """Add a person; return the one-time password that the page shows."""
    page = site.submit(site.get("/staff/new"), "#staff-form", fill=DORA, htmx=htmx, status=200)
    return one(page, "#one-time code").text


def sign_in(site: Site, password: str, *, status: int = 303) -> BeautifulSoup:
    page = site.get("/sign-in")
    return site.submit(
        page, "#sign-in", sign_in_name="Dora@Example.org", password=password, status=status
    )


def open_person(site: Site, name: str) -> BeautifulSoup:
    link = one(site.get("/staff/"), f"#staff a:-soup-contains('{name}')")
    return site.get(str(link["href"]))


def edit(site: Site, who: str, change: dict[str, object], *, status: int = 303) -> BeautifulSoup:
    page = open_person(site, who)
    page = site.get(str(one(page, "a[href$='/edit']")["href"]))
    return site.submit(page, "#staff-form", fill=change, status=status)


class TestAddingAPerson:
    @both
    def test_they_choose_their_own_password_at_the_first_sign_in(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        secret = add_dora(site.sign_in(cast.adam), htmx=htmx)
        assert re.fullmatch(r"([a-z2-9]{4}-){4}[a-z2-9]{4}", secret)

        dora = Site(app)
        sign_in(dora, secret)
        for url in ("/", "/account/password"):
            page = dora.get(url, status=303 if url == "/" else 200)
        dora.submit(
            page, "#password-form", password=secret, new_password=NEW, repeated_password=NEW
        )

        assert one(dora.follow(), "h1").text == "Today"
        sign_in(Site(app), secret, status=422)
        sign_in(Site(app), NEW)

    def test_until_then_every_other_page_sends_them_there(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        secret = add_dora(site.sign_in(cast.adam))
        dora = Site(app)
        sign_in(dora, secret)

        for url in ("/", f"/notes/{cast.ana}"):
            dora.get(url, status=303)
            assert dora.last.location == "/account/password"
        dora.submit(dora.get("/account/password"), "form[action='/sign-out']")

    def test_the_one_time_password_is_stored_hashed_and_shown_once(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        secret = add_dora(site.sign_in(cast.adam))

        assert secret not in open_person(site, "Dora Diaz").text
        with app.app_context():
            hashes = db.session.scalars(db.select(User.password_hash)).all()
        assert all(stored.startswith("$argon2id$") for stored in hashes)

    def test_it_is_good_for_three_days(self, app: Flask, cast: Cast, site: Site) -> None:
        with time_machine.travel(clock.now(), tick=False) as travel:
            secret = add_dora(site.sign_in(cast.adam))
            travel.shift(dt.timedelta(hours=72, seconds=1))

            page = sign_in(Site(app), secret, status=422)

        assert "too old" in page.text

    @both
    def test_what_cannot_be_is_said_at_each_field(self, cast: Cast, site: Site, htmx: bool) -> None:
        page = site.sign_in(cast.adam).get("/staff/new")

        page = site.submit(page, "#staff-form", name="Do\0ra", htmx=htmx, status=422)
        assert "NUL character" in one(page, "#name-error").text
        assert "Type the name" in one(page, "#sign_in_name-error").text

        sent = DORA | {"credentials": "", "npi": "1234567890", "sign_in_name": "Adam@Example.org"}
        token = {"csrf_token": site.token()}
        page = site.post("/staff/new", sent | token, htmx=htmx, status=422)
        assert "such as LCSW" in one(page, "#credentials-error").text
        assert "a digit wrong" in one(page, "#npi-error").text
        assert one(page, "#licence")["value"] == "NY 012345"
        assert one(page, "input[name=roles][checked]")["value"] == "clinician"

        page = site.post(
            "/staff/new", DORA | token | {"sign_in_name": "ADAM@example.org"}, htmx=htmx, status=422
        )
        assert "Someone else signs in" in one(page, "#sign_in_name-error").text

        page = site.post("/staff/new", DORA | token | {"roles": ["owner"]}, htmx=htmx, status=422)
        assert "at least one role" in page.text
        assert one(page, ".govuk-error-summary a")["href"] == "#roles-0"


class TestChangingAPerson:
    @both
    def test_new_roles_end_their_sign_ins(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        fiona = Site(app).sign_in(cast.fiona)
        fiona.get("/")
        page = site.sign_in(cast.adam).get(f"/staff/{cast.fiona}/edit")

        status = 200 if htmx else 303
        site.submit(page, "#staff-form", roles=["clinician"], htmx=htmx, status=status)

        assert "Clinician" in site.get(f"/staff/{cast.fiona}").text
        fiona.get("/", status=303)

    def test_a_new_name_ends_none(self, app: Flask, cast: Cast, site: Site) -> None:
        fiona = Site(app).sign_in(cast.fiona)

        edit(site.sign_in(cast.adam), "Fiona Field", {"name": "Fiona Forest"})

        fiona.get("/")
        assert "Fiona Forest" in site.get("/staff/").text

    def test_closing_an_account_shuts_the_door(self, app: Flask, cast: Cast, site: Site) -> None:
        fiona = Site(app).sign_in(cast.fiona)

        edit(site.sign_in(cast.adam), "Fiona Field", {"active": []})

        fiona.get("/", status=303)
        Site(app).sign_in_by_form("fiona", status=422)

    def test_two_administrators_do_not_overwrite_each_other(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.adam).get(f"/staff/{cast.fiona}/edit")
        site.submit(page, "#staff-form", roles=["clinician"])

        site.submit(page, "#staff-form", credentials="none at all", status=409)

        assert "LCSW" in site.get(f"/staff/{cast.fiona}").text

    @pytest.mark.parametrize("change", [{"roles": ["records"]}, {"active": []}])
    def test_the_last_administrator_stays_one(
        self, cast: Cast, site: Site, change: dict[str, object]
    ) -> None:
        page = edit(site.sign_in(cast.adam), "Adam Adams", change, status=422)

        assert "Make someone else one first" in page.text
        assert "Administrator" in site.get(f"/staff/{cast.adam}").text

    def test_with_another_one_an_administrator_may_step_back(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        with app.app_context():
            factories.user("Ada Abbot", Role.ADMINISTRATOR)
            db.session.commit()

        edit(site.sign_in(cast.adam), "Adam Adams", {"roles": ["records"]})

        site.get("/", status=303)

    @both
    def test_a_lost_password_is_replaced_by_a_one_time_one(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        fiona = Site(app).sign_in(cast.fiona)
        page = site.sign_in(cast.adam).get(f"/staff/{cast.fiona}")

        form = "form[action$='one-time-password']"
        secret = one(site.submit(page, form, htmx=htmx, status=200), "#one-time code").text

        fiona.get("/", status=303)
        Site(app).sign_in_by_form("fiona", status=422)
        again = Site(app)
        page = again.get("/sign-in")
        again.submit(page, "#sign-in", sign_in_name="fiona@example.org", password=secret)
        again.get("/", status=303)
        assert again.last.location == "/account/password"
        renewed = [one for one in events(app) if one.tag == Tag.PASSWORD_RENEW]
        assert [(one.actor_id, one.object_id) for one in renewed] == [(cast.adam, cast.fiona)]


class TestSupervision:
    @both
    def test_a_pair_has_its_dates(self, cast: Cast, site: Site, htmx: bool) -> None:
        status = 200 if htmx else 303
        page = site.sign_in(cast.adam).get(f"/staff/{cast.carl}")

        site.submit(
            page,
            "#supervision-form",
            supervisor_id=str(cast.sam),
            started_on="2026-02-01",
            htmx=htmx,
            status=status,
        )

        page = site.get(f"/staff/{cast.carl}")
        assert "Sam Summers" in one(page, "#supervision").text
        assert "February 1, 2026 to now" in one(page, "#supervision").text
        page = site.get(str(one(page, "#supervision a[href$='/end']")["href"]))
        site.submit(page, "#end-form", ended_on="2026-02-28", htmx=htmx, status=status)
        page = site.get(f"/staff/{cast.carl}")
        assert "February 1, 2026 to February 28, 2026" in one(page, "#supervision").text

    @both
    def test_what_cannot_be_is_said_at_each_field(self, cast: Cast, site: Site, htmx: bool) -> None:
        url = f"/staff/{cast.fiona}/supervisors"
        page = site.sign_in(cast.adam).get(f"/staff/{cast.fiona}")
        form = fields_of(one(page, "#supervision-form"))

        def refused(field: str, **values: object) -> str:
            page = site.post(url, form | values, htmx=htmx, status=422)
            assert one(page, f".govuk-error-summary a[href='#{field}']")
            return one(page, f"#{field}-error").text

        sam = {"supervisor_id": str(cast.sam)}
        assert "works here as a supervisor" in refused("supervisor_id")
        assert "as a supervisor" in refused("supervisor_id", supervisor_id=str(cast.carl))
        assert "as a supervisor" in refused("supervisor_id", supervisor_id="me")
        assert "already" in refused("supervisor_id", **sam)
        assert "year, month and day" in refused("started_on", **sam, started_on="soon")
        assert "before the first" in refused("ended_on", **sam, ended_on="2026-01-01")

    @both
    def test_nobody_ends_their_own(self, app: Flask, cast: Cast, site: Site, htmx: bool) -> None:
        with app.app_context():
            factories.give_role(cast.fiona, Role.ADMINISTRATOR)
            db.session.commit()
        page = site.sign_in(cast.fiona).get(f"/staff/{cast.fiona}")
        page = site.get(str(one(page, "#supervision a[href$='/end']")["href"]))

        page = site.submit(page, "#end-form", ended_on="2026-02-28", htmx=htmx, status=422)

        assert "ask another administrator" in one(page, "#ended_on-error").text
        assert "to now" in one(site.get(f"/staff/{cast.fiona}"), "#supervision").text

    def test_nobody_supervises_their_own_work(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.adam).get(f"/staff/{cast.sam}")

        page = site.submit(
            page,
            "#supervision-form",
            supervisor_id=str(cast.sam),
            started_on="2026-02-01",
            status=422,
        )

        assert "their own work" in one(page, "#supervisor_id-error").text

    def test_the_last_day_is_not_before_the_first(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.adam).get(f"/staff/{cast.fiona}")
        page = site.get(str(one(page, "#supervision a[href$='/end']")["href"]))

        page = site.submit(page, "#end-form", ended_on="2026-01-05", status=422)

        assert "before the first one" in one(page, "#ended_on-error").text
        assert "to now" in site.get(f"/staff/{cast.fiona}").text

    def test_it_is_ended_once(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.adam).get(f"/staff/{cast.fiona}")
        page = site.get(str(one(page, "#supervision a[href$='/end']")["href"]))
        site.submit(page, "#end-form", ended_on="2026-02-01")

        site.submit(page, "#end-form", ended_on="2026-03-01", status=409)


class TestTheList:
    def test_it_is_by_name_and_a_page_at_a_time(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            for number in range(30):
                factories.user(f"W{number:02} Worker", Role.RECORDS)
            db.session.commit()
        page = site.sign_in(cast.adam).get("/staff/")

        first = [row.text for row in page.select("tbody th")]
        second = site.get(str(one(page, "a[rel=next]")["href"])).select("tbody th")

        assert len(first) == 25
        assert first == sorted(first)
        assert len(second) == 12
        assert second[-1].text == "W29 Worker, LCSW"


class TestOthers:
    @pytest.mark.parametrize("who", ["fiona", "sam", "rita"])
    def test_they_are_refused(self, cast: Cast, site: Site, who: str) -> None:
        site.sign_in(getattr(cast, who))
        person = f"/staff/{cast.carl}"

        for url in ("/staff/", "/staff/new", person, f"{person}/edit"):
            assert "Clement" not in site.get(url, status=403).text
        for action in ("edit", "one-time-password", "supervisors"):
            site.post(f"{person}/{action}", {"csrf_token": site.token()}, status=403)
