"""Every answer, whatever it is, carries the headers that protect its reader."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from groupnotes.web.headers import HEADERS
from tests.support import failing
from tests.support.authorization import CASES
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.site import BASE, HTMX, Site
from tests.support.world import World
from tests.support.worlds import world_on_sqlite

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
TELLTALE = {"Server", "X-Powered-By", "Access-Control-Allow-Origin"}


def hold(answer: TestResponse, *, cache: str = "no-store") -> None:
    """Hold one answer to the rules."""
    for name, value in HEADERS.items():
        assert answer.headers.getlist(name) == [value], f"{answer.request.path}: {name}"
    assert answer.headers.getlist("Cache-Control") == [cache], answer.request.path
    assert not TELLTALE & set(answer.headers.keys())
    for name in ("HX-Request", "HX-Boosted", "HX-History-Restore-Request"):
        assert name in answer.vary, answer.request.path
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert cookie.startswith("__Host-")
        for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
            assert word in cookie
        assert len(cookie) < 4096


class TestTheValues:
    def test_nothing_but_this_site_may_load_or_frame_anything(self) -> None:
        assert HEADERS["Content-Security-Policy"] == CSP

    def test_the_rest_is_strict(self) -> None:
        assert HEADERS["X-Content-Type-Options"] == "nosniff"
        assert HEADERS["Referrer-Policy"] == "no-referrer"
        assert HEADERS["Cross-Origin-Opener-Policy"] == "same-origin"
        assert HEADERS["Cross-Origin-Resource-Policy"] == "same-origin"
        assert HEADERS["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        assert "camera=()" in HEADERS["Permissions-Policy"]


@world_on_sqlite
class TestEveryRoute:
    @pytest.mark.parametrize("who", ["nobody", "fiona", "adam", "rita"])
    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
    def test_its_answer_has_them(self, world: World, who: str, headers: dict[str, str]) -> None:
        for case in (case for case in CASES if case.url != "/sign-out"):
            address = case.address(case.objects(world, "own"))
            answer = world.site(who).client.open(
                address, method=case.method, headers=headers, base_url=BASE
            )
            is_file = case.url.startswith("/static/")

            hold(answer, cache="public, max-age=3600" if is_file else "no-store")
            answer.close()


@on_sqlite
class TestEveryFailure:
    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", "/nothing-here", 404),
            ("POST", "/nothing-here", 404),
            ("GET", "/static/nothing.css", 404),
            ("DELETE", "/", 405),
            ("TRACE", "/", 405),
            ("POST", "/sign-in", 400),
        ],
    )
    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
    def test_its_answer_has_them(
        self, cast: Cast, site: Site, method: str, path: str, status: int, headers: dict[str, str]
    ) -> None:
        site.sign_in(cast.fiona)

        answer = site.client.open(path, method=method, headers=headers, base_url=BASE)

        assert answer.status_code == status
        hold(answer)

    def test_a_body_too_large(self, cast: Cast, site: Site) -> None:
        answer = site.send("/sign-in", {"sign_in_name": "x" * 100_000})

        assert answer.status_code == 413
        hold(answer)

    def test_a_crash(self, app: Flask, cast: Cast, site: Site) -> None:
        failing.crash(app, "reports.today", RuntimeError())

        answer = site.sign_in(cast.fiona).client.get("/", base_url=BASE)

        assert answer.status_code == 500
        hold(answer)

    def test_a_strange_host(self, site: Site) -> None:
        answer = site.client.get("/sign-in", base_url="https://evil.example")

        assert answer.status_code == 400
        hold(answer)

    def test_an_ended_sign_in(self, site: Site) -> None:
        answer = site.client.get("/", headers=HTMX, base_url=BASE)

        assert answer.status_code == 401
        hold(answer)
