"""A client's chart: everyone sees what they work with, and nothing beside."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.accounts.models import User
from groupnotes.audit.models import AuditEvent
from groupnotes.clients.models import Client
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.groups.models import Group
from groupnotes.notes.models import GroupNoteRevision, IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.sessions.models import GroupSession
from tests.support import factories
from tests.support.cast import Cast
from tests.support.site import Site
from tests.support.statements import statements

_CLINICAL = ("F33.1", "depressive", "Low mood", "Feel able to cope", "Use skill 1")


def notes(page: BeautifulSoup) -> list[tuple[str, str]]:
    """Return day and state of each note on the timeline, in its order."""
    return [
        (row.select("time")[0].text, row.select(".tag")[0].text)
        for row in page.select(".timeline > li")
    ]


def note(client: uuid.UUID, session: GroupSession, author: uuid.UUID, **values: Any) -> uuid.UUID:
    """Make an individual note; the caller commits."""
    now = dt.datetime(2026, 3, 3, 23, tzinfo=dt.UTC)
    key = db.session.get_one(Client, client).data_key
    defaults = {"missing": 3, "created_at": now, "changed_at": now}
    note_id = new_id()
    row = IndividualNote(
        id=note_id,
        **factories.encounter(note_id, key),
        session_id=session.id,
        client_id=client,
        author_id=author,
        data_key=key,
        **defaults | values,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def signed(client: uuid.UUID, session: GroupSession, author: uuid.UUID) -> uuid.UUID:
    """Make a signed individual note with its group note; the caller commits."""
    group = db.session.get_one(Group, session.group_id)
    now = dt.datetime(2026, 3, 3, 23, tzinfo=dt.UTC)
    empty = dict.fromkeys(("topic", "interventions", "interventions_other", "dynamics", "plan"), "")
    revision = GroupNoteRevision(
        id=uuid.uuid4(),
        data_key=group.data_key,
        session_id=session.id,
        number=1,
        author_id=author,
        created_at=now,
        **empty,
    )
    db.session.add(revision)
    db.session.flush()
    return note(
        client,
        session,
        author,
        status=NoteStatus.SIGNED,
        group_revision_id=revision.id,
        signed_at=now,
        missing=0,
    )


@pytest.fixture
def two_notes(app: Flask, cast: Cast) -> None:
    """Ana has a signed note of the first week and a draft of the second."""
    with app.app_context():
        group = db.session.get_one(Group, cast.group)
        hour = dt.timedelta(hours=1)
        starts = dt.datetime(2026, 3, 10, 17, tzinfo=factories.ZONE)
        later = factories.session(
            group, held_on=starts.date(), starts_at=starts, ends_at=starts + hour
        )
        note(cast.ana, later, cast.fiona, has_text=True)
        signed(cast.ana, db.session.get_one(GroupSession, cast.session), cast.fiona)
        db.session.commit()


@pytest.fixture
def another_group(app: Flask, cast: Cast) -> None:
    """Ana was in a group that nobody of the cast facilitates."""
    with app.app_context():
        other = factories.group(name="Relapse prevention")
        ana = db.session.get_one(Client, cast.ana)
        factories.enrol(other, ana, started_on=dt.date(2026, 1, 7), ended_on=dt.date(2026, 2, 1))
        db.session.commit()


class TestWhoSeesWhat:
    @pytest.mark.parametrize("who", ["fiona", "carl", "sam"])
    def test_those_who_treat_or_supervise_see_all_of_it(
        self, cast: Cast, site: Site, another_group: None, who: str
    ) -> None:
        chart = site.sign_in(getattr(cast, who)).get(f"/clients/{cast.ana}").text

        for text in (*_CLINICAL, "Ana “Annie” Alvarez", "MRN-1", "Relapse prevention", "Self-pay"):
            assert text in chart

    def test_a_co_clinician_of_the_group_sees_it(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            group = db.session.get_one(Group, cast.group)
            olga = db.session.get_one(User, cast.olga)
            factories.facilitate(group, olga)
            db.session.commit()

        chart = site.sign_in(cast.olga).get(f"/clients/{cast.ana}").text

        assert all(text in chart for text in _CLINICAL)
        assert "Add a diagnosis" not in chart

    @pytest.mark.usefixtures("two_notes", "another_group")
    def test_a_facilitator_sees_a_member_of_the_group(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.finn).get(f"/clients/{cast.ana}")

        assert "Ana “Annie” Alvarez" in page.text
        assert "Coping skills" in page.text
        for text in (*_CLINICAL, "Relapse prevention", "Payer", "Address", "Edit"):
            assert text not in page.text
        assert notes(page) == []
        assert page.select_one("#notes") is None

    @pytest.mark.usefixtures("two_notes", "another_group")
    def test_a_clerk_sees_the_person_and_the_signed_notes(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.rita).get(f"/clients/{cast.ana}")

        for text in ("Ana “Annie” Alvarez", "Payer", "Relapse prevention", "Edit details"):
            assert text in page.text
        assert not any(text in page.text for text in _CLINICAL)
        assert notes(page) == [("March 3, 2026", "Signed")]

    @pytest.mark.parametrize(("who", "status"), [("adam", 403), ("olga", 404)])
    def test_others_see_nothing(self, cast: Cast, site: Site, who: str, status: int) -> None:
        page = site.sign_in(getattr(cast, who)).get(f"/clients/{cast.ana}", status=status)

        assert "Alvarez" not in page.text
        assert not any(text in page.text for text in _CLINICAL)

    @pytest.mark.parametrize(
        ("who", "offers"),
        [
            ("carl", {"Edit details", "Add a diagnosis", "Write the next plan", "Add a clinician"}),
            ("rita", {"Edit details", "Add a clinician"}),
            ("sam", set()),
            ("finn", set()),
        ],
    )
    def test_it_offers_what_the_reader_may_do(
        self, cast: Cast, site: Site, who: str, offers: set[str]
    ) -> None:
        page = site.sign_in(getattr(cast, who)).get(f"/clients/{cast.ana}")

        links = {link.text for link in page.select("main a")}
        every = {"Edit details", "Add a diagnosis", "Write the next plan", "Add a clinician"}
        assert links & every == offers

    def test_the_title_names_nobody(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.carl).get(f"/clients/{cast.ana}")

        assert page.title is not None
        assert page.title.text.startswith("Client ")
        assert "Ana" not in page.title.text

    def test_reading_is_recorded_with_the_client(self, app: Flask, cast: Cast, site: Site) -> None:
        site.sign_in(cast.carl).get(f"/clients/{cast.ana}")

        with app.app_context():
            query = sa.select(AuditEvent).filter_by(client_id=cast.ana, actor_id=cast.carl)
            tags = {event.tag for event in db.session.scalars(query)}
        assert {"client:read", "chart:read", "plan:read", "note:list"} <= tags

    def test_no_clinical_reading_is_recorded_where_there_was_none(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        site.sign_in(cast.finn).get(f"/clients/{cast.ana}")

        with app.app_context():
            query = sa.select(AuditEvent).filter_by(actor_id=cast.finn)
            events = {(event.tag, event.outcome) for event in db.session.scalars(query)}
        assert ("client:read", "success") in events
        assert not {tag for tag, _ in events} & {"chart:read", "plan:read", "note:list"}
        assert not [event for event in events if event[1] == "refused"]


class TestTheTimeline:
    @pytest.mark.usefixtures("two_notes")
    def test_the_newest_session_comes_first(self, cast: Cast, site: Site) -> None:
        page = site.sign_in(cast.carl).get(f"/clients/{cast.ana}")

        assert notes(page) == [("March 10, 2026", "In progress"), ("March 3, 2026", "Signed")]

    def test_a_note_set_aside_is_not_on_it(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            met = db.session.get_one(GroupSession, cast.session)
            note(cast.ana, met, cast.fiona, status=NoteStatus.SET_ASIDE)
            db.session.commit()

        assert notes(site.sign_in(cast.carl).get(f"/clients/{cast.ana}")) == []

    def test_older_notes_are_a_page_further(self, app: Flask, cast: Cast, site: Site) -> None:
        with app.app_context():
            group = db.session.get_one(Group, cast.group)
            first = dt.datetime(2025, 1, 7, 17, tzinfo=factories.ZONE)
            for week in range(45):
                starts = first + dt.timedelta(days=7 * week)
                ends = starts + dt.timedelta(minutes=90)
                met = factories.session(
                    group, held_on=starts.date(), starts_at=starts, ends_at=ends
                )
                note(cast.ana, met, cast.fiona)
            db.session.commit()
        page = site.sign_in(cast.carl).get(f"/clients/{cast.ana}")

        days = [notes(page)]
        while older := page.select_one("a[rel=next]"):
            page = site.get(str(older["href"]))
            days.append(notes(page))

        assert [len(part) for part in days] == [20, 20, 5]
        assert days[0][0][0] == "November 11, 2025"
        assert days[2][-1][0] == "January 7, 2025"
        assert len({day for part in days for day, _ in part}) == 45
        newest = page.select_one("a[rel=prev]")
        assert newest is not None
        assert notes(site.get(str(newest["href"]))) == days[0]

    @pytest.mark.usefixtures("two_notes")
    def test_a_note_of_another_client_is_no_place_in_it(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        with app.app_context():
            met = db.session.get_one(GroupSession, cast.session)
            other = note(cast.ben, met, cast.fiona)
            db.session.commit()

        page = site.sign_in(cast.carl).get(f"/clients/{cast.ana}?before={other}")

        assert len(notes(page)) == 2

    def test_it_asks_as_often_for_many_notes_as_for_one(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        url = f"/clients/{cast.ana}"
        counts = []
        for weeks in (range(1), range(1, 19)):
            with app.app_context():
                group = db.session.get_one(Group, cast.group)
                for week in weeks:
                    starts = dt.datetime(2025, 1, 7, 17, tzinfo=factories.ZONE)
                    starts += dt.timedelta(days=7 * week)
                    met = factories.session(
                        group,
                        held_on=starts.date(),
                        starts_at=starts,
                        ends_at=starts + dt.timedelta(minutes=90),
                    )
                    note(cast.ana, met, cast.fiona)
                db.session.commit()
            site.sign_in(cast.carl).get(url)
            with statements(app) as sent:
                site.get(url)
            counts.append(len(sent))

        assert counts[0] == counts[1]

    def test_it_reads_one_clients_notes_by_index(self, app: Flask, cast: Cast, site: Site) -> None:
        site.sign_in(cast.carl)
        with statements(app) as sent:
            site.get(f"/clients/{cast.ana}")
        notes, in_error = [s for s in sent if "FROM individual_notes" in s and "LIMIT" in s]

        with app.app_context():
            if db.engine.dialect.name != "sqlite":
                return
            for query in (notes, in_error):
                values = tuple([cast.ana.hex] * query.count("?"))
                explain = f"EXPLAIN QUERY PLAN {query}"
                steps = db.session.connection().exec_driver_sql(explain, values).all()
                told = " ".join(str(step[-1]) for step in steps)
                assert "ix_individual_notes_client_id_session_id" in told
                assert "SCAN individual_notes" not in told


class TestThePlan:
    def test_an_overdue_review_is_marked(self, cast: Cast, site: Site) -> None:
        with time_machine.travel(dt.datetime(2036, 1, 3, tzinfo=dt.UTC), tick=False):
            chart = site.sign_in(cast.carl).get(f"/clients/{cast.ana}").text

        assert "Overdue" in chart
        assert "Overdue" not in site.sign_in(cast.carl).get(f"/clients/{cast.ana}").text

    def test_without_one_it_says_so(self, cast: Cast, site: Site) -> None:
        chart = site.sign_in(cast.fiona).get(f"/clients/{cast.cleo}").text

        assert "No plan is in force." in chart
        assert "No diagnosis is on the list." in chart
