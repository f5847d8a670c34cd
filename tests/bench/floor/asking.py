"""What several floors ask alike: the session and its people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.bench.floor.sealing import place, places
from tests.bench.floor.store import Store

Row = Any

NAMES = places("clients", ("first_name", "last_name", "preferred_name", "aliases"))
GROUP_NAME = place("groups", "name")
STAFF_NAME = place("users", "name")
GROUP_NOTE = places(
    "group_note_revisions", ("topic", "interventions", "interventions_other", "dynamics", "plan")
)
NOTE = places(
    "individual_notes",
    (
        "engagement_level",
        "engagement_qualities",
        "response",
        "group_response",
        "risk_level",
        "risk_action",
        "plan",
    ),
)
RATING = place("progress_ratings", "rating")
EVIDENCE = place("progress_ratings", "evidence")

# A change of anybody around a group gives a new one: what was opened for it is kept till then.
ROSTER_VERSION = (
    "(SELECT COALESCE(SUM(e.version + c.version), 0) FROM enrolments e"
    " JOIN clients c ON c.id = e.client_id WHERE e.group_id = s.group_id)"
    " + (SELECT COALESCE(SUM(version), 0) FROM users) + (SELECT SUM(version) FROM practices)"
)
_FACILITATES = (
    "EXISTS (SELECT 1 FROM group_facilitators f WHERE f.group_id = s.group_id AND f.user_id = ?"
    " AND f.started_on <= ? AND (f.ended_on IS NULL OR f.ended_on >= ?))"
)
_SESSION = (
    "SELECT s.group_id, s.held_on, s.starts_at, s.ends_at, s.service_code, s.status, s.revision,"
    " s.version, g.data_key, g.name, r.id, r.topic, r.interventions, r.interventions_other,"
    f" r.dynamics, r.plan, d.id, {ROSTER_VERSION} FROM group_sessions s"
    " JOIN groups g ON g.id = s.group_id"
    " LEFT JOIN session_drafts d ON d.session_id = s.id AND d.user_id = ?"
    " LEFT JOIN group_note_revisions r ON r.session_id = s.id AND r.number = s.revision"
    f" WHERE s.id = ? AND {_FACILITATES}"
)
OF_SESSION = (
    "c.id IN (SELECT client_id FROM enrolments WHERE group_id = ? AND started_on <= ?"
    " AND (ended_on IS NULL OR ended_on >= ?)"
    " UNION SELECT client_id FROM attendances WHERE session_id = ?)"
)
INTERVENTIONS = "SELECT name FROM interventions WHERE active ORDER BY position, id"


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts, and the day on which relations must hold."""

    user_id: str
    sign_in_id: str
    today: Any


def session_of(store: Store, who: Person, session_id: str) -> Row:
    """Return the session with its group, its newest revision and the draft of who asks."""
    return store.one(_SESSION, (who.user_id, session_id, who.user_id, who.today, who.today))
