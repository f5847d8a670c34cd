"""A right lasts as long as what it comes from, by the practice's own calendar."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from groupnotes.accounts.models import Supervision
from groupnotes.clients.models import CaseloadEntry
from groupnotes.core.db import db
from groupnotes.groups.models import Enrolment, GroupFacilitator
from groupnotes.practice.models import Practice
from tests.support import factories
from tests.support.cast import Cast
from tests.support.site import Site

DAY = dt.date(2026, 3, 10)
LATE = dt.datetime.combine(DAY, dt.time(23, 30), factories.ZONE)  # already tomorrow in UTC
EARLY_NEXT = LATE + dt.timedelta(hours=1)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    with time_machine.travel(moment, tick=False):
        yield


def change(site: Site, model: Any, *conditions: Any, **values: Any) -> None:
    """Give some dated relation other days."""
    with site.app.app_context():
        db.session.execute(db.update(model).where(*conditions).values(**values))
        factories.vouch_for_everybody()
        db.session.commit()


def end_all(site: Site, cast: Cast) -> None:
    """Let everything that Fiona, Finn, Carl and Sam have to do with the group end on DAY."""
    for model in (GroupFacilitator, CaseloadEntry, Supervision, Enrolment):
        change(site, model, ended_on=DAY)


def place(cast: Cast, what: str) -> str:
    found: uuid.UUID = getattr(cast, what)
    return f"/{'clients' if what == 'ana' else what + 's'}/{found}"


RIGHTS = [
    pytest.param("finn", "session", id="facilitator-of-the-group"),
    pytest.param("carl", "ana", id="clinician-of-the-client"),
    pytest.param("sam", "session", id="supervisor-of-the-facilitator"),
    pytest.param("finn", "ana", id="facilitator-of-the-clients-group"),
]


@pytest.mark.parametrize(("who", "what"), RIGHTS)
class TestARightThatEnds:
    def test_it_holds_to_the_last_minute_of_its_last_day(
        self, cast: Cast, site: Site, who: str, what: str
    ) -> None:
        end_all(site, cast)

        with at(LATE):
            site.sign_in(getattr(cast, who)).get(place(cast, what))

    def test_it_is_gone_after_midnight(self, cast: Cast, site: Site, who: str, what: str) -> None:
        end_all(site, cast)

        with at(EARLY_NEXT):
            page = site.sign_in(getattr(cast, who)).get(place(cast, what), status=404)

        assert "Alvarez" not in page.text


class TestTheListOfClients:
    def test_it_names_a_clinician_to_the_last_minute_of_their_last_day(
        self, cast: Cast, site: Site
    ) -> None:
        change(site, CaseloadEntry, CaseloadEntry.clinician_id == cast.carl, ended_on=DAY)

        with at(LATE):
            assert "Carl Clement" in site.sign_in(cast.rita).get("/clients/").text
        with at(EARLY_NEXT):
            assert "Carl Clement" not in site.sign_in(cast.rita).get("/clients/").text


class TestARightThatBegins:
    def test_it_does_not_hold_on_the_evening_before(self, cast: Cast, site: Site) -> None:
        change(
            site,
            CaseloadEntry,
            CaseloadEntry.clinician_id == cast.carl,
            started_on=DAY + dt.timedelta(days=1),
        )

        with at(LATE):
            site.sign_in(cast.carl).get(f"/clients/{cast.ana}", status=404)
        with at(EARLY_NEXT):
            site.sign_in(cast.carl).get(f"/clients/{cast.ana}")

    def test_it_begins_today_where_it_is_yesterday_still_in_utc(
        self, cast: Cast, site: Site
    ) -> None:
        change(site, Practice, time_zone="Asia/Tokyo")
        details = {"first_name": "Dora", "last_name": "Doi", "birth_date": "1984-02-29"}

        with at(dt.datetime.combine(DAY, dt.time(8), ZoneInfo("Asia/Tokyo"))):
            page = site.sign_in(cast.carl).get("/clients/new")
            site.submit(page, "#client-form", fill=details | {"mrn": "D-1"})

        with site.app.app_context():
            newest = db.select(CaseloadEntry.started_on).order_by(CaseloadEntry.id.desc())
            assert db.session.scalars(newest).first() == DAY
