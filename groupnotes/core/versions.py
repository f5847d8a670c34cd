"""Nobody edits what they did not see: every change carries the version it was made from."""

from __future__ import annotations

from typing import Any

from groupnotes.core.errors import Conflict

_CHANGED = (
    "Someone else changed this after you opened the form, so nothing was saved. "
    "What you typed is still in it: open the page again, compare, and save."
)


def require_seen(row: Any, seen_version: int) -> None:
    """Raise Conflict unless ``row`` is still the version that the sender's page showed."""
    if row.version != seen_version:
        raise Conflict(_CHANGED)
