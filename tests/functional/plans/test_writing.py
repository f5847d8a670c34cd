"""Writing a treatment plan: rows come and go, nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.clients.models import Client
from groupnotes.core.db import db
from groupnotes.plans.models import Goal, Objective, TreatmentPlan
from tests.support.cast import Cast
from tests.support.site import Site, fields_of, one

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])

FORM = "#plan-form"
FIRST: dict[str, Any] = {
    "problem": "Panic in crowds",
    "services": "Coping skills, weekly, 90 minutes",
    "effective_on": "2026-03-02",
    "review_due_on": "2026-06-01",
    "goals-0-text": "Shop without fear",
    "goals-0-objectives-0-text": "Breathe slowly when tense",
    "goals-0-objectives-0-target": "4 of 5 times",
}


def begin(site: Site, client: uuid.UUID) -> BeautifulSoup:
    return site.get(f"/clients/{client}/plans/new")


def press(
    site: Site, page: BeautifulSoup, words: str, *, htmx: bool = False, **typed: Any
) -> BeautifulSoup:
    """Press one of the buttons that only rearrange the form."""
    button = f"button[name=arrange][value='{words}']"
    return site.submit(page, FORM, button=button, fill=typed, htmx=htmx, status=200)


def save(
    site: Site,
    page: BeautifulSoup,
    typed: dict[str, Any] | None = None,
    *,
    htmx: bool = False,
    status: int | None = None,
) -> BeautifulSoup:
    expected = status or (200 if htmx else 303)
    return site.submit(page, FORM, fill=typed or {}, htmx=htmx, status=expected)


def texts(page: BeautifulSoup) -> list[str]:
    """Return what stands in the goals and objectives of the form, in its order."""
    form = fields_of(one(page, FORM))
    return [text for name, text in form.items() if name.startswith("goals-") and "text" in name]


class TestADraft:
    @both
    def test_it_is_kept_and_can_be_gone_on_with(self, cast: Cast, site: Site, htmx: bool) -> None:
        save(site.sign_in(cast.fiona), begin(site, cast.cleo), FIRST, htmx=htmx)

        page = site.get(site.last.headers["HX-Redirect" if htmx else "Location"])
        form = fields_of(one(page, FORM))
        assert {name: form[name] for name in FIRST} == FIRST
        save(site, page, {"problem": "Panic"}, htmx=htmx)
        assert "A plan is being written" in site.get(f"/clients/{cast.cleo}").text

    def test_it_may_have_gaps(self, app: Flask, cast: Cast, site: Site) -> None:
        save(site.sign_in(cast.fiona), begin(site, cast.cleo), {"problem": "Panic"})

        with app.app_context():
            plan = db.session.scalars(sa.select(TreatmentPlan).filter_by(client_id=cast.cleo)).one()
            assert plan.status == "draft"
            assert db.session.scalars(sa.select(Goal).filter_by(plan_id=plan.id)).all() == []

    def test_the_review_is_due_in_ninety_days(self, cast: Cast, site: Site) -> None:
        form = fields_of(one(begin(site.sign_in(cast.fiona), cast.cleo), FORM))

        days = [dt.date.fromisoformat(form[name]) for name in ("effective_on", "review_due_on")]
        assert days[1] - days[0] == dt.timedelta(days=90)

    def test_there_is_one_at_a_time(self, app: Flask, cast: Cast, site: Site) -> None:
        page = begin(site.sign_in(cast.carl), cast.ana)
        fiona = Site(app).sign_in(cast.fiona)
        save(fiona, begin(fiona, cast.ana))

        refused = save(site, page, {"problem": "Something else"}, status=409)

        assert "Someone else has begun the next plan" in refused.text
        assert "Something else" in refused.text
        site.get(f"/clients/{cast.ana}/plans/new", status=303)
        assert site.last.location == fiona.last.location

    def test_everything_is_sealed_with_the_clients_key(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        save(site.sign_in(cast.fiona), begin(site, cast.cleo), FIRST)

        with app.app_context():
            key = db.session.get_one(Client, cast.cleo).data_key
            models: list[Any] = [TreatmentPlan, Goal, Objective]
            for model in models:
                row = db.session.scalars(sa.select(model).filter_by(client_id=cast.cleo)).one()
                assert row.data_key == key
            objective = db.session.scalars(
                sa.select(Objective).filter_by(client_id=cast.cleo)
            ).one()
            assert b"Breathe" not in objective.text_sealed
            assert objective.target == "4 of 5 times"

    @both
    @pytest.mark.parametrize(
        ("field", "typed", "sentence"),
        [
            ("effective_on", "", "Type the day it takes effect."),
            ("review_due_on", "soon", "Type a date with year, month and day"),
            ("review_due_on", "2026-03-02", "Choose a day after the plan takes effect."),
            ("problem", "Pa\0nic", "NUL character (U+0000) at character 3"),
            ("goals-0-objectives-0-text", "a\x07b", "control character (U+0007)"),
            ("goals-0-objectives-0-target", "x" * 201, "Shorten this by 1 character"),
        ],
    )
    def test_each_fault_has_its_sentence_and_the_rest_stays(
        self, cast: Cast, site: Site, field: str, typed: str, sentence: str, htmx: bool
    ) -> None:
        page = begin(site.sign_in(cast.fiona), cast.cleo)

        page = save(site, page, FIRST | {field: typed}, htmx=htmx, status=422)

        assert sentence in one(page, f"[id='{field}-error']").text
        assert sentence in one(page, f".govuk-error-summary a[href='#{field}']").text
        form = fields_of(one(page, FORM))
        assert {name: form[name] for name in FIRST} == FIRST | {field: typed}


class TestRows:
    @both
    def test_they_are_added_moved_and_removed_before_anything_is_saved(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        page = begin(site.sign_in(cast.fiona), cast.cleo)
        page = press(site, page, "add-objective 0", htmx=htmx, **FIRST)
        page = press(
            site,
            page,
            "raise-objective 0 1",
            htmx=htmx,
            **{"goals-0-objectives-1-text": "Go early"},
        )
        page = press(site, page, "add-goal", htmx=htmx)
        page = press(site, page, "raise-goal 1", htmx=htmx, **{"goals-1-text": "Sleep"})

        assert texts(page) == [
            "Sleep",
            "",
            "Shop without fear",
            "Go early",
            "Breathe slowly when tense",
        ]
        assert one(page, "#effective_on")["value"] == "2026-03-02"
        with app.app_context():
            query = sa.select(TreatmentPlan).filter_by(client_id=cast.cleo)
            assert db.session.scalars(query).all() == []

        page = press(site, page, "remove-goal 0", htmx=htmx)
        save(site, page, htmx=htmx)
        page = site.get(site.last.headers["HX-Redirect" if htmx else "Location"])
        assert texts(page) == ["Shop without fear", "Go early", "Breathe slowly when tense"]

    def test_what_cannot_be_kept_stays_too(self, cast: Cast, site: Site) -> None:
        page = begin(site.sign_in(cast.fiona), cast.cleo)

        page = press(site, page, "add-goal", **FIRST | {"effective_on": "soon"})

        assert one(page, "#effective_on")["value"] == "soon"
        assert "Shop without fear" in texts(page)

    def test_the_new_row_gets_the_focus(self, cast: Cast, site: Site) -> None:
        page = begin(site.sign_in(cast.fiona), cast.cleo)

        page = press(site, page, "add-objective 0")

        assert [field["name"] for field in page.select(f"{FORM} [autofocus]")] == [
            "goals-0-objectives-1-text"
        ]

    def test_enter_saves_and_moves_nothing(self, cast: Cast, site: Site) -> None:
        page = begin(site.sign_in(cast.fiona), cast.cleo)

        first = one(one(page, FORM), "button")
        assert first.text == "Save draft"
        assert not first.has_attr("name")

    def test_a_plan_has_room_for_twelve_goals(self, cast: Cast, site: Site) -> None:
        page = begin(site.sign_in(cast.fiona), cast.cleo)
        for _ in range(11):
            page = press(site, page, "add-goal")

        assert len(page.select("h2[id^=goal-]")) == 12
        assert page.select_one("button[value=add-goal]") is None

    def test_a_kept_draft_is_rearranged_and_refused_alike(self, cast: Cast, site: Site) -> None:
        save(site.sign_in(cast.fiona), begin(site, cast.cleo), FIRST)

        page = press(site, site.follow(), "add-goal", problem="Crowds")
        page = save(site, page, {"review_due_on": ""}, status=422)

        assert one(page, "#problem").text.strip() == "Crowds"
        assert texts(page) == ["Shop without fear", "Breathe slowly when tense", "", ""]
        assert "Type the day of the review." in one(page, ".govuk-error-summary").text


class TestTwoAtOnce:
    def test_the_second_sees_both_and_may_save_again(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        save(site.sign_in(cast.carl), begin(site, cast.ana), FIRST)
        seen = site.follow()
        fiona = Site(app).sign_in(cast.fiona)
        page = fiona.get(str(site.last.request.path))
        save(fiona, page, {"problem": "Crowds", "goals-0-text": "Travel"})

        page = save(site, seen, {"problem": "Panic!"}, status=409)

        assert one(page, "#problem").text.strip() == "Panic!"
        assert texts(page)[0] == "Shop without fear"
        assert "Crowds" in one(page, ".warning").text
        assert "Travel" in one(page, "details[open]").text
        save(site, page)
        assert texts(site.follow())[0] == "Shop without fear"

    def test_htmx_leaves_the_form_alone_and_tells(self, cast: Cast, site: Site) -> None:
        save(site.sign_in(cast.carl), begin(site, cast.ana), FIRST)
        seen = site.follow()
        save(site, seen)

        answer = save(site, seen, {"problem": "Panic!"}, htmx=True, status=409)

        assert "Someone else changed this" in answer.text
        assert answer.select_one("form") is None


class TestWhoMay:
    @pytest.mark.parametrize(
        ("who", "status"),
        [("finn", 403), ("sam", 403), ("rita", 403), ("adam", 403), ("olga", 404)],
    )
    def test_only_the_clients_clinicians_write(
        self, app: Flask, cast: Cast, site: Site, who: str, status: int
    ) -> None:
        carl = Site(app).sign_in(cast.carl)
        save(carl, begin(carl, cast.ana), FIRST)
        draft = str(carl.last.location)
        site.sign_in(getattr(cast, who))
        sent = {"csrf_token": site.token(), "version": "1", "password": "x", **FIRST}

        for url in (f"/clients/{cast.ana}/plans/new", f"{draft}/sign"):
            assert "Panic" not in site.get(url, status=status).text
            assert "Panic in" not in one(site.post(url, sent, status=status), "h1").text
        site.post(draft, sent | {"problem": "Gone"}, status=status)

        assert one(carl.get(draft), "#problem").text.strip() == "Panic in crowds"

    def test_a_supervisor_reads_a_draft_and_cannot_write(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        carl = Site(app).sign_in(cast.carl)
        save(carl, begin(carl, cast.ana), FIRST)

        page = site.sign_in(cast.sam).get(str(carl.last.location))

        assert "Panic in crowds" in page.text
        assert page.select_one(FORM) is None
