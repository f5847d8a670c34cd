"""A psychotherapy note is begun, written, kept while it is typed, and destroyed by its author."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.audit.tags import Outcome
from groupnotes.core import keyset
from groupnotes.core.db import db
from groupnotes.psychotherapy.models import PsychotherapyNote
from tests.support import journey
from tests.support.cast import Cast
from tests.support.events import events, last
from tests.support.rows import at_rest
from tests.support.site import Site, both, done, fields_of, one

FORM = "#psychotherapy-note"
TEXT = "He “could not say it” to his father.\n\n\tIndented,  👩‍👧 & <b>not bold</b>"


@pytest.fixture
def private(cast: Cast, site: Site) -> uuid.UUID:
    """Fiona's note about Ana, in the browser in which she is signed in."""
    return journey.psychotherapy_note(site.sign_in(cast.fiona), cast.ana, "First words.")


def address(note_id: uuid.UUID) -> str:
    return f"/psychotherapy-notes/{note_id}"


def form_of(site: Site, note_id: uuid.UUID) -> dict[str, Any]:
    return fields_of(one(site.get(address(note_id)), FORM))


def kept(site: Site, note_id: uuid.UUID) -> str:
    return str(form_of(site, note_id)["text"])


def logged(app: Flask, since: int) -> list[tuple[str, uuid.UUID | None, uuid.UUID | None]]:
    """Return what the log says was done with psychotherapy notes."""
    return [
        (one.tag, one.client_id, one.object_id)
        for one in events(app, after=since)
        if one.tag.startswith("psychotherapy-note") and one.outcome is Outcome.SUCCESS
    ]


