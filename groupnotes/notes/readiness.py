"""What stands between a draft and its signature, each with the way out.

The rules are those that payers deny a group progress note for: participation and response of
this client, a diagnosis, progress on an objective of the plan, risk with its action, the plan.
"""

import datetime as dt
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from groupnotes.notes.vocabulary import EngagementLevel, EngagementQuality, Rating, RiskLevel

_SOME = UUID(int=0)  # which one does not matter


class ObjectiveProgress(NamedTuple):
    """One open objective as the note has it: not rated until someone rates it."""

    objective_id: UUID
    rating: Rating | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndividualContent:
    """All that a clinician writes in one client's note."""

    engagement_level: EngagementLevel | None = None
    engagement_qualities: tuple[EngagementQuality, ...] = ()
    response: str = ""
    group_response: str = ""
    diagnoses_addressed: tuple[UUID, ...] = ()
    progress: tuple[ObjectiveProgress, ...] = ()
    risk_level: RiskLevel | None = None
    risk_action: str = ""
    plan: str = ""

    def progress_by_objective(self) -> dict[UUID, ObjectiveProgress]:
        """Give the progress of each objective by its id."""
        return {row.objective_id: row for row in self.progress}


class Missing(NamedTuple):
    """One thing to do before signing; ``objective_id`` where it concerns one objective."""

    field: str
    sentence: str
    objective_id: UUID | None = None


def missing(content: IndividualContent) -> list[Missing]:
    """List what is still to do, in the order of the form; empty when the note can be signed."""
    return [
        *_participation(content),
        *_progress(content),
        *_risk(content),
        *_unless(_is_written(content.plan), "plan", "Add what happens next for this client."),
    ]


@functools.cache
def missing_at_first(*, diagnosed: bool, planned: bool) -> int:
    """Count what is to do in a new note, with any diagnosis or any objective to start from."""
    diagnoses = (_SOME,) if diagnosed else ()
    progress = (ObjectiveProgress(_SOME),) if planned else ()
    return len(missing(IndividualContent(diagnoses_addressed=diagnoses, progress=progress)))


def has_text(content: IndividualContent) -> bool:
    """Tell whether anyone has entered anything yet; diagnoses are there from the start."""
    texts = (content.response, content.group_response, content.risk_action, content.plan)
    choices = (content.engagement_level, content.risk_level)
    return (
        any(_is_written(text) for text in texts)
        or any(choice is not None for choice in choices)
        or bool(content.engagement_qualities)
        or any(_is_rated(row) or _is_written(row.evidence) for row in content.progress)
    )


def too_early(ends_at: dt.datetime, now: dt.datetime) -> Missing | None:
    """Refuse a signature before the session's stop: nobody can attest to what has yet to happen."""
    if ends_at <= now:
        return None
    return Missing("session", "Sign this note after the session has ended.")


def _participation(content: IndividualContent) -> Iterator[Missing]:
    yield from _unless(
        content.engagement_level is not None,
        "engagement_level",
        "Choose how much this client took part.",
    )
    yield from _unless(
        _is_written(content.response), "response", "Add what this client said or did."
    )
    yield from _unless(
        bool(content.diagnoses_addressed),
        "diagnoses_addressed",
        "Choose at least one diagnosis that this session addressed.",
    )


def _progress(content: IndividualContent) -> Iterator[Missing]:
    if content.progress and not any(_is_rated(row) for row in content.progress):
        yield Missing("progress", "Rate this client's progress on at least one objective.")
    for row in content.progress:
        if _is_rated(row) and not _is_written(row.evidence):
            sentence = "Add what you saw or heard that shows this rating."
            yield Missing("evidence", sentence, row.objective_id)
        if not _is_rated(row) and _is_written(row.evidence):
            sentence = "Choose a rating for the evidence you wrote, or clear the evidence."
            yield Missing("rating", sentence, row.objective_id)


def _risk(content: IndividualContent) -> Iterator[Missing]:
    yield from _unless(
        content.risk_level is not None,
        "risk_level",
        "Choose whether you found a risk to this client or to others.",
    )
    if content.risk_level is RiskLevel.PRESENT:
        yield from _unless(
            _is_written(content.risk_action), "risk_action", "Add what was done about the risk."
        )
    if content.risk_level is RiskLevel.NONE and _is_written(content.risk_action):
        sentence = "Choose “Risk present” for the action you wrote, or clear the action."
        yield Missing("risk_level", sentence)


def _unless(done: bool, field: str, sentence: str) -> Iterator[Missing]:  # noqa: FBT001
    if not done:
        yield Missing(field, sentence)


def _is_rated(row: ObjectiveProgress) -> bool:
    return row.rating is not None


def _is_written(text: str) -> bool:
    """Tell whether a reader would see anything: blanks and hidden characters are nothing."""
    return any(character.isprintable() and not character.isspace() for character in text)
