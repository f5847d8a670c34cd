"""A signed note is frozen: what was signed is what is shown and printed."""

from __future__ import annotations

import io
import json
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from pypdf import PdfReader

from groupnotes.clients.models import Client
from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.signing.models import Signature
from tests.support import faults, journey
from tests.support.cast import Cast
from tests.support.factories import PASSWORD
from tests.support.rows import at_rest
from tests.support.site import BASE, Site, one


class TestSigning:
    def test_it_locks_the_note_and_shows_the_signature(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)

        note_id = journey.signed_note(site, cast)

        page = site.get(f"/notes/{note_id}/signed")
        assert "Electronically signed by Fiona Field, LCSW" in " ".join(page.text.split())
        assert len(one(page, ".digest").text.removeprefix("SHA-256 ")) == 64

    @pytest.mark.parametrize("password", ["", "not my password", "half a character: \udc80"])
    def test_another_password_signs_nothing(
        self, app: Flask, cast: Cast, site: Site, password: str
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        note_id = journey.note_of(site, cast, "Annie")
        journey.write(site, note_id)

        page = journey.sign(site, note_id, password=password, status=422)

        assert one(page, ".govuk-error-summary a[href='#password']")
        assert page.select("[name=notes][checked]")
        assert at_rest(app)["signatures"] == []

    def test_only_wrong_passwords_use_up_the_tries(self, cast: Cast, site: Site) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        note_id = journey.note_of(site, cast, "Annie")
        journey.write(site, note_id)
        page = site.get(f"/notes/{note_id}/sign")
        right = {"notes": [f"{note_id}:seen long ago"], "password": PASSWORD}
        wrong = right | {"password": "a wrong guess"}

        with time_machine.travel(clock.now(), tick=False):  # within one window of the limit
            for _ in range(11):
                site.submit(page, "#sign-form", fill=right, status=409)
            for _ in range(10):
                site.submit(page, "#sign-form", fill=wrong, status=422)

            site.submit(page, "#sign-form", fill=right, status=429)

    def test_the_record_names_this_client_and_nobody_else(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)
        note_id = journey.signed_note(site, cast)

        answer = site.client.get(f"/notes/{note_id}/record.pdf", base_url=BASE)

        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
        assert "Ana Alvarez" in text
        assert "MRN-1" in text
        for other in ("Ben", "Brandt", "Cleo", "Costa", "MRN-2", "MRN-3"):
            assert other not in text

    def test_it_says_when_the_group_note_changed_since(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)
        note_id = journey.signed_note(site, cast)
        assert "The group note has changed since" not in site.get(f"/notes/{note_id}/signed").text

        journey.document(site, cast, topic="Coping afterwards")

        page = site.get(f"/notes/{note_id}/signed")
        assert "The group note has changed since: it is at revision 2 now." in page.text
        assert "Coping ahead" in page.text
        assert "Coping afterwards" not in page.text

    def test_nobody_hides_that_by_setting_the_count_back(self, cast: Cast, site: Site) -> None:
        note_id = journey.signed_note(site.sign_in(cast.fiona), cast)
        journey.document(site, cast, topic="Coping afterwards")

        faults.as_owner(site.app, "UPDATE group_sessions SET revision = 1")

        page = site.get(f"/notes/{note_id}/signed")
        assert "The group note has changed since: it is at revision 2 now." in page.text

    def test_the_attendance_in_a_signed_note_stays(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)
        journey.signed_note(site, cast)

        page = journey.document(site, cast, status=422, attendance={"ana": "excused"})

        assert "signed with the attendance as it was" in page.text
        assert page.select_one(f"[name='status-{cast.ana}'][value=excused][checked]")

    @pytest.mark.parametrize("column", ["payer", "member_id"])
    def test_a_coverage_that_was_emptied_is_not_signed_as_none(
        self, app: Flask, cast: Cast, site: Site, column: str
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        note_id = journey.note_of(site, cast, "Annie")
        journey.write(site, note_id)
        with app.app_context():
            client = db.session.get_one(Client, cast.ana)
            client.payer, client.member_id = "Harborview Health Plan", "HHP 4471 9920 01"
            db.session.flush()
            emptied = {f"{column}_sealed": b""}
            db.session.execute(sa.update(Client).where(Client.id == cast.ana).values(emptied))
            db.session.commit()

        page = site.get(f"/notes/{note_id}/sign", status=500)

        assert "integrity check" in page.text
        site.get(f"/notes/{note_id}/signed", status=404)


class TestReview:
    def test_it_shows_what_the_signature_covers(self, app: Flask, cast: Cast, site: Site) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        note_id = journey.note_of(site, cast, "Annie")
        journey.write(site, note_id)

        shown = " ".join(site.get(f"/notes/{note_id}/sign").text.split())

        journey.sign(site, note_id)
        with app.app_context():
            signed = json.loads(db.session.scalars(sa.select(Signature)).one().content)
        note, group_note = signed["individual"], signed["shared"]
        [progress] = note["progress"]
        for text in (
            signed["group"]["title"],
            signed["session"]["service_code"],
            signed["facilitators"][0]["name"],
            signed["client"]["mrn"],
            *(group_note[name] for name in ("topic", "dynamics", "plan")),
            *group_note["interventions"],
            *(note[name] for name in ("response", "group_response", "plan")),
            *(progress[name] for name in ("goal", "objective", "evidence")),
            *(found for named in note["diagnoses"] for found in named.values()),
        ):
            assert text in shown

    def test_of_an_unfinished_note_tells_what_is_missing(self, cast: Cast, site: Site) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        note_id = journey.note_of(site, cast, "Annie")

        page = site.get(f"/notes/{note_id}/sign")

        assert "Add what this client said or did." in one(page, f"#note-{note_id} .warning").text
        assert page.select("[name=notes]") == []

    def test_of_a_session_counts_what_is_not_shown(self, cast: Cast, site: Site) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        assert "tells what is missing" in site.get(f"/sessions/{cast.session}/sign").text

        journey.write(site, journey.note_of(site, cast, "Annie"))

        page = site.get(f"/sessions/{cast.session}/sign")
        assert len(page.select("[name=notes]")) == 1
        assert "more notes are not finished" in page.text


class TestWhatChangedMeanwhile:
    """What the signer did not see is not signed, and the page says what it is."""

    def test_the_note_itself(self, cast: Cast, site: Site) -> None:
        note_id, review = self.reviewed(site, cast)
        journey.write(site, note_id, plan="Another plan.")

        page = site.submit(review, "#sign-form", fill=self.signs(review), status=409)

        assert "After this page was shown the note itself changed." in page.text
        site.get(f"/notes/{note_id}/signed", status=404)

    def test_the_group_note_and_the_attendance(self, cast: Cast, site: Site) -> None:
        _, review = self.reviewed(site, cast)
        journey.document(site, cast, topic="Another topic", attendance={"ana": "late 17:15"})

        page = site.submit(review, "#sign-form", fill=self.signs(review), status=409)

        changed = "the group note and the session or the attendance changed"
        assert f"After this page was shown {changed}." in page.text

    def test_the_chart(self, app: Flask, cast: Cast, site: Site) -> None:
        _, review = self.reviewed(site, cast)
        with app.app_context():
            db.session.get_one(Client, cast.ana).mrn = "MRN-1000"
            db.session.commit()

        page = site.submit(review, "#sign-form", fill=self.signs(review), status=409)

        assert "After this page was shown the client’s details changed." in page.text

    def test_nothing_by_being_written_again(self, cast: Cast, site: Site) -> None:
        note_id, review = self.reviewed(site, cast)
        journey.write(site, note_id, plan="Another plan.")
        journey.write(site, note_id)

        site.submit(review, "#sign-form", fill=self.signs(review), status=303)

    @staticmethod
    def reviewed(site: Site, cast: Cast) -> tuple[uuid.UUID, BeautifulSoup]:
        journey.document(site.sign_in(cast.fiona), cast)
        note_id = journey.note_of(site, cast, "Annie")
        journey.write(site, note_id)
        return note_id, site.get(f"/notes/{note_id}/sign")

    @staticmethod
    def signs(review: BeautifulSoup) -> dict[str, Any]:
        return {"notes": [one(review, "[name=notes]")["value"]], "password": PASSWORD}
