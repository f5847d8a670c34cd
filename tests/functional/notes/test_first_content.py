"""What a new note starts with: its own client's chart as it is today, and nothing else."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask

from groupnotes.accounts.models import User
from groupnotes.clients.models import Client
from groupnotes.core.db import db
from groupnotes.diagnoses.models import DiagnosisStatus
from groupnotes.plans.models import ObjectiveStatus, PlanStatus
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.site import Site, both, done, fields_of, one

DIAGNOSES = ["F41.1 Generalized anxiety disorder", "F40.10 Social phobia"]
OBJECTIVES = ["Breathe slowly", "Call a friend", "Go outside"]  # by goal, then by place
OVER = ["F10.21", "Stay sober", "Sleep well", "An older plan", "The next plan"]


def chart(cast: Cast) -> None:
    """Give Cleo a chart with all that may be in one, in another order than a note has it."""
    cleo = db.session.get_one(Client, cast.cleo)
    fiona = db.session.get_one(User, cast.fiona)
    for rank, (diagnosis, status) in {
        3: ("F10.21 Alcohol dependence, in remission", DiagnosisStatus.RESOLVED),
        2: (DIAGNOSES[1], DiagnosisStatus.ACTIVE),
        1: (DIAGNOSES[0], DiagnosisStatus.ACTIVE),
    }.items():
        code, _, description = diagnosis.partition(" ")
        facts = {"code": code, "description": description, "rank": rank, "status": status}
        factories.diagnosis(cleo, made_by_id=fiona.id, **facts)
    older = factories.draft_plan(cleo)
    factories.objective(factories.goal(older), text="An older plan")
    factories.sign_plan(older, status=PlanStatus.REPLACED, signed_by_id=fiona.id)
    plan = factories.draft_plan(cleo)
    second, first = (factories.goal(plan, position=place) for place in (3, 2))
    factories.objective(second, position=1, text="Go outside")
    factories.objective(first, position=2, text="Call a friend")
    factories.objective(first, position=1, text="Breathe slowly")
    achieved, discontinued = ObjectiveStatus.ACHIEVED, ObjectiveStatus.DISCONTINUED
    factories.objective(first, position=3, text="Stay sober", status=achieved)
    factories.objective(first, position=4, text="Sleep well", status=discontinued)
    factories.sign_plan(plan, signed_by_id=fiona.id)
    factories.objective(factories.goal(factories.draft_plan(cleo)), text="The next plan")


@pytest.fixture
def charted(app: Flask, cast: Cast) -> None:
    with app.app_context():
        chart(cast)
        db.session.commit()


@pytest.mark.usefixtures("charted")
class TestANewNote:
    @both
    def test_it_has_the_active_diagnoses_and_the_open_objectives_in_their_order(
        self, cast: Cast, site: Site, htmx: bool
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast, htmx=htmx)
        session = site.follow()

        cleos = journey.note_of(site, cast, "Cleo")
        alone = one(site.get(f"/notes/{cleos}"), f"form#note-{cleos}")

        for form in (alone, one(session, f"form#note-{cleos}")):
            boxes = form.select("[name=diagnoses]")
            assert [box.find_next("span").text for box in boxes] == DIAGNOSES  # type: ignore[union-attr]
            assert all(box.has_attr("checked") for box in boxes)
            shown = [text.get_text("|") for text in form.select(".objective__text")]
            assert [text.split("|")[-1] for text in shown] == OBJECTIVES
            assert not any(word in form.text for word in OVER)

    def test_nobody_has_anything_of_somebody_else(self, app: Flask, cast: Cast, site: Site) -> None:
        journey.document(site.sign_in(cast.fiona), cast)

        seen: list[str] = []
        for name in ("Annie", "Ben", "Cleo"):
            note_id = journey.note_of(site, cast, name)
            form = one(site.get(f"/notes/{note_id}"), f"form#note-{note_id}")
            seen += [str(box["value"]) for box in form.select("[name=diagnoses]")]
            seen += [str(field["name"]) for field in form.select("[name^=rating-]")]
            if name != "Cleo":
                assert not any(text in form.text for text in (*DIAGNOSES, *OBJECTIVES, *OVER))

        # One diagnosis and one objective each, and Cleo's two and three: none stands twice.
        assert len(seen) == len(set(seen)) == 2 + 2 + 5

    def test_everything_else_is_empty(self, cast: Cast, site: Site) -> None:
        journey.document(site.sign_in(cast.fiona), cast)

        note_id = journey.note_of(site, cast, "Cleo")
        page = site.get(f"/notes/{note_id}")
        form = fields_of(one(page, f"form#note-{note_id}"))

        set_aside = {"csrf_token", "version", "edit", "diagnoses"}
        assert {name: value for name, value in form.items() if name not in set_aside} == {
            **dict.fromkeys(("response", "group_response", "risk_action", "plan"), ""),
            **{name: "" for name in form if name.startswith(("rating-", "evidence-"))},
        }
        assert one(page, f"#state-{note_id}").text == "Not started"


class TestAChartThatChangesLater:
    @pytest.fixture
    def cleos(self, app: Flask, cast: Cast, site: Site) -> uuid.UUID:
        """Cleo's note, made and begun before anything was in her chart."""
        journey.document(site.sign_in(cast.fiona), cast)
        note_id = journey.note_of(site, cast, "Cleo")
        journey.write(site, note_id, response="Listened.")
        site.follow()
        with app.app_context():
            chart(cast)
            db.session.commit()
        return note_id

    def test_a_note_does_not_change_by_itself(
        self, cast: Cast, site: Site, cleos: uuid.UUID
    ) -> None:
        journey.document(site, cast)

        page = site.get(f"/notes/{cleos}")

        assert not page.select("[name=diagnoses], .objective")

    @both
    def test_it_is_brought_up_to_date_on_demand_and_keeps_what_is_written(
        self, site: Site, cleos: uuid.UUID, htmx: bool
    ) -> None:
        for _ in range(2):  # again it changes nothing
            page = site.get(f"/notes/{cleos}")
            refresh = "form[action$='/refresh']"
            site.submit(page, refresh, status=done(htmx=htmx), htmx=htmx)

        page = site.get(f"/notes/{cleos}")
        assert [box.parent.text for box in page.select("[name=diagnoses]")] == DIAGNOSES  # type: ignore[union-attr]
        assert len(page.select(".objective")) == len(OBJECTIVES)
        assert fields_of(one(page, f"form#note-{cleos}"))["response"] == "Listened."
        assert "Rate this client's progress" in one(page, f"#missing-{cleos}").text

    @both
    def test_an_old_page_brings_nothing_up_to_date(
        self, site: Site, cleos: uuid.UUID, htmx: bool
    ) -> None:
        old = site.get(f"/notes/{cleos}")
        journey.write(site, cleos, response="Spoke in the end.")

        page = site.submit(old, "form[action$='/refresh']", status=409, htmx=htmx)

        assert "changed in another window" in page.text
        assert not site.get(f"/notes/{cleos}").select("[name=diagnoses]")


