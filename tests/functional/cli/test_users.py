"""The first administrator, on the command line."""

from __future__ import annotations

import re

from click.testing import Result
from flask import Flask

from groupnotes.audit.verify import verify
from groupnotes.core.db import db
from tests.support.cast import Cast
from tests.support.databases import application
from tests.support.site import Site, one

PRACTICE = ("--practice", "Hillside Practice", "--time-zone", "America/Chicago")


def add(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["users", "add-administrator", *arguments])


def secret_in(result: Result) -> str:
    assert result.exit_code == 0, result.output
    found = re.search(r"one-time password (\S+)", result.output)
    assert found
    return found[1]


class TestTheFirstAdministrator:
    def test_they_sign_in_and_choose_a_password(self, app: Flask, site: Site) -> None:
        secret = secret_in(add(app, "Ada Abbot", "ada@example.org", *PRACTICE))

        page = site.get("/sign-in")
        site.submit(page, "#sign-in", sign_in_name="ada@example.org", password=secret)
        new = "a sentence that nobody guesses"
        site.submit(
            site.get("/account/password"),
            "#password-form",
            password=secret,
            new_password=new,
            repeated_password=new,
        )

        assert "Ada Abbot" in site.get("/staff/").text
        assert "America/Chicago" in site.get("/practice/").text

    def test_the_log_tells_of_them(self, app: Flask) -> None:
        add(app, "Ada Abbot", "ada@example.org", *PRACTICE)

        with app.app_context():
            assert (verify(db.session()).size, verify(db.session()).broken) == (1, None)

    def test_a_practice_that_is_there_stays_as_it_is(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        result = add(app, "Ada Abbot", "ada@example.org")

        assert result.exit_code == 0
        practice = one(site.sign_in(cast.adam).get("/practice/"), "main section h2").text
        assert practice == "Riverside Group Practice"


class TestRefusals:
    def test_without_a_practice_its_name_and_zone_are_asked_for(self, app: Flask) -> None:
        missing = add(app, "Ada Abbot", "ada@example.org", "--practice", "Hillside")
        wrong = add(app, "Ada", "ada@example.org", *PRACTICE[:3], "America/Atlantis")

        for result in (missing, wrong):
            assert result.exit_code == 2
            assert "give --practice" in result.output

    def test_a_second_practice_is_refused(self, app: Flask, cast: Cast) -> None:
        result = add(app, "Ada Abbot", "ada@example.org", *PRACTICE)

        assert result.exit_code == 2
        assert "There is a practice already" in result.output

    def test_a_taken_sign_in_name_is_refused_in_any_case(self, app: Flask, cast: Cast) -> None:
        result = add(app, "Ada Abbot", "ADAM@example.org")

        assert result.exit_code == 2
        assert "signs in with this name already" in result.output

    def test_nobody_is_nameless(self, app: Flask) -> None:
        assert add(app, " ", "ada@example.org", *PRACTICE).exit_code == 2

    def test_a_missing_database_is_told_of(self) -> None:
        result = add(application("sqlite:////nowhere/x.sqlite3"), "Ada", "ada", *PRACTICE)

        assert result.exit_code == 1
        assert "make setup" in result.output
