"""A supervisor returns that a note was entered in error: it is a note of its session again."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask

from groupnotes.accounts.models import Supervision
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from groupnotes.notes.states import NoteStatus
from groupnotes.signing.proof import Verdict
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.events import events
from tests.support.factories import PASSWORD
from tests.support.review import (
    COMMENT,
    WRONG,
    add,
    co_sign,
    record,
    retract,
    return_entry,
    status_of,
    verdicts,
)
from tests.support.rows import at_rest
from tests.support.site import Site, done, one


@pytest.fixture
def wrong(note_id: uuid.UUID, site: Site, sam: Site) -> uuid.UUID:
    """Ana's locked note, which Fiona entered in error; Sam has not reviewed that."""
    co_sign(sam)
    retract(site, note_id)
    return note_id


class TestReturning:
    @pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
    def test_the_note_is_back_in_every_view(
        self, app: Flask, cast: Cast, site: Site, sam: Site, wrong: uuid.UUID, *, htmx: bool
    ) -> None:
        assert status_of(app, wrong) is NoteStatus.ENTERED_IN_ERROR

        return_entry(sam, wrong, htmx=htmx)

        assert status_of(app, wrong) is NoteStatus.SIGNED
        assert verdicts(app, wrong) == {Verdict.VERIFIED}
        assert record(site, wrong).startswith(b"%PDF")
        assert journey.note_of(site, cast, "Annie") == wrong
        page = site.get(f"/notes/{wrong}/signed")
        assert "This note was entered in error" not in page.text
        assert WRONG["text"] not in page.text
        assert COMMENT in one(page, "[aria-labelledby=returns-title]").text

    def test_the_page_says_what_comes_of_it(self, sam: Site, wrong: uuid.UUID) -> None:
        page = return_entry(sam, wrong, comment="", status=422)

        assert "a signed note of the client again" in page.text

    def test_its_author_says_it_again(
        self, app: Flask, site: Site, sam: Site, wrong: uuid.UUID
    ) -> None:
        return_entry(sam, wrong)
        told = one(site.get("/"), "[aria-labelledby=returned-title]")
        assert "Entered in error" in told.text
        page = site.get(str(one(told, "a")["href"]).partition("#")[0])

        page = site.get(str(one(page, "a[href*='?returned=']")["href"]))
        assert COMMENT in one(page, "[aria-labelledby=given-back-title]").text
        assert one(page, "[name=reason][checked]")["value"] == WRONG["reason"]
        assert one(page, "[name=text]").text.strip() == WRONG["text"]
        assert page.select("nav[aria-label=Main] [aria-current=page]") == []
        page = site.submit(page, "#in-error-form", status=422, fill={"password": "wrong"})
        assert COMMENT in one(page, "[aria-labelledby=given-back-title]").text
        site.submit(page, "#in-error-form", status=303, fill={"password": PASSWORD})

        assert status_of(app, wrong) is NoteStatus.ENTERED_IN_ERROR
        assert site.get("/").select("[aria-labelledby=returned-title]") == []
        co_sign(sam)
        assert verdicts(app, wrong) == {Verdict.VERIFIED}

    def test_it_takes_entries_again(
        self, app: Flask, site: Site, sam: Site, wrong: uuid.UUID
    ) -> None:
        return_entry(sam, wrong)

        add(site, wrong)
        co_sign(sam)

        assert "It helped." in site.get(f"/notes/{wrong}/signed").text
        assert verdicts(app, wrong) == {Verdict.VERIFIED}

    def test_an_entry_that_waited_before_stays(
        self, app: Flask, site: Site, sam: Site, note_id: uuid.UUID
    ) -> None:
        co_sign(sam)
        add(site, note_id)
        retract(site, note_id)

        return_entry(sam, note_id, place=1)

        assert status_of(app, note_id) is NoteStatus.SIGNED
        assert "I have reviewed this entry" in sam.get("/cosign").text
        assert verdicts(app, note_id) == {Verdict.VERIFIED}


