"""Nobody writes a line of a log, or hides one, by what they send."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask import Flask

from tests.support import failing
from tests.support.canaries import names_of_text
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.events import events
from tests.support.site import BASE, Site, fields_of, one

MARK = "forged-by-a-test"
# A line of its own, by every character that some reader takes for the end of one; colours and
# erasing on a terminal; what a format would read as an argument.
LINE = (
    f"\r\n2026-03-04 CRITICAL {MARK}\x0b\x0c\x1c\x85\u2028\u2029\x1b[2K\x1b[31m\x9b31m\x08"
    f"{MARK} %s %(name)s {{0.__class__}}"
)
HEADERS = (
    "Accept",
    "Accept-Language",
    "Authorization",
    "Content-Type",
    "Cookie",
    "Forwarded",
    "From",
    "HX-Current-URL",
    "HX-Request",
    "HX-Target",
    "HX-Trigger",
    "If-None-Match",
    "Origin",
    "Range",
    "Referer",
    "Sec-Fetch-Site",
    "User-Agent",
    "X-CSRF-Token",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Request-ID",
)
SIGNS = frozenset("\r\x0b\x0c\x1c\x85\u2028\u2029\x1b\x9b\x08")
WORDS_OF_OURS = re.compile(r"[a-z][a-z0-9_.:-]*")


def as_header(text: str) -> str:
    """Return ``text`` as a server hands it on: its bytes, one character each."""
    return text.encode().decode("latin-1")


def key_of(header: str) -> str:
    """Return under which name a server hands on ``header``."""
    name = header.upper().replace("-", "_")
    return name if name == "CONTENT_TYPE" else f"HTTP_{name}"


def hold(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """Hold both logs to words of ours."""
    assert "unhandled ValueError" in caplog.text, "something was to be logged"
    assert MARK not in caplog.text
    assert not {sign for sign in SIGNS if sign in caplog.text}
    for event in events(app):
        for text in (event.tag, event.object_type, event.detail):
            assert text is None or WORDS_OF_OURS.fullmatch(text), text


@pytest.fixture(autouse=True)
def _a_page_crashes_on_what_it_is_sent(
    app: Flask, cast: Cast, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    failing.crash(app, "reports.today", ValueError(LINE))
    with caplog.at_level(logging.DEBUG):
        yield


@on_sqlite
class TestWhatIsSent:
    @pytest.mark.parametrize("header", HEADERS)
    def test_no_header_reaches_a_log(
        self, app: Flask, cast: Cast, site: Site, caplog: pytest.LogCaptureFixture, header: str
    ) -> None:
        site.sign_in(cast.fiona).get("/", status=500)
        sent = {key_of(header): as_header(LINE)}

        for address in ("/", "/nowhere", f"/sessions/{cast.zoe}", "/practice/", "/csrf-token"):
            site.client.get(address, base_url=BASE, environ_overrides=sent)
        site.client.post(
            "/sign-in", data={"sign_in_name": "x"}, base_url=BASE, environ_overrides=sent
        )

        hold(app, caplog)

    @pytest.mark.parametrize(
        "address", ["/{}", "/clients/{}", "/?{}={}", "/clients/?before={}&status={}", "/static/{}"]
    )
    def test_no_address_reaches_a_log(
        self, app: Flask, cast: Cast, site: Site, caplog: pytest.LogCaptureFixture, address: str
    ) -> None:
        site.sign_in(cast.fiona).get("/", status=500)

        for method in ("GET", "POST", "DELETE"):
            sent = address.format(*[quote(LINE, safe="")] * 2)
            site.client.open(sent, method=method, base_url=BASE).close()

        hold(app, caplog)

    @pytest.mark.parametrize(
        ("page", "form"),
        [
            ("/account/password", "#password-form"),
            ("/clients/", "#client-search"),
            ("/clients/new", "#client-form"),
            ("/groups/new", "#group-form"),
            ("/sessions/{session}", "#session-form"),
            ("/clients/{cleo}/plans/new", "#plan-form"),
        ],
    )
    def test_no_field_reaches_a_log(
        self,
        app: Flask,
        cast: Cast,
        site: Site,
        caplog: pytest.LogCaptureFixture,
        page: str,
        form: str,
    ) -> None:
        site.sign_in(cast.fiona).get("/", status=500)
        element = one(site.get(page.format(**vars(cast))), form)
        token = one(element, "[name=csrf_token]")["value"]
        typed = dict.fromkeys([*fields_of(element), *names_of_text(element), LINE], LINE)

        answer = site.send(str(element["action"]), typed | {"csrf_token": token})

        assert answer.status_code in {200, 422}
        hold(app, caplog)

    def test_no_sign_in_name_reaches_a_log(
        self, app: Flask, cast: Cast, site: Site, caplog: pytest.LogCaptureFixture
    ) -> None:
        page = site.get("/sign-in")

        for name in (LINE, f"fiona@example.org{LINE}", "fiona@example.org"):
            site.submit(page, "#sign-in", sign_in_name=name, password=LINE, status=422)

        site.sign_in(cast.fiona).get("/", status=500)
        hold(app, caplog)

    def test_no_question_about_the_log_reaches_it(
        self, app: Flask, cast: Cast, site: Site, caplog: pytest.LogCaptureFixture
    ) -> None:
        site.sign_in(cast.adam).get("/", status=500)
        page = site.get("/admin/audit")
        names = ("client", "person", "action", "first", "last", "before", "after")
        asked = "&".join(f"{name}={quote(LINE, safe='')}" for name in names)

        for kind in ("", ".csv", ".json"):
            answer = site.client.get(f"/admin/audit{kind}?{asked}", base_url=BASE)
            assert answer.status_code == 200
        token = one(page, "[name=csrf_token]")["value"]
        typed = dict.fromkeys(names, LINE)
        answer = site.send("/admin/audit", typed | {"csrf_token": token})

        assert answer.status_code == 422
        hold(app, caplog)

    def test_a_header_of_a_million_characters_reaches_no_log(
        self, app: Flask, cast: Cast, site: Site, caplog: pytest.LogCaptureFixture
    ) -> None:
        site.sign_in(cast.fiona).get("/", status=500)

        for address in ("/clients/", "/practice/", "/nowhere"):
            sent = {"HTTP_USER_AGENT": as_header(LINE) + MARK * 65_536}
            site.client.get(address, base_url=BASE, environ_overrides=sent)

        hold(app, caplog)
        assert max(len(record.getMessage()) for record in caplog.records) < 20_000
