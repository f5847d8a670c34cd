"""A change is only made by the person, in this site's own page, in this sign-in."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.core.db import Base, db
from groupnotes.web.cookies import SIGN_IN
from tests.support import journey
from tests.support.authorization import CASES, WHO
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.rows import TRACES
from tests.support.site import BASE, HTMX, Site, one
from tests.support.world import World
from tests.support.worlds import world_on_sqlite

# What every request may leave behind, allowed or not.


def stored(app: Flask) -> dict[str, int]:
    """Return a fingerprint of each table."""
    with app.app_context():
        tables = [table for table in Base.metadata.sorted_tables if table.name not in TRACES]
        return {
            table.name: hash(frozenset(map(repr, db.session.execute(sa.select(table)).all())))
            for table in tables
        }


ATTACKS = {
    "no token": ({}, {}, 400),
    "an empty token": ({"csrf_token": ""}, {}, 400),
    "a wrong token": ({"csrf_token": "x" * 43}, {}, 400),
    "a token that is no text": ({"csrf_token": "\ud800"}, {}, 400),
    "a wrong header": ({}, {"X-CSRF-Token": "x" * 43}, 400),
    "a wrong header that is no ASCII": ({}, {"X-CSRF-Token": "é"}, 400),
}


@world_on_sqlite
class TestEveryChange:
    @pytest.mark.parametrize("attack", ATTACKS)
    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
    def test_it_is_refused(self, world: World, attack: str, headers: dict[str, str]) -> None:
        data, more, status = ATTACKS[attack]
        before = stored(world.app)

        for who in ("fiona", "adam", "nobody"):
            for case in (case for case in CASES if case.method == "POST"):
                if who == "nobody" and case.url != "/sign-in":
                    continue
                address = case.address(case.objects(world, "own"))
                answer = world.site(who).send(address, data, headers={**headers, **more})

                declared = dict(zip(WHO, case.statuses["own"], strict=True))[who]
                assert answer.status_code == (403 if declared == 403 else status), address

        assert stored(world.app) == before

    @pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
    def test_it_is_refused_when_it_comes_from_another_site(self, world: World, site: str) -> None:
        before = stored(world.app)
        token = {"csrf_token": world.token("fiona")}

        for case in (case for case in CASES if case.method == "POST"):
            address = case.address(case.objects(world, "own"))
            answer = world.site("fiona").send(address, token, headers={"Sec-Fetch-Site": site})

            assert answer.status_code == 403, address

        assert stored(world.app) == before

    def test_another_persons_token_does_not_help(self, world: World) -> None:
        before = stored(world.app)
        token = {"csrf_token": world.token("finn")}

        for case in (case for case in CASES if case.method == "POST"):
            address = case.address(case.objects(world, "own"))
            answer = world.site("fiona").send(address, token)

            assert answer.status_code in {400, 403}, address

        assert stored(world.app) == before


@world_on_sqlite
class TestEveryPage:
    def test_reading_it_changes_nothing(self, world: World) -> None:
        before = stored(world.app)

        for case in (case for case in CASES if case.method == "GET"):
            for who in ("fiona", "adam", "rita", "nobody"):
                world.site(who).client.get(
                    case.address(case.objects(world, "own")), base_url=BASE
                ).close()

        assert stored(world.app) == before


@on_sqlite
class TestARealForm:
    @pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {}])
    def test_without_its_token_it_makes_no_notes(
        self, cast: Cast, site: Site, headers: dict[str, str]
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")
        one(page, "#session-form [name=csrf_token]")["value"] = "forged"
        lines = {f"status-{client}": "present" for client in (cast.ana, cast.ben, cast.cleo)}
        site.headers = headers

        site.submit(
            page, "#session-form", fill=lines | journey.GROUP_NOTE, status=403 if headers else 400
        )

        site.headers = {}
        assert not site.get(f"/sessions/{cast.session}").select(".client__name")

    @pytest.mark.parametrize("origin", ["same-origin", "none"])
    def test_the_browsers_own_word_lets_it_through(
        self, cast: Cast, site: Site, origin: str
    ) -> None:
        site.sign_in(cast.fiona)
        site.headers = {"Sec-Fetch-Site": origin}

        journey.document(site, cast)

    def test_the_token_may_come_in_a_header(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)
        site.headers = {"X-CSRF-Token": site.token()}

        site.post("/stay-signed-in", {}, status=204)


@on_sqlite
class TestTheToken:
    def test_it_changes_at_sign_in(self, cast: Cast, site: Site) -> None:
        before = site.get("/sign-in")
        site.sign_in_by_form("fiona")

        old = one(before, "[name=csrf_token]")["value"]
        assert site.token() != old
        site.post("/stay-signed-in", {"csrf_token": old}, status=400)

    def test_it_changes_at_the_next_sign_in(self, cast: Cast, site: Site) -> None:
        first = site.sign_in(cast.fiona).token()

        assert site.sign_in(cast.fiona).token() != first
        site.post("/stay-signed-in", {"csrf_token": first}, status=400)

    def test_it_tells_nothing_of_the_cookie(self, cast: Cast, site: Site) -> None:
        token = site.sign_in(cast.fiona).token()

        cookie = site.client.get_cookie(SIGN_IN)
        assert cookie is not None
        assert token not in cookie.value
        assert cookie.value not in token

    def test_signing_in_needs_one_too(self, cast: Cast, site: Site) -> None:
        site.get("/sign-in")

        site.post(
            "/sign-in",
            {"sign_in_name": "fiona@example.org", "password": "correct horse battery staple"},
            status=400,
        )

        assert site.client.get_cookie(SIGN_IN) is None

    def test_another_browsers_form_does_not_sign_this_one_in(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        site.get("/sign-in")

        page = site.submit(
            Site(app).get("/sign-in"), "#sign-in", sign_in_name="fiona@example.org", status=400
        )

        assert "out of date" in page.text
