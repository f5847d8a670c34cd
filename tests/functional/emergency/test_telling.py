"""Who is told of an emergency access: the client's clinicians why, the administrators that."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
import time_machine
from bs4 import BeautifulSoup, Tag
from flask import Flask

from groupnotes.audit.tags import Outcome
from groupnotes.audit.tags import Tag as Event
from groupnotes.clients.models import CaseloadEntry
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from tests.support import emergency, factories
from tests.support.cast import Cast
from tests.support.events import events, last
from tests.support.site import Site, both, done, one

NOON = dt.datetime(2026, 3, 3, 17, 0, tzinfo=dt.UTC)  # at the practice
NOTICES = "section[aria-labelledby=notices-title]"
UNREVIEWED = "section[aria-labelledby=unreviewed-title]"


def said(element: BeautifulSoup | Tag) -> str:
    return " ".join(element.get_text(" ").split())


@pytest.fixture
def begun(app: Flask, cast: Cast) -> uuid.UUID:
    """Olga reads Ana's record since noon."""
    with time_machine.travel(NOON, tick=False):
        emergency.begin(Site(app).sign_in(cast.olga))
    return emergency.newest(app)


class TestTheClientsClinicians:
    @pytest.mark.parametrize("who", ["fiona", "carl"])
    def test_each_is_told_who_when_and_why(
        self, cast: Cast, site: Site, begun: uuid.UUID, who: str
    ) -> None:
        notice = one(site.sign_in(getattr(cast, who)).get("/"), NOTICES)

        assert "Olga Other, LCSW opened the record of Ana “Annie” Alvarez" in said(notice)
        assert "on March 3, 2026, 12:00 pm EST, until 1:00 pm." in said(notice)
        assert "A hospital or an emergency service asks." in said(notice)
        assert emergency.REASON in notice.text
        assert notice.select(f"a[href='/clients/{cast.ana}/access-report']")

    def test_that_they_read_why_is_in_the_log(
        self, app: Flask, cast: Cast, site: Site, begun: uuid.UUID
    ) -> None:
        site.sign_in(cast.carl)
        since = last(app)

        site.get("/")

        [read] = [e for e in events(app, after=since) if e.tag == Event.EMERGENCY_READ]
        assert (read.actor_id, read.client_id, read.object_id) == (cast.carl, cast.ana, begun)

    @pytest.mark.parametrize("who", ["finn", "olga", "sam", "rita", "adam"])
    def test_nobody_else_is_told_why(
        self, cast: Cast, site: Site, begun: uuid.UUID, who: str
    ) -> None:
        page = site.sign_in(getattr(cast, who)).get("/")

        assert not page.select(NOTICES)
        assert emergency.REASON not in page.text

    def test_nor_is_a_clinician_whose_care_has_ended(
        self, app: Flask, cast: Cast, site: Site, begun: uuid.UUID
    ) -> None:
        with app.app_context():
            ended = db.update(CaseloadEntry).values(ended_on=factories.SESSION_DAY)
            db.session.execute(ended.where(CaseloadEntry.clinician_id == cast.carl))
            db.session.commit()

        assert not site.sign_in(cast.carl).get("/").select(NOTICES)

    @both
    def test_who_has_seen_it_is_not_told_again_and_the_others_are(
        self, app: Flask, cast: Cast, site: Site, begun: uuid.UUID, *, htmx: bool
    ) -> None:
        site.sign_in(cast.carl)
        since = last(app)

        form = f"form[action='/emergency/{begun}/acknowledge']"
        site.submit(site.get("/"), form, htmx=htmx, status=done(htmx=htmx))

        assert not site.follow().select(NOTICES)
        assert Site(app).sign_in(cast.fiona).get("/").select(NOTICES)
        [seen] = [e for e in events(app, after=since) if e.tag == Event.EMERGENCY_ACKNOWLEDGE]
        assert (seen.actor_id, seen.client_id) == (cast.carl, cast.ana)

    def test_seeing_it_twice_is_seeing_it(self, cast: Cast, site: Site, begun: uuid.UUID) -> None:
        page = site.sign_in(cast.carl).get("/")

        for _ in range(2):
            site.submit(page, f"form[action='/emergency/{begun}/acknowledge']")

        assert not site.get("/").select(NOTICES)

    def test_their_access_report_says_what_was_an_emergency(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        olga = Site(app).sign_in(cast.olga)
        emergency.begin(olga)
        olga.get(f"/clients/{cast.ana}")
        site.sign_in(cast.carl).get(f"/clients/{cast.ana}")

        page = site.get(f"/clients/{cast.ana}/access-report")

        rows = [said(row) for row in page.select("tbody tr")]
        olgas = [row for row in rows if "Olga" in row]
        assert any(row.endswith("Emergency access begun") for row in olgas)
        read = [row for row in olgas if "begun" not in row]
        assert read
        assert all(row.endswith("in an emergency access") for row in read)
        assert not [row for row in rows if "Carl" in row and "emergency" in row]

    def test_and_so_does_the_table_for_the_client(self, app: Flask, cast: Cast, site: Site) -> None:
        olga = Site(app).sign_in(cast.olga)
        emergency.begin(olga)
        olga.follow()

        site.sign_in(cast.carl).get(f"/clients/{cast.ana}/access-report.csv")

        assert '"Chart opened in an emergency access"' in site.last.text


class TestTheAdministrator:
    def test_they_are_told_that_and_neither_who_the_client_is_nor_why(
        self, cast: Cast, site: Site, begun: uuid.UUID
    ) -> None:
        page = site.sign_in(cast.adam).get("/")

        told = said(one(page, UNREVIEWED))
        assert "March 3, 2026, 12:00 pm EST Olga Other, LCSW" in told
        assert "A hospital or an emergency service asks" in told
        assert cast.ana.hex[-8:] in told
        for address in ("/", "/admin/emergency", f"/admin/emergency/{begun}", "/admin/audit"):
            shown = site.get(address).text
            assert not re.search("Alvarez|Annie|MRN-1|unconscious", shown), address

    @pytest.mark.parametrize("who", ["finn", "fiona", "carl", "olga", "sam", "rita"])
    def test_nobody_else_sees_the_queue(
        self, cast: Cast, site: Site, begun: uuid.UUID, who: str
    ) -> None:
        site.sign_in(getattr(cast, who))

        assert not site.get("/").select(UNREVIEWED)
        site.get("/admin/emergency", status=403)
        site.get(f"/admin/emergency/{begun}", status=403)


class TestTheQueue:
    def states(self, site: Site) -> list[str]:
        queue = one(site.get("/admin/emergency"), "section[aria-labelledby=waiting-title]")
        return [tag.text for tag in queue.select(".tag")]

    def test_what_is_not_reviewed_within_a_day_is_overdue(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        with time_machine.travel(NOON, tick=False) as travel:
            emergency.begin(Site(app).sign_in(cast.olga))
            seen = [self.states(site.sign_in(cast.adam))]
            for hours in (1, 22, 1):
                travel.shift(dt.timedelta(hours=hours))
                seen.append(self.states(site.sign_in(cast.adam)))

        assert seen == [["Open"], ["To review"], ["To review"], ["Overdue"]]

    def test_the_oldest_comes_first(self, app: Flask, cast: Cast, site: Site) -> None:
        with time_machine.travel(NOON, tick=False) as travel:
            emergency.begin(Site(app).sign_in(cast.olga))
            travel.shift(dt.timedelta(hours=25))
            emergency.begin(Site(app).sign_in(cast.sam), {"mrn": "MRN-9"})

            assert self.states(site.sign_in(cast.adam)) == ["Overdue", "Open"]

    @both
    @pytest.mark.parametrize(
        ("finding", "word"), [("justified", "Justified"), ("not-justified", "Not justified")]
    )
    def test_what_is_reviewed_stays_with_what_was_found(
        self,
        app: Flask,
        cast: Cast,
        site: Site,
        begun: uuid.UUID,
        finding: str,
        word: str,
        *,
        htmx: bool,
    ) -> None:
        site.sign_in(cast.adam)
        since = last(app)

        page = site.get(f"/admin/emergency/{begun}")
        given = {"finding": finding, "comment": "Spoke with Olga and the hospital."}
        site.submit(page, "#review-form", htmx=htmx, status=done(htmx=htmx), fill=given)

        assert "Review saved." in site.follow().text
        assert self.states(site) == []
        history = one(site.get("/admin/emergency"), "section[aria-labelledby=reviewed-title]")
        assert [tag.text for tag in history.select(".tag")] == [word]
        shown = said(site.get(f"/admin/emergency/{begun}"))
        assert f"{word} . Reviewed by Adam Adams" in shown
        assert "Spoke with Olga and the hospital." in shown
        assert not site.get("/").select(UNREVIEWED)
        [reviewed] = [e for e in events(app, after=since) if e.tag == Event.EMERGENCY_REVIEW]
        assert (reviewed.actor_id, reviewed.client_id) == (cast.adam, cast.ana)

    @pytest.mark.parametrize("missing", ["finding", "comment"])
    def test_a_review_says_what_was_found_and_why(
        self, cast: Cast, site: Site, begun: uuid.UUID, missing: str
    ) -> None:
        page = site.sign_in(cast.adam).get(f"/admin/emergency/{begun}")
        given = {"finding": "justified", "comment": "Spoke with Olga."}
        given.pop(missing)

        page = site.submit(page, "#review-form", status=422, fill=given)

        assert page.select(f"#{missing}-error")
        if missing == "finding":
            assert one(page, "#comment").text.strip() == "Spoke with Olga."

    def test_it_says_how_many_clinicians_have_seen_it(
        self, app: Flask, cast: Cast, site: Site, begun: uuid.UUID
    ) -> None:
        carl = Site(app).sign_in(cast.carl)
        carl.submit(carl.get("/"), f"form[action='/emergency/{begun}/acknowledge']")

        page = site.sign_in(cast.adam).get(f"/admin/emergency/{begun}")

        assert "Seen by clinicians of the client 1" in said(page)

    def test_it_leads_to_what_the_person_did_with_the_record(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        olga = Site(app).sign_in(cast.olga)
        emergency.begin(olga)
        olga.follow()
        page = site.sign_in(cast.adam).get(f"/admin/emergency/{emergency.newest(app)}")

        [link] = [a for a in page.select("main a") if "What this person did" in a.text]
        rows = [said(row) for row in site.get(str(link["href"])).select("tbody tr")]

        assert any("Chart opened emergency" in row for row in rows)
        assert all("Olga Other" in row for row in rows)


class TestWhatIsNotReviewed:
    GIVEN = {"finding": "justified", "comment": "It was needed."}

    def test_ones_own(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            both_roles = factories.user("Bo Both", Role.CLINICIAN, Role.ADMINISTRATOR).id
            db.session.commit()
        with time_machine.travel(NOON, tick=False):
            emergency.begin(site.sign_in(both_roles))
        access = emergency.newest(app)
        site.sign_in(both_roles)
        since = last(app)

        page = site.get(f"/admin/emergency/{access}")
        assert "This was your own. Another administrator must review it." in page.text
        assert not page.select("#review-form")
        sent = {"csrf_token": site.token(), **self.GIVEN}
        page = site.post(f"/admin/emergency/{access}", sent, status=403)

        assert "Another administrator must review it." in page.text
        [refused] = [e for e in events(app, after=since) if e.tag == Event.EMERGENCY_REVIEW]
        assert refused.outcome is Outcome.REFUSED
        assert left_to_review(Site(app).sign_in(cast.adam)) == 1

    def test_one_that_is_still_open(self, app: Flask, cast: Cast, site: Site) -> None:
        emergency.begin(Site(app).sign_in(cast.olga))
        address = f"/admin/emergency/{emergency.newest(app)}"

        page = site.sign_in(cast.adam).get(address)
        assert "It can be reviewed when it is over." in page.text
        site.post(address, {"csrf_token": site.token(), **self.GIVEN}, status=409)

        assert left_to_review(site) == 1

    def test_one_that_somebody_reviewed_meanwhile(
        self, app: Flask, cast: Cast, site: Site, begun: uuid.UUID
    ) -> None:
        page = site.sign_in(cast.adam).get(f"/admin/emergency/{begun}")
        site.submit(page, "#review-form", fill=self.GIVEN)

        other = {"finding": "not-justified", "comment": "It was not."}
        site.submit(page, "#review-form", status=409, fill=other)

        assert "It was needed." in site.get(f"/admin/emergency/{begun}").text


def left_to_review(site: Site) -> int:
    return len(site.get("/").select(f"{UNREVIEWED} tbody tr"))
