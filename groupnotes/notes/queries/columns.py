"""The columns that the questions of this feature, and of those above it, ask for alike."""

from __future__ import annotations

import sqlalchemy as sa

from groupnotes.notes.models import GroupNoteRevision, IndividualNote
from groupnotes.sessions.models import GroupSession

# Of the newest revision of a session's group note: what a draft shows.
NEWEST = sa.and_(
    GroupNoteRevision.session_id == GroupSession.id,
    GroupNoteRevision.number == GroupSession.revision,
)
GROUP_NOTE = (
    GroupNoteRevision.id.label("revision_id"),
    GroupNoteRevision.created_at.label("revised_at"),
    GroupNoteRevision.topic_sealed.label("topic"),
    GroupNoteRevision.interventions_sealed.label("interventions"),
    GroupNoteRevision.interventions_other_sealed.label("interventions_other"),
    GroupNoteRevision.dynamics_sealed.label("dynamics"),
    GroupNoteRevision.plan_sealed.label("plan"),
)
SESSION = (
    GroupSession.group_id,
    GroupSession.held_on,
    GroupSession.starts_at,
    GroupSession.ends_at,
    GroupSession.modality,
    GroupSession.service_code,
    GroupSession.place_of_service,
    GroupSession.revision,
)
# Of an individual note; a question that asks for a group note too names its own plan.
NOTE_BUT_PLAN = (
    IndividualNote.engagement_level_sealed.label("engagement_level"),
    IndividualNote.engagement_qualities_sealed.label("engagement_qualities"),
    IndividualNote.response_sealed.label("response"),
    IndividualNote.group_response_sealed.label("group_response"),
    IndividualNote.risk_level_sealed.label("risk_level"),
    IndividualNote.risk_action_sealed.label("risk_action"),
)
NOTE = (*NOTE_BUT_PLAN, IndividualNote.plan_sealed.label("plan"))
