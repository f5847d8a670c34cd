"""Signing a plan into force, and what may change after that."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.audit.models import AuditEvent
from groupnotes.core.db import db
from groupnotes.plans.models import Objective, ObjectiveStatus, PlanStatus, TreatmentPlan
from tests.support.cast import Cast
from tests.support.factories import PASSWORD
from tests.support.site import BASE, Site, fields_of, one

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


def write(site: Site, client: uuid.UUID, **typed: Any) -> BeautifulSoup:
    """Draft the next plan and open the page where it is signed."""
    page = site.get(f"/clients/{client}/plans/new")
    site.submit(page, "#plan-form", button="button[name=then]", fill=typed)
    assert str(site.last.location).endswith("/sign")
    return site.follow()


def sign(
    site: Site,
    page: BeautifulSoup,
    *,
    password: str = PASSWORD,
    status: int = 303,
    htmx: bool = False,
) -> BeautifulSoup:
    return site.submit(page, "#sign-form", password=password, status=status, htmx=htmx)


def plans(app: Flask, client: uuid.UUID) -> list[TreatmentPlan]:
    with app.app_context():
        query = sa.select(TreatmentPlan).filter_by(client_id=client).order_by(TreatmentPlan.id)
        return list(db.session.scalars(query))


def in_force(app: Flask, client: uuid.UUID) -> TreatmentPlan:
    [plan] = [plan for plan in plans(app, client) if plan.status is PlanStatus.ACTIVE]
    return plan


class TestSigning:
    @both
    def test_the_next_plan_replaces_the_one_before(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        page = write(site.sign_in(cast.carl), cast.ana, problem="Low mood, less often")

        sign(site, page, htmx=htmx, status=200 if htmx else 303)

        assert [plan.status for plan in plans(app, cast.ana)] == ["replaced", "active"]
        shown = site.get(f"/plans/{in_force(app, cast.ana).id}")
        assert "Signed by Carl Clement, LCSW" in " ".join(shown.text.split())
        chart = site.get(f"/clients/{cast.ana}").text
        assert "Low mood, less often" in chart
        assert "A plan is being written" not in chart

    def test_it_starts_with_what_is_unfinished(self, app: Flask, cast: Cast, site: Site) -> None:
        page = write(site.sign_in(cast.carl), cast.ana)

        shown = page.text
        for text in ("Low mood and withdrawal", "Feel able to cope", "Use skill 1 three times"):
            assert text in shown
        sign(site, page)
        former, newer = plans(app, cast.ana)
        with app.app_context():
            query = sa.select(Objective.id, Objective.plan_id).filter_by(client_id=cast.ana)
            rows = db.session.execute(query).all()
        assert {row.plan_id for row in rows} == {former.id, newer.id}
        assert len({row.id for row in rows}) == 2

    @both
    def test_a_wrong_password_signs_nothing_and_loses_nothing(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        page = write(site.sign_in(cast.carl), cast.ana)

        page = sign(site, page, password="not my password", htmx=htmx, status=422)

        assert "This is not your password." in one(page, "#password-error").text
        assert "Use skill 1 three times" in page.text
        assert "not my password" not in str(page)
        assert [plan.status for plan in plans(app, cast.ana)] == ["active", "draft"]
        with app.app_context():
            query = sa.select(AuditEvent.outcome).filter_by(tag="account:password-confirm")
            assert db.session.scalars(query).all() == ["refused"]

    def test_gaps_are_named_instead_of_asking_for_a_password(self, cast: Cast, site: Site) -> None:
        page = write(site.sign_in(cast.fiona), cast.cleo, problem="Panic")

        assert page.select_one("#sign-form") is None
        warning = one(page, ".warning").text
        assert "Name the services" in warning
        assert "Add a goal." in warning

    def test_a_page_with_gaps_cannot_be_signed_by_hand(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        write(site.sign_in(cast.fiona), cast.cleo, problem="Panic")
        [plan] = plans(app, cast.cleo)
        sent = {"csrf_token": site.token(), "version": "1", "password": PASSWORD}

        page = site.post(f"/plans/{plan.id}/sign", sent, status=422)

        assert "Add a goal." in one(page, ".govuk-error-summary").text
        assert [plan.status for plan in plans(app, cast.cleo)] == ["draft"]

    def test_only_what_the_signer_saw_is_signed(self, app: Flask, cast: Cast, site: Site) -> None:
        page = write(site.sign_in(cast.carl), cast.ana)
        draft = plans(app, cast.ana)[-1]
        fiona = Site(app).sign_in(cast.fiona)
        fiona.submit(fiona.get(f"/plans/{draft.id}"), "#plan-form", problem="Another problem")

        refused = sign(site, page, status=409)

        assert "Someone else changed this" in refused.text
        assert plans(app, cast.ana)[-1].status == "draft"

    def test_it_is_recorded_with_the_client(self, app: Flask, cast: Cast, site: Site) -> None:
        sign(site.sign_in(cast.carl), write(site, cast.ana))

        with app.app_context():
            event = db.session.scalars(sa.select(AuditEvent).filter_by(tag="plan:sign")).one()
            assert (event.client_id, event.actor_id) == (cast.ana, cast.carl)
            assert event.detail is None

    def test_one_draft_is_signed_once(self, app: Flask, cast: Cast, site: Site) -> None:
        write(site.sign_in(cast.carl), cast.ana)
        url = f"/plans/{plans(app, cast.ana)[-1].id}/sign"

        sites = [Site(app).sign_in(who) for who in (cast.carl, cast.fiona)]
        forms = [fields_of(one(site.get(url), "#sign-form")) for site in sites]

        def send(site: Site, form: dict[str, str]) -> int:
            data = form | {"password": PASSWORD}
            return site.client.post(url, data=data, base_url=BASE).status_code

        with ThreadPoolExecutor(2) as pool:
            answers = sorted(pool.map(send, sites, forms))

        assert answers == [303, 409]
        assert [plan.status for plan in plans(app, cast.ana)] == ["replaced", "active"]


class TestASignedPlan:
    def test_it_is_shown_to_be_read(self, app: Flask, cast: Cast, site: Site) -> None:
        plan = in_force(app, cast.ana)

        page = site.sign_in(cast.carl).get(f"/plans/{plan.id}")

        assert not page.select("main textarea, main input[type=date]")
        assert "Write the next plan" in page.text

    @pytest.mark.parametrize("path", ["", "/sign"])
    def test_no_form_changes_it(self, app: Flask, cast: Cast, site: Site, path: str) -> None:
        plan = in_force(app, cast.ana)
        token = site.sign_in(cast.carl).token()
        sent = {
            "csrf_token": token,
            "version": str(plan.version),
            "password": PASSWORD,
            "problem": "Something quite different",
            "effective_on": "2026-01-01",
            "review_due_on": "2026-02-01",
        }

        page = site.post(f"/plans/{plan.id}{path}", sent, status=409)

        assert "This plan is signed and stays as it is" in page.text
        assert "Something quite different" in page.text
        with app.app_context():
            assert db.session.get_one(TreatmentPlan, plan.id).problem == "Low mood and withdrawal"

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE treatment_plans SET problem = services",
            "UPDATE treatment_plans SET effective_on = '2020-01-01'",
            "UPDATE treatment_plans SET review_due_on = '2099-01-01'",
            "UPDATE treatment_plans SET status = 'draft', signed_at = NULL",
            "DELETE FROM objectives",
            "UPDATE goals SET position = 7",
            "UPDATE objectives SET text = (SELECT problem FROM treatment_plans LIMIT 1)",
            "UPDATE objectives SET target = text",
            "UPDATE objectives SET position = 7",
        ],
    )
    def test_no_hand_on_the_database_changes_it(
        self, app: Flask, cast: Cast, statement: str
    ) -> None:
        with app.app_context(), pytest.raises(sa.exc.IntegrityError):
            db.session.execute(sa.text(statement))

    def test_a_replaced_plan_never_comes_back(self, app: Flask, cast: Cast, site: Site) -> None:
        sign(site.sign_in(cast.carl), write(site, cast.ana))
        former = plans(app, cast.ana)[0]

        with app.app_context():
            plan = db.session.get_one(TreatmentPlan, former.id)
            plan.status = PlanStatus.ACTIVE
            with pytest.raises(sa.exc.IntegrityError):
                db.session.flush()

    def test_the_history_shows_all(self, app: Flask, cast: Cast, site: Site) -> None:
        sign(site.sign_in(cast.carl), write(site, cast.ana))
        write(site, cast.ana)

        rows = site.get(f"/clients/{cast.ana}/plans").select("tbody tr")

        assert [one(row, ".tag").text for row in rows] == ["Draft", "In force", "Replaced"]
        assert "Fiona Field" in rows[2].text


class TestObjectives:
    @both
    @pytest.mark.parametrize("to", ["achieved", "discontinued"])
    def test_one_is_closed_and_opened_again(
        self, app: Flask, cast: Cast, site: Site, to: str, htmx: bool
    ) -> None:
        url = f"/plans/{in_force(app, cast.ana).id}"
        status = 200 if htmx else 303
        page = site.sign_in(cast.carl).get(url)

        page = site.submit(page, f"form[action$='/{to}']", htmx=htmx, status=status)
        page = page if htmx else site.follow()

        assert one(page, ".step .tag").text == to.capitalize()
        site.submit(page, "form[action$='/open']", htmx=htmx, status=status)
        assert site.get(url).select_one(".step .tag") is None

    def test_a_closed_one_is_not_in_the_next_plan(self, app: Flask, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.carl).get(f"/plans/{in_force(app, cast.ana).id}")
        site.submit(page, "form[action$='/achieved']")

        form = site.get(f"/clients/{cast.ana}/plans/new")

        assert "Low mood and withdrawal" in form.text
        assert "Use skill 1" not in form.text

    def test_a_page_that_is_out_of_date_closes_nothing(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        url = f"/plans/{in_force(app, cast.ana).id}"
        page = site.sign_in(cast.carl).get(url)
        site.submit(page, "form[action$='/achieved']")

        site.submit(page, "form[action$='/discontinued']", status=409)

        assert one(site.get(url), ".step .tag").text == "Achieved"

    def test_one_of_another_plan_is_none_of_this(self, app: Flask, cast: Cast, site: Site) -> None:
        mine, other = in_force(app, cast.ana), in_force(app, cast.ben)
        with app.app_context():
            query = sa.select(Objective.id).filter_by(plan_id=other.id)
            objective = db.session.scalars(query).one()
        sent = {"csrf_token": site.sign_in(cast.carl).token(), "version": str(mine.version)}

        site.post(f"/plans/{mine.id}/objectives/{objective}/achieved", sent, status=404)

        with app.app_context():
            assert db.session.get_one(Objective, objective).status is ObjectiveStatus.OPEN

    def test_a_drafts_objectives_are_not_closed(self, app: Flask, cast: Cast, site: Site) -> None:
        write(site.sign_in(cast.carl), cast.ana)
        draft = plans(app, cast.ana)[-1]
        with app.app_context():
            query = sa.select(Objective.id).filter_by(plan_id=draft.id)
            objective = db.session.scalars(query).one()
        sent = {"csrf_token": site.token(), "version": str(draft.version)}

        site.post(f"/plans/{draft.id}/objectives/{objective}/achieved", sent, status=409)

    @pytest.mark.parametrize(("who", "status"), [("finn", 403), ("sam", 403), ("olga", 404)])
    def test_only_the_clients_clinicians_close_one(
        self, app: Flask, cast: Cast, site: Site, who: str, status: int
    ) -> None:
        plan = in_force(app, cast.ana)
        with app.app_context():
            query = sa.select(Objective.id).filter_by(plan_id=plan.id)
            objective = db.session.scalars(query).one()
        sent = {"csrf_token": site.sign_in(getattr(cast, who)).token(), "version": "1"}

        site.post(f"/plans/{plan.id}/objectives/{objective}/achieved", sent, status=status)

        with app.app_context():
            assert db.session.get_one(Objective, objective).status is ObjectiveStatus.OPEN


class TestWhoReads:
    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("fiona", 200),
            ("carl", 200),
            ("sam", 200),
            ("finn", 403),
            ("rita", 403),
            ("adam", 403),
            ("olga", 404),
        ],
    )
    def test_only_who_treats_or_supervises(
        self, app: Flask, cast: Cast, site: Site, who: str, status: int
    ) -> None:
        plan = in_force(app, cast.ana)
        site.sign_in(getattr(cast, who))

        for url in (f"/plans/{plan.id}", f"/clients/{cast.ana}/plans"):
            page = site.get(url, status=status)
            assert ("Alvarez" in page.text) is (status == 200)
