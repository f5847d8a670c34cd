"""Keeping a client's problem list."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.audit.models import AuditEvent
from groupnotes.clients.models import Client
from groupnotes.core.db import db
from groupnotes.diagnoses.models import Diagnosis
from tests.support.cast import Cast
from tests.support.site import Site, one

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])

ANXIETY = {"code": "f411", "description": "Generalized anxiety disorder", "onset_on": "2024-03"}


def add(
    site: Site, client: uuid.UUID, *, status: int = 303, htmx: bool = False, **typed: str
) -> BeautifulSoup:
    page = site.get(f"/clients/{client}/diagnoses/new")
    return site.submit(page, "#diagnosis-form", fill=ANXIETY | typed, status=status, htmx=htmx)


def problems(page: BeautifulSoup) -> list[str]:
    """Return the codes on the chart's problem list, in its order."""
    return [code.text for code in page.select("section[aria-labelledby=problems-title] .code")]


def of_ana(app: Flask, cast: Cast) -> str:
    """Return the address of the one diagnosis Ana has from the start."""
    with app.app_context():
        query = sa.select(Diagnosis.id).filter_by(client_id=cast.ana)
        return f"/diagnoses/{db.session.scalars(query).one()}"


class TestNames:
    @both
    def test_a_description_that_names_another_client_is_marked_and_not_saved(
        self, cast: Cast, site: Site, htmx: bool
    ) -> None:
        described = "Phobia of Ben, moderate"
        page = add(site.sign_in(cast.carl), cast.ana, description=described, status=422, htmx=htmx)

        assert "must not name another client" in one(page, "#description-error").text
        assert [mark.text for mark in page.select("mark")] == ["Ben"]
        assert one(page, "#description")["value"] == described
        assert problems(site.get(f"/clients/{cast.ana}")) == ["F33.1"]

        button = "button[name=replace]"
        page = site.submit(page, "#diagnosis-form", button=button, status=200, htmx=htmx)
        assert one(page, "#description")["value"] == "Phobia of another member, moderate"
        assert one(page, "#code")["value"] == ANXIETY["code"]
        site.submit(page, "#diagnosis-form", status=200 if htmx else 303, htmx=htmx)
        assert problems(site.get(f"/clients/{cast.ana}")) == ["F33.1", "F41.1"]

    def test_a_changed_description_is_checked_too(self, app: Flask, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(of_ana(app, cast))

        page = site.submit(page, "#diagnosis-form", description="As in Cleo", status=422)
        page = site.submit(page, "#diagnosis-form", button="button[name=replace]", status=200)

        assert one(page, "#description")["value"] == "As in another member"
        site.submit(page, "#diagnosis-form")

    def test_the_clients_own_name_and_a_strangers_are_free(self, cast: Cast, site: Site) -> None:
        add(site.sign_in(cast.carl), cast.ana, description="Alvarez-Zimmer syndrome of Ana")


class TestAdding:
    @both
    def test_it_stands_on_the_chart_as_the_classification_writes_it(
        self, cast: Cast, site: Site, htmx: bool
    ) -> None:
        add(site.sign_in(cast.carl), cast.ana, htmx=htmx, status=200 if htmx else 303)

        chart = site.get(f"/clients/{cast.ana}")
        assert problems(chart) == ["F33.1", "F41.1"]
        assert "Onset March 2024" in chart.text

    def test_rank_orders_the_list(self, cast: Cast, site: Site) -> None:
        add(site.sign_in(cast.fiona), cast.cleo, code="F60.3")
        add(site, cast.cleo)
        add(site, cast.cleo, code="F10.20", rank="1")

        assert problems(site.get(f"/clients/{cast.cleo}")) == ["F60.3", "F10.20", "F41.1"]

    @both
    @pytest.mark.parametrize(
        ("field", "typed", "sentence"),
        [
            ("code", "", "Type the code"),
            ("code", "depression", "Type an ICD-10-CM code, such as F33.1."),
            ("code", "F33.1", "This code is on the problem list already."),
            ("description", "", "Type what the code stands for."),
            ("description", "a\0b", "NUL character (U+0000) at character 2"),
            ("onset_on", "spring", "Type a year, a month or a day"),
            ("onset_on", "2096", "The onset lies in the future."),
            ("rank", "first", "Type a number from 1 to 99."),
            ("rank", "0", "Type a number from 1 to 99."),
        ],
    )
    def test_each_fault_has_its_sentence_at_its_field(
        self, cast: Cast, site: Site, field: str, typed: str, sentence: str, htmx: bool
    ) -> None:
        page = add(site.sign_in(cast.carl), cast.ana, **{field: typed}, status=422, htmx=htmx)

        assert sentence in one(page, f"#{field}-error").text
        assert sentence in one(page, f".govuk-error-summary a[href='#{field}']").text
        for name, value in (ANXIETY | {field: typed}).items():
            assert one(page, f"#{name}")["value"] == value

    def test_it_is_sealed_with_the_clients_key(self, app: Flask, cast: Cast, site: Site) -> None:
        add(site.sign_in(cast.carl), cast.ana)

        with app.app_context():
            row = db.session.scalars(sa.select(Diagnosis).order_by(Diagnosis.id.desc())).first()
            assert row is not None
            assert row.data_key == db.session.get_one(Client, cast.ana).data_key
            assert b"anxiety" not in row.description_sealed
            assert row.made_by_id == cast.carl

    def test_the_audit_log_names_the_client_and_tells_nothing(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        add(site.sign_in(cast.carl), cast.ana)

        with app.app_context():
            query = sa.select(AuditEvent).filter_by(tag="diagnosis:create")
            event = db.session.scalars(query).one()
            assert (event.client_id, event.actor_id, event.detail) == (cast.ana, cast.carl, None)


class TestEditing:
    @both
    def test_a_resolved_one_goes_to_the_end_and_frees_its_code(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        url = of_ana(app, cast)
        add(site.sign_in(cast.carl), cast.ana)

        site.submit(
            site.get(url),
            "#diagnosis-form",
            fill={"status": "resolved"},
            htmx=htmx,
            status=200 if htmx else 303,
        )

        chart = site.get(f"/clients/{cast.ana}")
        assert problems(chart) == ["F41.1", "F33.1"]
        assert "Resolved" in chart.text
        add(site, cast.ana, code="F33.1")

    def test_reopening_next_to_its_like_is_refused(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        url = of_ana(app, cast)
        page = site.sign_in(cast.carl).get(url)
        site.submit(page, "#diagnosis-form", fill={"status": "resolved"})
        add(site, cast.ana, code="F33.1")

        page = site.submit(site.get(url), "#diagnosis-form", fill={"status": "active"}, status=422)

        assert "on the problem list already" in one(page, "#code-error").text

    def test_the_second_of_two_sees_both(self, app: Flask, cast: Cast, site: Site) -> None:
        url = of_ana(app, cast)
        seen = site.sign_in(cast.carl).get(url)
        fiona = Site(app).sign_in(cast.fiona)
        fiona.submit(fiona.get(url), "#diagnosis-form", fill={"description": "Depression"})

        page = site.submit(seen, "#diagnosis-form", fill={"onset_on": "2020"}, status=409)

        assert one(page, "#onset_on")["value"] == "2020"
        assert "Depression" in one(page, ".warning").text
        site.submit(page, "#diagnosis-form")
        assert "Onset 2020" in site.follow().text


class TestWhoMay:
    @pytest.mark.parametrize(
        ("who", "status"),
        [("finn", 403), ("sam", 403), ("rita", 403), ("adam", 403), ("olga", 404)],
    )
    def test_only_the_clients_clinicians(
        self, app: Flask, cast: Cast, site: Site, who: str, status: int
    ) -> None:
        one_of_anas = of_ana(app, cast)
        site.sign_in(getattr(cast, who))
        sent = {**ANXIETY, "csrf_token": site.token(), "rank": "1", "version": "1"}

        for url in (f"/clients/{cast.ana}/diagnoses/new", one_of_anas):
            assert "depressive" not in site.get(url, status=status).text
            assert "depressive" not in site.post(url, sent, status=status).text

        with app.app_context():
            assert db.session.scalar(sa.select(sa.func.count(Diagnosis.id))) == 2
