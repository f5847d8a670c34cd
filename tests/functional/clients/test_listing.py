"""Who finds which clients, in the list and by name."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.accounts.models import User
from groupnotes.audit.models import AuditEvent
from groupnotes.clients.models import ClientStatus
from groupnotes.core.db import db, is_writing
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import KeyRing
from tests.support import factories
from tests.support.cast import Cast
from tests.support.site import BASE, HTMX, Site, one
from tests.support.statements import statements

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


def names(page: BeautifulSoup) -> list[str]:
    """Return the names in the list, in its order."""
    return [row.text for row in page.select("#client-list tbody th")]


def search(site: Site, text: str, *, htmx: bool = False, status: int = 200) -> BeautifulSoup:
    return site.submit(site.get("/clients/"), "#client-search", q=text, htmx=htmx, status=status)


def register_many(app: Flask, count: int, who: uuid.UUID, **values: Any) -> None:
    """Put more clients on someone's caseload: Client 0, Client 1 …"""
    with app.app_context():
        clinician = db.session.get_one(User, who)
        for number in range(count):
            more = factories.client(first_name="Client", last_name=str(number), **values)
            factories.care(more, clinician)
        db.session.commit()


class TestTheList:
    @pytest.mark.parametrize(
        ("who", "seen"),
        [
            ("fiona", ["Cleo Costa", "Ben Brandt", "Ana “Annie” Alvarez"]),
            ("finn", ["Cleo Costa", "Ben Brandt", "Ana “Annie” Alvarez"]),
            ("carl", ["Ana “Annie” Alvarez"]),
            ("olga", []),
            ("sam", ["Cleo Costa", "Ben Brandt", "Ana “Annie” Alvarez"]),
            ("rita", ["Zoe Zimmer", "Cleo Costa", "Ben Brandt", "Ana “Annie” Alvarez"]),
        ],
    )
    def test_everybody_sees_those_they_work_with(
        self, cast: Cast, site: Site, who: str, seen: list[str]
    ) -> None:
        assert names(site.sign_in(getattr(cast, who)).get("/clients/")) == seen

    def test_an_administrator_sees_none(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.adam).get("/clients/", status=403)

        assert "Alvarez" not in page.text

    def test_only_who_may_register_is_offered_to(self, cast: Cast, site: Site) -> None:
        assert "Register" not in site.sign_in(cast.finn).get("/clients/").text
        assert "Register" in site.sign_in(cast.rita).get("/clients/").text

    def test_it_says_who_cares_for_whom(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.rita).get("/clients/")

        cells = [row.text for row in page.select("#client-list tbody td")]
        assert cells == ["Nobody", "Fiona Field", "Fiona Field", "Fiona Field, Carl Clement"]

    def test_pages_lead_to_everyone_and_back(self, app: Flask, cast: Cast, site: Site) -> None:
        register_many(app, 60, cast.carl)
        page = site.sign_in(cast.carl).get("/clients/")

        seen = [names(page)]
        while older := page.select_one("a[rel=next]"):
            page = site.get(str(older["href"]))
            seen.append(names(page))
        back = [names(page)]
        while newer := page.select_one("a[rel=prev]"):
            page = site.get(str(newer["href"]))
            back.append(names(page))

        assert [len(part) for part in seen] == [25, 25, 11]
        expected = [f"Client {number}" for number in range(59, -1, -1)] + ["Ana “Annie” Alvarez"]
        assert [name for part in seen for name in part] == expected
        assert back[1:] == seen[1::-1]

    def test_discharged_clients_have_a_list_of_their_own(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        register_many(app, 1, cast.carl, status=ClientStatus.DISCHARGED)
        site.sign_in(cast.carl)

        assert names(site.get("/clients/")) == ["Ana “Annie” Alvarez"]
        assert names(site.get("/clients/?status=discharged")) == ["Client 0"]

    def test_a_cursor_that_is_none_is_the_first_page(self, cast: Cast, site: Site) -> None:
        assert len(names(site.sign_in(cast.fiona).get("/clients/?before=yesterday"))) == 3

    def test_it_asks_as_often_for_many_as_for_few(self, app: Flask, cast: Cast, site: Site) -> None:
        site.sign_in(cast.carl).get("/clients/")
        with statements(app) as few:
            site.get("/clients/")
        register_many(app, 24, cast.carl)
        site.get("/clients/")
        with statements(app) as many:
            site.get("/clients/")

        assert len(many) == len(few)

    def test_nothing_but_names_is_opened(
        self, cast: Cast, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened = set()
        original = KeyRing.open

        def spy(ring: KeyRing, place: Place, row: uuid.UUID, sealed: bytes) -> str:
            opened.add((place.table, place.column))
            return original(ring, place, row, sealed)

        site.sign_in(cast.rita)
        monkeypatch.setattr(KeyRing, "open", spy)
        site.get("/clients/")

        columns = {column for table, column in opened if table == "clients"}
        assert columns == {"first_name", "last_name", "preferred_name"}

    @pytest.mark.parametrize("status", list(ClientStatus))
    def test_it_reads_in_the_order_of_an_index(
        self, app: Flask, cast: Cast, site: Site, status: ClientStatus
    ) -> None:
        site.sign_in(cast.rita)
        with statements(app) as sent:
            site.get(f"/clients/?status={status}")
        [query] = [s for s in sent if "FROM clients" in s and "ORDER BY" in s]

        with app.app_context():
            if db.engine.dialect.name != "sqlite":
                return
            explain = f"EXPLAIN QUERY PLAN {query}"
            values = tuple(["active"] + [26] * (query.count("?") - 1))
            steps = db.session.connection().exec_driver_sql(explain, values).all()
        told = " ".join(str(step[-1]) for step in steps)
        assert "ix_clients_status_id" in told
        assert "TEMP B-TREE" not in told


class TestSearch:
    @both
    @pytest.mark.parametrize(
        "text", ["alv", "ANNIE", "ana alvarez", "alvarez  ana", "Álvarez", "ánà"]
    )
    def test_a_part_of_any_name_is_enough(
        self, cast: Cast, site: Site, text: str, htmx: bool
    ) -> None:
        page = search(site.sign_in(cast.fiona), text, htmx=htmx)

        assert names(page) == ["Ana “Annie” Alvarez"]

    def test_an_accent_in_the_name_is_no_obstacle(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            factories.client(first_name="Thúy", last_name="Nguyễn", aliases="Twee\nT. Łuk")
            db.session.commit()
        site.sign_in(cast.rita)

        for text in ("thuy", "nguyen", "twee", "luk"):
            assert names(search(site, text)) == ["Thúy Nguyễn"]

    def test_it_finds_nobody_else_than_the_list_shows(self, cast: Cast, site: Site) -> None:
        assert names(search(site.sign_in(cast.carl), "e")) == ["Ana “Annie” Alvarez"]
        assert names(search(site, "zimmer")) == []
        assert names(search(site.sign_in(cast.rita), "zimmer")) == ["Zoe Zimmer"]

    def test_what_is_found_is_in_the_order_of_names(self, cast: Cast, site: Site) -> None:
        page = search(site.sign_in(cast.rita), "e")

        assert names(page) == [
            "Ana “Annie” Alvarez",
            "Ben Brandt",
            "Cleo Costa",
            "Zoe Zimmer",
        ]

    @both
    def test_an_empty_search_is_the_list(self, cast: Cast, site: Site, htmx: bool) -> None:
        assert len(names(search(site.sign_in(cast.fiona), "  ", htmx=htmx))) == 3

    def test_fifty_are_shown_of_more(self, app: Flask, cast: Cast, site: Site) -> None:
        register_many(app, 51, cast.carl)

        page = search(site.sign_in(cast.carl), "client")

        assert len(names(page)) == 50
        assert "50+ found" in page.text

    @both
    def test_a_nul_is_refused_by_name(self, cast: Cast, site: Site, htmx: bool) -> None:
        page = search(site.sign_in(cast.fiona), "a\0b", htmx=htmx, status=422)

        assert "NUL character" in page.text

    def test_what_is_refused_stays_in_its_field(self, cast: Cast, site: Site) -> None:
        page = search(site.sign_in(cast.fiona), "x" * 201, status=422)

        field = one(page, "#client-search-text")
        link = one(page, ".govuk-error-summary a")
        assert link["href"] == "#client-search-text"
        assert "Shorten this by 1 character" in link.text
        assert field["value"] == "x" * 201
        assert field["aria-invalid"] == "true"
        assert len(names(page)) == 3

    def test_no_name_reaches_an_address_or_the_audit_log(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        search(site.sign_in(cast.fiona), "Alvarez")

        assert "Location" not in site.last.headers
        with app.app_context():
            events = db.session.scalars(db.select(AuditEvent)).all()
            assert [e.tag for e in events].count("client:list") >= 2
            assert "alvarez" not in str([(e.detail, e.object_type) for e in events]).lower()

    def test_a_search_does_not_hold_up_those_who_write(
        self, cast: Cast, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        writing = set()
        original = KeyRing.open

        def spy(ring: KeyRing, place: Place, row: uuid.UUID, sealed: bytes) -> str:
            if place.table == "clients":
                writing.add(is_writing())
            return original(ring, place, row, sealed)

        page = site.sign_in(cast.fiona).get("/clients/")
        monkeypatch.setattr(KeyRing, "open", spy)
        site.submit(page, "#client-search", q="alv", status=200)

        assert writing == {False}

    def test_a_fragment_is_the_list_alone(self, cast: Cast, site: Site) -> None:
        token = site.sign_in(cast.fiona).token()
        data = {"csrf_token": token, "q": "alv"}
        answer = site.client.post("/clients/", data=data, headers=HTMX, base_url=BASE)

        assert answer.text.lstrip().startswith('<div id="client-list"')
