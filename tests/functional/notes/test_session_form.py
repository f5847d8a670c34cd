"""What cannot stand in a session's form: each said at its field, with everything typed kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.clients.models import Client
from groupnotes.core.db import db
from tests.support import journey
from tests.support.cast import Cast
from tests.support.rows import at_rest
from tests.support.site import Site, both, fields_of, one

FORM = "#session-form"
TEXTS = ("topic", "interventions_other", "dynamics", "plan")
TYPED: dict[str, Any] = {
    **journey.GROUP_NOTE,
    "interventions": ["Psychoeducation", "Social time"],
    "interventions_other": "Drawing <together> & “talking”",
    "dynamics": "Quiet at first.\n\n  Lively later: 50 %.",
}


def problems(page: BeautifulSoup) -> dict[str, str]:
    """Return the sentences of the error summary, by the id that each leads to."""
    links = one(page, ".govuk-error-summary").select("a")
    return {str(link["href"]).removeprefix("#"): link.text for link in links}


def shown(page: BeautifulSoup) -> Mapping[str, Any]:
    return fields_of(one(page, FORM))


class TestWhatIsMissing:
    @both
    def test_each_thing_is_said_at_its_field(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")
        before = at_rest(app)

        page = site.submit(page, FORM, status=422, htmx=htmx)

        choose = "Choose how this client attended."
        assert problems(page) == {
            "topic": "Write the topic of the session.",
            "interventions": "Choose or write at least one intervention.",
            f"status-{cast.ana}": f"Annie Alvarez: {choose}",
            f"status-{cast.ben}": f"Ben Brandt: {choose}",
            f"status-{cast.cleo}": f"Cleo Costa: {choose}",
        }
        for field in problems(page):
            assert one(page, f"[aria-describedby~='{field}-error']")
            assert one(page, f"#{field}-error").text.removeprefix("Error: ")
        assert at_rest(app) == before

    def test_the_clients_are_told_of_in_the_order_of_the_page(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        with app.app_context():
            db.session.get_one(Client, cast.ana).preferred_name = "Zara"
            db.session.commit()
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")

        page = site.submit(page, FORM, status=422)

        listed = [sentence.partition(":")[0] for sentence in problems(page).values()]
        assert listed[2:] == ["Ben Brandt", "Cleo Costa", "Zara Alvarez"]
        assert listed[2:] == [name.text.strip() for name in page.select(".roster__name")]

    @both
    @pytest.mark.parametrize(
        ("left_out", "field"),
        [
            ({"topic": " \n"}, "topic"),
            ({"interventions": [], "interventions_other": " "}, "interventions"),
            ({"status-{ben}": ""}, "status-{ben}"),
            ({"status-{ben}": "late"}, "arrived-{ben}"),
            ({"status-{ben}": "left_early"}, "departed-{ben}"),
        ],
        ids=["topic", "interventions", "status", "arrival", "departure"],
    )
    def test_everything_else_is_still_there(
        self, cast: Cast, site: Site, left_out: dict[str, Any], field: str, htmx: bool
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")
        attendance = {"ana": "late 17:20 -18:00", "cleo": "excused"}
        left_out = {name.format(ben=cast.ben): value for name, value in left_out.items()}
        sent = {**shown(page), **TYPED, **journey.attended(cast, attendance), **left_out}

        page = site.post(f"/sessions/{cast.session}", sent, status=422, htmx=htmx)

        assert list(problems(page)) == [field.format(ben=cast.ben)]
        kept = dict(shown(page))
        for name, value in sent.items():
            blank = isinstance(value, str) and not value.strip()
            assert blank or value == [] or kept[name] == value, name


class TestWhatCannotBe:
    @both
    @pytest.mark.parametrize(
        ("wrong", "field", "sentence"),
        [
            ({"status": "asleep"}, "status", "Choose one of the answers offered."),
            ({"status": "\0"}, "status", "Choose one of the answers offered."),
            ({"status": "late", "arrived": "5 pm"}, "arrived", "such as 17:15"),
            ({"status": "late", "arrived": "25:00"}, "arrived", "such as 17:15"),
            ({"status": "late", "arrived": "17:15:30"}, "arrived", "such as 17:15"),
            ({"status": "left_early", "departed": "\ud800"}, "departed", "such as 17:15"),
        ],
    )
    def test_a_line_of_the_attendance(
        self,
        cast: Cast,
        site: Site,
        wrong: dict[str, str],
        field: str,
        sentence: str,
        htmx: bool,
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")
        line = {f"{name}-{cast.ben}": value for name, value in wrong.items()}
        sent = {**shown(page), **TYPED, **journey.attended(cast), **line}

        page = site.post(f"/sessions/{cast.session}", sent, status=422, htmx=htmx)

        assert list(problems(page)) == [f"{field}-{cast.ben}"]
        assert problems(page)[f"{field}-{cast.ben}"].startswith("Ben Brandt: ")
        assert sentence in one(page, f"#{field}-{cast.ben}-error").text
        assert one(page, "#topic")["value"] == TYPED["topic"]

    def test_an_intervention_that_is_not_on_the_list(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")
        sent = {**shown(page), **TYPED, **journey.attended(cast), "interventions": "Hypnosis"}

        page = site.post(f"/sessions/{cast.session}", sent, status=422)

        assert "write what is not on it under other" in problems(page)["interventions"]

    @both
    def test_a_topic_of_two_lines_or_of_a_page(self, cast: Cast, site: Site, htmx: bool) -> None:
        url = f"/sessions/{cast.session}"
        page = site.sign_in(cast.fiona).get(url)
        sent = {**shown(page), **TYPED, **journey.attended(cast)}

        two = site.post(url, sent | {"topic": "Coping\nahead"}, status=422, htmx=htmx)
        long = site.post(url, sent | {"topic": "x" * 302}, status=422, htmx=htmx)

        assert problems(two) == {"topic": "Write this on one line, without a line break."}
        assert "Shorten this by 2 characters" in problems(long)["topic"]
        assert one(long, "#topic")["value"] == "x" * 302

    @both
    def test_what_is_no_character_is_named_in_every_text(
        self, cast: Cast, site: Site, htmx: bool
    ) -> None:
        url = f"/sessions/{cast.session}"
        page = site.sign_in(cast.fiona).get(url)
        sent = {**shown(page), **TYPED, **journey.attended(cast)}

        for field in TEXTS:
            for character, name in (("\0", "NUL character"), ("\udc80", "a lone surrogate")):
                words = f"Lively{character} later"
                page = site.post(url, sent | {field: words}, status=422, htmx=htmx)
                assert list(problems(page)) == [field]
                assert f"{name} (U+{ord(character):04X})" in problems(page)[field]
                assert "at character 7" in problems(page)[field]
                others = [one(page, f"#{name}") for name in TEXTS if name != field]
                assert all(str(other.get("value", other.text)).strip() for other in others)


class TestAFormThatIsNotOurs:
    @both
    @pytest.mark.parametrize("key", [None, "", "7"])
    def test_without_its_key_it_is_out_of_date(
        self, app: Flask, cast: Cast, site: Site, key: str | None, htmx: bool
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")
        sent = {**shown(page), **TYPED, **journey.attended(cast), "key": key}
        if key is None:
            del sent["key"]
        before = at_rest(app)

        page = site.post(f"/sessions/{cast.session}", sent, status=422, htmx=htmx)

        assert "This form is out of date." in one(page, ".govuk-error-summary").text
        assert one(page, "#dynamics").text.removeprefix("\n") == TYPED["dynamics"]
        assert at_rest(app) == before

    @both
    @pytest.mark.parametrize("version", ["", "-1", "9" * 5000, "one"])
    def test_without_its_version_it_saves_nothing(
        self, app: Flask, cast: Cast, site: Site, version: str, htmx: bool
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")
        sent = {**shown(page), **TYPED, **journey.attended(cast), "version": version}
        before = at_rest(app)

        site.post(f"/sessions/{cast.session}", sent, status=409, htmx=htmx)

        assert at_rest(app) == before

    def test_lines_of_strangers_are_not_read(self, app: Flask, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/enrolments/new")
        site.submit(page, "#enrolment-form", mrn="MRN-9", started_on="2026-03-04")
        page = site.get(f"/sessions/{cast.session}")
        stranger = {f"status-{cast.zoe}": "present", "status-7": "present"}

        site.post(
            f"/sessions/{cast.session}",
            {**shown(page), **TYPED, **journey.attended(cast), **stranger},
            status=303,
        )

        assert "Zoe" not in site.follow().text
        assert len(at_rest(app)["individual_notes"]) == 3
