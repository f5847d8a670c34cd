"""Changing what is known of a client."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.clients.models import Client
from groupnotes.core.db import db
from tests.support.cast import Cast
from tests.support.site import Site, one

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


def edit(
    site: Site,
    page: BeautifulSoup,
    change: dict[str, Any],
    *,
    status: int = 303,
    htmx: bool = False,
) -> BeautifulSoup:
    return site.submit(page, "#client-form", fill=change, status=status, htmx=htmx)


class TestEditing:
    @both
    @pytest.mark.parametrize("who", ["carl", "rita"])
    def test_it_is_kept(self, app: Flask, cast: Cast, site: Site, who: str, htmx: bool) -> None:
        page = site.sign_in(getattr(cast, who)).get(f"/clients/{cast.ana}/edit")
        change = {"preferred_name": "", "phone": "518-555-0199", "status": "discharged"}

        edit(site, page, change, htmx=htmx, status=200 if htmx else 303)

        with app.app_context():
            client = db.session.get_one(Client, cast.ana)
            assert client.full_name == "Ana Alvarez"
            assert client.phone == "518-555-0199"
            assert client.status == "discharged"
            assert client.version == 2

    def test_their_own_number_is_not_taken(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.carl).get(f"/clients/{cast.ana}/edit")

        edit(site, page, {"mrn": "mrn-1"})

        assert "MRN mrn-1" in site.follow().text

    def test_someone_elses_number_is_refused(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.carl).get(f"/clients/{cast.ana}/edit")

        page = edit(site, page, {"mrn": "MRN-2", "first_name": "Anna"}, status=422)

        assert "Another client has this number." in one(page, "#mrn-error").text
        assert "Brandt" not in page.text
        assert one(page, "#first_name")["value"] == "Anna"

    @pytest.mark.parametrize(
        ("who", "status"),
        [("finn", 403), ("sam", 403), ("adam", 403), ("olga", 404)],
    )
    def test_nobody_else_gets_to_the_details(
        self, app: Flask, cast: Cast, site: Site, who: str, status: int
    ) -> None:
        url = f"/clients/{cast.ana}/edit"
        page = site.sign_in(getattr(cast, who)).get(url, status=status)
        assert "Alvarez" not in page.text

        sent = {"csrf_token": site.token(), "version": "1", "first_name": "Gone"}
        page = site.post(url, sent, status=status)

        assert "Alvarez" not in page.text
        with app.app_context():
            assert db.session.get_one(Client, cast.ana).first_name == "Ana"


class TestTwoAtOnce:
    def test_the_second_sees_both_and_may_save_again(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        seen = site.sign_in(cast.carl).get(f"/clients/{cast.ana}/edit")
        other = Site(app).sign_in(cast.rita)
        first = {"phone": "1", "payer": "P", "member_id": "M", "status": "discharged"}
        edit(other, other.get(f"/clients/{cast.ana}/edit"), first)

        page = edit(site, seen, {"phone": "2", "last_name": "A"}, status=409)

        assert one(page, "#phone")["value"] == "2"
        assert one(page, "#last_name")["value"] == "A"
        rows = page.select(".warning .summary__row")
        kept = {one(row, "dt").text: one(row, "dd").text for row in rows}
        assert kept == {
            "Legal last name": "Alvarez",
            "Phone": "1",
            "Payer": "P",
            "Member id": "M",
            "Status": "Discharged",
        }

        edit(site, page, {"payer": "P", "member_id": "M"})
        with app.app_context():
            client = db.session.get_one(Client, cast.ana)
            assert (client.last_name, client.phone, client.payer) == ("A", "2", "P")

    def test_htmx_leaves_the_form_alone_and_tells(self, app: Flask, cast: Cast, site: Site) -> None:
        seen = site.sign_in(cast.carl).get(f"/clients/{cast.ana}/edit")
        edit(site, seen, {"phone": "1"})

        answer = edit(site, seen, {"phone": "2"}, status=409, htmx=True)

        assert "Someone else changed this" in answer.text
        assert answer.select_one("form") is None
        with app.app_context():
            assert db.session.get_one(Client, cast.ana).phone == "1"
