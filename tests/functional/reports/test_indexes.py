"""The lists that everybody opens stay quick: the database finds their rows by an index."""

from __future__ import annotations

import pytest
from flask import Flask

from groupnotes.core.db import db
from tests.support.cast import Cast
from tests.support.site import Site
from tests.support.statements import statements

SOME = "01957a1c-6f00-7c3e-9a51-2d4f8b0c1e77"  # the id where a page begins


def plan_of(app: Flask, query: str) -> str:
    """Return how SQLite answers ``query``; it plans without looking at the values."""
    with app.app_context():
        values = ("0" * 32,) * query.count("?")
        explained = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values)
        return " ".join(str(step[-1]) for step in explained.all())


def query_for(app: Flask, site: Site, url: str, words: str) -> str:
    """Return the one statement with ``words`` that the page at ``url`` sends."""
    with statements(app) as sent:
        site.get(url)
    [query] = [statement for statement in sent if words in statement]
    return query


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("url", ["/", f"/?sessions={SOME}&notes={SOME}"], ids=["first", "further"])
class TestToday:
    def test_my_sessions_come_by_their_day_or_by_being_undocumented(
        self, app: Flask, cast: Cast, site: Site, url: str
    ) -> None:
        words = "group_sessions.held_on ="
        plan = plan_of(app, query_for(app, site.sign_in(cast.fiona), url, words))

        assert "ix_group_sessions_held_on" in plan
        assert "ix_group_sessions_undocumented" in plan
        assert "SCAN" not in plan

    def test_my_unsigned_notes_come_by_their_author_oldest_first(
        self, app: Flask, cast: Cast, site: Site, url: str
    ) -> None:
        words = "individual_notes.author_id = ? AND individual_notes.status ="
        plan = plan_of(app, query_for(app, site.sign_in(cast.fiona), url, words))

        assert "ix_individual_notes_unsigned" in plan
        assert "SCAN" not in plan
        assert "TEMP B-TREE" not in plan

    def test_what_was_entered_in_error_comes_by_when_it_was_marked(
        self, app: Flask, cast: Cast, site: Site, url: str
    ) -> None:
        plan = plan_of(app, query_for(app, site.sign_in(cast.fiona), url, "note_entries.kind ="))

        assert "SEARCH note_entries USING INDEX sqlite_autoindex_note_entries_1 (id>?)" in plan
        assert "SCAN" not in plan
        assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestTheSessionsOfAGroup:
    @pytest.mark.parametrize("words", ["starts_at <", "starts_at >="])
    @pytest.mark.parametrize("further", ["", f"?before={SOME}&after={SOME}"])
    def test_they_come_in_their_order_by_an_index(
        self, app: Flask, cast: Cast, site: Site, words: str, further: str
    ) -> None:
        words = f"group_sessions.{words}"
        url = f"/groups/{cast.group}{further}"
        plan = plan_of(app, query_for(app, site.sign_in(cast.fiona), url, words))

        assert "SEARCH group_sessions USING INDEX" in plan
        assert "SCAN" not in plan
        assert "TEMP B-TREE" not in plan
