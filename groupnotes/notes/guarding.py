"""Whom a note's texts identify that they must not; the findings say where."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Protocol

from groupnotes import deid
from groupnotes.identity import decisions
from groupnotes.identity.rosters import Around
from groupnotes.notes.readiness import IndividualContent

SHARED = (
    "This text goes into every attendee’s record, so it must name no client and identify "
    "nobody: use other words for the marked ones."
)
Findings = deid.Findings


class SharedText(Protocol):
    """A group note, as it is written or as it was signed."""

    @property
    def topic(self) -> str: ...

    @property
    def interventions_other(self) -> str: ...

    @property
    def dynamics(self) -> str: ...

    @property
    def plan(self) -> str: ...


def shared_texts(text: SharedText) -> dict[str, str]:
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


def in_group_note(
    text: SharedText, around: Around, held_on: dt.date, session_id: uuid.UUID
) -> Findings:
    """Return what identifies someone in a group note, by field, and is not decided about."""
    texts = shared_texts(text)
    return _open_in(texts, around.in_shared(texts, held_on), session_id)


def in_note(
    content: IndividualContent, around: Around, client_id: uuid.UUID, note_id: uuid.UUID
) -> Findings:
    """Return what points at another client, or someone around one, in the note of one client."""
    return in_texts(individual_texts(content), around, client_id, note_id)


def in_texts(
    texts: Mapping[str, str], around: Around, client_id: uuid.UUID, note_id: uuid.UUID
) -> Findings:
    """Return the same of other texts that are in one client's record alone."""
    return _open_in(texts, around.in_individual(texts, client_id), None, note_id)


def in_record(
    texts: Mapping[str, str], roster: deid.RosterIndex, session_id: uuid.UUID, note_id: uuid.UUID
) -> Findings:
    """Return what in a signed record names anyone of ``roster``, and is not decided about."""
    found = deid.findings_in(texts, roster, deid.INDIVIDUAL_NOTE)
    return _open_in(texts, found, session_id, note_id)


def refuse(sentence: str, findings: Findings) -> None:
    """Raise NamesFound if a text may not be kept as it is; reviews come with what blocks."""
    blocked = {name for name, found in findings.items() if deid.is_blocked(found)}
    if blocked:
        raise deid.NamesFound(sentence, findings, blocked)


def _open_in(
    texts: Mapping[str, str],
    findings: Findings,
    session_id: uuid.UUID | None,
    *note_ids: uuid.UUID,
) -> Findings:
    """Leave out what was decided about; most texts have nothing to ask that for."""
    if not findings:
        return findings
    decided = decisions.made(session_id, *note_ids)
    left = {name: decided.open_in(texts[name], found) for name, found in findings.items()}
    return {name: found for name, found in left.items() if found}
