"""How what was done reads: a tag of the log in a reader's words; pure."""

from __future__ import annotations

_DONE = {
    "acknowledge": "acknowledged",
    "add": "added to",
    "begin": "begun",
    "bring-back": "brought back",
    "caseload-edit": "caseload changed",
    "clear": "cleared",
    "co-sign": "co-signed",
    "confirm": "confirmed",
    "create": "made",
    "destroy": "destroyed",
    "draft": "draft kept",
    "edit": "changed",
    "end": "ended",
    "enter-in-error": "entered in error",
    "export": "taken as a file",
    "leave-out": "left out",
    "lift": "lifted",
    "list": "listed",
    "password-change": "password changed",
    "password-confirm": "password confirmed",
    "password-renew": "password renewed by somebody else",
    "place": "placed",
    "print": "printed",
    "propose": "proposed",
    "read": "opened",
    "refresh": "refreshed",
    "return": "returned to its author",
    "review": "reviewed",
    "schedule": "scheduled",
    "set-aside": "set aside",
    "sign": "signed",
    "verify": "verified",
    "withdraw": "withdrawn",
    "write": "written",
}
_WHOLE = {
    "emergency:read": "Notice of an emergency access shown",
    "identifier:dismiss": "Words said to identify nobody",
    "psychotherapy-note:offer": "Psychotherapy note to be begun",
    "identifier:keep": "Words kept that identify someone",
}
_SUBJECTS = {"audit": "audit log", "emergency": "emergency access"}


def done(tag: str) -> str:
    """Return ``note:read`` as "Note opened"; an action of no such word stands as it is."""
    if tag in _WHOLE:
        return _WHOLE[tag]
    subject, _, action = tag.partition(":")
    word = _DONE.get(action, action.replace("-", " "))
    named = _SUBJECTS.get(subject, subject.replace("-", " "))
    return f"{named} {word}".strip().capitalize()


def done_to(tag: str, *, in_emergency: bool) -> str:
    """Return what was done with a client's record, and whether that rests on an emergency."""
    of_itself = tag.startswith("emergency:")
    return f"{done(tag)} in an emergency access" if in_emergency and not of_itself else done(tag)
