"""Changing one's own password."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask

from groupnotes.core import clock
from tests.support.cast import Cast
from tests.support.factories import PASSWORD
from tests.support.site import Site, one

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])

NEW = "a sentence that nobody guesses"


def change(old: str, new: str) -> dict[str, str]:
    return {"password": old, "new_password": new, "repeated_password": new}


class TestChangingIt:
    @both
    def test_the_new_one_counts_from_then_on(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        elsewhere = Site(app).sign_in(cast.fiona)
        page = site.sign_in(cast.fiona).get("/account/password")

        site.submit(
            page,
            "#password-form",
            fill=change(PASSWORD, NEW),
            htmx=htmx,
            status=200 if htmx else 303,
        )

        site.get("/")
        elsewhere.get("/", status=303)
        Site(app).sign_in_by_form("fiona", status=422)
        again = Site(app)
        page = again.get("/sign-in")
        again.submit(page, "#sign-in", sign_in_name="fiona@example.org", password=NEW)

    @both
    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"password": "wrong " + PASSWORD}, "This is not your password."),
            ({"password": "wrong \udc80"}, "This is not your password."),
            ({"password": ""}, "Type the password you have."),
            ({"new_password": ""}, "Type a new password."),
            ({"new_password": "too short"}, "at least 15 characters"),
            ({"new_password": "Fiona Field Fiona"}, "easy to guess"),
            ({"new_password": PASSWORD}, "Choose another one."),
            ({"new_password": f"{NEW}\0"}, "Remove the NUL character (U+0000)"),
            ({"new_password": f"{NEW}\udc80"}, "a lone surrogate (U+DC80)"),
            ({"repeated_password": NEW + " "}, "This is not the same."),
        ],
    )
    def test_what_cannot_be_is_said_at_its_field(
        self, cast: Cast, site: Site, htmx: bool, wrong: dict[str, str], sentence: str
    ) -> None:
        page = site.sign_in(cast.fiona).get("/account/password")
        [field] = wrong
        sent = change(PASSWORD, NEW) | wrong
        if field == "new_password":
            sent["repeated_password"] = sent[field]

        page = site.submit(page, "#password-form", fill=sent, htmx=htmx, status=422)

        assert sentence in one(page, f"#{field}-error").text
        assert one(page, f".govuk-error-summary a[href='#{field}']")
        assert NEW not in str(page)
        assert PASSWORD not in str(page)

    def test_guessing_the_old_one_is_limited(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get("/account/password")
        guess = change("a wrong guess", NEW)

        with time_machine.travel(clock.now(), tick=False):  # within one window of the limit
            for _ in range(10):
                site.submit(page, "#password-form", fill=guess, status=422)
            page = site.submit(page, "#password-form", fill=guess, status=429)

        assert NEW not in page.text
