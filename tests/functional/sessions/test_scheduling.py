"""When a group meets: by its rule, by hand, moved, cancelled."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.groups.models import FacilitatorRole, Group
from groupnotes.notes.models import GroupNoteRevision, IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.sessions.attendance import AttendanceStatus
from groupnotes.sessions.models import Attendance, GroupSession, SessionFacilitator
from groupnotes.web.cookies import SIGN_IN
from tests.support import factories
from tests.support.cast import Cast
from tests.support.factories import ZONE
from tests.support.site import BASE, Site, fields_of, one
from tests.support.statements import statements

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])

MORNING = dt.datetime(2026, 3, 4, 15, tzinfo=dt.UTC)  # the day after the session of the cast


@pytest.fixture(autouse=True)
def _the_day_after() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


def schedule(site: Site, cast: Cast, until: str, *, status: int = 303) -> BeautifulSoup:
    page = site.get(f"/groups/{cast.group}/sessions/new")
    return site.submit(page, "#schedule", until=until, status=status)


def coming(app: Flask, cast: Cast) -> list[GroupSession]:
    with app.app_context():
        query = db.select(GroupSession).where(
            GroupSession.group_id == cast.group, GroupSession.id != cast.session
        )
        return list(db.session.scalars(query.order_by(GroupSession.starts_at)))


def local(session: GroupSession) -> str:
    return f"{session.starts_at.astimezone(ZONE):%m-%d %H:%M}"


def team(app: Flask, session: GroupSession) -> dict[uuid.UUID, FacilitatorRole]:
    with app.app_context():
        query = db.select(SessionFacilitator).where(SessionFacilitator.session_id == session.id)
        return {row.user_id: row.role for row in db.session.scalars(query)}


def refusal(page: BeautifulSoup, field: str) -> str:
    assert one(page, f".govuk-error-summary a[href='#{field}']")
    return one(page, f"#{field}-error").text


def edit_url(session: GroupSession) -> str:
    return f"/sessions/{session.id}/edit"


class TestByTheRule:
    @both
    def test_one_button_schedules_eight_weeks(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}")

        status = 200 if htmx else 303
        site.submit(page, "form[action$='/sessions']", htmx=htmx, status=status)

        made = coming(app, cast)
        assert [local(session) for session in made] == [
            "03-10 17:00",
            "03-17 17:00",
            "03-24 17:00",
            "03-31 17:00",
            "04-07 17:00",
            "04-14 17:00",
            "04-21 17:00",
            "04-28 17:00",
        ]

    def test_five_o_clock_stays_five_o_clock_when_the_clocks_change(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        with time_machine.travel(dt.datetime(2026, 10, 27, 12, tzinfo=dt.UTC), tick=False):
            schedule(site.sign_in(cast.fiona), cast, "2026-11-03")

        before, after = coming(app, cast)
        assert after.starts_at - before.starts_at == dt.timedelta(hours=169)
        assert [local(before), local(after)] == ["10-27 17:00", "11-03 17:00"]

    def test_it_has_the_group_s_length_codes_and_facilitators(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        schedule(site.sign_in(cast.fiona), cast, "2026-03-10")

        [session] = coming(app, cast)
        assert session.ends_at - session.starts_at == dt.timedelta(minutes=90)
        assert (session.held_on, session.service_code) == (dt.date(2026, 3, 10), "90853")
        lead, co = FacilitatorRole.LEAD, FacilitatorRole.CO
        assert team(app, session) == {cast.fiona: lead, cast.finn: co}

    def test_again_it_changes_nothing(self, app: Flask, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)
        schedule(site, cast, "2026-03-31")
        first = [(session.id, session.version) for session in coming(app, cast)]

        schedule(site, cast, "2026-03-31")

        assert [(session.id, session.version) for session in coming(app, cast)] == first

    def test_many_at_once_make_each_session_once(self, app: Flask, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/sessions/new")
        sent = fields_of(one(page, "#schedule"))
        cookie = site.client.get_cookie(SIGN_IN)
        assert cookie is not None
        token = cookie.value

        def send(_: int) -> int:
            window = app.test_client()
            window.set_cookie(SIGN_IN, token, secure=True)
            url = f"/groups/{cast.group}/sessions"
            return window.post(url, data=sent, base_url=BASE).status_code

        with ThreadPoolExecutor(6) as threads:
            answers = set(threads.map(send, range(6)))

        assert answers == {303}
        assert len(coming(app, cast)) == 8

    def test_a_year_costs_as_many_statements_as_two_weeks(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/sessions/new")

        with statements(app) as few:
            site.submit(page, "#schedule", until="2026-03-17")
        with statements(app) as many:
            site.submit(page, "#schedule", until="2027-03-01")

        assert len(coming(app, cast)) == 51
        # The second time there are sessions to bring in line with the group: three questions more.
        assert len(many) <= len(few) + 3

    @pytest.mark.parametrize(
        ("until", "sentence"),
        [
            ("2026-03-03", "from today to a year from now"),
            ("2062-03-03", "from today to a year from now"),
            ("soon", "year, month and day"),
            ("", "last day"),
        ],
    )
    def test_a_day_that_cannot_be_is_refused(
        self, app: Flask, cast: Cast, site: Site, until: str, sentence: str
    ) -> None:
        page = schedule(site.sign_in(cast.fiona), cast, until, status=422)

        assert sentence in refusal(page, "until")
        assert coming(app, cast) == []

    def test_an_ended_group_is_not_scheduled(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            db.session.get_one(Group, cast.group).active = False
            db.session.commit()

        page = schedule(site.sign_in(cast.fiona), cast, "2026-03-31", status=422)

        assert "does not meet any more" in refusal(page, "until")


class TestFollowingTheGroup:
    @pytest.fixture
    def scheduled(self, app: Flask, cast: Cast, site: Site) -> list[GroupSession]:
        """Four sessions: the second was moved, the third cancelled."""
        schedule(site.sign_in(cast.fiona), cast, "2026-03-31")
        made = coming(app, cast)
        page = site.get(edit_url(made[1]))
        site.submit(page, "#session-form", held_on="2026-03-18", starts="16:00", stops="17:00")
        page = site.get(edit_url(made[2]))
        site.submit(page, "form[action$='/cancel']")
        return made

    def test_what_was_moved_does_not_come_back(
        self, app: Flask, cast: Cast, site: Site, scheduled: list[GroupSession]
    ) -> None:
        schedule(site, cast, "2026-03-31")

        assert [local(session) for session in coming(app, cast)] == [
            "03-10 17:00",
            "03-18 16:00",
            "03-24 17:00",
            "03-31 17:00",
        ]

    def test_another_day_moves_what_nobody_touched(
        self, app: Flask, cast: Cast, site: Site, scheduled: list[GroupSession]
    ) -> None:
        page = site.get(f"/groups/{cast.group}/edit")
        change = {"weekdays": ["TH"], "local_start": "18:00"}

        site.submit(page, "#group-form", fill=change)
        assert [local(session) for session in coming(app, cast)] == ["03-18 16:00", "03-24 17:00"]

        schedule(site, cast, "2026-03-19")
        assert [local(session) for session in coming(app, cast)] == [
            "03-05 18:00",
            "03-12 18:00",
            "03-18 16:00",
            "03-19 18:00",
            "03-24 17:00",
        ]

    def test_another_code_reaches_what_nobody_touched(
        self, app: Flask, cast: Cast, site: Site, scheduled: list[GroupSession]
    ) -> None:
        page = site.get(f"/groups/{cast.group}/edit")

        site.submit(page, "#group-form", service_code="H0005", duration_minutes="60")

        codes = [session.service_code for session in coming(app, cast)]
        assert codes == ["H0005", "90853", "90853", "H0005"]
        first = coming(app, cast)[0]
        assert first.id == scheduled[0].id
        assert first.ends_at - first.starts_at == dt.timedelta(minutes=60)

    def test_facilitators_who_come_and_go_reach_what_nobody_touched(
        self, app: Flask, cast: Cast, site: Site, scheduled: list[GroupSession]
    ) -> None:
        page = site.get(f"/groups/{cast.group}/facilitators/new")
        site.submit(page, "#facilitator-form", user_id=str(cast.olga), started_on="2026-03-12")
        page = site.get(f"/groups/{cast.group}")
        page = site.get(str(one(page, "li:-soup-contains('Finn') a[href$='/end']")["href"]))
        site.submit(page, "#end-form", ended_on="2026-03-20")

        first, moved, cancelled, last = (set(team(app, each)) for each in coming(app, cast))

        assert first == {cast.fiona, cast.finn}
        assert moved == cancelled == {cast.fiona, cast.finn}
        assert last == {cast.fiona, cast.olga}

    def test_a_group_that_ends_leaves_what_somebody_touched(
        self, app: Flask, cast: Cast, site: Site, scheduled: list[GroupSession]
    ) -> None:
        page = site.get(f"/groups/{cast.group}/edit")

        site.submit(page, "#group-form", active=[])

        assert [local(session) for session in coming(app, cast)] == ["03-18 16:00", "03-24 17:00"]
        assert site.get(f"/sessions/{cast.session}")


class TestByHand:
    @both
    def test_two_sessions_of_one_day_are_two(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        status = 200 if htmx else 303
        site.sign_in(cast.fiona)
        for starts, stops in (("10:00", "11:30"), ("13:00", "14:30")):
            page = site.get(f"/groups/{cast.group}/sessions/new")
            site.submit(
                page,
                "#session-form",
                held_on="2026-03-12",
                starts=starts,
                stops=stops,
                lead_id=str(cast.finn),
                co_ids=[str(cast.olga)],
                htmx=htmx,
                status=status,
            )

        first, second = coming(app, cast)
        assert [local(first), local(second)] == ["03-12 10:00", "03-12 13:00"]
        lead, co = FacilitatorRole.LEAD, FacilitatorRole.CO
        assert team(app, first) == {cast.finn: lead, cast.olga: co}

    def test_it_starts_as_the_group_usually_meets(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/sessions/new")

        shown = fields_of(one(page, "#session-form"))

        assert (shown["starts"], shown["stops"]) == ("17:00", "18:30")
        assert (shown["lead_id"], shown["co_ids"]) == (str(cast.fiona), str(cast.finn))

    @both
    def test_what_cannot_be_is_said_at_each_field(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        url = f"/groups/{cast.group}/sessions/new"
        page = site.sign_in(cast.fiona).get(url)
        form = fields_of(one(page, "#session-form")) | {"held_on": "2026-03-03"}

        def refused(field: str, **wrong: object) -> str:
            page = site.post(url, form | wrong, htmx=htmx, status=422)
            return refusal(page, field)

        assert "session at that time already" in refused("starts")
        assert "after the start" in refused("stops", starts="17:00", stops="16:00")
        assert "after the start" in refused("stops", starts="17:00", stops="17:00")
        assert "24-hour clock" in refused("starts", starts="5 pm")
        assert "date" in refused("held_on", held_on="")
        assert "who leads" in refused("lead_id", lead_id="")
        assert "who leads" in refused("lead_id", lead_id=str(cast.carl))
        assert "such as 90853" in refused("service_code", service_code="talk")
        assert "where the service" in refused("place_of_service", place_of_service="x")
        assert coming(app, cast) == []


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
