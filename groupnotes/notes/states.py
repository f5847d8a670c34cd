"""The states of an individual note, and what a page calls them."""

from enum import StrEnum


class NoteStatus(StrEnum):
    """What is stored. A note of someone who turned out to be absent is set aside, never erased.

    A supervisee's note awaits review once its author has signed it. A locked note that is of the
    wrong client or session is entered in error: it is no note of the session any more.
    """

    DRAFT = "draft"
    AWAITING_REVIEW = "awaiting_review"
    SIGNED = "signed"
    SET_ASIDE = "set_aside"
    ENTERED_IN_ERROR = "entered_in_error"

    @property
    def is_frozen(self) -> bool:
        """Whether its author has signed it, so that nobody writes in it."""
        return self in FROZEN


FROZEN = frozenset({NoteStatus.AWAITING_REVIEW, NoteStatus.SIGNED, NoteStatus.ENTERED_IN_ERROR})
UNFINISHED = frozenset({NoteStatus.DRAFT, NoteStatus.AWAITING_REVIEW})
# What a session's notes are, wherever they are counted.
COUNTED = frozenset({NoteStatus.DRAFT, NoteStatus.AWAITING_REVIEW, NoteStatus.SIGNED})


class DisplayStatus(StrEnum):
    """What a worklist shows; computed, never stored."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    READY = "ready"
    AWAITING_REVIEW = "awaiting_review"
    SIGNED = "signed"
    SET_ASIDE = "set_aside"
    ENTERED_IN_ERROR = "entered_in_error"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    DisplayStatus.NOT_STARTED: "Not started",
    DisplayStatus.IN_PROGRESS: "In progress",
    DisplayStatus.READY: "Ready to sign",
    DisplayStatus.AWAITING_REVIEW: "Awaiting review",
    DisplayStatus.SIGNED: "Signed",
    DisplayStatus.SET_ASIDE: "Set aside",
    DisplayStatus.ENTERED_IN_ERROR: "Entered in error",
}


# Signed by its author, whether a supervisor has still to review it or not.
SIGNED = frozenset({DisplayStatus.AWAITING_REVIEW, DisplayStatus.SIGNED})


def display_status(status: NoteStatus, *, has_text: bool, missing: int) -> DisplayStatus:
    """Tell how far a note is; ``missing`` counts what ``readiness.missing`` lists."""
    if status is not NoteStatus.DRAFT:
        return DisplayStatus(status.value)
    if missing == 0:
        return DisplayStatus.READY
    return DisplayStatus.IN_PROGRESS if has_text else DisplayStatus.NOT_STARTED
