"""Run every rule over a text."""

from groupnotes.deid.findings import Finding
from groupnotes.deid.folding import fold
from groupnotes.deid.index import RosterIndex, index
from groupnotes.deid.names import names_in
from groupnotes.deid.roster import Roster


def check(text: str, roster: Roster | RosterIndex) -> list[Finding]:
    """List where ``text`` names someone of the roster, in the order of the text.

    Findings never overlap. Any text is taken, and in time linear in its length. For several
    texts with one roster, prepare it once with ``index``.
    """
    prepared = index(roster) if isinstance(roster, Roster) else roster
    return list(names_in(text, fold(text), prepared))
