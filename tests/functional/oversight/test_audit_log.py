"""The administrator's audit page: everything that happened, and of a client only an id."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.accounts.models import User
from groupnotes.audit.log import Happening
from groupnotes.audit.references import sequence_of
from groupnotes.audit.tags import Outcome, Tag
from groupnotes.core import keyset
from groupnotes.core.db import db
from groupnotes.oversight import services
from tests.support.cast import Cast
from tests.support.events import events, last
from tests.support.happenings import NOON, happen, read
from tests.support.rows import at_rest
from tests.support.site import BASE, HTMX, Site, both, done, fields_of, one

PAGE = "/admin/audit"
FORM = "#audit-filter"


def rows(page: BeautifulSoup) -> list[list[str]]:
    """Return what stands in the cells of the table."""
    lines = page.select("#audit-log tbody tr")
    return [[cell.text.strip() for cell in line.select("th, td")] for line in lines]


def numbers(site: Site, page: BeautifulSoup) -> list[int | None]:
    """Return which events the page shows; only who has the key can tell."""
    ids = [str(line["id"]) for line in page.select("#audit-log tbody tr")]
    return numbered(site, [one.removeprefix("event-") for one in ids])


def numbered(site: Site, ids: list[str]) -> list[int | None]:
    with site.app.app_context():
        return [sequence_of(db.session(), uuid.UUID(one)) for one in ids]


@pytest.fixture
def adam(app: Flask, cast: Cast, site: Site) -> Site:
    """The administrator's browser; three events have happened."""
    happen(app, read(cast.fiona, cast.ana), read(cast.carl, cast.ana, Tag.NOTE_EDIT))
    happen(app, read(cast.fiona, cast.ben), at=NOON + dt.timedelta(days=1))
    return site.sign_in(cast.adam)


class TestThePage:
    @both
    def test_it_tells_who_did_what_and_when(self, adam: Site, cast: Cast, htmx: bool) -> None:
        page = adam.get(PAGE, htmx=htmx)

        assert rows(page)[-1] == [
            "March 3, 2026, 12:00 pm EST",
            "Fiona Field, LCSW",
            "Note opened",
            f"Events about client {cast.ana.hex[-8:]}",
            "Success",
        ]
        assert numbers(adam, page) == [3, 2, 1]

    def test_it_names_no_client(self, adam: Site) -> None:
        text = adam.get(PAGE).text

        for name in ("Alvarez", "Annie", "MRN-1", "Brandt", "MRN-2"):
            assert name not in text

    def test_the_administrator_is_led_there(self, adam: Site) -> None:
        [link] = adam.get("/").select(f"nav a[href='{PAGE}']")

        assert link.text == "Audit log"

    def test_nobody_else_is(self, site: Site, cast: Cast) -> None:
        assert not site.sign_in(cast.rita).get("/").select(f"a[href='{PAGE}']")

    def test_people_who_are_gone_and_nobody_are_told_apart(
        self, adam: Site, app: Flask, cast: Cast
    ) -> None:
        happen(app, read(uuid.uuid4()), Happening(Tag.SIGN_IN_FAILURE, None))

        found = [row[1] for row in rows(adam.get(PAGE))]

        assert found[:2] == ["Nobody signed in", "A person who is not known here"]

    def test_reading_it_is_recorded(self, adam: Site, app: Flask, cast: Cast) -> None:
        before = last(app)

        adam.get(f"{PAGE}?client={cast.ana}")

        found = {(e.tag, e.actor_id, e.client_id) for e in events(app, after=before)}
        assert found == {
            (Tag.AUDIT_READ, cast.adam, None),
            (Tag.AUDIT_READ, cast.adam, cast.ana),
        }

    @both
    def test_its_pages_are_walked_both_ways(
        self, adam: Site, app: Flask, cast: Cast, htmx: bool
    ) -> None:
        happen(app, *(read(cast.fiona) for _ in range(keyset.SIZE * 2)))
        asked = f"{PAGE}?person={cast.fiona}"

        first = adam.get(asked, htmx=htmx)
        second = adam.get(str(one(first, "a[rel=next]")["href"]), htmx=htmx)
        back = adam.get(str(one(second, "a[rel=prev]")["href"]), htmx=htmx)

        assert numbers(adam, first) == list(range(53, 53 - keyset.SIZE, -1))
        assert numbers(adam, second) == list(range(28, 28 - keyset.SIZE, -1))
        assert numbers(adam, back) == numbers(adam, first)


