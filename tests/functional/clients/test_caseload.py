"""Who cares for a client, from when to when."""

from __future__ import annotations

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.clients.models import CaseloadEntry
from groupnotes.core import clock
from groupnotes.core.db import db
from tests.support.cast import Cast
from tests.support.site import BASE, Site, fields_of, one

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


def add(
    site: Site,
    client: uuid.UUID,
    clinician: uuid.UUID,
    *,
    status: int = 303,
    htmx: bool = False,
    **values: str,
) -> BeautifulSoup:
    page = site.get(f"/clients/{client}/caseload/new")
    fill = {"clinician_id": str(clinician), **values}
    return site.submit(page, "#care-form", fill=fill, status=status, htmx=htmx)


def ending(app: Flask, client: uuid.UUID, clinician: uuid.UUID) -> str:
    """Return the address where the clinician's care is ended."""
    with app.app_context():
        entry = db.session.scalars(
            sa.select(CaseloadEntry.id).filter_by(client_id=client, clinician_id=clinician)
        ).one()
    return f"/clients/{client}/caseload/{entry}/end"


def end(
    site: Site, url: str, *, ended_on: str | None = None, status: int = 303, htmx: bool = False
) -> BeautifulSoup:
    fill = {"ended_on": ended_on} if ended_on else {}
    return site.submit(site.get(url), "#care-form", fill=fill, status=status, htmx=htmx)


class TestStartingCare:
    @both
    def test_the_clinician_sees_the_client_from_then_on(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        olga = Site(app).sign_in(cast.olga)
        olga.get(f"/clients/{cast.ana}", status=404)

        add(site.sign_in(cast.carl), cast.ana, cast.olga, htmx=htmx, status=200 if htmx else 303)

        assert "Alvarez" in olga.get(f"/clients/{cast.ana}").text

    def test_not_before_the_first_day(self, app: Flask, cast: Cast, site: Site) -> None:
        later = (clock.now().date() + dt.timedelta(days=9)).isoformat()
        add(site.sign_in(cast.rita), cast.zoe, cast.olga, started_on=later)

        Site(app).sign_in(cast.olga).get(f"/clients/{cast.zoe}", status=404)

    @both
    def test_care_that_overlaps_itself_is_refused(self, cast: Cast, site: Site, htmx: bool) -> None:
        page = add(
            site.sign_in(cast.rita),
            cast.ana,
            cast.carl,
            started_on="2026-02-02",
            htmx=htmx,
            status=422,
        )

        assert "on their caseload on that day already" in one(page, "#clinician_id-error").text
        assert one(page, "#started_on")["value"] == "2026-02-02"
        chosen = one(page, "#clinician_id option[selected]")
        assert chosen["value"] == str(cast.carl)

    def test_someone_may_come_back_after_the_last_day(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        site.sign_in(cast.rita)
        end(site, ending(app, cast.ana, cast.carl), ended_on="2026-02-10")

        add(site, cast.ana, cast.carl, started_on="2026-02-10", status=422)
        add(site, cast.ana, cast.carl, started_on="2026-02-11")

        assert "January 6, 2026 to February 10, 2026" in site.follow().text

    def test_somebody_must_be_chosen(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.carl).get(f"/clients/{cast.ana}/caseload/new")

        page = site.submit(page, "#care-form", fill={"started_on": ""}, status=422)

        assert [link.text for link in page.select(".govuk-error-summary a")] == [
            "Choose a clinician.",
            "Type the first day.",
        ]

    @pytest.mark.parametrize(("who", "status"), [("finn", 403), ("sam", 403), ("olga", 404)])
    def test_nobody_takes_a_client_by_themselves(
        self, app: Flask, cast: Cast, site: Site, who: str, status: int
    ) -> None:
        me = getattr(cast, who)
        url = f"/clients/{cast.ana}/caseload/new"
        page = site.sign_in(me).get(url, status=status)
        assert "Alvarez" not in page.text
        sent = {
            "csrf_token": site.token(),
            "clinician_id": str(me),
            "started_on": "2026-03-01",
        }

        site.post(url, sent, status=status)

        with app.app_context():
            query = sa.select(CaseloadEntry).filter_by(client_id=cast.ana, clinician_id=me)
            assert db.session.scalars(query).all() == []

    def test_two_who_add_one_clinician_at_once_add_them_once(self, app: Flask, cast: Cast) -> None:
        url = f"/clients/{cast.zoe}/caseload/new"

        sites = [Site(app).sign_in(cast.rita) for _ in range(4)]
        forms = [fields_of(one(site.get(url), "#care-form")) for site in sites]

        def send(site: Site, form: dict[str, str]) -> int:
            data = form | {"clinician_id": str(cast.olga)}
            return site.client.post(url, data=data, base_url=BASE).status_code

        with ThreadPoolExecutor(4) as pool:
            answers = sorted(pool.map(send, sites, forms))

        assert answers == [303, 422, 422, 422]


class TestEndingCare:
    @both
    def test_the_day_after_the_last_one_the_chart_is_closed(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        url = ending(app, cast.ana, cast.carl)
        with time_machine.travel(dt.datetime(2026, 3, 4, 17, tzinfo=dt.UTC), tick=False) as travel:
            carl = Site(app).sign_in(cast.carl)
            end(site.sign_in(cast.rita), url, htmx=htmx, status=200 if htmx else 303)
            carl.get(f"/clients/{cast.ana}")

            travel.shift(dt.timedelta(days=1))
            carl.sign_in(cast.carl).get(f"/clients/{cast.ana}", status=404)
            chart = site.sign_in(cast.rita).get(f"/clients/{cast.ana}").text

        assert "January 6, 2026 to March 4, 2026" in chart

    def test_who_ends_their_own_care_is_led_to_the_list(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        end(site.sign_in(cast.carl), ending(app, cast.ana, cast.carl), ended_on="2026-02-10")

        assert site.last.location == "/clients/"
        assert "Alvarez" not in site.follow().text

    def test_it_does_not_end_before_it_began(self, app: Flask, cast: Cast, site: Site) -> None:
        url = ending(app, cast.ana, cast.carl)

        page = end(site.sign_in(cast.rita), url, ended_on="2025-12-31", status=422)

        assert "before the first one" in one(page, "#ended_on-error").text
        assert one(page, "#ended_on")["value"] == "2025-12-31"

    def test_it_ends_once(self, app: Flask, cast: Cast, site: Site) -> None:
        url = ending(app, cast.ana, cast.carl)
        end(site.sign_in(cast.rita), url, ended_on="2026-02-10")

        site.get(url, status=404)
        sent = {"csrf_token": site.token(), "ended_on": "2026-03-01"}
        site.post(url, sent, status=404)

        assert "to February 10, 2026" in site.get(f"/clients/{cast.ana}").text

    def test_another_clients_entry_is_no_entry_here(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        url = ending(app, cast.ana, cast.carl).replace(str(cast.ana), str(cast.ben))

        site.sign_in(cast.rita).get(url, status=404)
