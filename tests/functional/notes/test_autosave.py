"""What an autosave answers: that it was kept, how far the note is, and what it still lacks."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.accounts.models import User
from groupnotes.clients.models import Client
from groupnotes.core.db import db
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.rows import at_rest
from tests.support.site import Site, fields_of, one

# What is typed after another, and what still stands between the note and a signature then.
TAKE_PART = "Choose how much this client took part."
RESPOND = "Add what this client said or did."
RATE = "Rate this client's progress on at least one objective."
SHOW = "Add what you saw or heard that shows this rating."
RISK = "Choose whether you found a risk to this client or to others."
ACT = "Add what was done about the risk."
NEXT = "Add what happens next for this client."
STEPS: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({}, [TAKE_PART, RESPOND, RATE, RISK, NEXT]),
    ({"engagement_level": "active"}, [RESPOND, RATE, RISK, NEXT]),
    ({"response": "Spoke of the week."}, [RATE, RISK, NEXT]),
    ({"rating-{}": "improving"}, [SHOW, RISK, NEXT]),
    ({"evidence-{}": "Two days of seven."}, [RISK, NEXT]),
    ({"risk_level": "present"}, [ACT, NEXT]),
    ({"risk_action": "Called the crisis line with her."}, [NEXT]),
    ({"plan": "See her on Monday."}, []),
    ({"response": " \N{ZERO WIDTH SPACE}"}, [RESPOND]),
)


def autosave(
    site: Site, note_id: uuid.UUID, form: dict[str, Any], *, status: int = 200
) -> BeautifulSoup:
    return site.post(f"/notes/{note_id}/draft", form, status=status, htmx=True)


def missing(page: BeautifulSoup, note_id: uuid.UUID) -> list[str]:
    return [link.text for link in one(page, f"#missing-{note_id}").select("a")]


class TestTheAnswer:
    def test_it_says_what_was_kept_and_nothing_that_was_typed(
        self, site: Site, annies: uuid.UUID
    ) -> None:
        form = journey.form_of(site, annies) | {"response": "Spoke of the week.", "edit": "7"}

        page = autosave(site, annies, form)

        status = one(page, ".save-status")
        assert status.text.startswith("Saved ")
        assert status["id"] == f"note-{annies}-status"
        assert status["data-edit"] == "7"
        assert status["data-version"] == str(int(form["version"]) + 1)
        assert one(page, f"#state-{annies}").text == "In progress"
        assert "Spoke" not in page.text
        assert not page.select("form, textarea, input, h1")

    def test_the_next_one_goes_on_from_its_version(self, site: Site, annies: uuid.UUID) -> None:
        form = journey.form_of(site, annies)

        for words in ("Spoke.", "Spoke of the week.", "Spoke of the week, at length."):
            page = autosave(site, annies, form | {"response": words})
            form["version"] = str(one(page, ".save-status")["data-version"])

        assert journey.form_of(site, annies)["response"] == "Spoke of the week, at length."
        assert journey.form_of(site, annies)["version"] == form["version"]

    def test_what_is_missing_gets_less_with_every_field(
        self, site: Site, annies: uuid.UUID
    ) -> None:
        form = journey.form_of(site, annies)
        [rating] = [name for name in form if name.startswith("rating-")]

        for typed, left in STEPS:
            fields = {name.format(rating[7:]): value for name, value in typed.items()}
            form |= fields
            page = autosave(site, annies, form)
            form["version"] = str(one(page, ".save-status")["data-version"])
            assert missing(page, annies) == left, typed
            state = "In progress" if left else "Ready to sign"
            assert one(page, f"#state-{annies}").text == (state if typed else "Not started")
            assert missing(site.get(f"/notes/{annies}"), annies) == left, typed

    def test_a_chart_without_diagnoses_is_missing_one_until_it_has_it(
        self, app: Flask, cast: Cast, site: Site, annies: uuid.UUID
    ) -> None:
        note_id = journey.note_of(site, cast, "Cleo")
        journey.write(site, note_id)
        page = site.get(f"/notes/{note_id}")
        assert missing(page, note_id) == [
            "Choose at least one diagnosis that this session addressed."
        ]
        hint = one(site.get(f"/sessions/{cast.session}"), f"#diagnoses_addressed-{note_id}").text
        assert "“Update from the chart” on the note’s own page" in hint
        with app.app_context():
            cleo = db.session.get_one(Client, cast.cleo)
            factories.diagnosis(cleo, made_by_id=db.session.get_one(User, cast.fiona).id)
            db.session.commit()

        site.submit(page, "form[action$='/refresh']")

        page = site.get(f"/notes/{note_id}")
        assert missing(page, note_id) == []
        assert one(page, f"#state-{note_id}").text == "Ready to sign"


class TestASessionsDraft:
    def test_only_who_typed_it_sees_it_and_it_makes_nothing(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        url = f"/sessions/{cast.session}"
        form = fields_of(one(site.sign_in(cast.fiona).get(url), "#session-form"))
        typed = form | {
            **journey.attended(cast, {"ben": "late 17:20"}),
            "topic": "sleep",
            "interventions": "Social time",
            "dynamics": "Quiet.\r\n\r\nThen lively.",
            "edit": "3",
        }

        page = site.post(f"{url}/draft", typed, status=200, htmx=True)

        status = one(page, ".save-status")
        assert status.text.startswith("Saved ")
        assert (status["data-edit"], status["data-version"]) == ("3", form["version"])
        shown = fields_of(one(site.get(url), "#session-form"))
        changed = {"dynamics": "Quiet.\n\nThen lively.", "key": shown["key"], "edit": "0"}
        assert shown == typed | changed
        others = Site(app).sign_in(cast.finn).get(url)
        assert "Then lively" not in others.text
        rows = at_rest(app)
        assert rows["individual_notes"] == rows["attendances"] == rows["submissions"] == []

    def test_what_cannot_be_kept_is_said_and_not_kept(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        url = f"/sessions/{cast.session}"
        form = fields_of(one(site.sign_in(cast.fiona).get(url), "#session-form"))
        before = at_rest(app)

        page = site.post(f"{url}/draft", form | {"plan": "a\0b"}, status=422, htmx=True)

        assert "NUL character" in one(page, "#session-form-problem").text
        assert not page.select(".save-status")
        assert at_rest(app) == before

    def test_after_somebody_else_submitted_it_is_shown_but_not_saved_over_theirs(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        url = f"/sessions/{cast.session}"
        form = fields_of(one(site.sign_in(cast.fiona).get(url), "#session-form"))
        typed = form | journey.attended(cast) | journey.GROUP_NOTE | {"dynamics": "Mine."}
        site.post(f"{url}/draft", typed, status=200, htmx=True)
        journey.document(Site(app).sign_in(cast.finn), cast, dynamics="Theirs.")

        page = site.get(url)

        assert "The session was saved by someone else since" in page.text
        assert one(page, "#dynamics").text.strip() == "Mine."
        site.submit(page, "#session-form", status=409)
        site.submit(page, "form[action$='/discard']")
        assert one(site.follow(), "#dynamics").text.strip() == "Theirs."

    def test_submitting_it_ends_it(self, app: Flask, cast: Cast, site: Site) -> None:
        url = f"/sessions/{cast.session}"
        form = fields_of(one(site.sign_in(cast.fiona).get(url), "#session-form"))
        site.post(f"{url}/draft", form | {"topic": "sleep"}, status=200, htmx=True)

        journey.document(site, cast)

        assert "did not submit" not in site.get(url).text
        assert at_rest(app)["session_drafts"] == []

    def test_one_that_comes_after_the_submit_is_not_shown_as_unsaved(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        url = f"/sessions/{cast.session}"
        form = fields_of(one(site.sign_in(cast.fiona).get(url), "#session-form"))
        typed = form | journey.attended(cast) | journey.GROUP_NOTE
        site.post(url, typed, status=303)

        page = site.post(f"{url}/draft", typed, status=409, htmx=True)

        assert "This form was submitted already" in page.text
        assert not page.select(".save-status")
        assert "did not submit" not in site.get(url).text
        assert at_rest(app)["session_drafts"] == []


class TestWhatIsNotTheirs:
    @pytest.mark.parametrize("field", ["response", "risk_level"])
    def test_what_is_wrong_with_it_is_told_to_its_writer_alone(
        self, cast: Cast, site: Site, field: str
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        annies = journey.note_of(site, cast, "Annie")
        typed = fields_of(one(site.get(f"/notes/{annies}"), f"#note-{annies}"))

        site.post(f"/notes/{annies}/draft", typed | {field: "\0"}, status=422, htmx=True)
        token = one(site.sign_in(cast.olga).get("/"), "[name=csrf_token]")["value"]
        typed |= {field: "\0", "csrf_token": token}
        site.post(f"/notes/{annies}/draft", typed, status=404, htmx=True)
