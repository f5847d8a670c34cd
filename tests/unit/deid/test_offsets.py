"""Where findings stand in a browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.deid import utf16_spans
from tests.support.rosters import check_names, of_names

GROUP = of_names("Ana", "Leo")


class TestUtf16:
    @pytest.mark.parametrize(
        ("text", "spans"),
        [
            ("Ana and Leo", [(0, 3), (8, 11)]),
            ("é Ana", [(2, 5)]),
            ("😀 Ana 😀 Leo", [(3, 6), (10, 13)]),
            ("👩‍👧Ana", [(5, 8)]),
            ("", []),
        ],
    )
    def test_astral_characters_count_twice(self, text: str, spans: list[tuple[int, int]]) -> None:
        assert utf16_spans(text, check_names(text, GROUP)) == spans

    def test_the_order_of_the_findings_is_kept(self) -> None:
        text = "😀 Ana and Leo"

        assert utf16_spans(text, reversed(check_names(text, GROUP))) == [(11, 14), (3, 6)]

    @given(st.lists(st.sampled_from(["Ana", "Leo", " ", "😀", "é", "x", "\u0301"])).map("".join))
    def test_a_browser_cuts_the_same_words(self, text: str) -> None:
        units = text.encode("utf-16-le")
        findings = check_names(text, GROUP)

        for finding, (start, end) in zip(findings, utf16_spans(text, findings), strict=True):
            cut = units[2 * start : 2 * end].decode("utf-16-le")
            assert cut == text[finding.start : finding.end]
