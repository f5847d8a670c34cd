"""Names and lists as they are sealed: one text a column."""

from __future__ import annotations

from collections.abc import Iterable


def lines(values: Iterable[str]) -> str:
    """Write a list as one text, an entry a line."""
    return "\n".join(values)


def entries(text: str | None) -> tuple[str, ...]:
    """Read a list that ``lines`` wrote."""
    return tuple(line for line in (text or "").split("\n") if line)
