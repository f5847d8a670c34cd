"""Every word that the application can store can be signed, and no other."""

from enum import StrEnum

import pytest

from groupnotes.groups import models as groups
from groupnotes.notes import vocabulary
from groupnotes.sessions.attendance import ATTENDED
from groupnotes.signing import content


class TestVocabulary:
    @pytest.mark.parametrize(
        ("signed", "stored"),
        [
            (content.EngagementLevel, vocabulary.EngagementLevel),
            (content.EngagementQuality, vocabulary.EngagementQuality),
            (content.Rating, vocabulary.Rating),
            (content.RiskLevel, vocabulary.RiskLevel),
            (content.Modality, groups.Modality),
            (content.FacilitatorRole, groups.FacilitatorRole),
            (content.AttendedStatus, ATTENDED),
        ],
    )
    def test_what_is_stored_and_what_is_signed_are_the_same_words(
        self, signed: type[StrEnum], stored: type[StrEnum] | frozenset[StrEnum]
    ) -> None:
        assert {word.value for word in signed} == {word.value for word in stored}
