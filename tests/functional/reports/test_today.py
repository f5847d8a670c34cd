"""Today lists what one has still to do, with the names that the session's page uses."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from flask import Flask

from groupnotes.accounts.models import User
from groupnotes.clients.models import Client
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.groups.models import Group
from groupnotes.notes.models import IndividualNote
from groupnotes.sessions.models import GroupSession, SessionFacilitator
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.site import Site, one

WEEKS = 30


def test_unsigned_notes_call_clients_as_their_session_does(cast: Cast, site: Site) -> None:
    site.sign_in(cast.fiona)
    journey.document(site, cast)

    links = site.get("/").select("a[href^='/notes/']")

    assert {link.text for link in links} == {"Annie Alvarez", "Ben Brandt", "Cleo Costa"}


def two_a_week(cast: Cast) -> list[GroupSession]:
    """Make a session of each of two groups at one time, week for week; the caller commits."""
    fiona = db.session.get_one(User, cast.fiona)
    first = db.session.get_one(Group, cast.group)
    second = factories.group(name="Evening circle")
    factories.facilitate(second, fiona)
    made = []
    for week in range(1, WEEKS + 1):
        starts = dt.datetime(2026, 3, 3, 17, tzinfo=factories.ZONE) - dt.timedelta(weeks=week)
        for group in (first, second):
            ends = starts + dt.timedelta(hours=1)
            met = factories.session(group, held_on=starts.date(), starts_at=starts, ends_at=ends)
            db.session.add(SessionFacilitator(session_id=met.id, user_id=fiona.id, role="lead"))
            made.append(met)
    return made


def rows(site: Site, section: str) -> Iterator[list[str]]:
    """Follow a list of Today to its end; give where the rows of each page lead."""
    address = "/"
    while True:
        part = one(site.get(address), f"section[aria-labelledby={section}]")
        yield [str(link["href"]) for link in part.select("tbody th a")]
        following = part.select_one("a[rel=next]")
        if following is None:
            return
        address = str(following["href"])


class TestManySessions:
    def test_every_one_is_on_some_page(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            left_over = {f"/sessions/{met.id}" for met in two_a_week(cast)}
            db.session.commit()
        site.sign_in(cast.fiona)

        pages = list(rows(site, "sessions-title"))

        assert [len(page) for page in pages] == [50, 2 * WEEKS + 1 - 50]
        assert {link for page in pages for link in page} == left_over | {
            f"/sessions/{cast.session}"
        }
        assert pages[0][0] == f"/sessions/{cast.session}"

    def test_one_comes_back_to_the_start(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            two_a_week(cast)
            db.session.commit()
        first = site.sign_in(cast.fiona).get("/")

        second = site.get(str(one(first, "#today a[rel=next]")["href"]))

        assert first.select_one("#today a[rel=prev]") is None
        assert one(second, "#today a[rel=prev]")["href"] == "/"

    @pytest.mark.parametrize("edge", [str(uuid.UUID(int=1)), "nonsense", ""])
    def test_an_address_that_leads_nowhere_still_gives_a_page(
        self, cast: Cast, site: Site, edge: str
    ) -> None:
        site.sign_in(cast.fiona).get(f"/?sessions={edge}&notes={edge}")


class TestManyNotes:
    @pytest.fixture
    def notes(self, app: Flask, cast: Cast) -> list[str]:
        """Drafts of Fiona's about Ana, more than one page; where they are, oldest first."""
        with app.app_context():
            ana = db.session.get_one(Client, cast.ana)
            made = [self._draft(met, ana, cast.fiona) for met in two_a_week(cast)]
            db.session.commit()
            return [f"/notes/{note_id}" for note_id in sorted(made)]

    @staticmethod
    def _draft(met: GroupSession, client: Client, author: uuid.UUID) -> uuid.UUID:
        note_id = new_id()
        note = IndividualNote(
            id=note_id,
            **factories.encounter(note_id, client.data_key),
            session_id=met.id,
            client_id=client.id,
            author_id=author,
            data_key=client.data_key,
            missing=3,
            created_at=met.ends_at,
            changed_at=met.ends_at,
        )
        db.session.add(note)
        db.session.flush()
        return note_id

    def test_every_one_is_on_some_page_oldest_first(
        self, cast: Cast, site: Site, notes: list[str]
    ) -> None:
        site.sign_in(cast.fiona)

        pages = list(rows(site, "unsigned-title"))

        assert [len(page) for page in pages] == [50, 2 * WEEKS - 50]
        assert [link for page in pages for link in page] == notes

    def test_the_count_says_when_there_are_more(
        self, cast: Cast, site: Site, notes: list[str]
    ) -> None:
        first = site.sign_in(cast.fiona).get("/")
        second = site.get(
            str(one(first, "section[aria-labelledby=unsigned-title] a[rel=next]")["href"])
        )

        assert one(first, "#unsigned-count").text.startswith("50+ waiting")
        assert one(second, "#unsigned-count").text.startswith("Further notes waiting")
