"""Taking a client in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.audit.models import AuditEvent
from groupnotes.clients.models import CaseloadEntry, Client
from groupnotes.core.db import db
from tests.support.cast import Cast
from tests.support.site import BASE, Site, fields_of, one

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])

DORA: dict[str, Any] = {
    "first_name": "Doralinda",
    "last_name": "Quixley",
    "preferred_name": "Dolly",
    "aliases": "Dodo\r\n  Mrs Q \r\n",
    "birth_date": "1984-02-29",
    "mrn": "QX-1",
    "phone": "518-555-0177",
    "email": "dolly@example.org",
    "address": "1 Quay Street\r\nAlbany",
    "contacts": "Rosamund Quixley, mother\r\nPetra Vale, sponsor",
    "employer": "Alder Bakery",
    "payer": "Larkspur Health",
    "member_id": "LH-77",
}


def register(
    site: Site, change: dict[str, Any] | None = None, *, status: int = 303, htmx: bool = False
) -> BeautifulSoup:
    page = site.get("/clients/new")
    fill = DORA | (change or {})
    return site.submit(page, "#client-form", fill=fill, status=status, htmx=htmx)


def newest(app: Flask) -> Client:
    """Return the client registered last; the caller holds an application context."""
    return db.session.scalars(sa.select(Client).order_by(Client.id.desc()).limit(1)).one()


class TestRegistering:
    @both
    def test_a_clinician_gets_the_client_on_their_caseload(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        register(site.sign_in(cast.carl), htmx=htmx, status=200 if htmx else 303)

        url = site.last.headers["HX-Redirect" if htmx else "Location"]
        chart = site.get(url).text
        for word in (
            "Doralinda “Dolly” Quixley",
            "February 29, 1984",
            "QX-1",
            "Mrs Q",
            "LH-77",
            "Petra Vale, sponsor",
            "Alder Bakery",
        ):
            assert word in chart
        with app.app_context():
            client = newest(app)
            entry = db.session.scalars(
                sa.select(CaseloadEntry).filter_by(client_id=client.id)
            ).one()
            assert entry.clinician_id == cast.carl
            assert client.aliases == "Dodo\nMrs Q"

    def test_a_clinician_cannot_choose_someone_else(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.carl).get("/clients/new")
        form = fields_of(one(page, "#client-form"))
        assert "clinicians" not in form

        site.post("/clients/new", form | DORA | {"clinicians": str(cast.olga)}, status=303)

        chart = site.follow().text
        assert "Carl Clement" in chart
        assert "Olga Other" not in chart

    def test_a_clerk_chooses_who_cares(self, cast: Cast, site: Site) -> None:
        chosen = [str(cast.carl), str(cast.olga)]
        register(site.sign_in(cast.rita), {"clinicians": chosen})

        chart = site.follow().text
        assert "Carl Clement, LCSW" in chart
        assert "Olga Other, LCSW" in chart

    @both
    def test_a_clerk_must_choose_someone(self, cast: Cast, site: Site, htmx: bool) -> None:
        page = register(site.sign_in(cast.rita), htmx=htmx, status=422)

        link = one(page, ".govuk-error-summary a")
        assert link.text == "Choose who cares for the client."
        assert page.select_one(str(link["href"])) is not None

    @pytest.mark.parametrize("who", ["finn", "adam"])
    def test_a_caseload_needs_a_clinician(self, cast: Cast, site: Site, who: str) -> None:
        page = site.sign_in(cast.rita).get("/clients/new")
        sent = fields_of(one(page, "#client-form")) | DORA
        sent["clinicians"] = str(getattr(cast, who))

        page = site.post("/clients/new", sent, status=422)

        assert "Choose people who work here as clinicians." in page.text

    @pytest.mark.parametrize("who", ["finn", "sam", "adam"])
    def test_nobody_else_registers(self, cast: Cast, site: Site, who: str) -> None:
        site.sign_in(getattr(cast, who)).get("/clients/new", status=403)
        token = site.token()

        site.post("/clients/new", DORA | {"csrf_token": token}, status=403)

    def test_each_client_has_a_key_and_no_name_is_readable_at_rest(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        register(site.sign_in(cast.carl))
        register(site, {"mrn": "QX-2"})

        with app.app_context():
            rows = db.session.execute(sa.text("SELECT * FROM clients")).mappings().all()
            keys = [row["data_key"] for row in rows]
            stored = b"".join(bytes(v) for row in rows for v in row.values() if _is_bytes(v))
        assert len(set(keys)) == len(keys)
        for text in ("Doralinda", "Quixley", "Dolly", "1984", "QX-1", "518-555", "Larkspur"):
            assert text.encode() not in stored

    def test_the_audit_log_names_the_client_and_tells_nothing(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        register(site.sign_in(cast.carl))

        with app.app_context():
            client_id = newest(app).id
            events = db.session.scalars(sa.select(AuditEvent).filter_by(client_id=client_id)).all()
            assert {"client:create", "client:caseload-edit"} <= {e.tag for e in events}
            assert all(e.actor_id == cast.carl and e.detail is None for e in events)


class TestBadInput:
    @both
    def test_what_is_missing_is_asked_for_and_the_rest_stays(
        self, cast: Cast, site: Site, htmx: bool
    ) -> None:
        missing = dict.fromkeys(("first_name", "last_name", "birth_date", "mrn"), "  ")
        page = register(site.sign_in(cast.carl), missing, htmx=htmx, status=422)

        links = page.select(".govuk-error-summary a")
        assert [str(link["href"]) for link in links] == [f"#{name}" for name in missing]
        for link in links:
            field = one(page, str(link["href"]))
            assert field["aria-invalid"] == "true"
            assert f"{field['id']}-error" in str(field["aria-describedby"])
        assert one(page, "#payer")["value"] == "Larkspur Health"
        assert one(page, "#address").text.strip() == "1 Quay Street\nAlbany"

    @pytest.mark.parametrize(
        ("field", "typed", "sentence"),
        [
            ("birth_date", "29.2.1984", "Type a date with year, month and day"),
            ("birth_date", "2096-01-01", "The date of birth lies in the future."),
            ("email", "dolly at home", "Type an address like name@example.org."),
            ("payer", "", "Type the payer that this member id belongs to."),
            ("member_id", "", "Type the member id that belongs to this payer."),
            ("first_name", "Do\0lly", "NUL character (U+0000) at character 3"),
            ("last_name", "x" * 101, "Shorten this by 1 character"),
            ("aliases", "one\n\x1btwo", "hidden control character (U+001B) in line 2"),
        ],
    )
    def test_each_fault_has_its_sentence_at_its_field(
        self, cast: Cast, site: Site, field: str, typed: str, sentence: str
    ) -> None:
        page = register(site.sign_in(cast.carl), {field: typed}, status=422)

        assert sentence in one(page, f"#{field}-error").text
        assert sentence in one(page, f".govuk-error-summary a[href='#{field}']").text
        assert one(page, "#last_name")["value"] == (typed if field == "last_name" else "Quixley")

    @both
    @pytest.mark.parametrize("typed", ["MRN-9", "mrn-9", " ＭＲＮ-９ "])  # noqa: RUF001
    def test_a_number_that_is_taken_tells_nothing_of_whose_it_is(
        self, cast: Cast, site: Site, htmx: bool, typed: str
    ) -> None:
        page = register(site.sign_in(cast.carl), {"mrn": typed}, htmx=htmx, status=422)

        assert "Another client has this number." in one(page, "#mrn-error").text
        assert "Zoe" not in page.text
        assert "Zimmer" not in page.text
        assert str(cast.zoe) not in str(page)

    def test_a_refused_registration_leaves_nothing(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        with app.app_context():
            before = db.session.execute(sa.text("SELECT count(*) FROM data_keys")).scalar_one()
        register(site.sign_in(cast.carl), {"mrn": "MRN-9"}, status=422)

        with app.app_context():
            after = db.session.execute(sa.text("SELECT count(*) FROM data_keys")).scalar_one()
        assert after == before


class TestTwoAtOnce:
    def test_one_number_is_given_once(self, app: Flask, cast: Cast) -> None:
        sites = [Site(app).sign_in(cast.carl) for _ in range(4)]
        forms = [fields_of(one(site.get("/clients/new"), "#client-form")) for site in sites]

        def send(site: Site, form: dict[str, str]) -> int:
            return site.client.post("/clients/new", data=form | DORA, base_url=BASE).status_code

        with ThreadPoolExecutor(4) as pool:
            answers = sorted(pool.map(send, sites, forms))

        assert answers == [303, 422, 422, 422]


def _is_bytes(value: object) -> bool:
    return isinstance(value, bytes | memoryview)