class TestWhatChangedMeanwhile:
    def refused(self, app: Flask, sam: Site, note_id: uuid.UUID) -> str:
        page = return_entry(sam, note_id, status=409)
        assert status_of(app, note_id) is NoteStatus.ENTERED_IN_ERROR
        assert at_rest(app)["entry_returns"] == []
        assert COMMENT in page.text
        co_sign(sam)
        assert verdicts(app, note_id) == {Verdict.VERIFIED}
        return page.text

    def test_another_note_was_written_in_its_place(
        self, app: Flask, cast: Cast, site: Site, sam: Site, wrong: uuid.UUID
    ) -> None:
        journey.document(site, cast)
        another = journey.note_of(site, cast, "Annie")
        journey.write(site, another, plan="Of the right client.")

        assert "wrote another note of this session for the client" in self.refused(app, sam, wrong)
        assert journey.note_of(site, cast, "Annie") == another

    @pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
    def test_a_draft_that_came_of_saving_the_session_makes_room(
        self, app: Flask, cast: Cast, site: Site, sam: Site, wrong: uuid.UUID, *, htmx: bool
    ) -> None:
        journey.document(site, cast, dynamics="The group was quiet.")
        empty = journey.note_of(site, cast, "Annie")
        form = journey.form_of(site, empty)

        return_entry(sam, wrong, htmx=htmx)

        assert journey.note_of(site, cast, "Annie") == wrong
        assert verdicts(app, wrong) == {Verdict.VERIFIED}
        assert record(site, wrong).startswith(b"%PDF")
        assert str(empty) not in site.get("/").text
        # Who had it open loses no word, and changes nothing.
        answer = site.post(f"/notes/{empty}", form | {"plan": "Typed late."}, status=409)
        assert "Typed late." in answer.text
        assert status_of(app, empty) is NoteStatus.SET_ASIDE
        told = [one for one in events(app) if one.object_id == empty]
        assert "note:set-aside" in {one.tag for one in told}

    def test_it_makes_room_once(
        self, app: Flask, cast: Cast, site: Site, sam: Site, wrong: uuid.UUID
    ) -> None:
        journey.document(site, cast)
        return_entry(sam, wrong)
        retract(site, wrong)
        journey.document(site, cast)

        page = return_entry(sam, wrong, status=409)

        assert "wrote another note of this session" in page.text
        assert status_of(app, wrong) is NoteStatus.ENTERED_IN_ERROR

    def test_the_corrected_note_is_written_and_signed(
        self, app: Flask, cast: Cast, site: Site, sam: Site, wrong: uuid.UUID
    ) -> None:
        journey.document(site, cast)
        right = journey.note_of(site, cast, "Annie")
        journey.write(site, right, plan="Of the right client.")
        journey.sign(site, right)
        co_sign(sam)

        assert verdicts(app, right) == verdicts(app, wrong) == {Verdict.VERIFIED}
        assert "Of the right client." in site.get(f"/notes/{right}/signed").text

    def test_the_client_was_not_there(
        self, app: Flask, cast: Cast, site: Site, sam: Site, wrong: uuid.UUID
    ) -> None:
        journey.document(site, cast, attendance={"ana": "no_show"})

        assert "how the client attended it" in self.refused(app, sam, wrong)

    def test_the_session_was_longer(
        self, app: Flask, cast: Cast, site: Site, sam: Site, wrong: uuid.UUID
    ) -> None:
        page = site.get(f"/sessions/{cast.session}/edit")
        site.submit(page, "#session-form", status=303, fill={"stops": "18:45"})

        assert "how the client attended it" in self.refused(app, sam, wrong)


class TestASupervisorWhoEntersItInError:
    @pytest.fixture
    def sue(self, app: Flask, cast: Cast) -> Site:
        """The browser of Sam's own supervisor."""
        with app.app_context():
            sue = factories.user("Sue Sand", Role.SUPERVISOR).id
            factories.supervise(sue, cast.sam)
            db.session.commit()
        return Site(app).sign_in(sue)

    def test_they_are_told_and_leave_it_out(
        self, app: Flask, sam: Site, sue: Site, note_id: uuid.UUID
    ) -> None:
        co_sign(sam)
        retract(sam, note_id)
        return_entry(sue, note_id)
        told = one(sam.get("/"), "[aria-labelledby=returned-title]")
        page = sam.get(str(one(told, "a")["href"]).partition("#")[0])
        assert one(page, "a[href*='entered-in-error?returned=']")

        sam.submit(page, "form[action$='/leave-out']", status=done(htmx=False))

        assert sam.get("/").select("[aria-labelledby=returned-title]") == []
        assert status_of(app, note_id) is NoteStatus.SIGNED
        sue.get(f"/notes/{note_id}/signed", status=404)

    def test_who_is_no_supervisor_any_more_is_not_asked(
        self, app: Flask, sam: Site, sue: Site, note_id: uuid.UUID, cast: Cast
    ) -> None:
        co_sign(sam)
        retract(sam, note_id)
        return_entry(sue, note_id)
        with app.app_context():
            mine, past = Supervision.supervisor_id == cast.sam, factories.LONG_AGO
            factories.change_supervision(mine, ended_on=past)
            db.session.commit()

        assert sam.get("/").select("[aria-labelledby=returned-title]") == []
