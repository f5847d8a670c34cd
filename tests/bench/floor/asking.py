"""What several floors ask alike: the session, its people, and whether a text names one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.bench.floor.sealing import Keys, place, places
from tests.bench.floor.store import Store

Row = Any

_WORD = re.compile(r"[^\W_]+")
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

_FACILITATES = (
    "EXISTS (SELECT 1 FROM group_facilitators f WHERE f.group_id = s.group_id AND f.user_id = ?"
    " AND f.started_on <= ? AND (f.ended_on IS NULL OR f.ended_on >= ?))"
)
_SESSION = (
    "SELECT s.group_id, s.held_on, s.starts_at, s.ends_at, s.service_code, s.status, s.revision,"
    " s.version, g.data_key, g.name, r.id, r.topic, r.interventions, r.interventions_other,"
    " r.dynamics, r.plan, d.id FROM group_sessions s JOIN groups g ON g.id = s.group_id"
    " LEFT JOIN session_drafts d ON d.session_id = s.id AND d.user_id = ?"
    " LEFT JOIN group_note_revisions r ON r.session_id = s.id AND r.number = s.revision"
    f" WHERE s.id = ? AND {_FACILITATES}"
)
OF_SESSION = (
    "c.id IN (SELECT client_id FROM enrolments WHERE group_id = ? AND started_on <= ?"
    " AND (ended_on IS NULL OR ended_on >= ?)"
    " UNION SELECT client_id FROM attendances WHERE session_id = ?)"
)
OF_GROUP = (
    "c.id IN (SELECT client_id FROM enrolments WHERE group_id = ?"
    " UNION SELECT client_id FROM attendances WHERE session_id = ?)"
)
_PEOPLE = "SELECT c.id, c.first_name, c.last_name, c.preferred_name, c.aliases{} FROM clients c"
_SESSION_PEOPLE = f"{_PEOPLE.format('')} WHERE {OF_SESSION} ORDER BY c.id"
_GROUP_PEOPLE = (
    f"{_PEOPLE.format(f', CASE WHEN {OF_SESSION} THEN 1 ELSE 0 END')}"
    f" WHERE {OF_GROUP} ORDER BY c.id"
)
INTERVENTIONS = "SELECT name FROM interventions WHERE active ORDER BY position, id"


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts, and the day on which relations must hold."""

    user_id: str
    sign_in_id: str
    today: Any


Names = dict[str, set[str]]  # the folded words of each client's names


def names_of(keys: Keys, people: Iterable[Row]) -> Names:
    """Open the names of ``people``: rows of id and four names."""
    return {
        client: {
            word
            for at, value in zip(NAMES, sealed, strict=True)
            for word in _WORD.findall(keys.open(at, client, value).casefold())
        }
        for client, *sealed in people
    }


def refuse_names(names: Names, texts: Iterable[str], *, but: str = "") -> None:
    """Raise when a text names anybody, except by the names of the client ``but``."""
    named = set().union(*(words for client, words in names.items() if client != but))
    for text in texts:
        if not named.isdisjoint(_WORD.findall(text.casefold())):
            raise ValueError("a text names a client")


def session_of(store: Store, who: Person, session_id: str) -> Row:
    """Return the session with its group, its newest revision and the draft of who asks."""
    return store.one(_SESSION, (who.user_id, session_id, who.user_id, who.today, who.today))


def people_of_session(store: Store, session_id: str, group_id: str, held_on: Any) -> list[Row]:
    """Return the people of a session with their sealed names."""
    return store.all(_SESSION_PEOPLE, (group_id, held_on, held_on, session_id))


def people_of_group(store: Store, session_id: str, group_id: str, held_on: Any) -> list[Row]:
    """Return everyone of the group, and last whether they belong to the session."""
    of_session = (group_id, held_on, held_on, session_id)
    return store.all(_GROUP_PEOPLE, (*of_session, group_id, session_id))
