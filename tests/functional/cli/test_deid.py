"""The check of texts for names, as a command."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from tests.support.databases import application

ROSTER = {
    "attendees": [{"id": "a1", "first": "Ana", "last": "Alvarez", "aliases": ["Nita"]}],
    "former": [{"first": "Ben", "last": None, "preferred": None, "aliases": None}],
    "contacts": [{"first": "Rosa", "relation": "mother", "of": "a1"}],
    "staff": [{"first": "Fiona", "last": "Field", "credential": "LCSW"}],
}


@pytest.fixture
def unreachable() -> Flask:
    """The application on a database that is not there."""
    return application("sqlite:////nowhere/at/all.sqlite3")


def check(app: Flask, *lines: object) -> Result:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return app.test_cli_runner().invoke(args=["deid", "check"], input=text)


def spans_of(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def _of_roster(answer: dict[str, Any]) -> int:
    return sum(span["rule"].startswith("roster.") for span in answer["spans"])


class TestCheckingTexts:
    def test_it_says_where_somebody_is_named(self, unreachable: Flask) -> None:
        text = "Then ana\u2019s turn came, and Fiona thanked Rosa."

        [answer] = spans_of(check(unreachable, {"id": "n1", "text": text, "roster": ROSTER}))

        assert answer["id"] == "n1"
        assert [text[s["start"] : s["end"]] for s in answer["spans"]] == ["ana", "Rosa"]
        assert answer["spans"][0] == {
            "start": 5,
            "end": 8,
            "label": "NAME_ROSTER",
            "level": "block",
            "rule": "roster.first",
        }
        assert answer["ms"] >= 0

    def test_each_line_has_a_roster_of_its_own(self, unreachable: Flask) -> None:
        answers = spans_of(
            check(
                unreachable,
                {"id": 1, "text": "Nita and Ben spoke.", "roster": ROSTER},
                "",
                {"id": 2, "text": "Nita and Ben spoke.", "roster": {"former": ROSTER["former"]}},
                {"id": 3, "text": "Nita and Ben spoke."},
            )
        )

        assert [(a["id"], _of_roster(a)) for a in answers] == [(1, 2), (2, 1), (3, 0)]

    def test_what_belongs_to_someone_is_read_too(self, unreachable: Flask) -> None:
        ana = {
            "first": "Ana",
            "dob": "1969-08-18",
            "phone": "603-555-0100",
            "email": "ana.r12@example.com",
            "mrn": "09319174",
            "member_id": "H286932245",
            "address": "9780 Juniper Lane",
            "employer": "Tyson Foods",
        }
        text = (
            "Tyson Foods; 8/18/1969; 603.555.0100; ana.r12@example.com; 09319174; H286932245;"
            " 9780 Juniper Ln"
        )
        asked = {"id": 1, "text": text, "roster": {"attendees": [ana]}}

        [answer] = spans_of(check(unreachable, asked))

        labels = ["ORG", "DATE", "PHONE", "EMAIL", "MRN", "MEMBER_ID", "ADDRESS"]
        assert [span["label"] for span in answer["spans"]] == labels

    def test_what_needs_no_roster_is_found(self, unreachable: Flask) -> None:
        [answer] = spans_of(check(unreachable, {"id": 1, "text": "Her sister Tasha lives."}))

        assert [span["label"] for span in answer["spans"]] == ["NAME_OTHER"]

    def test_offsets_count_code_points(self, unreachable: Flask) -> None:
        asked = {"id": 1, "text": "👩‍👧 Ben", "roster": ROSTER}

        [answer] = spans_of(check(unreachable, asked))

        assert (answer["spans"][0]["start"], answer["spans"][0]["end"]) == (4, 7)

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ('{"text": "Ana secret', "this is not JSON"),
            ('["Ana secret"]', "give an object with a text"),
            ('{"text": 3}', "give an object with a text"),
            ('{"text": "", "roster": ["Ana secret"]}', "lists of people"),
            ('{"text": "", "roster": {"attendees": {"first": "Ana"}}}', "lists of people"),
            ('{"text": "", "roster": {"attendees": ["Ana secret"]}}', "each person is an object"),
            ('{"text": "", "roster": {"attendees": [{"first": 1}]}}', "a name is text"),
            ('{"text": "", "roster": {"members": []}}', "only attendees, enrolled"),
            ('{"text": "", "roster": {"attendees": [{"phone": 5550100}]}}', "a name is text"),
            ('{"text": "", "roster": {"attendees": [{"dob": "8/18 secret"}]}}', "1980-12-31"),
        ],
    )
    def test_a_line_it_cannot_read_is_told_by_number_only(
        self, unreachable: Flask, line: str, reason: str
    ) -> None:
        result = check(unreachable, {"id": 1, "text": "", "roster": ROSTER}, line)

        assert result.exit_code == 1
        assert "line 2" in result.stderr
        assert reason in result.stderr
        assert "secret" not in result.output
