"""Two sessions of one group on one day are two: nothing of the one is in the other."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from flask import Flask

from groupnotes.core.db import db
from groupnotes.sessions.models import GroupSession
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.rows import at_rest
from tests.support.site import Site, both, done, fields_of, one

MORNING: dict[str, Any] = {
    "topic": "Sleep",
    "dynamics": "The morning was quiet.",
    "plan": "Keep a diary.",
}
EVENING: dict[str, Any] = {
    "topic": "Anger",
    "dynamics": "The evening was loud.",
    "plan": "Count to ten.",
}


@pytest.fixture
def evening(app: Flask, cast: Cast, site: Site) -> uuid.UUID:
    """A second session on the day of the first, from 19:00 to 20:00."""
    page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/sessions/new")
    site.submit(page, "#session-form", held_on="2026-03-03", starts="19:00", stops="20:00")
    with app.app_context():
        query = db.select(GroupSession.id).where(GroupSession.id != cast.session)
        session_id: uuid.UUID = db.session.scalars(query).one()
        return session_id


def lines(site: Site, session: uuid.UUID) -> dict[str, str]:
    """Return how everyone attended, as the session's form shows it."""
    form = fields_of(one(site.get(f"/sessions/{session}"), "#session-form"))
    return {name: value for name, value in form.items() if "-" in name and value}


class TestTheGroupNotes:
    @both
    def test_each_session_has_its_own(
        self, cast: Cast, site: Site, evening: uuid.UUID, htmx: bool
    ) -> None:
        journey.document(site, cast, htmx=htmx, **MORNING)
        journey.document(site, cast, session=evening, htmx=htmx, **EVENING)
        journey.document(site, cast, session=evening, htmx=htmx, **EVENING | {"plan": "Rest."})

        for session, text, revision in ((cast.session, MORNING, 1), (evening, EVENING, 2)):
            page = site.get(f"/sessions/{session}")
            assert one(page, "#topic")["value"] == text["topic"]
            assert f"revision {revision}" in one(page, "#group-note summary").text
            note = site.get(f"/notes/{journey.note_of(site, cast, 'Ben', session=session)}")
            shown = one(note, ".workspace__group").text
            assert text["dynamics"] in shown
            assert f"revision {revision}" in shown
            other = EVENING if text is MORNING else MORNING
            assert other["topic"] not in page.text + note.text


class TestTheAttendance:
    @both
    def test_each_session_has_its_own(
        self, cast: Cast, site: Site, evening: uuid.UUID, htmx: bool
    ) -> None:
        journey.document(site, cast, attendance={"ben": "late 17:20", "cleo": "excused"})
        before = lines(site, cast.session)

        attendance = {"ana": "no_show", "ben": "left_early -19:45"}
        journey.document(site, cast, session=evening, htmx=htmx, attendance=attendance)

        assert lines(site, cast.session) == before
        assert lines(site, evening) == {
            f"status-{cast.ana}": "no_show",
            f"status-{cast.ben}": "left_early",
            f"departed-{cast.ben}": "19:45",
            f"status-{cast.cleo}": "present",
        }

    def test_a_time_of_the_one_is_outside_the_other(
        self, cast: Cast, site: Site, evening: uuid.UUID
    ) -> None:
        attendance = {"ben": "late 17:20"}

        page = journey.document(site, cast, session=evening, status=422, attendance=attendance)

        assert "within the session" in one(page, f"#arrived-{cast.ben}-error").text

    def test_who_is_recorded_in_one_is_not_expected_in_the_other_for_that(
        self, cast: Cast, site: Site, evening: uuid.UUID
    ) -> None:
        journey.document(site, cast)
        page = site.get(f"/groups/{cast.group}")
        page = site.get(str(one(page, "li:-soup-contains('Brandt') a[href$='/end']")["href"]))

        site.submit(page, "#end-form", ended_on="2026-03-02")

        assert lines(site, cast.session)[f"status-{cast.ben}"] == "present"
        assert not site.get(f"/sessions/{evening}").select(f"[name='status-{cast.ben}']")


