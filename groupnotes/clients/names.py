"""How a client is named on a page, and found by a name; pure."""

from __future__ import annotations

from collections.abc import Iterable

from groupnotes.deid.folding import fold


def full_name(first: str, last: str, preferred: str | None) -> str:
    """Write the legal name, with the preferred one in quotes where there is one."""
    return f"{first} “{preferred}” {last}" if preferred else f"{first} {last}"


def is_named(words: Iterable[str], names: Iterable[str | None]) -> bool:
    """Say whether each of the folded ``words`` is part of one of ``names``."""
    folded = [fold(name).text for name in names if name]
    return all(any(word in name for name in folded) for word in words)


def words_of(query: str) -> tuple[str, ...]:
    """Return the words of a search as ``is_named`` wants them: without case and accents."""
    return tuple(fold(query).text.split())
