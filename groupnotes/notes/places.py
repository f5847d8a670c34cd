"""Where the sealed texts of this feature live: table and column of each."""

from __future__ import annotations

from typing import Final

from groupnotes.crypto.blob import Place

GROUP_NOTE: Final = {
    column: Place("group_note_revisions", column)
    for column in ("topic", "interventions", "interventions_other", "dynamics", "plan")
}
NOTE: Final = {
    column: Place("individual_notes", column)
    for column in ("engagement_level", "engagement_qualities", "response", "group_response")
} | {
    "risk_level": Place("individual_notes", "risk_level"),
    "risk_action": Place("individual_notes", "risk_action", alike=1024),
    "plan": Place("individual_notes", "plan"),
}
# Whether one of these is filled in would tell who is at risk: they are, once a note is saved.
NOTE_ALWAYS_SEALED: Final = frozenset({"risk_level", "risk_action"})
ENCOUNTER: Final = Place("individual_notes", "encounter")
RATING: Final = Place("progress_ratings", "rating")
EVIDENCE: Final = Place("progress_ratings", "evidence")
OBJECTIVE: Final = Place("objectives", "text")
GOAL: Final = Place("goals", "text")
CODE: Final = Place("diagnoses", "code")
DESCRIPTION: Final = Place("diagnoses", "description")
DRAFT: Final = Place("session_drafts", "typed")
GROUP_NAME: Final = Place("groups", "name")
RETURN_COMMENT: Final = Place("note_returns", "comment")
STAFF_NAME: Final = Place("users", "name")
CLIENT: Final = {
    column: Place("clients", column) for column in ("first_name", "last_name", "preferred_name")
}
