"""Names that are ideas, among other ideas: no one is named by a list of values."""

import pytest

from groupnotes.deid import Level
from tests.support.rosters import check_names, of_names

GROUP = of_names("Joy", "Faith", "Grace", "Justice", "Hope", "Patience", "Charity", "Will", "Miles")


def levels(text: str) -> list[Level]:
    return [finding.level for finding in check_names(text, GROUP)]


class TestAmongIdeas:
    @pytest.mark.parametrize(
        "text",
        [
            "Values chosen: Honesty, Faith, Courage, Justice.",
            "The wheel has Anger, Joy and Disgust.",
            "We sorted Loyalty / Patience / Humility into piles.",
            "Courage: rare. Hope: fragile. Trust: earned.",
            "1) Kindness 2) Grace 3) Patience",
            "Named: shame, joy, envy, hope.",
        ],
    )
    def test_they_are_no_names(self, text: str) -> None:
        assert levels(text) == []

    def test_a_list_of_people_is_one_of_people(self) -> None:
        assert levels("Kudos went to Joy, Miles and Grace.") == [Level.BLOCK] * 3

    def test_who_acts_among_ideas_is_named(self) -> None:
        assert levels("Trust, then Grace said it was hard.") == [Level.BLOCK]


class TestQuestionsAndCounts:
    @pytest.mark.parametrize(
        "text",
        [
            "On the board: Will we still drink at weddings?",
            "They chanted: May I be well. Will anyone call?",
            "Miles walked: 4, 0, 2.",
            "Between sessions: b) Hope, c) forgiveness.",
            "A man of faith and a woman of faith disagreed kindly.",
            "One said that justice looks uneven from a bus seat.",
            "Pts log miles walked each night.",
        ],
    )
    def test_no_one_is_named(self, text: str) -> None:
        assert levels(text) == []

    @pytest.mark.parametrize(
        "text",
        ["Peers told Will they missed him.", "Then Hope hopes to lead.", "So Will will lead."],
    )
    def test_one_is_named_once(self, text: str) -> None:
        assert levels(text) == [Level.BLOCK]

    def test_lines_for_everyone_are_no_ones(self) -> None:
        trevor = of_names("Trevor")

        assert check_names("Numbers given: 988 and the Trevor line.", trevor) == []
        assert check_names("She keeps the Trevor Lifeline on her phone.", trevor) == []
        assert len(check_names("Trevor line danced with us.", trevor)) == 1
