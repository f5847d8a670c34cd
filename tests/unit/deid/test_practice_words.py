"""What a practice allows and what it never wants to see."""

import pytest

from groupnotes.deid import Category, Level
from groupnotes.deid.circumstances import SHARED, Circumstances, PracticeWords
from groupnotes.deid.folding import fold
from groupnotes.deid.practice import denied_in
from tests.support.strangers import strangers

DENYING = Circumstances(practice=PracticeWords(denied=("Project Bluebird", "Zöe's Law", "K-9")))


def denied(text: str, circumstances: Circumstances = DENYING) -> list[str]:
    findings = denied_in(text, fold(text), circumstances)
    return [text[finding.start : finding.end] for finding in findings]


class TestDenied:
    @pytest.mark.parametrize(
        "written",
        [
            "Project Bluebird",
            "project bluebird",
            "PROJECT BLUEBIRD",
            "Project  Bluebird",
            "Project\nBluebird",
            "Project-Bluebird",
            "Project\xa0Bluebird",
            "Pro\u200bject Blue\xadbird",
            "ProjectBluebird",
            "Zoe's Law",
            "Zöe\u2019s Law",
            "K9",
            "k-9",
        ],
    )
    @pytest.mark.parametrize("after", [" was named", ".", "'s end", "s met"])
    def test_it_blocks_in_any_disguise(self, written: str, after: str) -> None:
        text = f"Then {written}{after}"

        (finding,) = denied_in(text, fold(text), DENYING)

        assert text[finding.start : finding.end] == written
        assert finding.level is Level.BLOCK
        assert finding.rule == "practice.denied"

    @pytest.mark.parametrize(
        "text", ["the bluebird project", "projects and bluebirds", "K-99", "AK-9", "", "a law"]
    )
    def test_what_only_looks_alike_is_left_alone(self, text: str) -> None:
        assert denied(text) == []

    @pytest.mark.parametrize("words", [(), ("",), ("  ", "--")])
    def test_nothing_is_denied_by_empty_entries(self, words: tuple[str, ...]) -> None:
        nothing = Circumstances(practice=PracticeWords(denied=words))

        assert denied("Any text at all.", nothing) == []


class TestAllowed:
    ALLOWING = Circumstances(
        practice=PracticeWords(allowed=("Kestrel Room", "Brightwater House", "Zephyrine"))
    )

    @pytest.mark.parametrize(
        "text",
        [
            "We met in Brightwater House and left.",
            "Members walked from Zephyrine to the Kestrel Room.",
            "works at brightwater house",
            "works at Brightwater House",
        ],
    )
    def test_it_silences_what_is_only_likely(self, text: str) -> None:
        assert strangers(text, SHARED) != []
        assert strangers(text, self.ALLOWING) == []

    @pytest.mark.parametrize("words", [(), ("",), ("--",)])
    def test_nothing_is_allowed_by_empty_entries(self, words: tuple[str, ...]) -> None:
        nothing = Circumstances(practice=PracticeWords(allowed=words))

        assert strangers("Her sister Tasha called.", nothing) != []

    def test_it_takes_nothing_else_with_it(self) -> None:
        text = "We met in Brightwater House with Kelsey Whitlock."

        (finding,) = strangers(text, self.ALLOWING)

        assert text[finding.start : finding.end] == "Kelsey Whitlock"
        assert finding.category is Category.NAME_OTHER
