"""No page changes a signed note: every route that would write it answers 409 or 404."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.rows import at_rest
from tests.support.site import Site, fields_of, one

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])

# What stands beside the note, and never in it; an empty form of it is asked to be filled in.
ADDING, IN_ERROR = "/notes/{note}/entries/new", "/notes/{note}/entered-in-error"
RETURN = "/notes/{note}/return"  # of what awaits review
NAMES = "/notes/{note}/record/names"  # in it, that may stay
ASKED = {
    ("carl", ADDING): 422,
    ("sam", IN_ERROR): 422,
    ("sam", RETURN): 409,
    ("sam", NAMES): 422,
}

# For each fact of the session that is in the signed note, another that could be typed.
OTHER_TIMES = {
    "held_on": "2026-03-04",
    "starts": "16:00",
    "stops": "19:00",
    "modality": "video",
    "place_of_service": "10",
    "service_code": "90847",
}


@dataclass(frozen=True)
class Signed:
    """A signed note, and what its pages would have sent while it was a draft."""

    note_id: uuid.UUID
    draft: Mapping[str, Any]
    signature: Mapping[str, Any]
    session: Mapping[str, Any]
    times: Mapping[str, Any]


@pytest.fixture
def signed(cast: Cast, site: Site) -> Signed:
    """Ana's note, signed by Fiona, with the forms that were open in other windows."""
    journey.document(site.sign_in(cast.fiona), cast)
    note_id = journey.note_of(site, cast, "Annie")
    journey.write(site, note_id)
    draft = fields_of(one(site.get(f"/notes/{note_id}"), f"#note-{note_id}"))
    review = one(site.get(f"/notes/{note_id}/sign"), "#sign-form")
    box = {"notes": str(one(review, "[name=notes]")["value"]), "password": factories.PASSWORD}
    times = fields_of(one(site.get(f"/sessions/{cast.session}/edit"), "main form"))
    journey.sign(site, note_id)
    session = fields_of(one(site.get(f"/sessions/{cast.session}"), "#session-form"))
    return Signed(note_id, draft, fields_of(review) | box, session, times)


def routes_of_a_note(app: Flask) -> list[str]:
    """Return every route that is sent something about one note, found in the URL map."""
    return [
        rule.rule.replace("<uuid:note_id>", "{note}")
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.arguments == {"note_id"}
    ]


class TestEveryRouteOfTheNote:
    @both
    def test_it_refuses_and_nothing_changes(
        self, app: Flask, cast: Cast, site: Site, signed: Signed, htmx: bool
    ) -> None:
        routes = routes_of_a_note(app)
        routes.remove("/notes/{note}/sign")
        for beside in (ADDING, IN_ERROR, RETURN, NAMES):
            routes.remove(beside)
        before = at_rest(app)

        for route in routes:
            for more in ({}, {"version": str(int(signed.draft["version"]) + 1)}):
                data = {**signed.draft, "response": "Forged.", **more}
                site.post(route.format(note=signed.note_id), data, status=409, htmx=htmx)
                assert at_rest(app) == before, route

        assert len(routes) >= 3

    @both
    def test_a_signature_that_is_sent_twice_shows_what_was_signed(
        self, app: Flask, site: Site, signed: Signed, htmx: bool
    ) -> None:
        before = at_rest(app)

        site.post(
            f"/notes/{signed.note_id}/sign",
            dict(signed.signature),
            status=200 if htmx else 303,
            htmx=htmx,
        )

        there = site.last.headers["HX-Redirect" if htmx else "Location"]
        assert there == f"/notes/{signed.note_id}/signed"
        assert at_rest(app) == before

    @pytest.mark.parametrize("who", ["carl", "olga", "finn", "sam", "rita", "adam"])
    def test_nobody_else_gets_further(
        self, app: Flask, cast: Cast, site: Site, signed: Signed, who: str
    ) -> None:
        site.sign_in(getattr(cast, who))
        before = at_rest(app)

        for route in routes_of_a_note(app):
            data = {**signed.draft, **signed.signature, "csrf_token": site.token()}
            answer = site.send(route.format(note=signed.note_id), data)
            asked = ASKED.get((who, route))
            assert answer.status_code in ({asked} if asked else {403, 404}), route

        assert at_rest(app) == before

    def test_it_reads_as_it_was_signed(self, app: Flask, site: Site, signed: Signed) -> None:
        before = site.get(f"/notes/{signed.note_id}/signed").text

        for route in routes_of_a_note(app):
            site.send(route.format(note=signed.note_id), {**signed.draft, "response": "Forged."})

        assert site.get(f"/notes/{signed.note_id}/signed").text == before


