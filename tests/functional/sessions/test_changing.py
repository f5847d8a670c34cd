"""A session is moved, changed, cancelled and restored, until a note of it is signed."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from flask import Flask

from groupnotes.audit.tags import Tag
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.groups.models import Group
from groupnotes.notes.models import GroupNoteRevision, IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.sessions.attendance import AttendanceStatus
from groupnotes.sessions.models import Attendance, GroupSession
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.events import events, last
from tests.support.factories import ZONE
from tests.support.site import Site, both, one
from tests.support.timetable import local, refusal, team


class TestChangingASession:
    @both
    def test_it_is_moved(self, app: Flask, cast: Cast, site: Site, htmx: bool) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}/edit")

        site.submit(
            page,
            "#session-form",
            held_on="2026-03-02",
            starts="09:00",
            stops="10:00",
            modality="video",
            place_of_service="10",
            service_code="90853-95",
            co_ids=[],
            htmx=htmx,
            status=200 if htmx else 303,
        )

        with app.app_context():
            session = db.session.get_one(GroupSession, cast.session)
            assert local(session) == "03-02 09:00"
            assert (session.place_of_service, session.service_code) == ("10", "90853-95")
        assert list(team(app, session)) == [cast.fiona]

    def test_the_log_tells_from_which_day_a_documented_one_was_moved(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast)
        since = last(app)

        page = site.get(f"/sessions/{cast.session}/edit")
        site.submit(page, "#session-form", held_on="2026-03-02")

        told = [one.detail for one in events(app, after=since) if one.tag == Tag.SESSION_EDIT]
        assert "2026-03-03 to 2026-03-02" in told

    def test_two_facilitators_do_not_overwrite_each_other(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}/edit")
        site.submit(page, "#session-form", co_ids=[])

        site.submit(page, "#session-form", service_code="H0005", status=409)

        with app.app_context():
            assert db.session.get_one(GroupSession, cast.session).service_code == "90853"

    def test_times_of_the_attendance_stay_inside(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            arrived = dt.datetime(2026, 3, 3, 17, 20, tzinfo=ZONE)
            late = AttendanceStatus.LATE
            db.session.add(
                Attendance(
                    session_id=cast.session, client_id=cast.ana, status=late, arrived_at=arrived
                )
            )
            db.session.commit()
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}/edit")

        page = site.submit(page, "#session-form", starts="17:30", status=422)

        assert "1 client came or left outside these times" in refusal(page, "stops")
        assert one(page, "#starts")["value"] == "17:30"

    @both
    def test_with_a_signed_note_nothing_changes(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}/edit")
        write_note(app, cast, signed=True)

        answer = site.submit(
            page, "#session-form", starts="16:00", co_ids=[], htmx=htmx, status=409
        )

        assert "A note of this session is signed" in answer.text
        site.get(f"/sessions/{cast.session}/edit", status=409)
        with app.app_context():
            assert local(db.session.get_one(GroupSession, cast.session)) == "03-03 17:00"
        assert f"/sessions/{cast.session}/edit" not in str(site.get(f"/groups/{cast.group}"))


class TestCancelling:
    @both
    def test_a_session_is_cancelled_and_restored(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        status = 200 if htmx else 303
        url = f"/sessions/{cast.session}/edit"
        page = site.sign_in(cast.fiona).get(url)

        site.submit(page, "form[action$='/cancel']", htmx=htmx, status=status)
        assert "Cancelled" in one(site.get(f"/groups/{cast.group}"), "tbody").text

        site.submit(site.get(url), "form[action$='/restore']", htmx=htmx, status=status)
        assert "Not documented" in one(site.get(f"/groups/{cast.group}"), "tbody").text

    def test_one_that_has_notes_did_take_place(self, app: Flask, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}/edit")
        write_note(app, cast, signed=False)

        answer = site.submit(page, "form[action$='/cancel']", status=409)

        assert "did take place" in answer.text
        page = site.get(f"/sessions/{cast.session}/edit")
        assert not page.select("form[action$='/cancel']")

    def test_a_page_out_of_date_cancels_nothing(self, app: Flask, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/sessions/{cast.session}/edit")
        site.submit(page, "#session-form", co_ids=[])

        site.submit(page, "form[action$='/cancel']", status=409)


class TestOthers:
    @pytest.mark.parametrize(
        ("who", "status"),
        [("olga", 404), ("sam", 403), ("carl", 403), ("rita", 403), ("adam", 403)],
    )
    def test_they_cannot(self, cast: Cast, site: Site, who: str, status: int) -> None:
        site.sign_in(getattr(cast, who))
        token = {"csrf_token": site.token(), "version": "1"}

        site.get(f"/sessions/{cast.session}/edit", status=status)
        for action in ("edit", "cancel", "restore"):
            site.post(f"/sessions/{cast.session}/{action}", token, status=status)


def write_note(app: Flask, cast: Cast, *, signed: bool) -> None:
    """Write Ana's note of the session straight into the database."""
    with app.app_context():
        session = db.session.get_one(GroupSession, cast.session)
        group = db.session.get_one(Group, cast.group)
        texts = dict.fromkeys(
            ("topic", "interventions", "interventions_other", "dynamics", "plan"), "-"
        )
        now = session.ends_at
        revision = GroupNoteRevision(
            id=uuid.uuid4(),
            data_key=group.data_key,
            session_id=session.id,
            number=1,
            author_id=cast.fiona,
            created_at=now,
            **texts,
        )
        db.session.add(revision)
        db.session.flush()
        note_id = new_id()
        note = IndividualNote(
            id=note_id,
            **factories.encounter(note_id, group.data_key),
            session_id=session.id,
            client_id=cast.ana,
            author_id=cast.fiona,
            data_key=group.data_key,
            status=NoteStatus.SIGNED if signed else NoteStatus.DRAFT,
            group_revision_id=revision.id if signed else None,
            signed_at=now if signed else None,
            missing=0,
            created_at=now,
            changed_at=now,
        )
        db.session.add(note)
        db.session.commit()
