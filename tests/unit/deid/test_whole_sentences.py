"""Sentences of many kinds of groups, some that identify someone and more that do not."""

from pathlib import Path

import pytest

from groupnotes.deid import Finding
from groupnotes.deid.circumstances import SHARED
from groupnotes.deid.folding import fold
from groupnotes.deid.identifiers import identifiers_in
from groupnotes.deid.strangers import strangers_in
from tests.support.marks import letters, unmarked

FOLDER = Path(__file__).with_name("sentences")
CLEAN = (FOLDER / "clean.txt").read_text("utf-8").splitlines()
LEAKS = (FOLDER / "leaks.txt").read_text("utf-8").splitlines()
LOW_LEAKS = (FOLDER / "low_leaks.txt").read_text("utf-8").splitlines()


def found_in(text: str) -> list[Finding]:
    folded = fold(text)
    identifiers = list(identifiers_in(text, folded, SHARED))

    def is_explained(start: int, end: int) -> bool:
        return any(found.start < end and start < found.end for found in identifiers)

    return [*identifiers, *strangers_in(text, folded, is_explained, SHARED)]


def found(text: str) -> str:
    """Give the letters that were found, in their order."""
    findings = sorted(found_in(text), key=lambda finding: finding.start)
    return letters("".join(text[finding.start : finding.end] for finding in findings))


class TestWholeSentences:
    @pytest.mark.parametrize("text", CLEAN)
    @pytest.mark.parametrize("written", [str, str.lower, str.upper], ids=["as", "low", "high"])
    def test_nothing_is_found_where_no_one_is_named(self, text: str, written: type[str]) -> None:
        assert found_in(written(text)) == []

    @pytest.mark.parametrize("sentence", LEAKS)
    @pytest.mark.parametrize(
        ("before", "after"), [("Pt shared ", "; grp supportive."), ("- ", "\n- next")]
    )
    def test_every_letter_of_a_leak_is_found(self, sentence: str, before: str, after: str) -> None:
        text, stretches = unmarked(before + sentence + after)

        assert [stretch for stretch in stretches if letters(stretch) not in found(text)] == []

    @pytest.mark.parametrize("sentence", LOW_LEAKS)
    @pytest.mark.parametrize("written", [str, str.upper], ids=["low", "high"])
    def test_so_it_is_without_capitals(self, sentence: str, written: type[str]) -> None:
        text, stretches = unmarked(written(f"pt shared {sentence}; grp supportive."))

        assert [stretch for stretch in stretches if letters(stretch) not in found(text)] == []
