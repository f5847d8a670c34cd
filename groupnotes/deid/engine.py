"""Run every rule over a text."""

from collections.abc import Iterator

from groupnotes.deid.circumstances import SHARED, Circumstances, Scope
from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.folding import fold
from groupnotes.deid.identifiers import identifiers_in
from groupnotes.deid.index import RosterIndex, index
from groupnotes.deid.names import Seen, names_in
from groupnotes.deid.overlaps import settled
from groupnotes.deid.roster import Roster

_OF_ROSTER = "roster."
_WORDS = frozenset({Category.NAME_ROSTER, Category.NAME_OTHER, Category.PLACE, Category.ORG})


def check(
    text: str, roster: Roster | RosterIndex, circumstances: Circumstances = SHARED
) -> list[Finding]:
    """List what in ``text`` identifies someone, in the order of the text.

    Findings never overlap. Any text is taken, and in time linear in its length. For several
    texts with one roster, prepare it once with ``index``.
    """
    prepared = index(roster) if isinstance(roster, Roster) else roster
    folded = fold(text)
    seen = names_in(text, folded, prepared)
    found = seen.findings
    if circumstances.scope is Scope.SHARED:
        found += _unless_allowed(identifiers_in(text, folded, circumstances), seen)
    return settled(sorted(found, key=_weight, reverse=True))


def _unless_allowed(found: Iterator[Finding], seen: Seen) -> Iterator[Finding]:
    """Pass over what is no more than the name of staff or of whom the text is about."""
    for finding in found:
        if not any(start <= finding.start and finding.end <= end for start, end in seen.allowed):
            yield finding


def _weight(finding: Finding) -> tuple[bool, bool, int]:
    """Weigh a block more than a review, the roster more than other names, and then the widest.

    A number or an address that holds a name is more than the name.
    """
    of_roster = finding.rule.startswith(_OF_ROSTER)
    return (
        finding.level is Level.BLOCK,
        of_roster or finding.category not in _WORDS,
        finding.end - finding.start,
    )
