"""How each client attended: the times it takes, and the minutes that come of it."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask

from groupnotes.core.db import db
from groupnotes.sessions.models import GroupSession
from tests.support import journey
from tests.support.cast import Cast
from tests.support.rows import at_rest
from tests.support.site import Site, both, fields_of, one

TIMES = ("status", "arrived", "departed")


def line(site: Site, cast: Cast, session: uuid.UUID | None = None) -> dict[str, str]:
    """Return Ben's line as the session's form shows it."""
    form = fields_of(one(site.get(f"/sessions/{session or cast.session}"), "#session-form"))
    shown = {name: form.get(f"{name}-{cast.ben}", "") for name in TIMES}
    return {name: value for name, value in shown.items() if value}


def read_line(site: Site, cast: Cast, session: uuid.UUID | None = None) -> str:
    """Return what the session's page says of Ben to somebody who only reads it."""
    page = Site(site.app).sign_in(cast.sam).get(f"/sessions/{session or cast.session}")
    row = one(page, "li.roster__row:-soup-contains('Ben Brandt')")
    return " ".join(row.text.split()).removeprefix("Ben Brandt ")


class TestThoseWhoAttended:
    @both
    @pytest.mark.parametrize(
        ("how", "shown", "read"),
        [
            ("present", {"status": "present"}, "Present 90 minutes"),
            ("late 17:20", {"status": "late", "arrived": "17:20"}, "Late 70 minutes"),
            (
                "left_early -17:45",
                {"status": "left_early", "departed": "17:45"},
                "Left early 45 minutes",
            ),
            (
                "late 17:05 -18:29",
                {"status": "late", "arrived": "17:05", "departed": "18:29"},
                "Late 84 minutes",
            ),
        ],
        ids=["present", "late", "left early", "both"],
    )
    def test_minutes_come_of_the_times(
        self,
        cast: Cast,
        site: Site,
        how: str,
        shown: dict[str, str],
        read: str,
        htmx: bool,
    ) -> None:
        site.sign_in(cast.fiona)

        journey.document(site, cast, attendance={"ben": how}, htmx=htmx)

        assert line(site, cast) == shown
        note_id = journey.note_of(site, cast, "Ben")
        journey.write(site, note_id)
        minutes = " ".join(read.split()[-2:])
        assert minutes in one(site.get(f"/notes/{note_id}/sign"), ".client__sub").text
        assert read_line(site, cast) == read

    @both
    def test_a_night_session_goes_on_past_midnight(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        page = site.sign_in(cast.fiona).get(f"/groups/{cast.group}/sessions/new")
        site.submit(page, "#session-form", held_on="2026-03-04", starts="23:00", stops="00:30")
        with app.app_context():
            query = db.select(GroupSession.id).where(GroupSession.id != cast.session)
            night = db.session.scalars(query).one()

        attendance = {"ben": "late 23:50 -00:10"}
        journey.document(site, cast, session=night, attendance=attendance, htmx=htmx)

        assert line(site, cast, night) == {
            "status": "late",
            "arrived": "23:50",
            "departed": "00:10",
        }
        assert read_line(site, cast, night) == "Late 20 minutes"


class TestThoseWhoWereAbsent:
    @both
    @pytest.mark.parametrize(
        ("kind", "read"),
        [("no_show", "No-show"), ("cancelled", "Cancelled"), ("excused", "Excused")],
    )
    def test_they_have_a_line_and_neither_minutes_nor_a_note(
        self, app: Flask, cast: Cast, site: Site, kind: str, read: str, htmx: bool
    ) -> None:
        site.sign_in(cast.fiona)

        journey.document(site, cast, attendance={"ben": kind}, htmx=htmx)

        names = [name.text for name in site.follow().select(".client__name")]
        assert names == ["Annie Alvarez", "Cleo Costa"]
        assert line(site, cast) == {"status": kind}
        assert read_line(site, cast) == read
        rows = at_rest(app)
        assert (len(rows["attendances"]), len(rows["individual_notes"])) == (3, 2)

    def test_a_session_that_nobody_came_to_has_no_note(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        site.sign_in(cast.fiona)

        journey.document(site, cast, attendance=dict.fromkeys(("ana", "ben", "cleo"), "no_show"))

        assert "Nobody attended, so there is no note to write." in site.follow().text
        assert at_rest(app)["individual_notes"] == []

    def test_a_record_counts_only_who_was_there(self, cast: Cast, site: Site) -> None:
        site.sign_in(cast.fiona)
        journey.document(site, cast, attendance={"ben": "excused"})
        note_id = journey.note_of(site, cast, "Annie")
        journey.write(site, note_id)
        journey.sign(site, note_id)

        page = site.get(f"/notes/{note_id}/signed")

        assert one(page, "dt:-soup-contains('Participants') + dd").text == "2"


class TestTimesThatCannotBe:
    BEGIN = "The arrival must be within the session: not before its start, and before its stop."
    END = "The departure must be within the session: after its start, and not after its stop."
    NEVER_AWAY = "A client who was present all the time has no times"
    NEVER_THERE = "A client who was absent has no times"
    CASES = (
        ("late 16:59", "arrived", BEGIN),
        ("late 18:30", "arrived", BEGIN),
        ("late 09:00", "arrived", BEGIN),
        ("left_early -17:00", "departed", END),
        ("left_early -18:31", "departed", END),
        ("late 17:30 -17:30", "departed", "The departure must be after the arrival."),
        ("left_early 18:00 -17:30", "departed", "The departure must be after the arrival."),
        ("present 17:10", "arrived", NEVER_AWAY),
        ("present -18:10", "departed", NEVER_AWAY),
        ("no_show 17:10", "arrived", NEVER_THERE),
        ("excused -18:10", "departed", NEVER_THERE),
    )

    @both
    def test_each_is_said_at_its_field(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        site.sign_in(cast.fiona)
        before = at_rest(app)

        for how, field, sentence in self.CASES:
            page = journey.document(site, cast, status=422, attendance={"ben": how}, htmx=htmx)
            [link] = one(page, ".govuk-error-summary").select("a")
            assert link["href"] == f"#{field}-{cast.ben}", how
            assert link.text.startswith(f"Ben Brandt: {sentence}"), how
            shown = fields_of(one(page, "#session-form"))
            typed = journey.attended(cast, {"ben": how})
            assert {name: shown[name] for name in typed} == typed, how

        assert at_rest(app) == before
