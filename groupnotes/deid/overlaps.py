"""Put findings that overlap together, so that no letter of any of them is left uncovered."""

from collections.abc import Iterable
from dataclasses import replace

from groupnotes.deid.findings import Category, Finding, Level

_OF_ROSTER = "roster."
_WORDS = frozenset({Category.NAME_OTHER, Category.PLACE, Category.ORG})


def apart(findings: Iterable[Finding]) -> list[Finding]:
    """Give findings that do not overlap, in the order of the text.

    Of several in one place the weightiest names what was found, and the place is all of theirs.
    """
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda found: (found.start, -found.end)):
        if kept and finding.start < kept[-1].end:
            kept[-1] = _together(kept[-1], finding)
        else:
            kept.append(finding)
    return kept


def _together(one: Finding, other: Finding) -> Finding:
    weightier = max(one, other, key=_weight)
    blocks = Level.BLOCK in {one.level, other.level}
    return replace(
        weightier,
        start=min(one.start, other.start),
        end=max(one.end, other.end),
        level=Level.BLOCK if blocks else Level.REVIEW,
    )


def _weight(finding: Finding) -> tuple[bool, bool, int, int]:
    """Weigh a block more than a review, the roster more than others, and then the widest.

    A number or an address that holds a name is more than the name.
    """
    structured = finding.category not in _WORDS
    return (
        finding.level is Level.BLOCK,
        finding.rule.startswith(_OF_ROSTER) or structured,
        finding.end - finding.start,
        int(finding.rule.startswith(_OF_ROSTER)),
    )
