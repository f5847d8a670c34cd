"""The floor of keeping a draft while it is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from tests.bench.floor import chain
from tests.bench.floor.asking import (
    EVIDENCE,
    NOTE,
    RATING,
    ROSTER_VERSION,
    Person,
)
from tests.bench.floor.naming import people_around, refuse_in_individual
from tests.bench.floor.sealing import Keys
from tests.bench.floor.store import Store
from tests.bench.floor.workspace import missing_of, time_words

Row = Any

_NOTE = (
    "SELECT n.session_id, n.client_id, n.status, n.version, n.data_key, s.group_id, s.held_on,"
    " n.engagement_level, n.engagement_qualities, n.response, n.group_response, n.risk_level,"
    f" n.risk_action, n.plan, {ROSTER_VERSION} FROM individual_notes n"
    " JOIN group_sessions s ON s.id = n.session_id"
    " WHERE n.id = ? AND n.author_id = ?"
)
_DIAGNOSES = (
    "SELECT id, diagnosis_id, addressed FROM note_diagnoses WHERE note_id = ? ORDER BY position"
)
_PROGRESS = (
    "SELECT id, objective_id, rating, evidence FROM progress_ratings WHERE note_id = ?"
    " ORDER BY position"
)
_WRITE = (
    "UPDATE individual_notes SET has_text = ?, missing = ?, version = ?, changed_at = ?,"
    " engagement_level = ?, engagement_qualities = ?, response = ?, group_response = ?,"
    " risk_level = ?, risk_action = ?, plan = ?, checked_version = ? WHERE id = ? AND version = ?"
)
_RATE = "UPDATE progress_ratings SET rating = ?, evidence = ? WHERE id = ?"
_ADDRESS = "UPDATE note_diagnoses SET addressed = ? WHERE id = ?"
_FIELDS = (
    "engagement_level",
    "engagement_qualities",
    "response",
    "group_response",
    "risk_level",
    "risk_action",
    "plan",
)
_ALIKE = {"risk_level": 256, "risk_action": 1024}  # bytes; filled in whatever was answered
_FREE = ("response", "group_response", "risk_action", "plan")


def save(store: Store, keys: Keys, who: Person, body: bytes, page: Mapping[str, str]) -> bytes:
    """Keep what was typed; ``page`` has the answer's formats, and the note's id and time zone."""
    note_id = page["note"].replace("-", "")
    pairs = parse_qsl(body.decode(), keep_blank_values=True)
    sent = {name: value.strip() for name, value in pairs}
    sent["engagement_qualities"] = "\n".join(v for k, v in pairs if k == "engagement_qualities")
    chosen = {value.replace("-", "") for name, value in pairs if name == "diagnoses"}
    by_objective = {name[7:].replace("-", ""): name[7:] for name in sent if name[:7] == "rating-"}
    store.begin(write=True)
    row = store.one(_NOTE, (note_id, who.user_id))
    _, client, status, version, key, group_id, _ = row[:7]
    progress = store.all(_PROGRESS, (note_id,))
    diagnoses = store.all(_DIAGNOSES, (note_id,))
    rated = [
        (one[0], sent[f"rating-{at}"], sent[f"evidence-{at}"])
        for one in progress
        for at in (by_objective[one[1]],)
    ]
    old = [keys.open(at, note_id, sealed) for at, sealed in zip(NOTE, row[7:14], strict=True)]
    kept = [
        (one[0], keys.open(RATING, one[0], one[2]), keys.open(EVIDENCE, one[0], one[3]))
        for one in progress
    ]
    if old == [sent[name] for name in _FIELDS] and kept == rated:
        raise ValueError("nothing new")
    if status != "draft" or version != int(sent["version"]):
        raise ValueError("out of date")
    texts = [sent[name] for name in _FREE] + [evidence for _, _, evidence in rated]
    refuse_in_individual(people_around(store, keys, group_id, row[14]), texts, client)
    missing = missing_of(sent, diagnoses=len(chosen), progress=[one[1:] for one in rated])
    now = dt.datetime.now(dt.UTC)
    sealed = [
        keys.seal(key, at, note_id, sent[name], alike=_ALIKE.get(name, 256))
        if sent[name] or name in _ALIKE
        else None
        for at, name in zip(NOTE, _FIELDS, strict=True)
    ]
    written = (
        True,
        len(missing),
        version + 1,
        store.moment(now),
        *sealed,
        row[14],
        note_id,
        version,
    )
    if store.run(_WRITE, written) != 1:
        raise ValueError("out of date")
    store.many(_RATE, [_sealed(keys, key, one) for one in rated])
    store.many(_ADDRESS, [(one[1] in chosen, one[0]) for one in diagnoses])
    event = ("note:edit", client, "individual_notes", note_id, None)
    chain.append(store, keys, who, [event])
    store.commit()
    values = {
        "version": version + 1,
        "edit": sent["edit"],
        "at": time_words(now.isoformat(), ZoneInfo(page["zone"])),
    }
    return page["in_progress" if missing else "ready"].format_map(values).encode()


def _sealed(keys: Keys, key: int, rated: tuple[str, str, str]) -> tuple[Any, ...]:
    rating_id, rating, evidence = rated
    return (
        keys.seal(key, RATING, rating_id, rating) if rating else None,
        keys.seal(key, EVIDENCE, rating_id, evidence) if evidence else None,
        rating_id,
    )
