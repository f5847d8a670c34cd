"""Run every rule over a text."""

from collections.abc import Iterable

from groupnotes.deid.circumstances import SHARED, Circumstances
from groupnotes.deid.findings import Finding
from groupnotes.deid.folding import fold
from groupnotes.deid.index import RosterIndex, index
from groupnotes.deid.names import names_in
from groupnotes.deid.roster import Roster


def check(
    text: str, roster: Roster | RosterIndex, circumstances: Circumstances = SHARED
) -> list[Finding]:
    """List what in ``text`` identifies someone, in the order of the text.

    Findings never overlap. Any text is taken, and in time linear in its length. For several
    texts with one roster, prepare it once with ``index``.
    """
    prepared = index(roster) if isinstance(roster, Roster) else roster
    return _apart(names_in(text, fold(text), prepared))


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    """Put the findings in the order of the text."""
    return sorted(findings, key=lambda found: found.start)
