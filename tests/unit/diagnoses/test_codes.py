"""How an ICD-10-CM code is written."""

from __future__ import annotations

import pytest

from groupnotes.diagnoses.codes import normal


class TestNormal:
    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ("F33.1", "F33.1"),
            (" f331 ", "F33.1"),
            ("f10.20", "F10.20"),
            ("C4A", "C4A"),
            ("z3a.42", "Z3A.42"),
            ("T43.625A", "T43.625A"),
            ("t43625a", "T43.625A"),
        ],
    )
    def test_it_writes_capitals_and_the_point(self, typed: str, code: str) -> None:
        assert normal(typed) == code

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "F3",
            "33.1",
            "FF3.1",
            "F33.",
            "F33..1",
            "F33.12345",
            "F3.31",
            "F33.1 x",
            "F٣٣",
            "F33-1",
        ],
    )
    def test_it_refuses_what_cannot_be_a_code(self, typed: str) -> None:
        assert normal(typed) is None
