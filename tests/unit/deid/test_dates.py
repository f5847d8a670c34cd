"""Dates finer than a year."""

import datetime as dt

import pytest

from groupnotes.deid import Category, Level
from groupnotes.deid.circumstances import SHARED, Circumstances
from groupnotes.deid.folding import fold
from groupnotes.deid.identifiers import identifiers_in
from tests.support.marks import assert_blocked

DATE = [
    "on {5/19/2024}",
    "{05-19-24}",
    "{May 19}",
    "{May 19, 2024}",
    "{19 May 2024}",
    "{the 3rd of May}",
    "{3rd of May}",
    "{May 3rd}",
    "{June 2024}",
    "since {Jun '22}",
    "{2024-05-19}",
    "on {5/19}",
    "since {1/23}",
    "dob {1/2/85}",
    "last {Tuesday the 4th}",
    "{Tues. the 14th}",
    "{May third}",
    "{the twenty-first of June}",
    "due {10/12}",
    "court {11/4}",
    "{Sept. 9}",
    "{9 Sept}",
    "clean date {3/12}",
    "{12/2023}",
    "{Christmas 2022}",
    "{20240519}",
    "discharged {7/4}",
    "{July 4, 2019}",
    "{jan 3}",
    "{3-May-2024}",
    "away {March 3 to April 12}",
    "from {June 9th through the 14th}",
    "she is moving next {October}",
    "{May-19-2024}",
    "admitted {2/28} and discharged {3/6}",
    "by {the 15th}.",
    "{15th of last month}",
    "sober since {oct 3rd}",
    "{Dec 5th-7th}",
    "on {the 14th}.",
    "{4/15/24}",
    "{6.12.1990}",
    "born {November 27, 1950}",
    "{3 de mayo}",
    "{August, 2023}",
]

FOUND = [*((Category.DATE, sentence) for sentence in DATE)]


class TestFound:
    @pytest.mark.parametrize(("category", "sentence"), FOUND)
    @pytest.mark.parametrize("written", [str, str.lower, str.upper], ids=["as", "low", "high"])
    def test_every_letter_is_found_and_blocks(
        self, category: Category, sentence: str, written: type[str]
    ) -> None:
        assert_blocked(category, sentence, written)


class TestOwnDates:
    OWN = Circumstances(own_dates=frozenset({dt.date(2024, 5, 14)}))

    @pytest.mark.parametrize(
        "written",
        [
            "5/14", "5/14/24", "05/14/2024", "05-14-24", "2024-05-14", "May 14", "May 14, 2024",
            "14 May 2024", "the 14th of May", "Tuesday the 14th", "May fourteenth",
            "the 14th", "20240514",
        ],
    )  # fmt: skip
    def test_the_date_of_the_session_may_be_written(self, written: str) -> None:
        text = f"Group met on {written}."

        assert list(identifiers_in(text, fold(text), SHARED)) != []
        assert list(identifiers_in(text, fold(text), self.OWN)) == []

    @pytest.mark.parametrize("written", ["5/15", "5/14/23", "May 13", "May 2024", "May 14, 2019"])
    def test_another_date_may_not(self, written: str) -> None:
        text = f"Sober since {written}."

        assert list(identifiers_in(text, fold(text), self.OWN)) != []


class TestShares:
    @pytest.mark.parametrize(
        ("text", "level"),
        [
            ("He relapsed on 5/19.", Level.BLOCK),
            ("He relapsed on 4/10.", Level.BLOCK),
            ("He came home on 4/10 and slept.", Level.REVIEW),
            ("5/3: pt spoke of loss", Level.BLOCK),
            ("absent 3/2-3/11", Level.BLOCK),
            ("until 6-28", Level.BLOCK),
            ("early October", Level.REVIEW),
            ("Her next scan is in October.", Level.REVIEW),
        ],
    )
    def test_a_date_is_known_by_what_is_around(self, text: str, level: Level) -> None:
        (finding,) = identifiers_in(text, fold(text), SHARED)

        assert finding.level is level

    @pytest.mark.parametrize(
        "text",
        [
            "rated mood 4/10", "from 3/10 to 8/10", "session 3/12", "Tuesday 10-2", "dose 2.5",
            "5/7 days", "8/8 present", "a 9/11 memorial", "urges at 4/5 this week",
        ],
    )  # fmt: skip
    def test_a_score_is_none(self, text: str) -> None:
        assert list(identifiers_in(text, fold(text), SHARED)) == []
