"""One submit writes the group note, the attendance and every note; or it writes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.support import journey
from tests.support.cast import Cast
from tests.support.faults import refusing
from tests.support.rows import at_rest
from tests.support.site import Site, both, done, fields_of, one

# Every write of a first submit, in its order.
FIRST = (
    ("INSERT", "submissions"),
    ("INSERT", "group_note_revisions"),
    ("INSERT", "attendances"),
    ("INSERT", "individual_notes"),
    ("INSERT", "note_diagnoses"),
    ("INSERT", "progress_ratings"),
    ("DELETE", "session_drafts"),
    ("UPDATE", "group_sessions"),
    ("INSERT", "audit_events"),
    ("UPDATE", "audit_head"),
)
# Every write of a later one: a note is set aside, one comes back, one is new.
LATER = (
    ("INSERT", "submissions"),
    ("INSERT", "group_note_revisions"),
    ("UPDATE", "attendances"),
    ("INSERT", "individual_notes"),
    ("UPDATE", "individual_notes"),
    ("UPDATE", "group_sessions"),
    ("INSERT", "audit_events"),
)
TYPED = "The group was lively, and rehearsed in pairs."


def filled(cast: Cast, page: BeautifulSoup, **attendance: str) -> dict[str, Any]:
    """Return what the session's form sends when it is filled in."""
    form = fields_of(one(page, "#session-form"))
    return {
        **form,
        **journey.GROUP_NOTE,
        **journey.attended(cast, attendance),
        "dynamics": TYPED,
    }


@both
class TestAFault:
    def test_in_the_middle_of_a_first_submit_leaves_nothing(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        url = f"/sessions/{cast.session}"
        sent = filled(cast, site.sign_in(cast.fiona).get(url))
        site.post(f"{url}/draft", sent, status=200, htmx=True)
        before = at_rest(app)

        for event, table in FIRST:
            with refusing(app, event, table):
                page = site.post(url, sent, status=500, htmx=htmx)
            assert "Nothing was saved" in page.text, table
            assert htmx or TYPED in page.text, table
            assert at_rest(app) == before, table
            assert "Session saved" not in site.get("/").text, table

        # The same form still counts, once there is nothing in its way.
        site.post(url, sent, status=done(htmx=htmx), htmx=htmx)
        assert len(site.follow().select("li.client")) == 3

    def test_in_the_middle_of_a_later_submit_leaves_all_as_it_was(
        self, app: Flask, cast: Cast, site: Site, htmx: bool
    ) -> None:
        url = f"/sessions/{cast.session}"
        site.sign_in(cast.fiona)
        journey.document(site, cast, attendance={"cleo": "no_show"})
        journey.document(site, cast, attendance={"cleo": "no_show", "ben": "no_show"})
        sent = filled(cast, site.get(url), ana="excused", ben="late 17:20")
        before = at_rest(app)

        for event, table in LATER:
            with refusing(app, event, table):
                site.post(url, sent, status=500, htmx=htmx)
            assert at_rest(app) == before, table

        site.post(url, sent, status=done(htmx=htmx), htmx=htmx)
        names = [link.text for link in site.follow().select(".client__name")]
        assert names == ["Ben Brandt", "Cleo Costa"]


@both
@pytest.mark.parametrize(
    "wrong",
    [
        {"topic": ""},
        {"interventions": [], "interventions_other": ""},
        {"dynamics": "Ben brought cake."},
        {"status-{cleo}": ""},
        {"status-{cleo}": "late", "arrived-{cleo}": "16:00"},
    ],
    ids=["no topic", "no intervention", "a name", "no status", "a time outside"],
)
def test_what_is_refused_for_one_is_kept_of_nobody(
    app: Flask, cast: Cast, site: Site, wrong: dict[str, Any], htmx: bool
) -> None:
    url = f"/sessions/{cast.session}"
    sent = filled(cast, site.sign_in(cast.fiona).get(url))
    before = at_rest(app)

    wrong = {name.format(cleo=cast.cleo): value for name, value in wrong.items()}
    site.post(url, sent | wrong, status=422, htmx=htmx)

    assert at_rest(app) == before
