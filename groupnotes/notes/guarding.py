"""Refuse a text that names a client it must not name; the findings say where."""

from __future__ import annotations

import uuid
from typing import Protocol

from groupnotes import deid
from groupnotes.notes.opening import GroupNoteText
from groupnotes.notes.readiness import IndividualContent

SHARED = (
    "This text goes into every attendee’s record, so it must name no client: "
    "use “a member” for the marked words."
)


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


def refuse_names_in_group_note(text: GroupNoteText, roster: deid.Roster) -> None:
    """Raise NamesFound when the group note names anyone of the group."""
    deid.refuse_names(SHARED, shared_texts(text), roster)


def refuse_names_in_note(
    content: IndividualContent, client_id: uuid.UUID, roster: deid.Roster
) -> None:
    """Raise NamesFound when the note of one client names another client of the session."""
    texts = individual_texts(content)
    deid.refuse_names(deid.INDIVIDUAL, texts, deid.others_of(roster, client_id))
