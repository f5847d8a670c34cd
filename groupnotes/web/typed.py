"""The words in a request that was refused, for its sender to copy."""

from __future__ import annotations

import re

from flask import request

_SECRET = re.compile(r"password|token")
_OURS = frozenset(
    {
        "arrange",
        "edit",
        "fill",
        "from_session",
        "key",
        "notes",
        "replace",
        "returned",
        "revision",
        "seen",
        "then",
        "version",
    }
)
_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# What a page offers to choose from. By the field and not by the value: "quiet" may be all that
# somebody wrote. A choice that is missing here is shown too, and nothing is lost.
_CHOICES = re.compile(
    r"(status|rating)-.*|engagement_.*|risk_level|status|modality|kind|is_open|roles?|active"
    r"|therapeutic"
)
_TAIL = re.compile(rf"-{_ID}$")


def typed_words() -> list[tuple[str, str]]:
    """Return the label and the text of each field in which something was typed."""
    if request.method != "POST":
        return []
    return [
        (_label(name), value)
        for name, value in request.form.items(multi=True)
        if value and not _is_ours(name) and not re.fullmatch(_ID, value)
    ]


def _is_ours(name: str) -> bool:
    return bool(name in _OURS or _SECRET.search(name) or _CHOICES.fullmatch(name))


def _label(name: str) -> str:
    return _TAIL.sub("", name).replace("_", " ").replace("-", " ").capitalize()
