"""Refuse texts that name someone they must not name; the findings say where."""

from collections.abc import Collection, Iterable, Mapping

from groupnotes.core.errors import Invalid
from groupnotes.deid.circumstances import INDIVIDUAL_NOTE, Circumstances, Scope
from groupnotes.deid.engine import check
from groupnotes.deid.findings import Finding
from groupnotes.deid.glance import is_harmless
from groupnotes.deid.index import RosterIndex, index
from groupnotes.deid.roster import Roster

INDIVIDUAL = (
    "This text goes into one client’s record, so it must not name another client: "
    "use “another member” for the marked words."
)


class NamesFound(Invalid):
    """A client is named; ``findings`` maps each field to what was found in its text.

    ``blocked`` are the fields that are refused, if not all of them.
    """

    def __init__(
        self,
        sentence: str,
        findings: Mapping[str, list[Finding]],
        blocked: Collection[str] | None = None,
    ) -> None:
        super().__init__(dict.fromkeys(findings if blocked is None else blocked, sentence))
        self.findings = dict(findings)


Findings = Mapping[str, list[Finding]]


def findings_in(
    texts: Mapping[str, str], roster: RosterIndex, circumstances: Circumstances
) -> Findings:
    """Return what identifies someone, by field; fields without anything are left out."""
    found = {name: _look(text, roster, circumstances) for name, text in texts.items() if text}
    return {name: findings for name, findings in found.items() if findings}


def is_blocked(findings: Iterable[Finding]) -> bool:
    """Say whether a text with these findings may not be filed."""
    return any(map(Finding.is_block, findings))


def _look(text: str, roster: RosterIndex, circumstances: Circumstances) -> list[Finding]:
    if circumstances.scope is Scope.INDIVIDUAL and is_harmless(text, roster):
        return []
    return check(text, roster, circumstances)


def refuse_names(
    sentence: str,
    texts: Mapping[str, str],
    roster: Roster | RosterIndex,
    circumstances: Circumstances = INDIVIDUAL_NOTE,
) -> None:
    """Raise NamesFound, with ``sentence``, for the fields whose text surely names someone.

    In an individual note, and unless told otherwise, that is anyone of the roster; in a shared
    text it is whatever identifies someone.
    """
    prepared = roster if isinstance(roster, RosterIndex) else index(roster)
    found = findings_in(texts, prepared, circumstances)
    blocked = {name: findings for name, findings in found.items() if is_blocked(findings)}
    if blocked:
        raise NamesFound(sentence, blocked)
