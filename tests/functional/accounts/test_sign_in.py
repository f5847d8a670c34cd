"""Signing in, staying signed in, signing out."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from groupnotes.accounts.models import SignIn
from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.web.cookies import SIGN_IN
from tests.support import factories
from tests.support.cast import Cast
from tests.support.site import BASE, Site, one


class TestSigningIn:
    def test_it_leads_to_today(self, cast: Cast, site: Site) -> None:
        site.sign_in_by_form("fiona")

        assert one(site.follow(), "h1").text == "Today"

    def test_the_cookie_is_host_bound_and_hidden_from_script(self, cast: Cast, site: Site) -> None:
        site.sign_in_by_form("fiona")

        [cookie] = [c for c in site.last.headers.getlist("Set-Cookie") if c.startswith(SIGN_IN)]
        for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
            assert word in cookie
        assert "Domain" not in cookie
        assert "Expires" not in cookie

    def test_it_is_a_row_that_can_be_ended(self, app: Flask, cast: Cast, site: Site) -> None:
        with time_machine.travel(clock.now(), tick=False):
            site.sign_in_by_form("fiona")
            now = clock.now()

        cookie = site.client.get_cookie(SIGN_IN)
        assert cookie is not None
        with app.app_context():
            row = db.session.scalars(sa.select(SignIn)).one()
            assert row.token_hash == hashlib.sha256(cookie.value.encode()).digest()
            assert (row.user_id, row.created_at, row.last_seen_at) == (cast.fiona, now, now)
            row.ended_at = now
            db.session.commit()
        site.get("/", status=303)

    def test_a_cookie_from_before_is_worth_nothing_after(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        planted = "a-secret-that-somebody-else-knows-as-well"
        for client in (site.client, Site(app).client):
            client.set_cookie(SIGN_IN, planted, secure=True)

        site.sign_in_by_form("fiona")

        cookie = site.client.get_cookie(SIGN_IN)
        assert cookie is not None
        assert cookie.value != planted
        assert len(cookie.value) >= 43  # 256 bits
        thief = Site(app)
        thief.client.set_cookie(SIGN_IN, planted, secure=True)
        thief.get("/", status=303)

    def test_the_database_holds_no_token(self, app: Flask, cast: Cast, site: Site) -> None:
        site.sign_in_by_form("fiona")

        cookie = site.client.get_cookie(SIGN_IN)
        assert cookie is not None
        with app.app_context():
            stored = db.session.scalars(sa.select(SignIn.token_hash)).one()
        assert cookie.value.encode() not in stored

    @pytest.mark.parametrize("who", ["fiona", "nobody"])
    def test_a_wrong_password_tells_nothing_about_the_name(
        self, cast: Cast, site: Site, who: str
    ) -> None:
        page = site.submit(
            site.get("/sign-in"),
            "#sign-in",
            sign_in_name=f"{who}@example.org",
            password="wrong wrong wrong",
            status=422,
        )

        assert "do not belong together" in page.text
        assert "wrong wrong" not in str(page)

    def test_half_a_character_is_nobodys_password(self, cast: Cast, site: Site) -> None:
        page = site.submit(
            site.get("/sign-in"),
            "#sign-in",
            sign_in_name="fiona@example.org",
            password="correct horse \udc80",
            status=422,
        )

        assert "do not belong together" in page.text

    def test_the_eleventh_try_in_five_minutes_is_refused(self, cast: Cast, site: Site) -> None:
        page = site.get("/sign-in")
        with time_machine.travel(clock.now(), tick=False):
            for _ in range(10):
                site.submit(page, "#sign-in", sign_in_name="fiona@example.org", status=422)
            for _ in range(10):
                site.submit(
                    page, "#sign-in", sign_in_name="fiona@example.org", password="x", status=422
                )
            page = site.submit(
                page, "#sign-in", sign_in_name="fiona@example.org", password="x", status=429
            )

        assert "Wait 5 minutes" in page.text


class TestStayingSignedIn:
    def test_fifteen_idle_minutes_end_it(self, cast: Cast, site: Site) -> None:
        with time_machine.travel(clock.now(), tick=False) as travel:
            site.sign_in(cast.fiona).get("/")
            travel.shift(dt.timedelta(minutes=14))
            site.get("/")
            travel.shift(dt.timedelta(minutes=14))
            site.get("/")
            travel.shift(dt.timedelta(minutes=15, seconds=1))

            site.get("/", status=303)

    def test_asking_for_the_token_keeps_nobody_signed_in(self, cast: Cast, site: Site) -> None:
        with time_machine.travel(clock.now(), tick=False) as travel:
            site.sign_in(cast.fiona).get("/")
            for _ in range(3):
                travel.shift(dt.timedelta(minutes=5, seconds=1))
                site.client.get("/csrf-token", base_url=BASE)

            site.get("/", status=303)

    def test_nor_does_what_a_page_loads(self, cast: Cast, site: Site) -> None:
        with time_machine.travel(clock.now(), tick=False) as travel:
            site.sign_in(cast.fiona).get("/")
            for _ in range(3):
                travel.shift(dt.timedelta(minutes=5, seconds=1))
                for address in ("/static/js/app.js", "/static/none.css"):
                    site.client.get(address, base_url=BASE).close()

            site.get("/", status=303)

    def test_twelve_hours_end_it_however_busy(self, cast: Cast, site: Site) -> None:
        with time_machine.travel(clock.now(), tick=False) as travel:
            site.sign_in(cast.fiona)
            for _ in range(72):
                travel.shift(dt.timedelta(minutes=10))
                site.client.get("/", base_url=BASE)

            site.get("/", status=303)

    def test_leaving_the_practice_ends_it_at_once(self, app: Flask, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona).get("/")
        with app.app_context():
            factories.close_account(cast.fiona)
            db.session.commit()

        site.get("/", status=303)


class TestSigningOut:
    def test_a_copied_cookie_is_dead(self, app: Flask, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get("/")
        copied = site.client.get_cookie(SIGN_IN)
        assert copied is not None

        site.submit(page, "form[action='/sign-out']")

        thief = Site(app)
        thief.client.set_cookie(SIGN_IN, copied.value, secure=True)
        thief.get("/", status=303)

    def test_the_browser_is_told_to_forget(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get("/")

        site.submit(page, "form[action='/sign-out']")

        assert site.last.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert site.client.get_cookie(SIGN_IN) is None
