"""The check digit of the national provider identifier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.practice import npi

# The worked example of the CMS rule (80840 before it, 4 is the check digit), and made-up ones.
SOUND = ["1234567893", "1999999984", "1999999992", "2000000002"]


class TestAnIdentifier:
    @pytest.mark.parametrize("digits", SOUND)
    def test_it_is_sound_with_its_check_digit(self, digits: str) -> None:
        assert npi.problem(digits) is None

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "123456789",
            "12345678930",
            "3234567893",
            "123456789O",
            "\uff11234567893",
            "1234567893\n",
        ],
    )
    def test_it_has_ten_digits_and_starts_with_1_or_2(self, typed: str) -> None:
        assert "10 digits" in (npi.problem(typed) or "")

    @given(st.sampled_from(SOUND), st.integers(1, 9), st.integers(0, 9))
    def test_any_one_wrong_digit_shows(self, digits: str, place: int, wrong: int) -> None:
        typed = digits[:place] + str(wrong) + digits[place + 1 :]

        assert (npi.problem(typed) is None) == (typed == digits)
