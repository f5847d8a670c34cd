"""Refuse a text that names a client it must not name; the findings say where."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from groupnotes import deid
from groupnotes.core.errors import Invalid
from groupnotes.notes.opening import GroupNoteText
from groupnotes.notes.readiness import IndividualContent

SHARED = (
    "This text goes into every attendee’s record, so it must name no client: "
    "use “a member” for the marked words."
)
INDIVIDUAL = (
    "This text goes into one client’s record, so it must not name another client: "
    "use “another member” for the marked words."
)


class NamesFound(Invalid):
    """A client is named; ``findings`` maps each field to what was found in its text."""

    def __init__(self, sentence: str, findings: Mapping[str, list[deid.Finding]]) -> None:
        super().__init__(dict.fromkeys(findings, sentence))
        self.findings = dict(findings)


def shared_texts(text: GroupNoteText) -> dict[str, str]:
    """Return the free texts of a group note by field."""
    return {
        "topic": text.topic,
        "interventions_other": text.interventions_other,
        "dynamics": text.dynamics,
        "plan": text.plan,
    }


def individual_texts(content: IndividualContent) -> dict[str, str]:
    """Return the free texts of an individual note by field."""
    texts = {
        "response": content.response,
        "group_response": content.group_response,
        "risk_action": content.risk_action,
        "plan": content.plan,
    }
    return texts | {f"evidence-{row.objective_id}": row.evidence for row in content.progress}


Findings = Mapping[str, list[deid.Finding]]


class NameCheck:
    """Finds whom the texts of one session must not name; prepared once for many of them."""

    def __init__(self, roster: deid.Roster) -> None:
        self._roster = roster
        self._glance = deid.Glance(roster)

    def in_group_note(self, text: GroupNoteText) -> Findings:
        """Return, by field, what names anyone of the roster."""
        texts = shared_texts(text)
        if not self._glance.may_name(texts.values()):
            return {}
        return _blocked(texts, self._roster)

    def in_note(self, content: IndividualContent, client_id: uuid.UUID) -> Findings:
        """Return, by field, what names anyone but the client whose note it is."""
        texts = individual_texts(content)
        if not self._glance.may_name(texts.values(), but=client_id):
            return {}
        return _blocked(texts, deid.others_of(self._roster, client_id))


def refuse_names_in_group_note(text: GroupNoteText, roster: deid.Roster) -> None:
    """Raise NamesFound when the group note names anyone of the group."""
    if found := NameCheck(roster).in_group_note(text):
        raise NamesFound(SHARED, found)


def refuse_names_in_note(
    content: IndividualContent, client_id: uuid.UUID, roster: deid.Roster
) -> None:
    """Raise NamesFound when the note of one client names another client of the session."""
    if found := NameCheck(roster).in_note(content, client_id):
        raise NamesFound(INDIVIDUAL, found)


def _blocked(texts: Mapping[str, str], roster: deid.Roster) -> Findings:
    index = deid.index(roster)
    found = {name: deid.check(text, index) for name, text in texts.items() if text}
    return {
        name: findings
        for name, findings in found.items()
        if any(finding.level is deid.Level.BLOCK for finding in findings)
    }
