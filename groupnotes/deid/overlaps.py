"""Make findings that lie over each other one."""

from collections.abc import Iterable
from dataclasses import replace

from groupnotes.deid.findings import Finding, Level


def settled(findings: Iterable[Finding]) -> list[Finding]:
    """Give findings in the order of the text, none over another and no letter of any lost.

    Of several that overlap the first given says what it is: give the surest rules first.
    The level is that of the most certain among them.
    """
    ranked = sorted(enumerate(findings), key=lambda pair: (pair[1].start, -pair[1].end))
    apart: list[tuple[int, Finding]] = []
    for rank, found in ranked:
        if not apart or found.start >= apart[-1][1].end:
            apart.append((rank, found))
            continue
        apart[-1] = _joined(apart[-1], (rank, found))
    return [found for _, found in apart]


def _joined(left: tuple[int, Finding], right: tuple[int, Finding]) -> tuple[int, Finding]:
    rank, surest = min(left, right, key=lambda pair: pair[0])
    blocks = Level.BLOCK in {left[1].level, right[1].level}
    return rank, replace(
        surest,
        start=min(left[1].start, right[1].start),
        end=max(left[1].end, right[1].end),
        level=Level.BLOCK if blocks else Level.REVIEW,
    )
