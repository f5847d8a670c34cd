"""Run every rule over a text."""

from collections.abc import Iterable, Sequence

from groupnotes.deid.circumstances import SHARED, Circumstances, Scope
from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.folding import Folded, fold
from groupnotes.deid.index import RosterIndex, index
from groupnotes.deid.overlaps import settled
from groupnotes.deid.practice import allowed_in, denied_in
from groupnotes.deid.roster import Roster
from groupnotes.deid.spans import Spans

_OF_ROSTER = "roster."
_WORDS = frozenset({Category.NAME_ROSTER, Category.NAME_OTHER, Category.PLACE, Category.ORG})


def check(
    text: str, roster: Roster | RosterIndex, circumstances: Circumstances = SHARED
) -> list[Finding]:
    """List what in ``text`` identifies someone, in the order of the text.

    Findings never overlap. Any text is taken, and in time linear in its length. For several
    texts with one roster, prepare it once with ``index``.
    """
    # What reads a text is imported with the first text: starting does not wait for it.
    from groupnotes.deid.members.names import names_in  # noqa: PLC0415

    prepared = index(roster) if isinstance(roster, Roster) else roster
    folded = fold(text)
    seen = names_in(text, folded, prepared)
    found = _but_allowed(seen.findings, folded, circumstances)
    found += denied_in(text, folded, circumstances)
    if circumstances.scope is Scope.SHARED:
        found += _shared(text, folded, seen.allowed, found, circumstances)
    return settled(sorted(found, key=_weight, reverse=True))


def _but_allowed(
    findings: Iterable[Finding], folded: Folded, circumstances: Circumstances
) -> list[Finding]:
    """Leave out what is only for review and a word of the practice; a sure name stays."""
    allowed = Spans(allowed_in(folded, circumstances))
    return [
        one for one in findings if one.level is Level.BLOCK or not allowed.cover(one.start, one.end)
    ]


def _shared(
    text: str,
    folded: Folded,
    allowed: Sequence[tuple[int, int]],
    named: Sequence[Finding],
    circumstances: Circumstances,
) -> list[Finding]:
    """Find what needs no roster, but for staff and whom the text is about."""
    from groupnotes.deid.identifiers import identifiers_in  # noqa: PLC0415 - as above
    from groupnotes.deid.strangers import strangers_in  # noqa: PLC0415

    may_stand = Spans(allowed)
    identifiers = [
        one
        for one in identifiers_in(text, folded, circumstances)
        if not may_stand.cover(one.start, one.end)
    ]
    explained = Spans([*allowed, *_spans(named), *_spans(identifiers)])
    return [*identifiers, *strangers_in(text, folded, explained.touch, circumstances)]


def _spans(findings: Iterable[Finding]) -> list[tuple[int, int]]:
    return [(finding.start, finding.end) for finding in findings]


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
