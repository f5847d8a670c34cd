"""What a writer is told about words that identify someone, and what they decide about them."""

from __future__ import annotations

import uuid

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from groupnotes.audit.tags import Tag as Event
from groupnotes.clients.models import Client
from groupnotes.core.db import db
from groupnotes.identity.models import IdentityDecision
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.events import events, last
from tests.support.site import Site, both, done, fields_of, one

BLOCKED = "They drove from Tucson together."
TO_REVIEW = "The Fulton County court was a theme."
WHY = "It is the name of the exercise that we did."


@pytest.fixture
def fiona(cast: Cast, site: Site) -> Site:
    """The browser of the facilitator."""
    return site.sign_in(cast.fiona)


def marked(page: BeautifulSoup | Tag) -> list[str]:
    return [mark.text for mark in page.select("mark")]


def decisions(app: Flask) -> list[tuple[str, str, str | None]]:
    """Return the decisions that are kept: kind, category, reason."""
    with app.app_context():
        rows = db.session.scalars(db.select(IdentityDecision).order_by(IdentityDecision.id))
        return [(row.kind.value, row.category, row.reason) for row in rows]


def keep(site: Site, page: BeautifulSoup, why: str, *, htmx: bool, status: int) -> BeautifulSoup:
    """Press the first button that keeps blocked words, with a reason."""
    form = one(page, "#session-form")
    field = str(one(form, "input[name^='why ']")["name"])
    return site.submit(
        page, "#session-form", button="details [name=keep]", htmx=htmx, status=status,
        fill={field: why},
    )  # fmt: skip


class TestWordsToReview:
    @both
    def test_they_are_filed_and_shown_marked(self, cast: Cast, fiona: Site, htmx: bool) -> None:
        journey.document(fiona, cast, htmx=htmx, dynamics=TO_REVIEW)

        page = fiona.follow()

        assert "Some words may still identify someone." in page.text
        assert marked(one(page, "#dynamics-found")) == ["Fulton County"]

    @both
    def test_dismissed_they_are_not_shown_again_in_this_text(
        self, app: Flask, cast: Cast, fiona: Site, htmx: bool
    ) -> None:
        journey.document(fiona, cast, htmx=htmx, dynamics=TO_REVIEW)
        since = last(app)

        page = fiona.submit(
            fiona.follow(), "#session-form", button="[name=keep]", htmx=htmx, status=200
        )

        assert not page.select(".found")
        assert decisions(app) == [("dismissed", "PLACE", None)]
        [told] = [one for one in events(app, after=since) if one.tag == Event.IDENTIFIER_DISMISS]
        assert told.detail is not None
        assert told.detail.startswith("PLACE ")
        fiona.submit(
            page, "#session-form", htmx=htmx, status=done(htmx=htmx), topic="A theme",
            dynamics=f"{TO_REVIEW} It came up twice.",
        )  # fmt: skip
        assert not fiona.follow().select(".found")


class TestWordsThatBlock:
    @both
    def test_they_stop_the_fan_out(self, cast: Cast, fiona: Site, htmx: bool) -> None:
        page = journey.document(fiona, cast, status=422, htmx=htmx, dynamics=BLOCKED)

        assert marked(page) == ["Tucson"]
        assert "may be a place smaller than a state" in one(page, ".found__one").text
        assert "#dynamics" in {str(link["href"]) for link in page.select(".govuk-error-summary a")}
        assert not fiona.get(f"/sessions/{cast.session}").select(".client")

    @both
    def test_each_is_replaced_alone(self, cast: Cast, fiona: Site, htmx: bool) -> None:
        page = journey.document(
            fiona, cast, status=422, htmx=htmx, dynamics="Tucson was far. Call 518-555-0177.",
            plan="Drive from Tucson.",
        )  # fmt: skip

        page = fiona.submit(
            page, "#session-form", button="[name=replace][value^='plan ']", htmx=htmx, status=200
        )

        kept = fields_of(one(page, "#session-form"))
        assert kept["plan"] == "Drive from a town."
        assert "518-555-0177" in str(kept["dynamics"])

    @both
    def test_all_of_one_text_are_replaced_at_once(
        self, cast: Cast, fiona: Site, htmx: bool
    ) -> None:
        page = journey.document(
            fiona, cast, status=422, htmx=htmx, dynamics="Ben thanked Cleo.", plan="Ben reads.",
        )  # fmt: skip

        every = "[name=replace][value='dynamics all']"
        page = fiona.submit(page, "#session-form", button=every, htmx=htmx, status=200)

        kept = fields_of(one(page, "#session-form"))
        assert kept["dynamics"] == "A member thanked a member."
        assert kept["plan"] == "Ben reads."
        assert not page.select("[value='plan all']")

    @both
    @pytest.mark.parametrize("why", ["", "short"])
    def test_without_a_reason_they_are_not_kept(
        self, app: Flask, cast: Cast, fiona: Site, htmx: bool, why: str
    ) -> None:
        page = journey.document(fiona, cast, status=422, htmx=htmx, dynamics=BLOCKED)

        page = keep(fiona, page, why, htmx=htmx, status=422)

        assert "at least 10 characters why" in one(page, "#dynamics-error").text
        assert decisions(app) == []

    @both
    def test_kept_with_a_reason_they_are_filed_and_the_log_tells(
        self, app: Flask, cast: Cast, fiona: Site, htmx: bool
    ) -> None:
        page = journey.document(fiona, cast, status=422, htmx=htmx, dynamics=BLOCKED)
        since = last(app)

        page = keep(fiona, page, WHY, htmx=htmx, status=200)

        assert decisions(app) == [("kept", "PLACE", WHY)]
        [told] = [one for one in events(app, after=since) if one.tag == Event.IDENTIFIER_KEEP]
        assert "Tucson" not in str(told.detail)
        fiona.submit(page, "#session-form", htmx=htmx, status=done(htmx=htmx))
        assert fiona.follow().select(".client")

    def test_what_was_typed_since_is_looked_at_anew(
        self, app: Flask, cast: Cast, fiona: Site
    ) -> None:
        page = journey.document(fiona, cast, status=422, dynamics=BLOCKED)
        form = one(page, "#session-form")
        field = str(one(form, "input[name^='why ']")["name"])

        answer = fiona.submit(
            page, "#session-form", button="details [name=keep]", status=409,
            fill={field: WHY, "dynamics": "Then: They drove from Tucson together."},
        )  # fmt: skip

        assert "not where they were" in answer.text
        assert decisions(app) == []

    def test_a_button_that_names_no_field_keeps_nothing(
        self, app: Flask, cast: Cast, fiona: Site
    ) -> None:
        page = journey.document(fiona, cast, status=422, dynamics=BLOCKED)
        form = fields_of(one(page, "#session-form"))

        huge = "9" * 5000
        for value, status in (
            ("nowhere 0 5", 409),
            ("dynamics 0 99999999", 409),
            ("dynamics 0", 422),
            ("dynamics x y", 422),
            (f"dynamics 0 {huge}", 422),
        ):
            place = {"keep": value, f"why {value}": WHY}
            fiona.post(f"/sessions/{cast.session}", form | place, status=status)
        assert decisions(app) == []