class TestTheGroupNoteOfADraft:
    @both
    def test_a_draft_shows_the_newest_and_a_signed_note_its_own(
        self, cast: Cast, site: Site, htmx: bool
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast, dynamics="Quiet at first.")
        annies, bens = (journey.note_of(site, cast, name) for name in ("Annie", "Ben"))
        for note_id in (annies, bens):
            journey.write(site, note_id)
        journey.sign(site, annies)

        journey.document(site, cast, dynamics="Lively later.", htmx=htmx)

        assert one(site.follow(), "#dynamics").text.strip() == "Lively later."
        draft = one(site.get(f"/notes/{bens}"), ".card:has(> #group-note-title)").text
        assert "revision 2" in draft
        assert ("Lively later." in draft, "Quiet" in draft) == (True, False)
        review = site.get(f"/notes/{bens}/sign").text
        assert ("Lively later." in review, "Quiet" in review) == (True, False)
        page = site.get(f"/notes/{annies}/signed")
        signed = one(page, ".columns").text
        assert ("Lively" in signed, "Quiet at first." in signed) == (False, True)
        assert "The group note has changed since: it is at revision 2 now." in page.text

    def test_what_was_reviewed_before_the_change_is_not_signed(
        self, cast: Cast, site: Site
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        note_id = journey.note_of(site, cast, "Annie")
        journey.write(site, note_id)
        review = site.get(f"/notes/{note_id}/sign")
        box = str(one(review, "[name=notes]")["value"])
        journey.document(site, cast, dynamics="Lively later.")

        page = site.submit(
            review, "#sign-form", notes=[box], password=factories.PASSWORD, status=409
        )

        assert "After this page was shown the group note changed." in page.text
        assert "Ready to sign" in site.get(f"/notes/{note_id}").text