class TestTheFilter:
    @both
    @pytest.mark.parametrize("number", ["MRN-1", " mrn-1 "])
    def test_a_client_is_found_by_number_which_no_address_holds(
        self, adam: Site, cast: Cast, htmx: bool, number: str
    ) -> None:
        adam.submit(adam.get(PAGE), FORM, client=number, status=done(htmx=htmx), htmx=htmx)

        there = adam.last.location or adam.last.headers["HX-Redirect"]
        assert there == f"{PAGE}?client={cast.ana}"
        assert numbers(adam, adam.get(there)) == [2, 1]

    def test_it_stays_when_more_is_asked(self, adam: Site, cast: Cast) -> None:
        page = adam.get(f"{PAGE}?client={cast.ana}")

        adam.submit(page, FORM, person=str(cast.carl))
        page = adam.follow()

        assert numbers(adam, page) == [2]
        assert fields_of(one(page, FORM))["client"] == str(cast.ana)

    @both
    def test_a_number_of_nobody_is_said(self, adam: Site, htmx: bool) -> None:
        page = adam.submit(adam.get(PAGE), FORM, client="MRN-0", status=422, htmx=htmx)

        assert "No client has this number." in one(page, ".govuk-error-summary").text
        assert fields_of(one(page, FORM))["client"] == "MRN-0"

    @pytest.mark.parametrize(
        ("chosen", "expected"),
        [
            ({"action": "note:edit"}, [2]),
            ({"first": "2026-03-04"}, [3]),
            ({"last": "2026-03-03"}, [2, 1]),
            ({"first": "2026-03-03", "last": "2026-03-03"}, [2, 1]),
            ({"first": "2026-03-05", "last": "2026-03-05"}, []),
        ],
    )
    def test_action_and_period(
        self, adam: Site, chosen: dict[str, Any], expected: list[int]
    ) -> None:
        adam.submit(adam.get(PAGE), FORM, fill=chosen)
        page = adam.follow()

        found = numbers(adam, page)
        assert [number for number in found if number and number <= 3] == expected
        assert chosen.items() <= fields_of(one(page, FORM)).items()

    def test_a_day_is_the_practices(self, app: Flask, adam: Site, cast: Cast) -> None:
        happen(app, read(cast.sam), at=dt.datetime(2026, 3, 5, 3, 0, tzinfo=dt.UTC))

        page = adam.get(f"{PAGE}?person={cast.sam}&first=2026-03-04&last=2026-03-04")

        assert [row[0] for row in rows(page)] == ["March 4, 2026, 10:00 pm EST"]

    def test_what_cannot_be_meant_is_not_asked(self, adam: Site) -> None:
        query = "client=x&person=x&action=x&first=x&last=x&before=x"

        assert numbers(adam, adam.get(f"{PAGE}?{query}"))[-3:] == [3, 2, 1]

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_no_day_is_too_far(self, adam: Site, day: str) -> None:
        adam.get(f"{PAGE}?first={day}&last={day}")

    def test_a_filter_that_finds_nothing_says_so(self, adam: Site, cast: Cast) -> None:
        page = adam.get(f"{PAGE}?client={uuid.uuid4()}")

        assert "No event is like that." in page.text

    def test_searching_changes_nothing(self, adam: Site, app: Flask) -> None:
        page = adam.get(PAGE)
        before = at_rest(app)

        adam.submit(page, FORM, client="MRN-1")

        assert at_rest(app) == before


class TestTheFiles:
    def test_a_table_holds_what_the_page_shows(self, adam: Site, cast: Cast) -> None:
        page = adam.get(f"{PAGE}?client={cast.ana}")
        [link] = page.select("a[href*='audit.csv']")

        answer = adam.client.get(str(link["href"]), base_url=BASE)

        header, *found = list(csv.reader(io.StringIO(answer.text)))
        assert numbered(adam, [row[0] for row in found])[-2:] == [2, 1]
        assert dict(zip(header, found[-1], strict=True)) | {"Event": "", "Record id": ""} == {
            "Event": "",
            "Time (UTC)": "2026-03-03 17:00:00",
            "Person": "Fiona Field, LCSW",
            "Person id": str(cast.fiona),
            "Action": "note:read",
            "Outcome": "success",
            "Client id": str(cast.ana),
            "Record": "individual_notes",
            "Record id": "",
            "Detail": "",
        }
        assert answer.mimetype == "text/csv"
        assert "attachment" in answer.headers["Content-Disposition"]

    def test_no_name_is_a_formula(self, adam: Site, app: Flask, cast: Cast) -> None:
        with app.app_context():
            db.session.get_one(User, cast.fiona).name = '=HYPERLINK("http://evil")'
            db.session.commit()

        answer = adam.client.get(f"{PAGE}.csv?person={cast.fiona}", base_url=BASE)

        _, *found = list(csv.reader(io.StringIO(answer.text)))
        assert {row[2] for row in found} == {'\'=HYPERLINK("http://evil"), LCSW'}

    def test_as_fhir_it_holds_the_same(self, adam: Site, cast: Cast) -> None:
        answer = adam.client.get(f"{PAGE}.json?client={cast.ana}", base_url=BASE)

        found = [entry["resource"] for entry in json.loads(answer.text)["entry"]]
        assert numbered(adam, [one["id"] for one in found])[-2:] == [2, 1]
        assert found[-2]["agent"][0]["who"]["display"].startswith("Carl Clement")
        assert answer.mimetype == "application/fhir+json"

    @pytest.mark.parametrize("kind", ["csv", "json"])
    def test_taking_one_is_recorded(self, adam: Site, app: Flask, cast: Cast, kind: str) -> None:
        before = last(app)

        adam.client.get(f"{PAGE}.{kind}?client={cast.ana}", base_url=BASE)

        found = {(e.tag, e.client_id, e.outcome) for e in events(app, after=before)}
        assert found == {
            (Tag.AUDIT_EXPORT, None, Outcome.SUCCESS),
            (Tag.AUDIT_EXPORT, cast.ana, Outcome.SUCCESS),
        }

    @pytest.mark.parametrize("kind", ["csv", "json"])
    def test_one_that_would_leave_some_out_is_not_made(
        self, adam: Site, monkeypatch: pytest.MonkeyPatch, kind: str
    ) -> None:
        monkeypatch.setattr(services, "MOST", 2)

        page = adam.get(f"{PAGE}.{kind}", status=422)

        assert "Choose a shorter period for a file." in page.text

    @pytest.mark.parametrize("kind", ["csv", "json"])
    def test_one_of_no_events_is_made(self, adam: Site, kind: str) -> None:
        answer = adam.client.get(f"{PAGE}.{kind}?client={uuid.uuid4()}", base_url=BASE)

        assert answer.status_code == 200

    def test_htmx_gets_the_page_in_place(self, adam: Site) -> None:
        answer = adam.client.get(PAGE, base_url=BASE, headers=HTMX)

        assert answer.text.lstrip().startswith('<div id="audit-log">')
