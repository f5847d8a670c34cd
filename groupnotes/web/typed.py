"""The words in a request that was refused, for its sender to copy."""

from __future__ import annotations

import re

from flask import request

_SECRET = re.compile(r"password|token")
_OURS = frozenset({"key", "version", "edit", "fill", "replace", "from_session"})
_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# What a page offers to choose from: codes such as ``left_early``, and ids.
_CHOSEN = re.compile(rf"[a-z_-]*|{_ID}.*")
_TAIL = re.compile(rf"-{_ID}$")


def typed_words() -> list[tuple[str, str]]:
    """Return the label and the text of each field in which something was typed."""
    if request.method != "POST":
        return []
    return [
        (_label(name), value)
        for name, value in request.form.items(multi=True)
        if not (name in _OURS or _SECRET.search(name) or _CHOSEN.fullmatch(value))
    ]


def _label(name: str) -> str:
    return _TAIL.sub("", name).replace("_", " ").replace("-", " ").capitalize()
