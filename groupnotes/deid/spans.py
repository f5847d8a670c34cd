"""Stretches of a text, asked whether they hold another."""

from bisect import bisect_right
from collections.abc import Iterable


class Spans:
    """Stretches put together where they overlap; ends are exclusive."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        """Tell whether any of them has a character of a stretch."""
        at = bisect_right(self._starts, start)
        if at and self._ends[at - 1] > start:
            return True
        return at < len(self._starts) and self._starts[at] < end

    def cover(self, start: int, end: int) -> bool:
        """Tell whether one of them has all of a stretch."""
        at = bisect_right(self._starts, start)
        return bool(at) and self._ends[at - 1] >= end
