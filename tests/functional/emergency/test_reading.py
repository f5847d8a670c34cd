"""An emergency access opens one client's record to one person, to be read, for an hour."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.accounts.models import User
from groupnotes.audit.tags import UNDER_EMERGENCY, Outcome, Tag
from groupnotes.core import clock
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from tests.support import emergency, factories, faults, journey
from tests.support.cast import Cast
from tests.support.events import events, last
from tests.support.pages import every_page
from tests.support.rows import at_rest
from tests.support.site import BASE, Site, both, one

PRIVATE = "Dreamt of her grandmother’s orchard."
BANNER = "section.emergency"


@pytest.fixture
def signed(app: Flask, cast: Cast) -> uuid.UUID:
    """Ana's signed note; Ben's is a draft."""
    return journey.signed_note(Site(app).sign_in(cast.fiona), cast)


@pytest.fixture
def olga(app: Flask, cast: Cast) -> Site:
    """The browser of a clinician who has nothing to do with Ana."""
    return Site(app).sign_in(cast.olga)


def chart(cast: Cast) -> str:
    return f"/clients/{cast.ana}"


class TestWithoutIt:
    def test_the_record_of_a_stranger_is_a_missing_page(
        self, cast: Cast, olga: Site, signed: uuid.UUID
    ) -> None:
        for address in (chart(cast), f"/notes/{signed}", f"/notes/{signed}/signed"):
            olga.get(address, status=404)


class TestWhileItIsOpen:
    @both
    def test_it_leads_to_the_chart_and_opens_the_signed_note(
        self, cast: Cast, olga: Site, signed: uuid.UUID, *, htmx: bool
    ) -> None:
        emergency.begin(olga, htmx=htmx)

        page = olga.follow()
        assert one(page, "h1").text == "Ana “Annie” Alvarez"
        assert "F33.1" in page.text
        assert page.select(f"a[href='/notes/{signed}']")
        assert "Named two situations" in olga.get(f"/notes/{signed}/signed").text

    def test_a_supervisor_who_does_not_supervise_there_may_begin_one_too(
        self, app: Flask, cast: Cast, signed: uuid.UUID
    ) -> None:
        with app.app_context():
            stranger = factories.user("Sol Stone", Role.SUPERVISOR).id
            db.session.commit()
        sol = Site(app).sign_in(stranger)
        sol.get(chart(cast), status=404)

        emergency.begin(sol)

        assert "F33.1" in sol.get(chart(cast)).text
        sol.get(f"/notes/{signed}/signed")

    def test_the_plan_and_a_draft_can_be_read_and_not_written(
        self, app: Flask, cast: Cast, olga: Site
    ) -> None:
        fiona = Site(app).sign_in(cast.fiona)
        journey.document(fiona, cast)
        draft = journey.note_of(fiona, cast, "Annie")
        journey.write(fiona, draft)

        emergency.begin(olga)

        page = olga.get(f"/notes/{draft}")
        assert "Named two situations" in page.text
        assert not page.select("main form")
        olga.get(f"{chart(cast)}/plans")
        for tail in ("", "/draft", "/sign", "/refresh"):
            sent = {"csrf_token": olga.token(), "version": "2", "plan": "Mine."}
            assert olga.send(f"/notes/{draft}{tail}", sent).status_code == 404

    def test_every_answer_tells_of_it_without_a_name(self, cast: Cast, olga: Site) -> None:
        with time_machine.travel(dt.datetime(2026, 3, 3, 18, 32, tzinfo=dt.UTC), tick=False):
            olga.sign_in(cast.olga)
            emergency.begin(olga)

            banner = one(olga.get("/groups/"), BANNER)

        assert "Emergency access to one client’s record until 2:32 pm." in banner.text
        assert "Everything you open is recorded." in banner.text
        assert one(banner, "a")["href"] == chart(cast)
        assert not re.search("Ana|Annie|Alvarez|MRN", banner.text)

    def test_a_page_that_is_not_there_tells_of_it_too(self, olga: Site) -> None:
        emergency.begin(olga)

        assert olga.get("/nowhere", status=404).select(BANNER)

    def test_every_page_tells_of_it(self, app: Flask, cast: Cast, site: Site) -> None:
        addresses = [opened.url for opened in every_page(app, cast) if opened.who == "fiona"]
        emergency.begin(site.sign_in(cast.fiona), {"mrn": "MRN-9"})

        without = []
        for address in addresses:
            answer = site.client.get(address, base_url=BASE, follow_redirects=True)
            if not BeautifulSoup(answer.text, "html.parser").select(BANNER):
                without.append(address)

        assert len(addresses) > 30
        assert without == []

    def test_nobody_else_is_told_on_their_pages(self, cast: Cast, olga: Site, site: Site) -> None:
        emergency.begin(olga)

        assert not site.sign_in(cast.fiona).get("/").select(BANNER)

    def test_it_opens_no_other_clients_record(
        self, app: Flask, cast: Cast, olga: Site, signed: uuid.UUID
    ) -> None:
        bens = journey.note_of(Site(app).sign_in(cast.fiona), cast, "Ben")

        emergency.begin(olga)

        olga.get(f"/clients/{cast.ben}", status=404)
        olga.get(f"/notes/{bens}", status=404)
        assert "Alvarez" not in olga.get("/clients/").text

    def test_it_opens_nothing_to_anybody_else(self, app: Flask, cast: Cast, olga: Site) -> None:
        emergency.begin(olga)

        with app.app_context():
            other = factories.user("Una Ullman", Role.CLINICIAN).id
            db.session.commit()
        Site(app).sign_in(other).get(chart(cast), status=404)

    def test_it_holds_in_no_other_sign_in_of_the_same_person(
        self, app: Flask, cast: Cast, olga: Site
    ) -> None:
        emergency.begin(olga)

        Site(app).sign_in(cast.olga).get(chart(cast), status=404)
        olga.get(chart(cast))

    def test_psychotherapy_notes_stay_closed(self, app: Flask, cast: Cast, olga: Site) -> None:
        fiona = Site(app).sign_in(cast.fiona)
        note = journey.psychotherapy_note(fiona, cast.ana, PRIVATE)

        emergency.begin(olga)

        for address in (
            f"/psychotherapy-notes/{note}",
            f"{chart(cast)}/psychotherapy-notes",
            f"{chart(cast)}/psychotherapy-notes/new",
        ):
            olga.get(address, status=404)
        assert not olga.get(chart(cast)).select("main a[href*='psychotherapy']")

    def test_nothing_can_be_written_signed_added_printed_or_released(
        self, app: Flask, cast: Cast, olga: Site, signed: uuid.UUID
    ) -> None:
        emergency.begin(olga)
        before, token = at_rest(app), olga.token()

        for address in (
            f"/notes/{signed}",
            f"/notes/{signed}/draft",
            f"/notes/{signed}/refresh",
            f"/notes/{signed}/sign",
            f"/notes/{signed}/entries/new",
            f"{chart(cast)}/edit",
            f"{chart(cast)}/diagnoses/new",
            f"{chart(cast)}/plans/new",
            f"{chart(cast)}/caseload/new",
        ):
            answer = olga.send(address, {"csrf_token": token, "version": "1"})
            assert answer.status_code == 404, address
        for address in (f"/notes/{signed}/record.pdf", f"{chart(cast)}/access-report"):
            assert olga.client.get(address, base_url=BASE).status_code == 404

        assert at_rest(app) == before
        page = one(olga.get(f"/notes/{signed}/signed"), "main")
        assert not page.select("a[href$='/entries/new'], a[href$='.pdf']")


class TestTheEnd:
    def test_after_an_hour_the_record_is_a_missing_page_again(
        self, cast: Cast, olga: Site, signed: uuid.UUID
    ) -> None:
        with time_machine.travel(clock.now(), tick=False) as travel:
            olga.sign_in(cast.olga)
            emergency.begin(olga)
            for _ in range(4):  # nobody is signed out for doing nothing
                travel.shift(dt.timedelta(minutes=14, seconds=59))
                olga.get(f"/notes/{signed}/signed")
            travel.shift(dt.timedelta(seconds=3))
            assert one(olga.get(chart(cast)), BANNER)
            travel.shift(dt.timedelta(seconds=1))

            olga.get(chart(cast), status=404)
            olga.get(f"/notes/{signed}/signed", status=404)
            assert not olga.get("/").select(BANNER)

    def test_ending_it_by_hand_closes_the_record_at_once(
        self, app: Flask, cast: Cast, olga: Site
    ) -> None:
        emergency.begin(olga)
        since = last(app)

        olga.submit(olga.get(chart(cast)), f"{BANNER} form")

        assert "The emergency access is over." in olga.follow().text
        assert not olga.get("/").select(BANNER)
        olga.get(chart(cast), status=404)
        [ended] = [event for event in events(app, after=since) if event.tag == Tag.EMERGENCY_END]
        assert (ended.actor_id, ended.client_id) == (cast.olga, cast.ana)

    def test_ending_it_twice_is_ending_it(self, olga: Site) -> None:
        emergency.begin(olga)
        page = olga.get("/")
        olga.submit(page, f"{BANNER} form")

        olga.submit(page, f"{BANNER} form")

        assert "The emergency access is over." in olga.follow().text

    def test_signing_out_ends_it(self, app: Flask, cast: Cast, olga: Site) -> None:
        emergency.begin(olga)

        olga.submit(olga.get("/"), "form[action='/sign-out']")

        [access] = emergency.accesses(app)
        assert access.ended_at is not None
        olga.sign_in(cast.olga).get(chart(cast), status=404)

    def test_who_is_disabled_loses_it(self, app: Flask, cast: Cast, olga: Site) -> None:
        emergency.begin(olga)

        with app.app_context():
            factories.close_account(cast.olga)
            db.session.commit()

        olga.get(chart(cast), status=303)
        assert olga.last.location == "/sign-in"


class TestTheLog:
    def test_beginning_is_one_event_that_names_the_client(
        self, app: Flask, cast: Cast, olga: Site
    ) -> None:
        since = last(app)

        emergency.begin(olga)

        [begun] = [event for event in events(app, after=since) if event.tag == Tag.EMERGENCY_BEGIN]
        assert (begun.actor_id, begun.client_id) == (cast.olga, cast.ana)
        assert (begun.outcome, begun.detail) == (Outcome.SUCCESS, UNDER_EMERGENCY)
        assert begun.object_id == emergency.newest(app)

    def test_each_event_about_the_client_says_that_it_rests_on_an_emergency(
        self, app: Flask, cast: Cast, olga: Site, signed: uuid.UUID
    ) -> None:
        emergency.begin(olga)
        since = last(app)

        olga.get(chart(cast))
        olga.get(f"/notes/{signed}/signed")

        told = {e.tag: e.detail for e in events(app, after=since) if e.client_id == cast.ana}
        assert told.keys() == {Tag.CLIENT_READ, Tag.CHART_READ, Tag.PLAN_READ, Tag.NOTE_LIST} | {
            Tag.NOTE_READ
        }
        assert set(told.values()) == {UNDER_EMERGENCY}

    def test_what_the_same_person_does_with_another_client_says_nothing_of_it(
        self, app: Flask, cast: Cast, olga: Site
    ) -> None:
        with app.app_context():
            own = factories.client(first_name="Otto")
            factories.care(own, db.session.get_one(User, cast.olga))
            db.session.commit()
            address = f"/clients/{own.id}"
        emergency.begin(olga)
        since = last(app)

        olga.get(address)

        assert {event.detail for event in events(app, after=since)} == {None}

    def test_nor_does_what_others_do_with_the_client(
        self, app: Flask, cast: Cast, olga: Site, site: Site
    ) -> None:
        emergency.begin(olga)
        site.sign_in(cast.carl)
        since = last(app)

        site.get(chart(cast))

        assert {event.detail for event in events(app, after=since)} == {None}

    def test_without_the_log_nothing_is_opened(self, app: Flask, cast: Cast, olga: Site) -> None:
        page = olga.get("/emergency")

        with faults.refusing(app, "INSERT", "audit_events"):
            emergency.begin(olga, page=page, status=500)

        assert emergency.accesses(app) == []
        olga.get(chart(cast), status=404)

    def test_without_the_log_nothing_is_shown(
        self, app: Flask, cast: Cast, olga: Site, signed: uuid.UUID
    ) -> None:
        emergency.begin(olga)

        with faults.refusing(app, "INSERT", "audit_events"):
            for address in (chart(cast), f"/notes/{signed}/signed"):
                answer = olga.client.get(address, base_url=BASE)
                assert answer.status_code == 500
                assert "Alvarez" not in answer.text
                assert "Named two situations" not in answer.text

    def test_a_client_id_of_nobody_is_a_missing_page_under_it(self, olga: Site) -> None:
        emergency.begin(olga)

        olga.get(f"/clients/{new_id()}", status=404)
