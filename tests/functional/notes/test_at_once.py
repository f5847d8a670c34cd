"""Several submits of one session at the same moment: one result, and nobody's words are lost."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.clients.models import Client
from groupnotes.core.db import db
from groupnotes.groups.models import Group
from tests.support import factories, journey
from tests.support.at_once import at_once, meanwhile
from tests.support.cast import Cast
from tests.support.events import first_break
from tests.support.rows import at_rest
from tests.support.site import HTMX, Site, both, done, fields_of, one

TABLES = ("submissions", "group_note_revisions", "attendances", "individual_notes")


def counts(app: Flask) -> dict[str, int]:
    """Return how many rows each table has."""
    rows = at_rest(app)
    return {table: len(rows[table]) for table in TABLES}


def form_of(site: Site, cast: Cast, **values: Any) -> dict[str, Any]:
    """Return what the session's form sends when everybody is marked present."""
    page = site.get(f"/sessions/{cast.session}")
    form = fields_of(one(page, "#session-form"))
    return {**form, **journey.attended(cast), **journey.GROUP_NOTE, **values}


class TestOneForm:
    @both
    def test_sent_ten_times_at_once_it_makes_one_result(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        sent = form_of(site.sign_in(cast.fiona), cast)
        windows = [site.window() for _ in range(10)]
        headers = HTMX if htmx else {}

        def send(window: Site) -> int:
            return window.send(f"/sessions/{cast.session}", sent, headers=headers).status_code

        answers = at_once(*(lambda window=window: send(window) for window in windows))

        assert answers == [done(htmx=htmx)] * 10
        once = {"submissions": 1, "group_note_revisions": 1}
        assert counts(app) == {**once, "attendances": 3, "individual_notes": 3}
        page = site.get(f"/sessions/{cast.session}")
        assert "revision 1" in one(page, "#group-note summary").text
        assert first_break(app) is None

    def test_ten_windows_that_add_the_same_late_comer_add_one_note(
        self, app: Flask, cast: Cast, site: Site
    ) -> None:
        journey.document(site.sign_in(cast.fiona), cast, attendance={"cleo": "no_show"})
        forms = [form_of(site, cast) for _ in range(10)]  # each with a key of its own
        windows = [site.window() for _ in forms]

        def send(window: Site, sent: dict[str, Any]) -> int:
            return window.send(f"/sessions/{cast.session}", sent).status_code

        answers = at_once(
            *(
                lambda window=window, sent=sent: send(window, sent)
                for window, sent in zip(windows, forms, strict=True)
            )
        )

        assert sorted(answers) == [303] + [409] * 9
        assert counts(app)["individual_notes"] == 3


class TestTwoFacilitators:
    TEXTS = (
        {"topic": "Sleep", "dynamics": "Fiona’s account.\n\nIn two parts.", "plan": "rest"},
        {"topic": "anger", "dynamics": "Finn’s account.", "plan": "Count to ten."},
    )

    @pytest.fixture
    def sites(self, app: Flask, cast: Cast) -> tuple[Site, Site]:
        return Site(app).sign_in(cast.fiona), Site(app).sign_in(cast.finn)

    @both
    def test_one_wins_and_the_other_still_has_what_they_typed(
        self, app: Flask, cast: Cast, sites: tuple[Site, Site], htmx: bool
    ) -> None:
        forms = [form_of(site, cast, **text) for site, text in zip(sites, self.TEXTS, strict=True)]
        forms[0] |= journey.attended(cast, {"ben": "late 17:15"})
        forms[1] |= journey.attended(cast, {"ben": "late 17:25"})
        headers = HTMX if htmx else {}

        def send(number: int) -> int:
            url = f"/sessions/{cast.session}"
            sites[number].last = sites[number].send(url, forms[number], headers=headers)
            return sites[number].last.status_code

        answers = at_once(lambda: send(0), lambda: send(1))

        assert sorted(answers) == [done(htmx=htmx), 409]
        winner, loser = answers.index(done(htmx=htmx)), answers.index(409)
        assert counts(app)["group_note_revisions"] == 1
        page = sites[winner].get(f"/sessions/{cast.session}")
        assert one(page, "#topic")["value"] == self.TEXTS[winner]["topic"]
        refused = BeautifulSoup(sites[loser].last.text, "html.parser")
        assert "Someone else documented this session while you were writing" in refused.text
        if htmx:  # the form stays where it is: the answer is a message beside it
            assert not refused.select("form, #session-form, textarea")
        else:
            kept = fields_of(one(refused, "#session-form"))
            sent = forms[loser] | {"dynamics": forms[loser]["dynamics"].strip()}
            assert kept == sent | {"interventions": "Psychoeducation"}
            again = sites[loser].submit(refused, "#session-form", status=409)
            assert fields_of(one(again, "#session-form")) == kept

    # On SQLite nobody else writes in the midst of a request that writes.
    @pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
    def test_who_joins_in_the_midst_of_a_refused_submit_has_a_line_in_its_answer(
        self, app: Flask, cast: Cast, sites: tuple[Site, Site]
    ) -> None:
        def join() -> None:
            group, zoe = db.session.get_one(Group, cast.group), db.session.get_one(Client, cast.zoe)
            factories.enrol(group, zoe)
            db.session.commit()

        sent = form_of(sites[0], cast, topic="")

        with meanwhile(app, join, before="INSERT INTO submissions"):
            page = sites[0].post(f"/sessions/{cast.session}", sent, status=422)

        shown = fields_of(one(page, "#session-form"))
        assert shown[f"arrived-{cast.zoe}"] == ""
