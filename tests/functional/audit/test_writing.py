"""Writing the audit log: without gaps, and nothing is answered without it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask

from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Outcome, Tag
from groupnotes.core import uow
from groupnotes.core.ids import new_id
from tests.support import faults, journey
from tests.support.cast import Cast
from tests.support.events import events, first_break, last
from tests.support.site import Site

CANARY = "canary-of-the-log"
both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


class TestManyWriters:
    def test_the_chain_has_no_gap(self, app: Flask) -> None:
        """Sixteen at once leave a thousand events each, twenty in a unit of work."""
        failures: list[BaseException] = []

        def write() -> None:
            try:
                with app.app_context():
                    for _ in range(50):
                        uow.begin(write=True)
                        log.record(*(Happening(Tag.NOTE_EDIT, None, new_id()) for _ in range(20)))
                        uow.finish(ok=True)
            except BaseException as error:  # noqa: BLE001 - a thread's failure is the test's
                failures.append(error)

        threads = [threading.Thread(target=write) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert failures == []
        assert [event.sequence for event in events(app)] == list(range(1, 16_001))
        assert first_break(app) is None


class TestNothingToRecord:
    def test_no_event_is_made(self, app: Flask) -> None:
        with app.app_context():
            log.record_shown()
            uow.finish(ok=True)

        assert last(app) == 0


class TestWithoutTheLogNothingIsAnswered:
    """If the audit row cannot be written, the reader gets an error and no text."""

    @both
    def test_a_note_is_not_shown(self, app: Flask, cast: Cast, site: Site, htmx: bool) -> None:
        note_id = _draft(site, cast)
        before = last(app)

        with faults.refusing(app, "INSERT", "audit_events"):
            page = site.get(f"/notes/{note_id}", status=500, htmx=htmx)

        assert CANARY not in str(page)
        assert "Alvarez" not in str(page)
        assert last(app) == before
        assert CANARY in str(site.get(f"/notes/{note_id}", htmx=htmx))

    @both
    def test_a_note_is_not_saved(self, app: Flask, cast: Cast, site: Site, htmx: bool) -> None:
        note_id = _draft(site, cast)
        page = site.get(f"/notes/{note_id}")
        before = last(app)

        with faults.refusing(app, "INSERT", "audit_events"):
            answer = site.submit(
                page, f"#note-{note_id}", response="Changed.", status=500, htmx=htmx
            )

        assert "saved" in answer.text
        assert "Nothing was saved" in answer.text
        assert CANARY not in str(answer)
        assert last(app) == before
        assert CANARY in str(site.get(f"/notes/{note_id}"))

    def test_nobody_signs_in(self, app: Flask, cast: Cast, site: Site) -> None:
        with faults.refusing(app, "INSERT", "audit_events"):
            site.sign_in_by_form("fiona", status=500)

        assert site.get("/", status=303).text == ""

    def test_a_head_that_is_gone_stops_everything(self, app: Flask, cast: Cast, site: Site) -> None:
        note_id = _draft(site, cast)
        faults.as_owner(app, "DELETE FROM audit_head")

        assert CANARY not in str(site.get(f"/notes/{note_id}", status=500))

    def test_a_refusal_that_cannot_be_recorded_shows_nothing_more(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        note_id = _draft(site, cast)
        site.sign_in(cast.olga)

        with faults.refusing(app, "INSERT", "audit_events"):
            page = site.get(f"/notes/{note_id}", status=500)

        assert CANARY not in str(page)


class TestRefusals:
    def test_an_outsiders_try_outlives_the_rollback(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        note_id = _draft(site, cast)
        before = last(app)

        site.sign_in(cast.olga).get(f"/notes/{note_id}", status=404)
        site.post(
            f"/notes/{note_id}", {"csrf_token": site.token(), "response": "Mine."}, status=404
        )

        tries = [e for e in events(app, after=before) if e.outcome is Outcome.REFUSED]
        assert [(e.actor_id, e.tag, e.object_id) for e in tries] == [
            (cast.olga, Tag.NOTE_READ, note_id),
            (cast.olga, Tag.NOTE_EDIT, note_id),
        ]

    def test_a_role_that_may_not_is_recorded(self, app: Flask, cast: Cast, site: Site) -> None:
        before = last(app)

        site.sign_in(cast.adam).get(f"/sessions/{cast.session}", status=403)

        [refusal] = [e for e in events(app, after=before) if e.outcome is Outcome.REFUSED]
        assert (refusal.actor_id, refusal.detail) == (cast.adam, "notes.session")

    def test_what_was_refused_is_not_recorded_as_done(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        note_id = _draft(site, cast)
        page = site.get(f"/notes/{note_id}")
        before = last(app)

        site.submit(page, f"#note-{note_id}", response="Ben Brandt was there.", status=422)

        tags = {e.tag for e in events(app, after=before)}
        assert Tag.NOTE_READ in tags
        assert Tag.NOTE_EDIT not in tags

    def test_a_wrong_password_at_sign_in_is_recorded_for_its_owner(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        before = last(app)

        site.submit(
            site.get("/sign-in"),
            "#sign-in",
            sign_in_name="fiona@example.org",
            password="not the password",
            status=422,
        )

        [failure] = events(app, after=before)
        assert (failure.tag, failure.actor_id) == (Tag.SIGN_IN_FAILURE, cast.fiona)
        assert failure.outcome is Outcome.REFUSED


def _draft(site: Site, cast: Cast) -> Any:
    """Document the session as Fiona and write Ana's note with the canary in it."""
    journey.document(site.sign_in(cast.fiona), cast)
    note_id = journey.note_of(site, cast, "Annie")
    journey.write(site, note_id, response=f"She practised. {CANARY}")
    return note_id
