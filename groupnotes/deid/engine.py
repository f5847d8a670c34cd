"""Run every rule over a text."""

from groupnotes.deid.circumstances import SHARED, Circumstances
from groupnotes.deid.findings import Finding
from groupnotes.deid.folding import fold
from groupnotes.deid.index import RosterIndex, index
from groupnotes.deid.names import names_in
from groupnotes.deid.overlaps import apart
from groupnotes.deid.roster import Roster


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
    return apart(seen.findings)
