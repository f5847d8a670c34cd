"""What was written about the demo's sessions: the shared notes and each attendee's own."""

from datetime import datetime
from typing import Any

from groupnotes.cli.demo.content import Client, GroupNote, IndividualNote, ObjectiveProgress


def group_note_of(source: dict[str, Any]) -> GroupNote:
    return GroupNote(
        topic=source["topic"],
        interventions=tuple(source["interventions"]),
        interventions_other=source["other"],
        dynamics=source["dynamics"],
        plan=source["plan"],
    )


def individual_note_of(
    client: Client, source: dict[str, Any], *, author: str, signed_at: datetime
) -> IndividualNote:
    progress = tuple(
        ObjectiveProgress(objective.key, *source[objective.key])
        for objective in client.plan.objectives
        if objective.key in source
    )
    risk_action = source.get("risk", "")
    return IndividualNote(
        client=client.key,
        author=author,
        engagement_level=source["level"],
        engagement_qualities=tuple(source["qualities"]),
        response=source["response"],
        group_response=source["group"],
        diagnoses=_diagnoses_addressed(client, progress),
        progress=progress,
        risk_level="present" if risk_action else "none",
        risk_action=risk_action,
        plan=source["plan"],
        signed_at=signed_at,
    )


def _diagnoses_addressed(
    client: Client, progress: tuple[ObjectiveProgress, ...]
) -> tuple[str, ...]:
    """Return the diagnoses of the problems worked on, in the order of the client's list."""
    rated = {entry.objective for entry in progress}
    codes = {
        code
        for problem in client.plan.problems
        for goal in problem.goals
        if rated.intersection(objective.key for objective in goal.objectives)
        for code in problem.diagnoses
    }
    return tuple(entry.code for entry in client.diagnoses if entry.code in codes)
