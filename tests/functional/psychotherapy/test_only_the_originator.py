"""A psychotherapy note is there for who wrote it, and for everybody else it is a missing page."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import uuid

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from groupnotes.accounts.models import UserRole
from groupnotes.audit.tags import Outcome, Tag
from groupnotes.clients.models import CaseloadEntry
from groupnotes.core import keyset, triggers
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from groupnotes.crypto import keyring
from groupnotes.crypto.keyring import KeyRing
from groupnotes.crypto.models import DataKey, KeyScope
from groupnotes.groups.models import Enrolment, FacilitatorRole, Group, GroupFacilitator
from groupnotes.psychotherapy.models import PsychotherapyNote
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.databases import KEY
from tests.support.events import events, first_break, last
from tests.support.rows import at_rest
from tests.support.site import BASE, HTMX, Site, one

TEXT = "Dreamt of her grandmother’s orchard."
OTHERS = ("finn", "carl", "olga", "sam", "rita", "adam")
ENDED = factories.SESSION_DAY + dt.timedelta(days=1)
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ROUTES = [("GET", ""), ("POST", ""), ("POST", "/draft"), ("GET", "/destroy"), ("POST", "/destroy")]


@pytest.fixture
def private(app: Flask, cast: Cast) -> uuid.UUID:
    """Fiona's note about Ana."""
    return journey.psychotherapy_note(Site(app).sign_in(cast.fiona), cast.ana, TEXT)


def answer(site: Site, method: str, address: str, *, htmx: bool) -> tuple[int, str]:
    data = {"csrf_token": site.token(), "version": "1", "text": "Mine."} if method == "POST" else {}
    headers = HTMX if htmx else {}
    sent = site.client.open(address, method=method, data=data, headers=headers, base_url=BASE)
    return sent.status_code, sent.text


def names_of_events(answer: TestResponse) -> list[str]:
    """Return what names each event on the page of the log, or in a file of it."""
    if answer.mimetype == "text/csv":
        return [row[0] for row in list(csv.reader(io.StringIO(answer.text)))[1:]]
    if answer.mimetype == "text/html":
        rows = BeautifulSoup(answer.text, "html.parser").select("tbody tr")
        return [str(row["id"]).removeprefix("event-") for row in rows]
    return [entry["resource"]["id"] for entry in json.loads(answer.text)["entry"]]


