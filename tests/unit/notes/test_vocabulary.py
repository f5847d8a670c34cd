"""The words to choose from are the ones that the standards and the signed format know."""

from enum import StrEnum

import pytest

from groupnotes.notes.vocabulary import EngagementLevel, EngagementQuality, Rating, RiskLevel
from groupnotes.signing import content

# HL7 FHIR R4, CodeSystem goal-achievement 4.0.1, with its displays.
GOAL_ACHIEVEMENT = {
    "in-progress": "In Progress",
    "improving": "Improving",
    "worsening": "Worsening",
    "no-change": "No Change",
    "achieved": "Achieved",
    "sustaining": "Sustaining",
    "not-achieved": "Not Achieved",
    "no-progress": "No Progress",
    "not-attainable": "Not Attainable",
}


class TestRating:
    def test_its_codes_and_displays_are_those_of_hl7(self) -> None:
        assert {rating.value: rating.label.title() for rating in Rating} == GOAL_ACHIEVEMENT

    def test_each_has_its_own_meaning(self) -> None:
        assert len({rating.meaning for rating in Rating}) == len(Rating)


class TestLabels:
    def test_they_read_as_words(self) -> None:
        assert EngagementLevel.RESPONSIVE.label == "Responsive"
        assert EngagementQuality.MONOPOLIZING.label == "Monopolizing"
        assert Rating.NOT_ATTAINABLE.label == "Not attainable"
        assert RiskLevel.NONE.label == "No risk found"
        assert RiskLevel.PRESENT.label == "Risk present"


class TestSignedFormat:
    @pytest.mark.parametrize(
        ("ours", "signed"),
        [
            (EngagementLevel, content.EngagementLevel),
            (EngagementQuality, content.EngagementQuality),
            (Rating, content.Rating),
            (RiskLevel, content.RiskLevel),
        ],
        ids=["level", "quality", "rating", "risk"],
    )
    def test_whatever_can_be_chosen_can_be_signed(
        self, ours: type[StrEnum], signed: type[StrEnum]
    ) -> None:
        assert {choice.value for choice in ours} <= {choice.value for choice in signed}