class TestBeginning:
    @both
    def test_it_leads_to_where_the_text_is_kept_while_it_is_typed(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        page = site.get(f"/clients/{cast.ana}/psychotherapy-notes/new")

        site.submit(
            page,
            "#about-form",
            status=done(htmx=htmx),
            htmx=htmx,
            kind="sud-counseling",
            session_id=str(cast.session),
        )

        form = fields_of(one(site.follow(), FORM))
        assert (form["kind"], form["session_id"]) == ("sud-counseling", str(cast.session))
        assert form["text"] == ""
        line = one(site.get(f"/clients/{cast.ana}/psychotherapy-notes"), "tbody tr").text
        assert "SUD counseling note" in line
        assert "March 3, 2026" in line

    @both
    def test_a_kind_is_chosen(self, app: Flask, cast: Cast, site: Site, htmx: bool) -> None:
        page = site.sign_in(cast.fiona).get(f"/clients/{cast.ana}/psychotherapy-notes/new")
        before = at_rest(app)

        for kind in ("", "progress"):
            page = site.submit(page, "#about-form", status=422, htmx=htmx, kind=kind)
            assert "Choose which kind of note this is." in one(page, "#kind-error").text

        assert at_rest(app) == before

    def test_only_sessions_of_the_client_that_one_may_know_of_are_offered(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast, attendance={"ben": "excused"})

        def offered(client: uuid.UUID) -> list[str]:
            page = site.get(f"/clients/{client}/psychotherapy-notes/new")
            return [str(one["value"]) for one in page.select("#session_id option")]

        assert offered(cast.ana) == ["", str(cast.session)]
        assert offered(cast.ben) == [""]
        page = site.get(f"/clients/{cast.ben}/psychotherapy-notes/new")
        for session in (cast.session, uuid.uuid4(), "yesterday"):
            page = site.submit(
                page, "#about-form", status=422, kind="psychotherapy", session_id=str(session)
            )
            assert page.select("#session_id-error")


class TestSaving:
    @both
    def test_the_text_is_kept_just_so(
        self, app: Flask, site: Site, private: uuid.UUID, htmx: bool
    ) -> None:
        page = site.get(address(private))

        page = site.submit(page, FORM, status=done(htmx=htmx), htmx=htmx, text=TEXT)

        assert kept(site, private) == TEXT
        if htmx:
            assert fields_of(one(page, FORM))["version"] == form_of(site, private)["version"]

    @both
    def test_what_is_no_character_is_refused_with_everything_still_there(
        self, app: Flask, site: Site, private: uuid.UUID, htmx: bool
    ) -> None:
        page, before = site.get(address(private)), at_rest(app)

        page = site.submit(
            page, FORM, status=422, htmx=htmx, kind="sud-counseling", text="Calm\n\0 later"
        )

        assert "NUL character (U+0000) in line 2" in one(page, ".govuk-error-summary").text
        assert fields_of(one(page, FORM))["kind"] == "sud-counseling"
        assert "later" in fields_of(one(page, FORM))["text"]
        assert at_rest(app) == before

    def test_a_session_of_others_is_not_taken(
        self, app: Flask, site: Site, private: uuid.UUID
    ) -> None:
        form, before = form_of(site, private), at_rest(app)

        page = site.post(address(private), form | {"session_id": str(uuid.uuid4())}, status=422)

        assert "Choose a session that this client was at, or none." in page.text
        assert at_rest(app) == before

    def test_the_log_names_client_and_note_and_holds_no_text(
        self, app: Flask, cast: Cast, site: Site, private: uuid.UUID
    ) -> None:
        since = last(app)

        site.submit(site.get(address(private)), FORM, text="Fulmar and petrel.")
        site.follow()
        site.get(f"/clients/{cast.ana}/psychotherapy-notes")

        assert logged(app, since) == [
            ("psychotherapy-note:read", cast.ana, private),
            ("psychotherapy-note:offer", cast.ana, None),
            ("psychotherapy-note:edit", cast.ana, private),
            ("psychotherapy-note:read", cast.ana, private),
            ("psychotherapy-note:offer", cast.ana, None),
            ("psychotherapy-note:list", cast.ana, None),
        ]
        said = " ".join(str(vars(event)) for event in events(app))
        assert "petrel" not in said


class TestAutosave:
    def test_it_answers_that_it_was_kept_and_nothing_that_was_typed(
        self, app: Flask, site: Site, private: uuid.UUID
    ) -> None:
        form = form_of(site, private) | {"edit": "7"}

        for words in ("Fulmar.", "Fulmar, petrel."):
            page = site.post(
                f"{address(private)}/draft", form | {"text": words}, status=200, htmx=True
            )
            status = one(page, ".save-status")
            assert status.text.startswith("Saved ")
            assert (status["id"], status["data-edit"]) == ("psychotherapy-note-status", "7")
            assert "petrel" not in page.text
            assert not page.select("form, textarea, h1")
            form["version"] = str(status["data-version"])

        assert kept(site, private) == "Fulmar, petrel."

    def test_without_script_it_leads_back_to_the_note(self, site: Site, private: uuid.UUID) -> None:
        form = form_of(site, private) | {"text": "Plain."}

        site.post(f"{address(private)}/draft", form, status=303)

        assert site.last.location == address(private)
        assert kept(site, private) == "Plain."

    def test_the_same_words_again_are_saved_already(
        self, app: Flask, site: Site, private: uuid.UUID
    ) -> None:
        form = form_of(site, private) | {"text": "Once."}
        site.post(f"{address(private)}/draft", form, status=200, htmx=True)
        before, since = at_rest(app), last(app)

        # The answer to the first was lost on its way, so the page still has the old version.
        site.post(f"{address(private)}/draft", form, status=200, htmx=True)

        assert at_rest(app) == before
        assert logged(app, since) == []

    def test_what_cannot_be_kept_is_said(self, app: Flask, site: Site, private: uuid.UUID) -> None:
        form, before = form_of(site, private), at_rest(app)

        page = site.post(
            f"{address(private)}/draft", form | {"text": "a\0b"}, status=422, htmx=True
        )

        assert "NUL character" in one(page, "#psychotherapy-note-problem").text
        assert not page.select(".save-status")
        assert at_rest(app) == before

    def test_it_is_no_reading(self, app: Flask, cast: Cast, site: Site, private: uuid.UUID) -> None:
        form, since = form_of(site, private) | {"text": "Again."}, last(app)

        site.post(f"{address(private)}/draft", form, status=200, htmx=True)

        assert logged(app, since) == [("psychotherapy-note:edit", cast.ana, private)]


class TestTwoWindows:
    @both
    @pytest.mark.parametrize("action", ["", "/draft"], ids=["save", "autosave"])
    def test_neither_overwrites_the_other_and_nothing_is_lost(
        self, app: Flask, site: Site, private: uuid.UUID, action: str, htmx: bool
    ) -> None:
        stale = form_of(site, private) | {"text": "Typed in the first."}
        site.submit(site.get(address(private)), FORM, text="Typed in the second.")
        before = at_rest(app)

        page = site.post(address(private) + action, stale, status=409, htmx=htmx)

        assert at_rest(app) == before
        if htmx:  # the form stays where it is: the answer is a message beside it
            assert "changed in another window" in page.text
            assert not page.select("form, textarea")
        elif action:
            assert "Typed in the first." in page.text
        else:
            assert "You changed this note in another window" in page.text
            assert "Typed in the second." in one(page, ".summary").text
            site.submit(page, FORM)
            assert kept(site, private) == "Typed in the first."

    def test_a_page_that_was_never_loaded_saves_nothing(
        self, app: Flask, site: Site, private: uuid.UUID
    ) -> None:
        before = at_rest(app)
        sent = {"csrf_token": site.token(), "kind": "psychotherapy", "text": "x", "version": "x"}

        site.post(address(private), sent, status=422)

        assert at_rest(app) == before


class TestDestroying:
    @both
    def test_it_is_asked_first_and_then_gone(
        self, app: Flask, cast: Cast, site: Site, private: uuid.UUID, htmx: bool
    ) -> None:
        page = site.get(f"{address(private)}/destroy")
        assert "Keep the note if a court" in page.text
        assert kept(site, private) == "First words."
        since = last(app)

        site.submit(page, "#destroying-form", status=done(htmx=htmx), htmx=htmx)

        page = site.follow()
        assert "The note is destroyed." in page.text
        assert "You have written none about this client." in page.text
        site.get(address(private), status=404)
        assert at_rest(app)["psychotherapy_notes"] == []
        assert ("psychotherapy-note:destroy", cast.ana, private) in logged(app, since)

    @both
    def test_not_what_was_written_since_it_was_asked(
        self, app: Flask, site: Site, private: uuid.UUID, htmx: bool
    ) -> None:
        page = site.get(f"{address(private)}/destroy")
        site.submit(site.get(address(private)), FORM, text="Something more.")

        page = site.submit(page, "#destroying-form", status=409, htmx=htmx)

        assert "changed in another window" in page.text
        assert kept(site, private) == "Something more."

    def test_without_the_version_that_one_saw_it_stays(
        self, site: Site, private: uuid.UUID
    ) -> None:
        page = site.post(f"{address(private)}/destroy", {"csrf_token": site.token()}, status=422)

        assert page.select(".govuk-error-summary")
        assert kept(site, private) == "First words."


class TestManyNotes:
    def test_they_come_a_page_at_a_time_newest_first(
        self, app: Flask, cast: Cast, site: Site, private: uuid.UUID
    ) -> None:
        with app.app_context():
            first = db.session.get_one(PsychotherapyNote, private)
            for number in range(1, keyset.SIZE + 5):
                db.session.add(
                    PsychotherapyNote(
                        id=uuid.UUID(int=number),
                        data_key=first.data_key,
                        author_id=first.author_id,
                        client_id=first.client_id,
                        kind=first.kind,
                        created_at=first.created_at,
                        changed_at=first.changed_at,
                        text="Older.",
                    )
                )
            db.session.commit()

        page = site.get(f"/clients/{cast.ana}/psychotherapy-notes")

        assert _ids(page) == [private, *(uuid.UUID(int=n) for n in range(keyset.SIZE + 4, 5, -1))]
        page = site.get(str(one(page, "a[rel=next]")["href"]))
        assert _ids(page) == [uuid.UUID(int=n) for n in range(5, 0, -1)]
        page = site.get(str(one(page, "a[rel=prev]")["href"]))
        assert _ids(page)[0] == private


def _ids(page: BeautifulSoup) -> list[uuid.UUID]:
    return [uuid.UUID(str(link["href"]).rsplit("/", 1)[1]) for link in page.select("th a")]
