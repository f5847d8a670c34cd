"""The states of an individual note: which may follow which, and what a page calls them."""

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

_NEXT = {
    NoteStatus.DRAFT: frozenset({NoteStatus.SIGNED, NoteStatus.SET_ASIDE}),
    NoteStatus.SET_ASIDE: frozenset({NoteStatus.DRAFT}),
    NoteStatus.SIGNED: frozenset[NoteStatus](),
}

_REFUSALS = {
    (NoteStatus.SIGNED, NoteStatus.SET_ASIDE): (
        "This note is signed and stays in the record, so the client cannot be marked absent."
    ),
    (NoteStatus.SIGNED, NoteStatus.SIGNED): "This note is signed already.",
    (NoteStatus.SET_ASIDE, NoteStatus.SIGNED): (
        "This note is set aside because the client is marked absent; correct the attendance first."
    ),
    (NoteStatus.SET_ASIDE, NoteStatus.SET_ASIDE): "This note is set aside already.",
    (NoteStatus.DRAFT, NoteStatus.DRAFT): "This note is a draft already.",
}
_LOCKED = "This note is signed and cannot be changed."


def may_become(now: NoteStatus, then: NoteStatus) -> bool:
    return then in _NEXT[now]


def refusal(now: NoteStatus, then: NoteStatus) -> str | None:
    """Say why a note cannot go from ``now`` to ``then``, or None when it can."""
    return None if may_become(now, then) else _REFUSALS.get((now, then), _LOCKED)


def display_status(status: NoteStatus, *, has_text: bool, missing: int) -> DisplayStatus:
    """Tell how far a note is; ``missing`` counts what ``readiness.missing`` lists."""
    if status is not NoteStatus.DRAFT:
        return DisplayStatus(status.value)
    if missing == 0:
        return DisplayStatus.READY
    return DisplayStatus.IN_PROGRESS if has_text else DisplayStatus.NOT_STARTED
