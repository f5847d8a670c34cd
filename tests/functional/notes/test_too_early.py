"""Nobody attests to what has yet to happen: not before the start, and not before the stop."""

from __future__ import annotations

import datetime as dt

import time_machine
from flask import Flask

from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.rows import at_rest
from tests.support.site import Site, both, done, one

STARTS = dt.datetime(2026, 3, 3, 17, tzinfo=factories.ZONE)
ENDS = STARTS + dt.timedelta(minutes=90)
SECOND = dt.timedelta(seconds=1)


@both
class TestDocumenting:
    def test_it_waits_for_the_start(self, app: Flask, cast: Cast, site: Site, htmx: bool) -> None:
        with time_machine.travel(STARTS - SECOND, tick=False):
            site.sign_in(cast.fiona)
            before = at_rest(app)

            page = journey.document(site, cast, status=422, htmx=htmx)

            summary = one(page, ".govuk-error-summary").text
            assert "This session has not begun: document it once it has." in summary
            dynamics = one(page, "#dynamics").text.removeprefix("\n")
            assert dynamics == journey.GROUP_NOTE["dynamics"]
            assert page.select(f"[name='status-{cast.ana}'][value=present][checked]")
            assert at_rest(app) == before

    def test_it_may_begin_with_the_session(self, cast: Cast, site: Site, htmx: bool) -> None:
        with time_machine.travel(STARTS, tick=False):
            site.sign_in(cast.fiona)

            journey.document(site, cast, htmx=htmx)

            assert len(site.follow().select("li.client")) == 3


@both
class TestSigning:
    def test_it_waits_for_the_stop(self, app: Flask, cast: Cast, site: Site, htmx: bool) -> None:
        with time_machine.travel(ENDS - SECOND, tick=False):
            site.sign_in(cast.fiona)
            journey.document(site, cast)
            note_id = journey.note_of(site, cast, "Annie")
            journey.write(site, note_id)

            for where in (f"/notes/{note_id}/sign", f"/sessions/{cast.session}/sign"):
                page = site.get(where)
                box = str(one(page, "[name=notes]")["value"])
                page = site.submit(
                    page,
                    "#sign-form",
                    notes=[box],
                    password=factories.PASSWORD,
                    status=422,
                    htmx=htmx,
                )
                summary = one(page, ".govuk-error-summary").text
                assert "Annie Alvarez: Sign this note after the session has ended." in summary
                assert page.select("[name=notes][checked]")

            assert at_rest(app)["signatures"] == []

    def test_it_may_begin_with_the_stop(self, cast: Cast, site: Site, htmx: bool) -> None:
        with time_machine.travel(ENDS - SECOND, tick=False):
            site.sign_in(cast.fiona)
            journey.document(site, cast)
            note_id = journey.note_of(site, cast, "Annie")
            journey.write(site, note_id)
        with time_machine.travel(ENDS, tick=False):
            page = site.get(f"/notes/{note_id}/sign")
            box = str(one(page, "[name=notes]")["value"])

            site.submit(
                page,
                "#sign-form",
                notes=[box],
                password=factories.PASSWORD,
                status=done(htmx=htmx),
                htmx=htmx,
            )

            assert "90 minutes" in site.get(f"/notes/{note_id}/signed").text