def cells(answer: TestResponse) -> list[str]:
    """Return what stands in the cells of the page's table, or of the file's."""
    if answer.mimetype == "text/csv":
        return [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
    page = BeautifulSoup(answer.text, "html.parser")
    return [cell.text.strip() for cell in page.select("th, td")]


def leave(app: Flask) -> None:
    """Let every relation to the clients end."""
    with app.app_context():
        for model in (GroupFacilitator, CaseloadEntry, Enrolment):
            db.session.execute(db.update(model).values(ended_on=ENDED))
        db.session.commit()


class TestTheOwnerOfTheDatabase:
    """Somebody who writes to it, has no key, and has an account of their own."""

    @pytest.mark.parametrize("with_the_key", [False, True], ids=["note", "note-and-key"])
    def test_a_note_that_they_give_themselves_does_not_open(
        self, app: Flask, cast: Cast, private: uuid.UUID, *, with_the_key: bool
    ) -> None:
        with app.app_context():
            with db.engine.begin() as connection:
                triggers.remove(connection, table="psychotherapy_notes")
            db.session.execute(sa.update(PsychotherapyNote).values(author_id=cast.olga))
            if with_the_key:
                keys = sa.update(DataKey).where(DataKey.scope == KeyScope.AUTHOR)
                db.session.execute(keys.values(owner_id=cast.olga))
            db.session.commit()
            keyring.bind(db.engine, KeyRing(KEY))  # a process that has not opened the key yet

        page = Site(app).sign_in(cast.olga).get(f"/psychotherapy-notes/{private}", status=500)

        assert TEXT not in page.text


class TestEverybodyElse:
    @pytest.mark.parametrize("who", OTHERS)
    def test_they_get_the_answer_of_a_missing_page_and_change_nothing(
        self, app: Flask, cast: Cast, private: uuid.UUID, who: str
    ) -> None:
        site = Site(app).sign_in(getattr(cast, who))
        before = at_rest(app)

        for method, tail in ROUTES:
            for htmx in (False, True):
                here, gone = (
                    answer(site, method, f"/psychotherapy-notes/{one_id}{tail}", htmx=htmx)
                    for one_id in (private, uuid.uuid4())
                )
                assert here == gone
                assert here[0] == 404
                assert "There is no such page, or you may not open it." in here[1]

        assert at_rest(app) == before

    @pytest.mark.parametrize("who", OTHERS)
    def test_the_log_says_that_they_tried(
        self, app: Flask, cast: Cast, private: uuid.UUID, who: str
    ) -> None:
        since = last(app)

        Site(app).sign_in(getattr(cast, who)).get(f"/psychotherapy-notes/{private}", status=404)

        [tried] = [one for one in events(app, after=since) if one.object_id == private]
        assert (tried.tag, tried.outcome) == (Tag.PSYCHOTHERAPY_NOTE_READ, Outcome.REFUSED)
        assert tried.actor_id == getattr(cast, who)
        assert tried.object_type == "psychotherapy_notes"

    @pytest.mark.parametrize("form", ["", ".csv", ".json"], ids=["page", "csv", "fhir"])
    def test_the_administrator_reads_that_and_nothing_else(
        self, app: Flask, cast: Cast, site: Site, private: uuid.UUID, form: str
    ) -> None:
        site.sign_in(cast.fiona).get(f"/psychotherapy-notes/{private}")
        adam = Site(app).sign_in(cast.adam)
        address = f"/admin/audit{form}?action=psychotherapy-note:read"
        before = adam.client.get(address, base_url=BASE).text
        Site(app).sign_in(cast.sam).get(f"/psychotherapy-notes/{private}", status=404)

        all_of_anas = adam.client.get(f"/admin/audit{form}?client={cast.ana}", base_url=BASE).text
        told = adam.client.get(address, base_url=BASE).text

        assert "Fiona Field" not in before.replace("Fiona Field, LCSW</option>", "")
        assert "Psychotherapy note opened" not in all_of_anas.replace("opened</option>", "")
        assert '"psychotherapy-note:' not in all_of_anas.replace('value="psycho', "")
        assert "Sam Summers" in told.replace("Sam Summers, LCSW</option>", "")
        for one_id in (private, cast.ana):
            assert str(one_id) not in told
        assert first_break(app) is None
        kept = [one.client_id for one in events(app) if one.object_id == private]
        assert cast.ana in kept

    @pytest.mark.parametrize("who", ["finn", "olga", "sam", "rita", "adam"])
    def test_a_list_they_may_not_have_is_answered_as_that_of_no_client(
        self, app: Flask, cast: Cast, private: uuid.UUID, who: str
    ) -> None:
        site = Site(app).sign_in(getattr(cast, who))
        since = last(app)

        for tail in ("", "/new"):
            here, gone = (
                answer(site, "GET", f"/clients/{one_id}/psychotherapy-notes{tail}", htmx=False)
                for one_id in (cast.ana, uuid.uuid4())
            )
            assert here == gone
            assert here[0] == 404

        refused = [one for one in events(app, after=since) if one.outcome is Outcome.REFUSED]
        assert [one.tag for one in refused if one.object_id == cast.ana] == [
            Tag.PSYCHOTHERAPY_NOTE_LIST,
            Tag.PSYCHOTHERAPY_NOTE_OFFER,
        ]

    def test_another_clinician_of_the_client_learns_of_none(
        self, app: Flask, cast: Cast, private: uuid.UUID
    ) -> None:
        site = Site(app).sign_in(cast.carl)

        page = site.get(f"/clients/{cast.ana}/psychotherapy-notes")

        assert "You have written none about this client." in page.text
        assert str(private) not in str(page)


class TestNobodyCounts:
    """What is told of the log says nothing of these notes by what it leaves out, or what beside."""

    def write(self, app: Flask, cast: Cast) -> None:
        """Do all that is done with one, so that every event of it is there."""
        site = Site(app).sign_in(cast.fiona)
        note = journey.psychotherapy_note(site, cast.ana, TEXT)
        site.submit(site.get(f"/psychotherapy-notes/{note}"), "#psychotherapy-note", text="More.")
        site.get("/psychotherapy-notes/")
        site.get(f"/clients/{cast.ana}/psychotherapy-notes")
        site.submit(site.get(f"/psychotherapy-notes/{note}/destroy"), "#destroying-form")

    def test_the_clients_report_is_the_same_as_without_one(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        report = f"/clients/{cast.ana}/access-report.csv"
        site.sign_in(cast.rita).client.get(report, base_url=BASE)
        before = site.client.get(report, base_url=BASE).text.splitlines()

        self.write(app, cast)

        after = site.client.get(report, base_url=BASE).text.splitlines()
        assert [line for line in after if "Fiona" in line] == []
        assert {line.split(",", 1)[1] for line in after} == {
            line.split(",", 1)[1] for line in before
        }

    def test_the_administrators_files_say_that_she_signed_in_and_no_more(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        self.write(app, cast)

        site.sign_in(cast.adam)
        answer = site.client.get(f"/admin/audit.csv?person={cast.fiona}", base_url=BASE)

        _, *found = csv.reader(io.StringIO(answer.text))
        assert {row[4] for row in found} <= {Tag.SIGN_IN, Tag.SESSION_LIST}

    @pytest.mark.parametrize("form", ["", ".csv", ".json"], ids=["page", "csv", "fhir"])
    def test_no_event_has_a_number_by_which_one_is_missed(
        self, app: Flask, cast: Cast, site: Site, form: str
    ) -> None:
        site.sign_in(cast.adam)
        self.write(app, cast)
        for _ in range(keyset.SIZE):
            site.get("/")

        answer = site.client.get(f"/admin/audit{form}", base_url=BASE)

        told = names_of_events(answer)
        assert len(told) >= keyset.SIZE
        assert all(UUID.fullmatch(one) and uuid.UUID(one).int > 2**64 for one in told)
        assert not {*cells(answer)} & {str(number) for number in range(1, last(app))}

    @pytest.mark.parametrize("asked", ["before", "after"])
    def test_no_page_of_the_log_begins_at_a_number(
        self, app: Flask, cast: Cast, site: Site, asked: str
    ) -> None:
        site.sign_in(cast.adam)
        for _ in range(keyset.SIZE):
            site.get("/")

        for given in (3, uuid.UUID(int=3), uuid.UUID(int=last(app)), uuid.uuid4()):
            page = site.get(f"/admin/audit?{asked}={given}")
            assert len(page.select("tbody tr")) == keyset.SIZE

    def test_all_of_it_is_in_the_log_which_is_whole(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        self.write(app, cast)

        done = {one.tag for one in events(app) if one.client_id == cast.ana}
        assert done == {tag for tag in Tag if tag.startswith("psychotherapy-note:")}
        assert first_break(app) is None


class TestTheChart:
    @pytest.mark.parametrize(
        ("who", "is_shown"), [("fiona", True), ("carl", True), ("sam", False), ("rita", False)]
    )
    def test_it_links_the_list_for_who_may_have_one(
        self, app: Flask, cast: Cast, site: Site, who: str, is_shown: bool
    ) -> None:
        page = site.sign_in(getattr(cast, who)).get(f"/clients/{cast.ana}")

        assert bool(page.select(f"a[href='/clients/{cast.ana}/psychotherapy-notes']")) is is_shown
        assert ("Your psychotherapy notes" in page.text) is is_shown

    @pytest.mark.parametrize("who", ["fiona", "carl", "sam", "rita"])
    def test_it_is_the_same_whether_there_is_a_note_or_none(
        self, app: Flask, cast: Cast, site: Site, who: str
    ) -> None:
        site.sign_in(getattr(cast, who))
        places = ["/", "/clients/", f"/clients/{cast.ana}"]
        before = [site.client.get(place, base_url=BASE).text for place in places]

        journey.psychotherapy_note(Site(app).sign_in(cast.fiona), cast.ana, TEXT)

        assert [site.client.get(place, base_url=BASE).text for place in places] == before


class TestWhoMayBegin:
    def begin(self, site: Site, client: uuid.UUID, *, status: int = 200) -> BeautifulSoup:
        return site.get(f"/clients/{client}/psychotherapy-notes/new", status=status)

    def test_a_clinician_of_the_caseload(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.carl)

        self.begin(site, cast.ana)
        self.begin(site, cast.ben, status=404)

    def test_a_clinician_who_facilitates_the_clients_group(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        with app.app_context():
            cora = factories.user("Cora Cole", Role.FACILITATOR, Role.CLINICIAN)
            factories.facilitate(
                db.session.get_one(Group, cast.group), cora, role=FacilitatorRole.CO
            )
            db.session.commit()
            cora_id = cora.id

        site.sign_in(cora_id)
        self.begin(site, cast.ben)
        self.begin(site, cast.zoe, status=404)

    def test_not_a_facilitator_who_is_no_clinician(self, cast: Cast, site: Site) -> None:
        self.begin(site.sign_in(cast.finn), cast.ana, status=404)

    def test_nobody_when_the_relation_has_ended(self, app: Flask, cast: Cast, site: Site) -> None:
        leave(app)

        self.begin(site.sign_in(cast.fiona), cast.ana, status=404)

    def test_but_one_who_still_writes_the_clients_progress_note(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        leave(app)

        self.begin(site, cast.ana)
        site.get(f"/clients/{cast.ana}", status=404)


class TestTheOriginator:
    def test_still_opens_it_when_the_relation_has_ended(
        self, app: Flask, cast: Cast, site: Site, private: uuid.UUID
    ) -> None:
        leave(app)

        page = site.sign_in(cast.fiona).get(f"/psychotherapy-notes/{private}")

        assert one(page, "#text").text.strip() == TEXT
        page = site.get(f"/clients/{cast.ana}/psychotherapy-notes")
        assert page.select(f"a[href='/psychotherapy-notes/{private}']")
        assert not page.select("a[href$='/new']")
        assert not page.select(f"a[href='/clients/{cast.ana}']")

    def test_finds_it_among_all_of_theirs_when_the_relation_has_ended(
        self, app: Flask, cast: Cast, site: Site, private: uuid.UUID
    ) -> None:
        bens = journey.psychotherapy_note(site.sign_in(cast.fiona), cast.ben, TEXT)
        leave(app)

        page = site.get("/clients/")
        page = site.get(str(one(page, ".page-head a[href*='psychotherapy']")["href"]))

        rows = [row.text for row in page.select("tbody tr")]
        links = [link["href"] for link in page.select("th a")]
        assert links == [f"/psychotherapy-notes/{one_id}" for one_id in (bens, private)]
        assert ["Ben Brandt" in rows[0], "Alvarez" in rows[1]] == [True, True]

    @pytest.mark.parametrize("who", OTHERS)
    def test_nobody_else_finds_it_among_all_of_theirs(
        self, app: Flask, cast: Cast, private: uuid.UUID, who: str
    ) -> None:
        page = Site(app).sign_in(getattr(cast, who)).get("/psychotherapy-notes/")

        assert "You have written none." in page.text

    @pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR, Role.RECORDS])
    def test_still_opens_it_with_another_role(
        self, app: Flask, cast: Cast, site: Site, private: uuid.UUID, role: Role
    ) -> None:
        with app.app_context():
            db.session.execute(db.delete(UserRole).where(UserRole.user_id == cast.fiona))
            factories.give_role(cast.fiona, role)
            db.session.commit()

        page = site.sign_in(cast.fiona).get(f"/psychotherapy-notes/{private}")

        assert one(page, "#text").text.strip() == TEXT
        site.submit(page, "#psychotherapy-note", text="Changed since.")
        site.get(f"/clients/{cast.ana}/psychotherapy-notes")

    def test_sees_their_own_only_among_those_about_a_client(
        self, app: Flask, cast: Cast, site: Site, private: uuid.UUID
    ) -> None:
        carls = journey.psychotherapy_note(site.sign_in(cast.carl), cast.ana, "Mine.")

        links = site.get(f"/clients/{cast.ana}/psychotherapy-notes").select("th a")

        assert [link["href"] for link in links] == [f"/psychotherapy-notes/{carls}"]
