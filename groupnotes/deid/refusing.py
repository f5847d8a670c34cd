"""Refuse texts that name someone they must not name; the findings say where."""

from collections.abc import Mapping
from uuid import UUID

from groupnotes.core.errors import Invalid
from groupnotes.deid.circumstances import INDIVIDUAL_NOTE, Circumstances, Scope
from groupnotes.deid.engine import check
from groupnotes.deid.findings import Finding, Level
from groupnotes.deid.glance import is_harmless
from groupnotes.deid.index import RosterIndex, index
from groupnotes.deid.roster import Roster

INDIVIDUAL = (
    "This text goes into one client’s record, so it must not name another client: "
    "use “another member” for the marked words."
)


class NamesFound(Invalid):
    """A client is named; ``findings`` maps each field to what was found in its text."""

    def __init__(self, sentence: str, findings: Mapping[str, list[Finding]]) -> None:
        super().__init__(dict.fromkeys(findings, sentence))
        self.findings = dict(findings)


Findings = Mapping[str, list[Finding]]


class NameCheck:
    """Finds which texts surely name someone on a roster; made once for many of them."""

    def __init__(self, roster: Roster, circumstances: Circumstances = INDIVIDUAL_NOTE) -> None:
        self._roster = index(roster)
        self._circumstances = circumstances

    def found(self, texts: Mapping[str, str], *, but: UUID | None = None) -> Findings:
        """Return the findings by field; the person ``but`` may be named."""
        roster = self._roster.about(but)
        found = {name: self._check(text, roster) for name, text in texts.items() if text}
        return {
            name: findings
            for name, findings in found.items()
            if any(finding.level is Level.BLOCK for finding in findings)
        }

    def _check(self, text: str, roster: RosterIndex) -> list[Finding]:
        if self._circumstances.scope is Scope.INDIVIDUAL and is_harmless(text, roster):
            return []
        return check(text, roster, self._circumstances)


def refuse_names(
    sentence: str,
    texts: Mapping[str, str],
    roster: Roster,
    circumstances: Circumstances = INDIVIDUAL_NOTE,
) -> None:
    """Raise NamesFound, with ``sentence``, for the fields whose text surely names someone.

    In an individual note, and unless told otherwise, that is anyone of the roster; in a shared
    text it is whatever identifies someone.
    """
    if found := NameCheck(roster, circumstances).found(texts):
        raise NamesFound(sentence, found)