class TestTheSessionOfTheNote:
    @both
    def test_it_is_not_signed_twice(
        self, app: Flask, cast: Cast, site: Site, signed: Signed, htmx: bool
    ) -> None:
        before = at_rest(app)
        here = f"/sessions/{cast.session}"

        site.post(f"{here}/sign", dict(signed.signature), status=200 if htmx else 303, htmx=htmx)

        assert site.last.headers["HX-Redirect" if htmx else "Location"] == here
        assert "The note is signed." in site.get(here).text
        assert at_rest(app) == before

    def test_what_is_signed_in_part_is_not_taken_for_signed(
        self, app: Flask, cast: Cast, site: Site, signed: Signed
    ) -> None:
        ben = journey.note_of(site, cast, "Ben")
        journey.write(site, ben)
        form = one(site.get(f"/sessions/{cast.session}/sign"), "#sign-form")
        boxes = [signed.signature["notes"], str(one(form, "[name=notes]")["value"])]
        before = at_rest(app)

        told = site.post(
            f"/sessions/{cast.session}/sign", {**signed.signature, "notes": boxes}, status=409
        )

        assert "review those that are left" in told.text
        assert at_rest(app) == before

    @pytest.mark.parametrize(
        "change",
        [
            {"status-{ana}": "late", "arrived-{ana}": "17:15"},
            {"status-{ana}": "left_early", "departed-{ana}": "18:00"},
            {"status-{ana}": "no_show"},
            {"status-{ana}": "excused"},
        ],
        ids=lambda change: change["status-{ana}"],
    )
    def test_the_attendance_that_was_signed_stays(
        self, app: Flask, cast: Cast, site: Site, signed: Signed, change: dict[str, str]
    ) -> None:
        lines = {name.format(ana=cast.ana): value for name, value in change.items()}
        before = at_rest(app)

        page = site.post(f"/sessions/{cast.session}", {**signed.session, **lines}, status=422)

        assert "signed" in one(page, ".govuk-error-summary").text
        assert at_rest(app) == before

    def test_its_times_and_codes_stay(
        self, app: Flask, cast: Cast, site: Site, signed: Signed
    ) -> None:
        before = at_rest(app)

        for name, value in OTHER_TIMES.items():
            page = site.post(
                f"/sessions/{cast.session}/edit", {**signed.times, name: value}, status=409
            )
            assert "signed" in page.text, name

        assert at_rest(app) == before

    def test_it_is_not_cancelled(self, app: Flask, cast: Cast, site: Site, signed: Signed) -> None:
        before = at_rest(app)

        answer = site.send(f"/sessions/{cast.session}/cancel", dict(signed.times))

        assert answer.status_code in {409, 422}
        assert at_rest(app) == before

    def test_the_group_note_can_still_be_corrected_for_the_others(
        self, app: Flask, cast: Cast, site: Site, signed: Signed
    ) -> None:
        shown = one(site.get(f"/notes/{signed.note_id}/signed"), ".columns").text

        journey.document(site, cast, dynamics="The group was quieter at the end.")

        after = one(site.get(f"/notes/{signed.note_id}/signed"), ".columns").text
        assert after == shown
        assert "The group was lively" in shown
