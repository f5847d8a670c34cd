"""Names that are words, told by what only people count, are called, and do to themselves."""

import pytest

from groupnotes.deid import Finding
from tests.support.rosters import check_names, of_names

GROUP = of_names(
    "Brandy", "Summer", "Sage", "Crystal", "Rusty", "Destiny", "Pearl", "Trinity", "Amber", "Jade",
    "Dawn", "Angel",
)  # fmt: skip


def found(text: str) -> list[Finding]:
    return check_names(text, GROUP)


class TestPeople:
    @pytest.mark.parametrize(
        "text",
        [
            "Brandy has 45 days.",
            "Sage celebrated two years.",
            "Sage uses they/them.",
            "Crystal goes by she/they.",
            "Summer burned herself on Sunday.",
            "Rusty will not swim.",
            "Destiny ran.",
            "Pearl turned 66.",
            "Trinity self-harmed on pass.",
            "Crystal (on speaker) agreed to it.",
            "Amber and Jade are sisters.",
            "Dawn was the second woman to get it.",
            "Angel was restrained at noon.",
            "Summer is on probation.",
            "Angel, tearful, spoke of it.",
        ],
    )
    def test_they_are_found(self, text: str) -> None:
        assert found(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Brandy has 40 percent alcohol.",
            "Summer has a way of passing.",
            "Crystal clear goals were set.",
            "Dawn is hard.",
            "Summer is on the way.",
            "Amber and jade are stones.",
            "Destiny is not a plan.",
        ],
    )
    def test_things_are_not(self, text: str) -> None:
        assert found(text) == []
