"""A supervisor returns a note with a comment, and reviews what is added to a locked one."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask

from groupnotes.notes.states import NoteStatus
from tests.support import events, journey, pdf
from tests.support.cast import Cast
from tests.support.factories import PASSWORD
from tests.support.review import COMMENT, co_sign, record, return_note, status_of
from tests.support.rows import at_rest
from tests.support.site import Site, one

pytestmark = pytest.mark.usefixtures("supervised")

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


class TestReturning:
    def test_the_note_is_a_draft_again_with_the_comment(
        self, app: Flask, cast: Cast, site: Site, sam: Site, note_id: uuid.UUID
    ) -> None:
        before = at_rest(app)["signatures"]

        return_note(sam, note_id)

        assert status_of(app, note_id) is NoteStatus.DRAFT
        assert at_rest(app)["signatures"] == before
        page = site.get(f"/notes/{note_id}")
        assert COMMENT in page.text
        assert "Sam Summers" in page.text
        assert "Returned" in one(site.get("/"), "[aria-labelledby=unsigned-title]").text
        assert "Nothing waits for your review." in sam.get("/cosign").text
        assert "note:return" in [event.tag for event in events.events(app)]

    def test_it_is_signed_anew_and_its_history_stays(
        self, cast: Cast, site: Site, sam: Site, note_id: uuid.UUID
    ) -> None:
        return_note(sam, note_id)
        journey.write(site, note_id, plan="The homework was one diary card.")
        journey.sign(site, note_id)
        co_sign(sam)

        page = site.get(f"/notes/{note_id}/signed")

        assert "The homework was one diary card." in page.text
        assert COMMENT in one(page, "[aria-labelledby=returns-title]").text
        assert record(site, note_id).startswith(b"%PDF")
        assert COMMENT not in Site(site.app).sign_in(cast.rita).get(f"/notes/{note_id}/signed").text

    @pytest.mark.parametrize("comment", ["", "  ", "Ben was there too."])
    def test_a_comment_is_asked_for_that_names_nobody_else(
        self, app: Flask, sam: Site, note_id: uuid.UUID, comment: str
    ) -> None:
        page = return_note(sam, note_id, status=422, comment=comment)

        assert one(page, ".govuk-error-summary a[href='#comment']")
        assert comment.strip() in page.text
        assert status_of(app, note_id) is NoteStatus.AWAITING_REVIEW

    def test_a_locked_note_cannot_be_returned(
        self, app: Flask, sam: Site, note_id: uuid.UUID
    ) -> None:
        page = sam.get(f"/notes/{note_id}/return")
        co_sign(sam)

        sam.submit(page, "#return-form", status=409, fill={"comment": COMMENT})

        assert status_of(app, note_id) is NoteStatus.SIGNED


class TestEntries:
    def test_what_a_supervisee_adds_waits_too(
        self, app: Flask, site: Site, sam: Site, note_id: uuid.UUID
    ) -> None:
        co_sign(sam)
        page = site.get(f"/notes/{note_id}/entries/new")
        fill = {"kind": "addendum", "reason": "She called.", "text": "It helped."}
        site.submit(page, "#entry-form", status=303, fill=fill | {"password": PASSWORD})

        assert b"waits for a supervisor" in record(site, note_id, status=409)
        assert "I have reviewed this entry" in sam.get("/cosign").text
        co_sign(sam)

        assert len(at_rest(app)["co_signatures"]) == 2
        assert pdf.flowing(record(site, note_id)).count("Co-signature") == 2
