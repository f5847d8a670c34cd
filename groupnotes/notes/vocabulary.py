"""The words a clinician chooses from in an individual note, as stored and as shown.

Participation has no standard code system, so engagement is our own list. Progress is FHIR R4
``goal-achievement`` 4.0.1: codes, displays and meanings are HL7's.
"""

from enum import StrEnum


class EngagementLevel(StrEnum):
    """How much the client took part, from least to most."""

    NONE = "none"
    MINIMAL = "minimal"
    RESPONSIVE = "responsive"
    ACTIVE = "active"
    LEADING = "leading"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class EngagementQuality(StrEnum):
    """The manner in which the client took part; any number of them."""

    SUPPORTIVE = "supportive"
    SHARING = "sharing"
    ATTENTIVE = "attentive"
    GUARDED = "guarded"
    INTRUSIVE = "intrusive"
    MONOPOLIZING = "monopolizing"
    RESISTANT = "resistant"
    WITHDRAWN = "withdrawn"
    TEARFUL = "tearful"
    DISTRACTED = "distracted"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Rating(StrEnum):
    """Progress on one objective; the value is the FHIR code."""

    IN_PROGRESS = "in-progress"
    IMPROVING = "improving"
    NO_CHANGE = "no-change"
    WORSENING = "worsening"
    ACHIEVED = "achieved"
    SUSTAINING = "sustaining"
    NOT_ACHIEVED = "not-achieved"
    NO_PROGRESS = "no-progress"
    NOT_ATTAINABLE = "not-attainable"

    @property
    def label(self) -> str:
        """Give HL7's display, in the sentence case of our pages."""
        return self.value.replace("-", " ").capitalize()

    @property
    def meaning(self) -> str:
        return _MEANINGS[self]


_MEANINGS = {
    Rating.IN_PROGRESS: "being worked on, not reached yet",
    Rating.IMPROVING: "being worked on, and progressing",
    Rating.NO_CHANGE: "being worked on, with a flat trend",
    Rating.WORSENING: "being worked on, but regressing",
    Rating.ACHIEVED: "met",
    Rating.SUSTAINING: "met, and needs continued work to stay met",
    Rating.NOT_ACHIEVED: "not met, with or without progress",
    Rating.NO_PROGRESS: "not met, with little or no progress",
    Rating.NOT_ATTAINABLE: "cannot be met",
}


class RiskLevel(StrEnum):
    """Whether a risk to the client or to others was found."""

    NONE = "none"
    PRESENT = "present"

    @property
    def label(self) -> str:
        return "No risk found" if self is RiskLevel.NONE else "Risk present"
