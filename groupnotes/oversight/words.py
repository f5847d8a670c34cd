"""How what was done reads: a tag of the log in a reader's words; pure."""

from __future__ import annotations

_DONE = {
    "bring-back": "brought back",
    "caseload-edit": "caseload changed",
    "clear": "cleared",
    "confirm": "confirmed",
    "create": "made",
    "draft": "draft kept",
    "edit": "changed",
    "end": "ended",
    "export": "taken as a file",
    "lift": "lifted",
    "list": "listed",
    "place": "placed",
    "print": "printed",
    "propose": "proposed",
    "read": "opened",
    "refresh": "refreshed",
    "schedule": "scheduled",
    "set-aside": "set aside",
    "sign": "signed",
    "withdraw": "withdrawn",
    "write": "written",
}
_SUBJECTS = {"audit": "audit log"}


def done(tag: str) -> str:
    """Return ``note:read`` as "Note opened"; an action of no such word stands as it is."""
    subject, _, action = tag.partition(":")
    word = _DONE.get(action, action.replace("-", " "))
    named = _SUBJECTS.get(subject, subject.replace("-", " "))
    return f"{named} {word}".strip().capitalize()
