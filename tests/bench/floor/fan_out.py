"""The floor of one submit of a session: the same rows by the driver alone."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from tests.bench.floor import chain
from tests.bench.floor.asking import (
    GROUP_NOTE,
    INTERVENTIONS,
    OF_SESSION,
    Person,
    session_of,
)
from tests.bench.floor.naming import people_around, refuse_in_shared
from tests.bench.floor.sealing import Keys, place
from tests.bench.floor.store import Store, new_id

Row = Any

_CLAIM = (
    'INSERT INTO submissions ("key", session_id, user_id, created_at) VALUES (?, ?, ?, ?)'
    " ON CONFLICT DO NOTHING"
)
_ROSTER = (
    "SELECT c.id, c.data_key, a.id, n.id,"
    " (SELECT clinician_id FROM caseload_entries e WHERE e.client_id = c.id"
    "  AND e.started_on <= ? AND e.ended_on IS NULL ORDER BY e.started_on, e.id LIMIT 1)"
    " FROM clients c LEFT JOIN attendances a ON a.session_id = ? AND a.client_id = c.id"
    " LEFT JOIN individual_notes n"
    " ON n.session_id = ? AND n.client_id = c.id AND n.standing IS TRUE"
    f" WHERE {OF_SESSION} ORDER BY c.id"
)
_DIAGNOSES = (
    "SELECT client_id, id FROM diagnoses WHERE client_id IN ({}) AND status = 'active'"
    " ORDER BY rank, id"
)
_OBJECTIVES = (
    "SELECT o.client_id, o.id FROM objectives o JOIN goals g ON g.id = o.goal_id"
    " JOIN treatment_plans p ON p.id = o.plan_id WHERE o.client_id IN ({})"
    " AND o.status = 'open' AND p.status = 'active' ORDER BY g.position, o.position, o.id"
)
_REVISION = (
    "INSERT INTO group_note_revisions (id, session_id, number, data_key, author_id, created_at,"
    " checked_version, topic, interventions, interventions_other, dynamics, plan)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ATTENDANCE = (
    "INSERT INTO attendances (id, session_id, client_id, status, version) VALUES (?, ?, ?, ?, 1)"
)
_NOTE = (
    "INSERT INTO individual_notes (id, session_id, client_id, author_id, data_key, status,"
    " standing, has_text, missing, version, created_at, changed_at, encounter, encounter_index)"
    " VALUES (?, ?, ?, ?, ?, 'draft', TRUE, ?, ?, 1, ?, ?, ?, ?)"
)
_NOTE_DIAGNOSIS = (
    "INSERT INTO note_diagnoses (id, note_id, diagnosis_id, position, addressed)"
    " VALUES (?, ?, ?, ?, ?)"
)
_PROGRESS = (
    "INSERT INTO progress_ratings (id, note_id, objective_id, data_key, position)"
    " VALUES (?, ?, ?, ?, ?)"
)
_SESSION = "UPDATE group_sessions SET revision = ?, version = ? WHERE id = ?"
_DRAFT = "DELETE FROM session_drafts WHERE id = ?"
_ENCOUNTER = place("individual_notes", "encounter")
_SYMBOLS = "0123456789CDFHJKMNPRTVWXY"
_NUMBERS = len(_SYMBOLS) ** 12
_ALWAYS_MISSING = 4  # engagement, response, risk and plan


def document(store: Store, keys: Keys, who: Person, session_id: str, body: bytes) -> None:
    """Write the revision, the attendance, and a note for each client who attended."""
    pairs = parse_qsl(body.decode(), keep_blank_values=True)
    sent = dict(pairs)
    interventions = [value for name, value in pairs if name == "interventions"]
    now = store.moment(dt.datetime.now(dt.UTC))
    store.begin(write=True)
    met = session_of(store, who, session_id)
    group_id, held_on, _, _, _, status, revision, version, key = met[:9]
    if store.run(_CLAIM, (sent["key"].replace("-", ""), session_id, who.user_id, now)) != 1:
        raise ValueError("sent twice")
    if status != "scheduled" or version != int(sent["version"]):
        raise ValueError("out of date")
    of_session = (group_id, held_on, held_on, session_id)
    roster = store.all(_ROSTER, (held_on, session_id, session_id, *of_session))
    if not set(interventions) <= {name for (name,) in store.all(INTERVENTIONS, ())}:
        raise ValueError("an intervention is not on the list")
    texts = [sent[name] for name in ("topic", "interventions_other", "dynamics", "plan")]
    refuse_in_shared(people_around(store, keys, group_id, met[17]), texts, held_on)
    revision_id = new_id()
    texts.insert(1, "\n".join(interventions))
    sealed = [
        keys.seal(key, at, revision_id, text) for at, text in zip(GROUP_NOTE, texts, strict=True)
    ]
    made = (revision_id, session_id, revision + 1, key, who.user_id, now, met[17])
    store.run(_REVISION, (*made, *sealed))
    statuses = {
        name[7:].replace("-", ""): value for name, value in sent.items() if name[:7] == "status-"
    }
    notes = _write_notes(store, keys, (session_id, who.user_id, now), roster, statuses)
    store.run(_SESSION, (revision + 1, version + 1, session_id))
    if met[16] is not None:
        store.run(_DRAFT, (met[16],))
    chain.append(store, keys, who, _events(session_id, revision_id, roster, notes))
    store.commit()


def _write_notes(
    store: Store, keys: Keys, act: tuple[str, str, Any], roster: list[Row], statuses: dict[str, str]
) -> list[Row]:
    session_id, author_id, now = act
    clients = [row[0] for row in roster]
    marks = ", ".join("?" * len(clients))
    diagnoses = _by_client(store.all(_DIAGNOSES.format(marks), clients))
    objectives = _by_client(store.all(_OBJECTIVES.format(marks), clients))
    notes = [(new_id(), row[0], row[1]) for row in roster if statuses[row[0]] == "present"]
    store.many(
        _ATTENDANCE, [(new_id(), session_id, client, statuses[client]) for client in clients]
    )
    store.many(
        _NOTE,
        [
            (
                note,
                session_id,
                client,
                author_id,
                key,
                False,
                _ALWAYS_MISSING + (not diagnoses[client]) + bool(objectives[client]),
                now,
                now,
                *_encounter(keys, note, key),
            )
            for note, client, key in notes
        ],
    )
    store.many(
        _NOTE_DIAGNOSIS,
        [
            (new_id(), note, diagnosis, position, True)
            for note, client, _ in notes
            for position, diagnosis in enumerate(diagnoses[client], 1)
        ],
    )
    store.many(
        _PROGRESS,
        [
            (new_id(), note, objective, key, position)
            for note, client, key in notes
            for position, objective in enumerate(objectives[client], 1)
        ],
    )
    return notes


def _encounter(keys: Keys, note: str, key: int) -> tuple[bytes, bytes]:
    """Return a new encounter number, sealed, and its fingerprint."""
    rest, made = secrets.randbelow(_NUMBERS), ""
    for _ in range(12):
        rest, at = divmod(rest, len(_SYMBOLS))
        made += _SYMBOLS[at]
    number = f"{made[:4]}-{made[4:8]}-{made[8:]}"
    return (
        keys.seal(key, _ENCOUNTER, note, number),
        keys.fingerprint("individual_notes.encounter", number),
    )


def _by_client(rows: Iterable[Row]) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for client, thing in rows:
        found[client].append(thing)
    return found


def _events(
    session_id: str, revision_id: str, roster: Iterable[Row], notes: Iterable[Row]
) -> list[chain.Event]:
    return [
        ("group-note:write", None, "group_note_revisions", revision_id, None),
        *(("attendance:write", row[0], "group_sessions", session_id, None) for row in roster),
        *(("note:create", client, "individual_notes", note, None) for note, client, _ in notes),
    ]
