"""The states of an individual note, and what a page calls them."""

from enum import StrEnum


class NoteStatus(StrEnum):
    """What is stored. A note of someone who turned out to be absent is set aside, never erased."""

    DRAFT = "draft"
    SIGNED = "signed"
    SET_ASIDE = "set_aside"


class DisplayStatus(StrEnum):
    """What a worklist shows; computed, never stored."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    READY = "ready"
    SIGNED = "signed"
    SET_ASIDE = "set_aside"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    DisplayStatus.NOT_STARTED: "Not started",
    DisplayStatus.IN_PROGRESS: "In progress",
    DisplayStatus.READY: "Ready to sign",
    DisplayStatus.SIGNED: "Signed",
    DisplayStatus.SET_ASIDE: "Set aside",
}


def display_status(status: NoteStatus, *, has_text: bool, missing: int) -> DisplayStatus:
    """Tell how far a note is; ``missing`` counts what ``readiness.missing`` lists."""
    if status is not NoteStatus.DRAFT:
        return DisplayStatus(status.value)
    if missing == 0:
        return DisplayStatus.READY
    return DisplayStatus.IN_PROGRESS if has_text else DisplayStatus.NOT_STARTED
