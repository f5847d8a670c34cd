"""Somebody more comes to a documented session: one more note, and everybody else's stays."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

import pytest
from flask import Flask

from tests.support import journey
from tests.support.cast import Cast
from tests.support.rows import Rows, at_rest
from tests.support.site import Site, both, done, one

# What a note is made of, and what it stands on.
KEPT = (
    "individual_notes",
    "note_diagnoses",
    "progress_ratings",
    "attendances",
    "group_note_revisions",
    "signatures",
)


def enrol(site: Site, cast: Cast, number: str, day: str = "2026-03-03") -> None:
    """Enrol somebody on the day of the session."""
    page = site.get(f"/groups/{cast.group}/enrolments/new")
    site.submit(page, "#enrolment-form", mrn=number, started_on=day)


def added(before: Rows, after: Rows) -> Mapping[str, int]:
    """Return how many rows came to each table, when every row from before is as it was."""
    for table in KEPT:
        assert set(before[table]) <= set(after[table]), f"a row of {table} changed"
    counts = {table: len(after[table]) - len(before[table]) for table in KEPT}
    return {table: count for table, count in counts.items() if count}


@pytest.fixture
def annies(cast: Cast, site: Site) -> uuid.UUID:
    """Annie's note, written after Cleo was marked absent."""
    journey.document(site.sign_in(cast.fiona), cast, attendance={"cleo": "no_show"})
    note_id = journey.note_of(site, cast, "Annie")
    journey.write(site, note_id)
    return note_id


class TestSomebodyEnrolledAfterwards:
    @both
    def test_gets_one_note_and_the_others_keep_theirs(
        self, app: Flask, cast: Cast, site: Site, annies: uuid.UUID, htmx: bool
    ) -> None:
        enrol(site, cast, "MRN-9")
        before = at_rest(app)

        attendance = {"cleo": "no_show", "zoe": "late 17:20"}
        journey.document(site, cast, attendance=attendance, htmx=htmx)

        # Zoe has neither diagnosis nor plan, so her note has no parts.
        assert added(before, at_rest(app)) == {"individual_notes": 1, "attendances": 1}
        names = [link.text for link in site.follow().select(".client__name")]
        assert names == ["Annie Alvarez", "Ben Brandt", "Zoe Zimmer"]

    def test_needs_a_line_of_their_own(
        self, app: Flask, cast: Cast, site: Site, annies: uuid.UUID
    ) -> None:
        enrol(site, cast, "MRN-9")
        before = at_rest(app)

        page = journey.document(site, cast, attendance={"cleo": "no_show"}, status=422)

        link = one(page, f".govuk-error-summary a[href='#status-{cast.zoe}']")
        assert link.text == "Zoe Zimmer: Choose how this client attended."
        assert at_rest(app) == before

    def test_a_form_from_before_they_came_says_what_it_lacks(
        self, app: Flask, cast: Cast, site: Site, annies: uuid.UUID
    ) -> None:
        old = site.get(f"/sessions/{cast.session}")
        enrol(site, cast, "MRN-9")

        page = site.submit(old, "#session-form", dynamics="Quieter.", status=422)

        assert page.select_one(f".govuk-error-summary a[href='#status-{cast.zoe}']")
        assert one(page, "#dynamics").text.strip() == "Quieter."

    def test_who_comes_on_a_later_day_is_not_expected(
        self, cast: Cast, site: Site, annies: uuid.UUID
    ) -> None:
        enrol(site, cast, "MRN-9", "2026-03-04")

        page = site.get(f"/sessions/{cast.session}")

        assert not page.select(f"[name='status-{cast.zoe}']")

    def test_a_signed_note_stays_as_it_was_signed(
        self, app: Flask, cast: Cast, site: Site, annies: uuid.UUID
    ) -> None:
        journey.sign(site, annies)
        signed = one(site.get(f"/notes/{annies}/signed"), "#signed").text
        enrol(site, cast, "MRN-9")
        before = at_rest(app)

        journey.document(site, cast, attendance={"cleo": "no_show", "zoe": "present"})

        assert added(before, at_rest(app)) == {"individual_notes": 1, "attendances": 1}
        assert one(site.get(f"/notes/{annies}/signed"), "#signed").text == signed


class TestSomebodyFirstMarkedAbsent:
    @both
    def test_gets_one_note_and_the_others_keep_theirs(
        self, app: Flask, cast: Cast, site: Site, annies: uuid.UUID, htmx: bool
    ) -> None:
        before = at_rest(app)
        page = site.get(f"/sessions/{cast.session}")

        fields = journey.attended(cast, {"cleo": "late 17:20"})
        site.submit(page, "#session-form", fill=fields, status=done(htmx=htmx), htmx=htmx)

        after = at_rest(app)
        # Cleo's line of attendance is the one that changed.
        assert len(set(before["attendances"]) - set(after["attendances"])) == 1
        assert added(before | {"attendances": []}, after | {"attendances": []}) == {
            "individual_notes": 1
        }
        assert len(site.follow().select(".client__name")) == 3

    def test_gets_no_second_one(self, app: Flask, cast: Cast, site: Site) -> None:
        journey.document(site.sign_in(cast.fiona), cast, attendance={"cleo": "no_show"})
        journey.document(site, cast)
        before = at_rest(app)

        journey.document(site, cast)
        journey.document(site, cast, attendance={"cleo": "late 17:20"})

        assert added(before | {"attendances": []}, at_rest(app) | {"attendances": []}) == {}
