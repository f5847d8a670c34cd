"""A text of a million characters, and a session of two hundred: from the form to the record."""

from __future__ import annotations

import io
import uuid

import pytest
from flask import Flask
from pypdf import PdfReader

from groupnotes.accounts.models import User
from groupnotes.core.db import db
from groupnotes.groups.models import Group
from tests.support import journey
from tests.support.bulk import Practice
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.rows import at_rest
from tests.support.site import BASE, Site, fields_of, one

MILLION = 1_000_000
END = "The last of it."


def million(sentence: str) -> str:
    """Return a text of exactly a million characters, with an end that can be found again."""
    length = MILLION - len(END)
    return (sentence * (length // len(sentence) + 1))[:length] + END


class TestAMillionCharacters:
    def test_they_are_saved_shown_signed_and_released(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)
        shared = million("The group practised what to say.\n")
        own = million("Said what helped, and what did not. ")

        journey.document(site, cast, dynamics=shared)
        note_id = journey.note_of(site, cast, "Annie")
        journey.write(site, note_id, response=own)
        form = fields_of(one(site.get(f"/notes/{note_id}"), f"#note-{note_id}"))
        journey.sign(site, note_id)

        assert form["response"] == own
        signed = site.get(f"/notes/{note_id}/signed")
        assert {shared, own} <= {text.text for text in signed.select(".user-text")}
        answer = site.client.get(f"/notes/{note_id}/record.pdf", base_url=BASE)
        pages = PdfReader(io.BytesIO(answer.data)).pages
        last = pages[-1].extract_text()
        assert END in last
        assert one(signed, ".digest").text.removeprefix("SHA-256 ") in last
        assert f"Page {len(pages)} of {len(pages)}" in last

    @on_sqlite
    def test_they_may_all_be_of_the_widest_kind(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)

        journey.document(site, cast, dynamics="\N{GRINNING FACE}" * MILLION)

        page = site.follow()
        assert one(page, "#dynamics").text.strip() == "\N{GRINNING FACE}" * MILLION


class TestTwoHundredAttendees:
    @pytest.fixture
    def crowded(self, app: Flask, cast: Cast) -> list[uuid.UUID]:
        """The group with 197 members more, each with two diagnoses and two objectives."""
        with app.app_context():
            practice = Practice()
            members = practice.members(197, db.session.get_one(User, cast.fiona))
            practice.enrol(db.session.get_one(Group, cast.group), members)
            db.session.commit()
            return [member.client_id for member in members]

    def test_one_form_documents_them_and_the_record_counts_them(
        self, app: Flask, cast: Cast, site: Site, crowded: list[uuid.UUID]
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}")
        page = site.submit(
            page, "#session-form", status=200, button="[name=fill]", fill=journey.GROUP_NOTE
        )
        site.submit(page, "#session-form", fill={f"status-{crowded[0]}": "no_show"})

        page = site.follow()
        assert len(page.select("li.client")) == 199
        rows = at_rest(app)
        assert (len(rows["individual_notes"]), len(rows["attendances"])) == (199, 200)
        # Annie and Ben have one of each, Cleo has none, everybody else has two.
        assert len(rows["note_diagnoses"]) == len(rows["progress_ratings"]) == 196 * 2 + 2
        [link] = page.select(".client__name a:-soup-contains('Annie')")
        note_id = uuid.UUID(str(link["href"]).rsplit("/", 1)[1])
        journey.write(site, note_id)
        journey.sign(site, note_id)
        signed = one(site.get(f"/notes/{note_id}/signed"), "#signed")
        assert one(signed, "dt:-soup-contains('Participants') + dd").text == "199"
