"""When something began, as exactly as it is known."""

from __future__ import annotations

import datetime as dt

import pytest

from groupnotes.diagnoses.onset import in_words, problem

TODAY = dt.date(2026, 3, 4)


class TestProblem:
    @pytest.mark.parametrize("typed", ["", "2026", "2026-03", "2026-03-04", "1999-12-31"])
    def test_a_past_time_is_fine(self, typed: str) -> None:
        assert problem(typed, today=TODAY) is None

    @pytest.mark.parametrize("typed", ["2027", "2026-04", "2026-03-05"])
    def test_the_future_is_named(self, typed: str) -> None:
        assert problem(typed, today=TODAY) == "The onset lies in the future."

    @pytest.mark.parametrize(
        "typed", ["26", "2026-3", "2026-13", "2026-02-30", "03/2026", "1899", "last year", "0000"]
    )
    def test_it_says_how_to_write_it(self, typed: str) -> None:
        assert "2024-03" in (problem(typed, today=TODAY) or "")


class TestInWords:
    @pytest.mark.parametrize(
        ("onset", "words"),
        [
            ("2024", "2024"),
            ("2024-03", "March 2024"),
            ("2024-03-05", "March 5, 2024"),
            ("", ""),
        ],
    )
    def test_it_is_as_exact_as_what_was_typed(self, onset: str, words: str) -> None:
        assert in_words(onset) == words
