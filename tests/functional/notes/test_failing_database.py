"""A database that is full, or gone, in the middle of a write: nothing says that it was kept."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.events import first_break
from tests.support.failing import commits_fail
from tests.support.faults import full_disk, lost_connection
from tests.support.rows import at_rest
from tests.support.site import Site, both, done, fields_of, one

# More than would fit into the last pages of any table.
LONG = "Practised what to say.\n" * 10_000
FAILURES = {
    "full": (507, "The disk is full, so nothing was saved."),
    "full at the end": (507, "The disk is full, so nothing was saved."),
    "gone": (503, "The database did not answer, so nothing was saved."),
}
SAID = ("Session saved", "Draft saved", "Note signed", "Saved ")


@dataclass(frozen=True)
class Work:
    """One request that writes something, and the write in it that fails."""

    url: str
    sent: Mapping[str, Any]
    fails: tuple[str, str]  # the event and the table of a full disk
    statement: str  # in front of which the connection is lost
    by_hand: bool = True  # an autosave comes from the script alone


@pytest.fixture
def works(cast: Cast, site: Site) -> dict[str, Work]:
    """Every kind of write that the main job has, with a long text in each."""
    journey.document(site.sign_in(cast.fiona), cast)
    site.follow()
    annies, bens, cleos = (journey.note_of(site, cast, name) for name in ("Ann", "Ben", "Cleo"))
    journey.write(site, annies, response=LONG)
    site.follow()
    session = fields_of(one(site.get(f"/sessions/{cast.session}"), "#session-form"))
    review = one(site.get(f"/notes/{annies}/sign"), "#sign-form")
    box = {"notes": str(one(review, "[name=notes]")["value"]), "password": factories.PASSWORD}
    note = {
        note_id: fields_of(one(site.get(f"/notes/{note_id}"), f"#note-{note_id}"))
        for note_id in (bens, cleos)
    }
    change = ("UPDATE", "individual_notes"), "UPDATE individual_notes"
    return {
        "signing": Work(
            f"/notes/{annies}/sign",
            fields_of(review) | box,
            ("INSERT", "signatures"),
            "INSERT INTO signatures",
        ),
        "saving": Work(f"/notes/{bens}", note[bens] | {"plan": LONG}, *change),
        "autosave": Work(
            f"/notes/{cleos}/draft", note[cleos] | {"plan": LONG}, *change, by_hand=False
        ),
        "autosave of a session": Work(
            f"/sessions/{cast.session}/draft",
            session | {"dynamics": LONG},
            ("INSERT", "session_drafts"),
            "INSERT INTO session_drafts",
            by_hand=False,
        ),
        "fan-out": Work(
            f"/sessions/{cast.session}",
            session | {"dynamics": LONG},
            ("INSERT", "group_note_revisions"),
            "INSERT INTO group_note_revisions",
        ),
    }


def failing(app: Flask, work: Work, failure: str) -> AbstractContextManager[None]:
    """Let the database fail in the midst of ``work``."""
    if failure == "full":
        return full_disk(app, *work.fails)
    if failure == "full at the end":
        return commits_fail(app)
    return lost_connection(app, starting=work.statement)


def says_saved(page: BeautifulSoup) -> bool:
    return bool(page.select(".message--success")) or any(said in page.text for said in SAID)


@both
@pytest.mark.parametrize("failure", FAILURES)
class TestADatabaseThatFails:
    def test_nothing_was_saved_and_nothing_says_so(
        self, app: Flask, site: Site, works: dict[str, Work], failure: str, htmx: bool
    ) -> None:
        status, sentence = FAILURES[failure]
        before = at_rest(app)

        for name, work in works.items():
            by_script = htmx or not work.by_hand
            with failing(app, work, failure):
                page = site.post(work.url, dict(work.sent), status=status, htmx=by_script)

            assert sentence in page.text, name
            assert not says_saved(page), name
            assert factories.PASSWORD not in page.text, name
            typed = [area.text.removeprefix("\n") for area in page.select("textarea")]
            # To a script a message is enough: the form stays on its page as it is.
            assert (LONG in typed) is (not by_script and LONG in work.sent.values()), name
            assert at_rest(app) == before, name
            assert not says_saved(site.get("/")), name

    def test_it_works_again_when_the_database_does(
        self, app: Flask, site: Site, works: dict[str, Work], failure: str, htmx: bool
    ) -> None:
        status, _ = FAILURES[failure]
        for work in works.values():
            with failing(app, work, failure):
                site.post(work.url, dict(work.sent), status=status, htmx=htmx)

        for work in works.values():
            accepted = done(htmx=htmx or not work.by_hand)
            site.post(work.url, dict(work.sent), status=accepted, htmx=htmx or not work.by_hand)

        assert first_break(app) is None
        page = site.get(works["fan-out"].url)
        assert one(page, "#dynamics").text.strip() == LONG.strip()
        assert "revision 2" in one(page, "#group-note summary").text
        assert one(page, ".progress__count").text == "1 of 3 signed"
