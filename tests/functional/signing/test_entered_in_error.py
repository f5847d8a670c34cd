"""A locked note of the wrong client or session: out of every view, and kept as what it was."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.core import triggers
from groupnotes.core.db import db
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.signing import checking
from groupnotes.signing.proof import Verdict
from tests.support import events, journey
from tests.support.cast import Cast
from tests.support.factories import PASSWORD
from tests.support.rows import at_rest
from tests.support.site import BASE, Site, done, one

WRONG = {"reason": "It is of another client", "text": "This was written about somebody else."}
both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


@pytest.fixture
def note_id(cast: Cast, site: Site) -> uuid.UUID:
    return journey.signed_note(site.sign_in(cast.fiona), cast)


def retract(
    site: Site, note_id: uuid.UUID, *, status: int | None = None, htmx: bool = False, **values: Any
) -> BeautifulSoup:
    page = site.get(f"/notes/{note_id}/entered-in-error")
    fill = WRONG | {"password": PASSWORD} | values
    status = status or done(htmx=htmx)
    return site.submit(page, "#in-error-form", status=status, htmx=htmx, fill=fill)


class TestMarking:
    @both
    def test_it_leaves_the_working_views_and_stays_readable(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID, *, htmx: bool
    ) -> None:
        before = at_rest(app)["signatures"]

        retract(site, note_id, htmx=htmx)

        page = site.get(f"/notes/{note_id}/signed")
        assert "This note was entered in error" in one(page, ".message--error").text
        assert "Reason: It is of another client" in page.text
        assert WRONG["text"] in page.text
        assert "Named two situations" in page.text
        assert at_rest(app)["signatures"] == before
        assert str(note_id) not in str(one(site.get(f"/sessions/{cast.session}"), ".clients"))
        assert f"/notes/{note_id}" not in str(
            one(site.get("/"), "[aria-labelledby=unsigned-title]")
        )
        history = one(site.get(f"/clients/{cast.ana}"), "[aria-labelledby=in-error-title]")
        assert one(history, "a")["href"] == f"/notes/{note_id}"

    def test_it_is_never_given_out(self, cast: Cast, site: Site, note_id: uuid.UUID) -> None:
        retract(site, note_id)

        assert site.get(f"/notes/{note_id}/signed").select("a[href$='record.pdf']") == []
        answer = site.client.get(f"/notes/{note_id}/record.pdf", base_url=BASE)
        assert answer.status_code == 409
        assert "entered in error" in answer.text
        site.sign_in(cast.rita).get(f"/notes/{note_id}/signed", status=404)
        assert f"/notes/{note_id}" not in str(site.get(f"/clients/{cast.ana}"))

    def test_the_log_tells_of_it_without_the_text(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        retract(site, note_id)

        [event] = [one for one in events.events(app) if one.tag == "note:enter-in-error"]
        assert (event.client_id, event.object_id, event.outcome) == (cast.ana, note_id, "success")
        assert event.detail == WRONG["reason"]

    def test_a_supervisor_may_and_others_may_not(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        for who in (cast.carl, cast.olga, cast.finn, cast.rita, cast.adam):
            answer = (
                Site(app)
                .sign_in(who)
                .client.get(f"/notes/{note_id}/entered-in-error", base_url=BASE)
            )
            assert answer.status_code in {403, 404}

        retract(Site(app).sign_in(cast.sam), note_id)

        assert "Sam Summers" in site.get(f"/notes/{note_id}/signed").text

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"password": "not mine"}, "password"),
            ({"text": ""}, "text"),
            ({"text": "It was Ben."}, "text"),
            ({"reason": "Because"}, "reason-0"),
        ],
    )
    def test_a_refusal_changes_nothing(
        self, app: Flask, site: Site, note_id: uuid.UUID, values: dict[str, Any], field: str
    ) -> None:
        page = retract(site, note_id, status=422, **values)

        assert one(page, f".govuk-error-summary a[href='#{field}']")
        assert len(at_rest(app)["note_entries"]) == 0
        assert site.get(f"/notes/{note_id}/signed").select("a[href$='record.pdf']") != []

    def test_the_same_form_twice_marks_it_once(
        self, app: Flask, site: Site, note_id: uuid.UUID
    ) -> None:
        page = site.get(f"/notes/{note_id}/entered-in-error")
        fill = WRONG | {"password": PASSWORD}

        for _ in range(2):
            site.submit(page, "#in-error-form", status=303, fill=fill)

        assert len(at_rest(app)["note_entries"]) == 1

    def test_nothing_is_added_to_it_any_more(
        self, app: Flask, site: Site, note_id: uuid.UUID
    ) -> None:
        entry = site.get(f"/notes/{note_id}/entries/new")
        again = site.get(f"/notes/{note_id}/entered-in-error")
        retract(site, note_id)
        more = {"kind": "addendum", "reason": "She called.", "text": "It helped."}

        password = {"password": PASSWORD}
        told = site.submit(entry, "#entry-form", status=409, fill=more | password)
        twice = site.submit(again, "#in-error-form", status=409, fill=WRONG | password)

        assert "This note was entered in error meanwhile" in told.text
        assert "It helped." in told.text
        assert "This note was entered in error meanwhile" in twice.text
        assert "entered in error" in site.get(f"/notes/{note_id}/entries/new", status=409).text
        assert len(at_rest(app)["note_entries"]) == 1

    @pytest.mark.parametrize("who", ["olga", "finn", "rita", "adam"])
    def test_others_learn_nothing_of_it(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID, who: str
    ) -> None:
        retract(site, note_id)

        stranger = Site(app).sign_in(getattr(cast, who))
        answer = stranger.client.get(f"/notes/{note_id}/entries/new", base_url=BASE)

        assert answer.status_code in {403, 404}
        assert "entered in error" not in answer.text


class TestAfterwards:
    def test_attendance_can_be_corrected(self, cast: Cast, site: Site, note_id: uuid.UUID) -> None:
        refused = journey.document(site, cast, attendance={"ana": "no_show"}, status=422)
        assert "marked as entered in error" in refused.text
        retract(site, note_id, reason="The client was not there")

        journey.document(site, cast, attendance={"ana": "no_show"})

        page = site.get(f"/sessions/{cast.session}")
        assert len(page.select(".clients > li")) == 2

    def test_who_was_there_gets_a_new_note_that_is_signed_on_its_own(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        retract(site, note_id)
        page = site.get(f"/sessions/{cast.session}")
        assert "Annie Alvarez was there and has no note" in page.text

        journey.document(site, cast)

        again = journey.note_of(site, cast, "Annie")
        assert again != note_id
        journey.write(site, again, plan="Of the right client.")
        journey.sign(site, again)
        assert "Of the right client." in site.get(f"/notes/{again}/signed").text
        assert "Of the right client." not in site.get(f"/notes/{note_id}/signed").text
        assert len(at_rest(app)["signatures"]) == 2


class TestItsAuthor:
    def told(self, site: Site) -> list[list[str]]:
        """Return the lines of Today about notes in error."""
        rows = site.get("/").select("[aria-labelledby=in-error-title] tbody tr")
        return [[cell.text.strip() for cell in row.select("th, td")] for row in rows]

    def test_is_told_by_whom_and_what_to_do(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        assert self.told(site) == []
        retract(Site(app).sign_in(cast.sam), note_id)

        [[who, when, marked, step]] = self.told(site)

        assert (who, when) == ("Annie Alvarez", "March 3, 2026")
        assert "by Sam Summers" in marked
        assert step == "Write a new note, or correct the attendance"
        links = site.get("/").select("[aria-labelledby=in-error-title] a")
        assert [link["href"] for link in links] == [
            f"/notes/{note_id}/signed",
            f"/sessions/{cast.session}",
        ]

    def test_finds_in_the_session_what_happened_and_writes_a_new_one(
        self, app: Flask, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        retract(Site(app).sign_in(cast.sam), note_id)
        page = site.get(f"/sessions/{cast.session}")
        warning = one(page, ".warning")
        assert "the one they had was entered in error" in warning.text
        assert warning.select(f"a[href='/notes/{note_id}']")

        journey.document(site, cast)

        assert site.get(f"/sessions/{cast.session}").select(".warning") == []
        journey.write(site, journey.note_of(site, cast, "Annie"))
        assert [line[-1] for line in self.told(site)] == ["Nothing to do"]

    def test_who_marked_it_themself_is_told_as_long_as_there_is_none(
        self, cast: Cast, site: Site, note_id: uuid.UUID
    ) -> None:
        retract(site, note_id)
        assert [line[-1] for line in self.told(site)] == [
            "Write a new note, or correct the attendance"
        ]

        journey.document(site, cast, attendance={"ana": "no_show"})

        assert self.told(site) == []

    def test_a_supervisor_of_the_session_reads_who_makes_one(
        self, app: Flask, cast: Cast, note_id: uuid.UUID
    ) -> None:
        sam = Site(app).sign_in(cast.sam)
        retract(sam, note_id)

        text = one(sam.get(f"/sessions/{cast.session}"), ".warning").text

        assert "A facilitator of the group makes one" in text

    def test_nobody_else_is_told(self, app: Flask, cast: Cast, note_id: uuid.UUID) -> None:
        retract(Site(app).sign_in(cast.sam), note_id)

        for who in (cast.carl, cast.olga, cast.finn, cast.rita, cast.sam):
            assert self.told(Site(app).sign_in(who)) == []


class TestForged:
    @pytest.mark.parametrize("status", [NoteStatus.SIGNED, NoteStatus.ENTERED_IN_ERROR])
    def test_a_state_that_nobody_signed_is_found(
        self, app: Flask, site: Site, note_id: uuid.UUID, status: NoteStatus
    ) -> None:
        if status is NoteStatus.SIGNED:
            retract(site, note_id)
        with app.app_context(), db.engine.begin() as connection:
            triggers.remove(connection, table="individual_notes")
            standing = True if status is NoteStatus.SIGNED else None
            connection.execute(
                sa.update(IndividualNote)
                .where(IndividualNote.id == note_id)
                .values(status=status, standing=standing)
            )

        assert "This is not what was signed." in site.get(f"/notes/{note_id}/signed").text
        with app.app_context():
            verdicts = {one.verdict for one in checking.verify(note_id)}
        assert Verdict.OTHER_ROW in verdicts

    def test_the_database_lets_nobody_take_it_back(
        self, app: Flask, site: Site, note_id: uuid.UUID
    ) -> None:
        retract(site, note_id)

        with app.app_context(), pytest.raises(sa.exc.DatabaseError, match="signed note"):
            db.session.execute(
                sa.update(IndividualNote)
                .where(IndividualNote.id == note_id)
                .values(status=NoteStatus.SIGNED, standing=True)
            )
