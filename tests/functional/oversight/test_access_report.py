"""Who opened a client's record: for those who may know the client, and who asks on their behalf."""

from __future__ import annotations

import csv
import io

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Outcome, Tag
from groupnotes.core import keyset
from tests.support import journey
from tests.support.cast import Cast
from tests.support.events import events, last
from tests.support.happenings import actor, happen, read
from tests.support.site import BASE, Site, both, one


def page_of(cast: Cast) -> str:
    return f"/clients/{cast.ana}/access-report"


def rows(page: BeautifulSoup) -> list[list[str]]:
    return [
        [cell.text.strip() for cell in line.select("th, td")]
        for line in page.select("#access-report tbody tr")
    ]


class TestThePage:
    @both
    @pytest.mark.parametrize("who", ["rita", "carl"])
    def test_it_tells_when_who_and_what(
        self, app: Flask, cast: Cast, site: Site, who: str, htmx: bool
    ) -> None:
        happen(app, read(cast.fiona, cast.ana), read(cast.fiona, cast.ben))

        page = site.sign_in(getattr(cast, who)).get(page_of(cast), htmx=htmx)

        assert rows(page) == [
            [
                "March 3, 2026, 12:00 pm EST",
                "Fiona Field, LCSW",
                "Clinician, facilitator",
                "Note opened",
            ]
        ]

    def test_the_chart_leads_there_and_opening_it_is_in_the_report(
        self, cast: Cast, site: Site
    ) -> None:
        [link] = (
            site.sign_in(cast.carl).get(f"/clients/{cast.ana}").select("a[href$='/access-report']")
        )

        found = rows(site.get(str(link["href"])))

        assert "Client opened" in {row[3] for row in found}
        assert {row[1] for row in found} == {"Carl Clement, LCSW"}

    def test_the_chart_leads_nobody_there_who_may_not(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.finn).get(f"/clients/{cast.ana}")

        assert not page.select("a[href$='/access-report']")

    def test_a_try_that_was_refused_opened_nothing(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        refused = Happening(Tag.NOTE_READ, actor(cast.olga), cast.ana, outcome=Outcome.REFUSED)
        happen(app, refused)

        page = site.sign_in(cast.rita).get(page_of(cast))

        assert "Nobody has opened this record yet." in page.text

    @pytest.mark.parametrize("address", ["", ".csv"], ids=["page", "table"])
    def test_it_tells_nothing_of_psychotherapy_notes(
        self, app: Flask, cast: Cast, site: Site, address: str
    ) -> None:
        journey.psychotherapy_note(Site(app).sign_in(cast.fiona), cast.ana, "Dreamt.")

        for who in (cast.rita, cast.carl, cast.fiona):
            answer = site.sign_in(who).client.get(f"{page_of(cast)}{address}", base_url=BASE)

            assert answer.status_code == 200
            assert "Psychotherapy note" not in answer.text

    def test_the_report_is_itself_recorded(self, app: Flask, cast: Cast, site: Site) -> None:
        before = last(app)

        site.sign_in(cast.rita).get(page_of(cast))
        site.client.get(f"{page_of(cast)}.csv", base_url=BASE)

        found = [(e.tag, e.actor_id, e.client_id) for e in events(app, after=before)]
        assert found == [
            (Tag.ACCESS_REPORT_READ, cast.rita, cast.ana),
            (Tag.ACCESS_REPORT_EXPORT, cast.rita, cast.ana),
        ]

    @both
    def test_its_pages_are_walked_both_ways(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        happen(app, *(read(cast.fiona, cast.ana) for _ in range(keyset.SIZE + 1)))
        site.sign_in(cast.rita)

        first = site.get(page_of(cast), htmx=htmx)
        second = site.get(str(one(first, "a[rel=next]")["href"]), htmx=htmx)

        assert len(rows(first)) == keyset.SIZE
        assert len(rows(second)) == 1
        assert second.select("a[rel=prev]")


class TestTheTable:
    def test_it_holds_the_same(self, app: Flask, cast: Cast, site: Site) -> None:
        happen(app, read(cast.fiona, cast.ana), read(cast.fiona, cast.ben))
        page = site.sign_in(cast.rita).get(page_of(cast))

        answer = site.client.get(str(one(page, "a[href$='.csv']")["href"]), base_url=BASE)

        found = list(csv.reader(io.StringIO(answer.text)))
        assert found[0] == ["Time (UTC)", "Person", "Roles", "What was done"]
        assert found[-1] == [
            "2026-03-03 17:00:00",
            "Fiona Field, LCSW",
            "clinician, facilitator",
            "Note opened",
        ]
        assert answer.mimetype == "text/csv"