class TestInOneClientsNote:
    @both
    def test_another_clients_name_may_be_kept_with_a_reason(
        self, app: Flask, cast: Cast, fiona: Site, htmx: bool
    ) -> None:
        journey.document(fiona, cast)
        note = journey.note_of(fiona, cast, "Annie")
        page = journey.write(fiona, note, status=422, response="Read from Big Ben, the poem.")
        form = f"form#note-{note}"
        field = str(one(one(page, form), "input[name^='why ']")["name"])

        page = fiona.submit(
            page, form, button="details [name=keep]", htmx=htmx, status=200, fill={field: WHY}
        )

        assert not page.select(".found")
        fiona.submit(page, form, htmx=htmx, status=done(htmx=htmx))
        assert decisions(app) == [("kept", "NAME_ROSTER", WHY)]

    def test_what_an_autosave_refuses_is_marked(self, cast: Cast, fiona: Site) -> None:
        journey.document(fiona, cast)
        note = journey.note_of(fiona, cast, "Annie")
        page = fiona.get(f"/notes/{note}")
        typed = fields_of(one(page, f"form#note-{note}")) | {"response": "Sat beside Ben."}

        answer = fiona.post(f"/notes/{note}/draft", typed, status=422, htmx=True)

        assert marked(one(answer, f"#response-{note}-found")) == ["Ben"]


class TestTheSupervisor:
    def test_is_shown_what_was_kept_and_why(self, app: Flask, cast: Cast, fiona: Site) -> None:
        page = journey.document(fiona, cast, status=422, dynamics=BLOCKED)
        page = keep(fiona, page, WHY, htmx=False, status=200)
        fiona.submit(page, "#session-form")
        note = journey.note_of(fiona, cast, "Annie")
        journey.write(fiona, note)
        with app.app_context():
            factories.change_supervision(co_signs=True)
            db.session.commit()
        journey.sign(fiona, note)

        queue = Site(app).sign_in(cast.sam).get("/cosign")

        assert "“Tucson”" in queue.text
        assert WHY in queue.text


class TestWhileTyping:
    def test_each_pause_tells_what_is_in_the_text(self, cast: Cast, fiona: Site) -> None:
        form = fields_of(one(fiona.get(f"/sessions/{cast.session}"), "#session-form"))

        answer = fiona.post(
            f"/sessions/{cast.session}/draft", form | {"dynamics": BLOCKED}, status=200, htmx=True
        )

        assert marked(one(answer, "#dynamics-found")) == ["Tucson"]

    def test_what_was_typed_before_is_shown_marked(self, cast: Cast, fiona: Site) -> None:
        form = fields_of(one(fiona.get(f"/sessions/{cast.session}"), "#session-form"))
        fiona.post(f"/sessions/{cast.session}/draft", form | {"dynamics": BLOCKED}, status=303)

        assert marked(one(fiona.get(f"/sessions/{cast.session}"), "#dynamics-found")) == ["Tucson"]


class TestWhenTheRosterChanges:
    def test_drafts_are_checked_again(self, app: Flask, cast: Cast, fiona: Site) -> None:
        journey.document(fiona, cast, dynamics="We read of Wilhelmina.")
        note = journey.note_of(fiona, cast, "Annie")
        journey.write(fiona, note, response="Liked what Wilhelmina wrote.")
        assert not fiona.get(f"/notes/{note}").select(".found")

        _rename(app, cast.ben, "Wilhelmina")

        assert marked(one(fiona.get(f"/notes/{note}"), ".found")) == ["Wilhelmina"]
        session = fiona.get(f"/sessions/{cast.session}")
        assert marked(one(session, "#dynamics-found")) == ["Wilhelmina"]
        assert marked(one(session, f"#response-{note}-found")) == ["Wilhelmina"]


def _rename(app: Flask, client_id: uuid.UUID, name: str) -> None:
    with app.app_context():
        db.session.get_one(Client, client_id).first_name = name
        db.session.commit()