class TestTheIndividualNotes:
    @both
    def test_what_is_written_in_one_is_not_in_the_other(
        self, app: Flask, cast: Cast, site: Site, evening: uuid.UUID, htmx: bool
    ) -> None:
        journey.document(site, cast)
        journey.document(site, cast, session=evening)
        first, second = (
            journey.note_of(site, cast, "Ben", session=session)
            for session in (cast.session, evening)
        )
        empty = fields_of(one(site.get(f"/notes/{second}"), f"#note-{second}"))

        journey.write(site, first, response="Spoke of his mornings.", htmx=htmx)

        assert first != second
        assert fields_of(one(site.get(f"/notes/{second}"), f"#note-{second}")) == empty
        assert "mornings" not in site.get(f"/sessions/{evening}").text

    def test_absent_in_one_does_not_set_the_other_aside(
        self, cast: Cast, site: Site, evening: uuid.UUID
    ) -> None:
        journey.document(site, cast)
        journey.document(site, cast, session=evening)

        journey.document(site, cast, session=evening, attendance={"ben": "no_show"})

        page = site.get(f"/sessions/{cast.session}")
        assert "Ben Brandt" in [name.text for name in page.select(".client__name")]
        assert "Set aside" not in page.text

    @both
    def test_signing_one_signs_one(
        self, cast: Cast, site: Site, evening: uuid.UUID, htmx: bool
    ) -> None:
        journey.document(site, cast, attendance={"ben": "late 17:20"}, **MORNING)
        journey.document(site, cast, session=evening, **EVENING)
        notes = [
            journey.note_of(site, cast, "Ben", session=session)
            for session in (cast.session, evening)
        ]
        for note_id in notes:
            journey.write(site, note_id)
        review = site.get(f"/sessions/{evening}/sign")
        [box] = review.select("[name=notes]")

        site.submit(
            review,
            "#sign-form",
            notes=[str(box["value"])],
            password=factories.PASSWORD,
            status=done(htmx=htmx),
            htmx=htmx,
        )

        page = site.get(f"/notes/{notes[1]}/signed")
        assert "60 minutes" in page.text
        assert EVENING["dynamics"] in page.text
        assert MORNING["dynamics"] not in page.text
        assert "Ready to sign" in site.get(f"/notes/{notes[0]}").text

    def test_a_note_of_the_one_is_not_signed_with_the_other(
        self, app: Flask, cast: Cast, site: Site, evening: uuid.UUID
    ) -> None:
        journey.document(site, cast)
        journey.document(site, cast, session=evening)
        for session in (cast.session, evening):
            journey.write(site, journey.note_of(site, cast, "Ben", session=session))
        boxes = [
            str(one(site.get(f"/sessions/{session}/sign"), "[name=notes]")["value"])
            for session in (cast.session, evening)
        ]
        sent = {"csrf_token": site.token(), "password": factories.PASSWORD}

        site.post(f"/sessions/{evening}/sign", {**sent, "notes": boxes}, status=404)

        assert at_rest(app)["signatures"] == []


class TestTheDrafts:
    @both
    def test_each_session_has_its_own(
        self, cast: Cast, site: Site, evening: uuid.UUID, htmx: bool
    ) -> None:
        typed = {cast.session: "Typed of the morning.", evening: "Typed of the evening."}
        for session, words in typed.items():
            form = fields_of(one(site.get(f"/sessions/{session}"), "#session-form"))
            sent = form | {"dynamics": words}
            site.post(f"/sessions/{session}/draft", sent, status=done(htmx=htmx), htmx=htmx)

        for session, words in typed.items():
            page = site.get(f"/sessions/{session}")
            assert "This is what you typed" in page.text
            assert one(page, "#dynamics").text.strip() == words

        page = site.get(f"/sessions/{cast.session}")
        site.submit(page, "form[action$='/discard']", status=done(htmx=htmx), htmx=htmx)
        assert "Typed of" not in site.get(f"/sessions/{cast.session}").text
        page = site.get(f"/sessions/{evening}")
        assert one(page, "#dynamics").text.strip() == typed[evening]

    def test_submitting_one_keeps_what_was_typed_of_the_other(
        self, cast: Cast, site: Site, evening: uuid.UUID
    ) -> None:
        form = fields_of(one(site.get(f"/sessions/{evening}"), "#session-form"))
        site.post(f"/sessions/{evening}/draft", form | {"topic": "Anger"}, status=303)

        journey.document(site, cast, **MORNING)

        assert one(site.get(f"/sessions/{evening}"), "#topic")["value"] == "Anger"


class TestTheForms:
    @both
    def test_a_form_of_the_one_that_was_saved_does_not_document_the_other(
        self, app: Flask, cast: Cast, site: Site, evening: uuid.UUID, htmx: bool
    ) -> None:
        page = site.get(f"/sessions/{cast.session}")
        sent = fields_of(one(page, "#session-form"))
        sent |= {**journey.attended(cast), **journey.GROUP_NOTE}
        site.post(f"/sessions/{cast.session}", sent, status=303)
        before = at_rest(app)

        page = site.post(f"/sessions/{evening}", sent, status=409, htmx=htmx)

        assert "already used for something else" in page.text
        assert at_rest(app) == before
