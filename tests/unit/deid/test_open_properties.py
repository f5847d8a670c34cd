"""What holds of the rules that need no roster, for any text."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groupnotes.deid import Finding
from groupnotes.deid.circumstances import SHARED
from groupnotes.deid.folding import fold
from groupnotes.deid.identifiers import identifiers_in
from groupnotes.deid.strangers import strangers_in

PARTS = (
    "her sister Tasha", "603-555-0134", "a.b@gmail.com", "5/19/2024", "MRN 00123", "12 Maple St",
    "aged 94", "plate GHT 783", "Dr. Yazzie", "works at Tyson Foods", "in Yreka", "www.a.com/b",
    "@kayla_b", "ssn", "since", "\n", ". ", ", ", "- ", "'s", "\u200b", "\xa0", "9", "0", "#", "/",
    "case no.", "zip", "the 3rd of May", "ninety", "one", "dot", "at", "de la", "O'", "\u0301",
)  # fmt: skip
texts = (
    st.text()
    | st.lists(st.sampled_from(PARTS)).map(" ".join)
    | st.lists(st.sampled_from(PARTS)).map("".join)
)


def found_in(text: str) -> Iterator[list[Finding]]:
    folded = fold(text)
    yield list(identifiers_in(text, folded, SHARED))
    yield list(strangers_in(text, folded, lambda _start, _end: False, SHARED))


class TestAnyText:
    @given(texts)
    @settings(max_examples=300)
    def test_findings_lie_in_order_within_the_text(self, text: str) -> None:
        for findings in found_in(text):
            ends = [0]
            for finding in findings:
                assert ends[-1] <= finding.start < finding.end <= len(text)
                ends.append(finding.end)

    @given(texts)
    def test_no_finding_is_of_blanks_only(self, text: str) -> None:
        for findings in found_in(text):
            for finding in findings:
                assert any(map(str.isalnum, text[finding.start : finding.end]))

    @given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Z", "C"]), min_size=1))
    def test_any_characters_are_taken(self, text: str) -> None:
        assert all(isinstance(findings, list) for findings in found_in(text))


class TestLongTexts:
    @pytest.mark.parametrize(
        "part",
        [
            "0", "1 ", "12-", "1/2 ", "5.5.", "(555) ", "555-0134 ", "one ", "oh five ", "a@", "@a",
            "a.", "a.b@", "x_", "at a dot ", "a dot ", "www.", "http://", "//", "a/", "::1", "a:",
            "12 Oak ", "12 ", "Oak Oak ", "on Main ", "corner of a and ", "P.O. ", "zip ", "MA ",
            "may ", "may 3 ", "3rd of ", "the 3rd ", "monday ", "ssn ", "mrn ", "case no. ", "no. ",
            "plate ", "tag ab ", "a1", "a1-", "A1B2", "1a ", "#1", "#", "$a", "ninety ", "aged ",
            "her mother is ", "woman of ", "Mr. ", "sister ", "de la ", "Ana ", "Ana and ", "St. ",
            "High School ", "Bank of the ", "in Yreka ", "works at ", "named ", "'s ", "x'", "- ",
            "\n", "\t", " ", "é", "\u200b", "\U0001d538", "(", '"', "Beck's ", "of the ", "NATO ",
        ],
        ids=ascii,
    )  # fmt: skip
    def test_a_long_run_of_one_kind_is_read(self, part: str) -> None:
        text = f"call 603-555-0134 {part * (100_000 // len(part))} call 603-555-0134"

        identifiers, _ = found_in(text)

        assert identifiers[0].start <= len("call ")
        assert identifiers[-1].end == len(text)
