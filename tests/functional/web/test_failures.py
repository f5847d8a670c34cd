"""Whatever fails, its reader gets a page: what happened, what was typed, and no more."""

from __future__ import annotations

import logging
import uuid

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.core.errors import Conflict
from groupnotes.crypto.blob import CannotOpen
from groupnotes.web.cookies import SIGN_IN
from tests.support import failing, journey
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.failing import FULL, GONE
from tests.support.site import Site, one

TODAY = "reports.today"
NOTE = "Zoe told of her brother’s illness."
both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


def secret(text: str = NOTE) -> Exception:
    """Make an error that quotes what somebody wrote, in its own words and in its cause's."""
    error = ValueError(f"{text!r} is not a valid EngagementLevel")
    error.__cause__ = KeyError(text)
    return error


FAILURES = {
    "a crash": (secret(), 500, "Something went wrong on our side"),
    "an altered text": (CannotOpen("notes.plan of 7 was altered"), 500, "integrity check"),
    "a conflict": (Conflict("Somebody was quicker."), 409, "Somebody was quicker."),
}


@on_sqlite
class TestEveryFailure:
    @both
    @pytest.mark.parametrize("failure", FAILURES)
    def test_it_gets_a_page_or_a_message(
        self, app: Flask, cast: Cast, site: Site, failure: str, htmx: bool
    ) -> None:
        error, status, sentence = FAILURES[failure]
        site.sign_in(cast.fiona)
        failing.crash(app, TODAY, error)

        page = site.get("/", status=status, htmx=htmx)

        assert sentence in page.text
        assert len(page.select("h1")) == (0 if htmx else 1)
        for word in ("Traceback", "ValueError", "EngagementLevel", "brother", "File"):
            assert word not in page.text

    def test_the_log_says_where_but_not_what(
        self, app: Flask, cast: Cast, site: Site, caplog: pytest.LogCaptureFixture
    ) -> None:
        failing.crash(app, TODAY, secret())

        with caplog.at_level(logging.DEBUG):
            site.sign_in(cast.fiona).get("/", status=500)

        assert "unhandled ValueError" in caplog.text
        assert "KeyError" in caplog.text
        assert "failing.py" in caplog.text
        assert "brother" not in caplog.text
        assert "Zoe" not in caplog.text

    def test_a_page_of_a_failure_that_fails_is_replaced_by_a_bare_one(
        self, app: Flask, cast: Cast, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        site.sign_in(cast.fiona)
        failing.crash(app, TODAY, secret())
        monkeypatch.setitem(app.jinja_env.globals, "csrf_token", None)

        page = site.get("/", status=500)

        assert one(page, "h1").text == "Internal server error"
        assert "Something went wrong on our side" in page.text
        assert "brother" not in page.text


@on_sqlite
class TestADatabaseThatFails:
    @both
    @pytest.mark.parametrize(
        ("reason", "status", "sentence"),
        [(FULL, 507, "The disk is full"), (GONE, 503, "The database did not answer")],
    )
    def test_a_page_that_cannot_be_recorded_is_not_shown(
        self, cast: Cast, site: Site, reason: str, status: int, sentence: str, htmx: bool
    ) -> None:
        site.sign_in(cast.fiona)

        with failing.commits_fail(site.app, reason):
            page = site.get(f"/sessions/{cast.session}", status=status, htmx=htmx)

        assert sentence in page.text
        assert "Alvarez" not in page.text

    def test_without_any_answer_there_still_is_a_page(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)

        with failing.statements_fail(site.app, starting="SELECT"):
            page = site.get("/", status=503)

        assert one(page, "h1").text == "Service unavailable"

    def test_it_works_again_when_the_database_does(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)
        with failing.commits_fail(site.app):
            site.get("/", status=507)

        site.get("/")

    @both
    def test_nothing_says_saved(self, cast: Cast, site: Site, htmx: bool) -> None:
        page = site.sign_in(cast.adam).get("/practice/edit")

        with failing.commits_fail(site.app):
            page = site.submit(page, "#practice-form", name="New Name", status=507, htmx=htmx)

        for shown in (page, site.get("/practice/")):
            assert not shown.select(".message--success")
        assert "New Name" not in site.get("/practice/").text


@on_sqlite
class TestWhatWasTyped:
    def test_it_is_on_the_page_of_a_conflict(self, app: Flask, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")
        failing.crash(app, "notes.document", Conflict("Somebody was quicker."))

        page = site.submit(
            page,
            "#session-form",
            topic="Mindfulness",
            dynamics="Quiet at first.\nLively later.",
            fill={f"status-{cast.ana}": "late", f"arrived-{cast.ana}": "17:15"},
            status=409,
        )

        assert kept(page) == {
            "Topic": "Mindfulness",
            "Dynamics": "Quiet at first.\nLively later.",
            "Arrived": "17:15",
        }

    def test_a_single_word_is_kept_too(self, app: Flask, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")
        failing.crash(app, "notes.document", Conflict("Somebody was quicker."))

        page = site.submit(
            page,
            "#session-form",
            topic="sleep",
            plan="follow-up",
            fill={f"status-{cast.ana}": "left_early"},
            status=409,
        )

        assert kept(page) == {"Topic": "sleep", "Plan": "follow-up"}

    def test_it_is_on_the_page_of_someone_signed_out(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)
        page = site.get(f"/sessions/{cast.session}")
        site.client.delete_cookie(SIGN_IN)

        page = site.submit(page, "#session-form", dynamics="Quiet at first.", status=401)

        assert kept(page) == {"Dynamics": "Quiet at first."}
        assert one(page, "a.button")["href"] == "/sign-in"

    def test_a_password_is_not(self, app: Flask, cast: Cast, site: Site) -> None:
        page = site.get("/sign-in")
        failing.crash(app, "accounts.sign_in_submit", Conflict("No."))

        page = site.submit(
            page, "#sign-in", sign_in_name="Fiona", password="Correct Horse", status=409
        )

        assert kept(page) == {"Sign in name": "Fiona"}

    def test_it_is_shown_as_text(self, app: Flask, cast: Cast, site: Site) -> None:
        typed = "<script>alert(1)</script></textarea><img src=x hx-get=/ hx-trigger=load>"
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")
        failing.crash(app, "notes.document", Conflict("No."))

        page = site.submit(page, "#session-form", dynamics=typed, status=409)

        assert kept(page)["Dynamics"] == typed
        assert not page.select("img[src=x], [hx-trigger]")

    @both
    def test_nothing_claims_to_be_saved_that_came_to_nothing(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        site.sign_in(cast.fiona)
        journey.document(site, cast)
        site.follow()
        note_id = journey.note_of(site, cast, "Annie")
        page = site.get(f"/notes/{note_id}")

        with failing.commits_fail(site.app):
            page = site.submit(
                page, f"#note-{note_id}", response="Spoke little.", status=507, htmx=htmx
            )
        after = site.get("/")

        for shown in (page, after):
            assert "Draft saved" not in shown.text


@on_sqlite
class TestWhoIsNotTold:
    def test_a_stranger_sees_no_name_of_the_practice(self, cast: Cast, site: Site) -> None:
        page = site.get("/nothing-here", status=404)

        assert "Riverside" not in page.text

    @both
    def test_a_missing_page_and_a_forbidden_one_read_alike(
        self, cast: Cast, site: Site, htmx: bool
    ) -> None:
        site.sign_in(cast.olga)

        forbidden = site.get(f"/sessions/{cast.session}", status=404, htmx=htmx)
        missing = site.get(f"/sessions/{uuid.uuid4()}", status=404, htmx=htmx)

        assert str(forbidden) == str(missing)


def kept(page: BeautifulSoup) -> dict[str, str]:
    """Return what a page of a failure kept, by its label."""
    return {
        label.text.strip(): one(page, f"#{label['for']}").text.removeprefix("\n")
        for label in page.select("label[for^=typed-]")
    }
