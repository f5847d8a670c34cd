"""Refuse texts that name someone they must not name; the findings say where."""

from collections.abc import Mapping
from uuid import UUID

from groupnotes.core.errors import Invalid
from groupnotes.deid.engine import check
from groupnotes.deid.findings import Finding, Level
from groupnotes.deid.glance import Glance
from groupnotes.deid.index import index
from groupnotes.deid.roster import Roster, others_of

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

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._glance = Glance(roster)

    def found(self, texts: Mapping[str, str], *, but: UUID | None = None) -> Findings:
        """Return the findings by field; the person ``but`` may be named."""
        if not self._glance.may_name(texts.values(), but=but):
            return {}
        prepared = index(self._roster if but is None else others_of(self._roster, but))
        found = {name: check(text, prepared) for name, text in texts.items() if text}
        return {
            name: findings
            for name, findings in found.items()
            if any(finding.level is Level.BLOCK for finding in findings)
        }


def refuse_names(sentence: str, texts: Mapping[str, str], roster: Roster) -> None:
    """Raise NamesFound, with ``sentence``, for the fields whose text surely names someone."""
    if found := NameCheck(roster).found(texts):
        raise NamesFound(sentence, found)
