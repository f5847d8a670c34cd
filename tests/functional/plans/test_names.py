"""A client's plan names no other client of the groups that the client is or was in."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.clients.models import Client
from groupnotes.core.db import db
from groupnotes.groups.models import Enrolment, Group
from groupnotes.plans.models import PlanStatus, TreatmentPlan
from tests.support import factories
from tests.support.cast import Cast
from tests.support.site import Site, fields_of, one

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])

FORM = "#plan-form"
PLAN = {
    "problem": "Panic in crowds",
    "services": "Coping skills, weekly, 90 minutes",
    "effective_on": "2026-03-02",
    "review_due_on": "2026-06-01",
    "goals-0-text": "Shop without fear",
    "goals-0-objectives-0-text": "Breathe slowly when tense",
    "goals-0-objectives-0-target": "4 of 5 times",
}
TEXTS = [name for name in PLAN if not name.endswith("_on")]
SENTENCE = "it must not name another client"


def begin(site: Site, client: uuid.UUID) -> BeautifulSoup:
    return site.get(f"/clients/{client}/plans/new")


def draft(app: Flask, client: uuid.UUID) -> TreatmentPlan | None:
    query = sa.select(TreatmentPlan).filter_by(client_id=client, status=PlanStatus.DRAFT)
    with app.app_context():
        return db.session.scalars(query).one_or_none()


class TestADraft:
    @both
    @pytest.mark.parametrize("field", TEXTS)
    def test_another_clients_name_is_marked_where_it_stands_and_not_saved(
        self, app: Flask, cast: Cast, site: Site, field: str, htmx: bool
    ) -> None:
        page = begin(site.sign_in(cast.fiona), cast.cleo)
        typed = PLAN | {field: "As Ben Brandt does"}

        page = site.submit(page, FORM, fill=typed, status=422, htmx=htmx)

        assert SENTENCE in one(page, f"#{field}-error").text
        assert one(page, f".govuk-error-summary a[href='#{field}']")
        assert [mark.text for mark in page.select("mark")] == ["Ben Brandt"]
        form = fields_of(one(page, FORM))
        assert {name: form[name] for name in typed} == typed
        assert draft(app, cast.cleo) is None

    @both
    @pytest.mark.parametrize("field", TEXTS)
    def test_it_is_replaced_by_one_button_and_the_rest_stays(
        self, cast: Cast, site: Site, field: str, htmx: bool
    ) -> None:
        page = begin(site.sign_in(cast.fiona), cast.cleo)
        typed = PLAN | {field: "As Ben Brandt does"}
        page = site.submit(page, FORM, fill=typed, status=422, htmx=htmx)

        button = f"button[name=replace][value='{field}']"
        assert "another member" in one(page, button).text
        page = site.submit(page, FORM, button=button, status=200, htmx=htmx)

        form = fields_of(one(page, FORM))
        expected = typed | {field: "As another member does"}
        assert {name: form[name] for name in expected} == expected
        assert not page.select("mark")
        site.submit(page, FORM, status=200 if htmx else 303, htmx=htmx)

    def test_a_draft_that_is_gone_on_with_is_checked_too(self, cast: Cast, site: Site) -> None:
        site.submit(begin(site.sign_in(cast.fiona), cast.cleo), FORM, fill=PLAN)
        page = site.follow()

        page = site.submit(page, FORM, problem="Fights with Ben", status=422)

        page = site.submit(page, FORM, button="button[name=replace]", status=200)
        assert fields_of(one(page, FORM))["problem"] == "Fights with another member"
        site.submit(page, FORM)

    def test_the_client_and_strangers_may_be_named(self, cast: Cast, site: Site) -> None:
        page = begin(site.sign_in(cast.fiona), cast.cleo)

        site.submit(page, FORM, fill=PLAN | {"problem": "Cleo Costa misses her sister Zoe"})

    def test_somebody_of_a_group_that_both_have_left_is_another_client(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        with app.app_context():
            past = factories.group(name="Grief circle")
            for client in (cast.cleo, cast.zoe):
                stay = {"started_on": dt.date(2025, 1, 7), "ended_on": dt.date(2025, 6, 3)}
                factories.enrol(past, db.session.get_one(Client, client), **stay)
            db.session.commit()
        page = begin(site.sign_in(cast.fiona), cast.cleo)

        page = site.submit(page, FORM, fill=PLAN | {"problem": "Zoe comes to mind"}, status=422)

        assert [mark.text for mark in page.select("mark")] == ["Zoe"]


class TestSigning:
    def test_it_is_refused_when_someone_named_has_joined_since(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        page = begin(site.sign_in(cast.fiona), cast.cleo)
        site.submit(page, FORM, fill=PLAN | {"problem": "Misses Zoe"}, button="button[value=sign]")
        page = site.follow()
        with app.app_context():
            group = db.session.get_one(Group, cast.group)
            factories.enrol(group, db.session.get_one(Client, cast.zoe))
            db.session.commit()

        page = site.submit(page, "#sign-form", password=factories.PASSWORD, status=422)

        assert "This plan names another client." in one(page, ".govuk-error-summary").text
        assert draft(app, cast.cleo) is not None

    def test_it_is_signed_when_nobody_is_named(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            assert db.session.scalar(sa.select(sa.func.count()).select_from(Enrolment)) == 3
        page = begin(site.sign_in(cast.fiona), cast.cleo)
        site.submit(page, FORM, fill=PLAN | {"problem": "Misses Zoe"}, button="button[value=sign]")

        site.submit(site.follow(), "#sign-form", password=factories.PASSWORD)

        assert draft(app, cast.cleo) is None
