"""The floor of signing notes, the password's own hash left out."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from groupnotes.deid import RosterIndex
from groupnotes.signing.lateness import business_days
from tests.bench.floor import chain
from tests.bench.floor.asking import (
    EVIDENCE,
    GROUP_NAME,
    GROUP_NOTE,
    NOTE,
    RATING,
    ROSTER_VERSION,
    STAFF_NAME,
    Person,
)
from tests.bench.floor.naming import people_around, refuse_in_individual, refuse_in_shared
from tests.bench.floor.sealing import Keys, place, places
from tests.bench.floor.store import Store, dashed, moment_of, new_id
from tests.bench.floor.workspace import CODE, DESCRIPTION, GOAL, OBJECTIVE, missing_of

Row = Any

_WINDOW, _TRIES = 300, 10  # seconds
_TRY = (
    'INSERT INTO rate_limits (bucket, "window", count) VALUES (?, ?, 1)'
    ' ON CONFLICT (bucket, "window") DO UPDATE SET count = rate_limits.count + 1 RETURNING count'
)
_GIVE_BACK = 'UPDATE rate_limits SET count = count - 1 WHERE bucket = ? AND "window" = ?'
_PASSWORD = "SELECT password_hash FROM users WHERE id = ?"
_NOTES = (
    "SELECT n.id, n.client_id, n.session_id, n.status, n.version, n.data_key, n.engagement_level,"
    " n.engagement_qualities, n.response, n.group_response, n.risk_level, n.risk_action, n.plan,"
    " c.first_name, c.last_name, c.mrn, c.birth_date, c.payer, c.member_id, a.status,"
    " a.arrived_at, a.departed_at, s.group_id, s.held_on, s.starts_at, s.ends_at, s.modality,"
    " s.service_code, s.place_of_service, s.revision, g.kind, g.name, r.id, r.topic,"
    " r.interventions, r.interventions_other, r.dynamics, r.plan,"
    " (SELECT count(*) FROM attendances x WHERE x.session_id = s.id"
    "  AND x.status IN ('late', 'left_early', 'present')), n.encounter"
    " FROM individual_notes n JOIN clients c ON c.id = n.client_id"
    " JOIN attendances a ON a.session_id = n.session_id AND a.client_id = n.client_id"
    " JOIN group_sessions s ON s.id = n.session_id JOIN groups g ON g.id = s.group_id"
    " JOIN group_note_revisions r ON r.session_id = s.id AND r.number = s.revision"
    " WHERE n.id IN ({}) AND n.author_id = ? ORDER BY n.id"
)
_VERSION = f"SELECT {ROSTER_VERSION} FROM group_sessions s WHERE s.id = ?"
_DIAGNOSES = (
    "SELECT d.note_id, d.diagnosis_id, x.code, x.description FROM note_diagnoses d"
    " JOIN diagnoses x ON x.id = d.diagnosis_id"
    " WHERE d.note_id IN ({}) AND d.addressed ORDER BY d.position"
)
_PROGRESS = (
    "SELECT p.note_id, p.id, o.id, p.rating, p.evidence, o.text, g.id, g.text"
    " FROM progress_ratings p JOIN objectives o ON o.id = p.objective_id"
    " JOIN goals g ON g.id = o.goal_id WHERE p.note_id IN ({}) ORDER BY p.position"
)
_SIGNER = (
    "SELECT u.name, u.credentials, u.licence, u.npi, p.name, p.street, p.city, p.state,"
    " p.postal_code, p.phone, p.npi, p.time_zone, p.sign_within,"
    " EXISTS (SELECT 1 FROM supervisions v WHERE v.supervisee_id = u.id AND v.co_signs"
    " AND v.started_on <= ? AND (v.ended_on IS NULL OR v.ended_on >= ?)),"
    " k.id, k.private_key"
    " FROM users u JOIN practices p ON 1 = 1 JOIN signing_keys k ON k.in_use WHERE u.id = ?"
)
_FACILITATORS = (
    "SELECT u.id, u.name, u.credentials, u.licence, u.npi, f.role FROM session_facilitators f"
    " JOIN users u ON u.id = f.user_id WHERE f.session_id = ? ORDER BY f.role DESC, u.id"
)
_SIGNATURE = (
    "INSERT INTO signatures (id, note_id, client_id, signer_id, meaning, version, signed_at,"
    " digest, signature, key_id, data_key, content)"
    " VALUES (?, ?, ?, ?, 'authorship', ?, ?, ?, ?, ?, ?, ?)"
)
_LOCK = (
    "UPDATE individual_notes SET status = 'signed', group_revision_id = ?, signed_at = ?,"
    " changed_at = ?, version = version + 1 WHERE id = ? AND version = ? AND status = 'draft'"
)
_CLIENT = places("clients", ("first_name", "last_name", "mrn", "birth_date", "payer", "member_id"))
_ENCOUNTER = place("individual_notes", "encounter")
_CONTENT = place("signatures", "content")
_PRIVATE_KEY = place("signing_keys", "private_key")
_NOTE_FIELDS = (
    "engagement_level",
    "engagement_qualities",
    "response",
    "group_response",
    "risk_level",
    "risk_action",
    "plan",
)


def sign(store: Store, keys: Keys, who: Person, body: bytes) -> None:
    """Sign the notes that ``body`` names."""
    pairs = parse_qsl(body.decode(), keep_blank_values=True)
    chosen = [value.split(":") for name, value in pairs if name == "notes"]
    seen = {note.replace("-", ""): fingerprint for note, fingerprint in chosen}
    tried = _count_try(store, keys, who)
    store.begin(write=True)
    rows, written, shared = _opened(store, keys, who, list(seen))
    now = dt.datetime.now(dt.UTC)
    met = rows[0]
    if any(row[3] != "draft" for row in rows) or seen != {
        row[0]: _fingerprint(row, shared, individual)
        for row, individual in zip(rows, written, strict=True)
    }:
        raise ValueError("out of date")
    version = store.one(_VERSION, (met[2],))[0]
    people = people_around(store, keys, met[22], version)
    free = [shared[name] for name in ("topic", "interventions_other", "dynamics", "plan")]
    refuse_in_shared(people, free, met[23])
    now = now.replace(microsecond=0)
    today = now.date()
    *signer, supervised, key_id, private_key = store.one(_SIGNER, (today, today, who.user_id))
    if supervised:
        raise ValueError("a supervisor signs too")
    key = _key(keys.open(_PRIVATE_KEY, key_id, private_key))
    common = _common(keys, met, signer, store.all(_FACILITATORS, (met[2],)), who, now)
    at = store.moment(now)
    signatures = []
    for row, individual in zip(rows, written, strict=True):
        _refuse(row, individual, people, now)
        content = common | {
            "encounter": keys.open(_ENCOUNTER, row[0], row[39]),
            "version": row[4],
            "client": _client(keys, row),
            "attendance": _attendance(row),
            "shared": shared,
            "individual": individual,
        }
        signatures.append(_signature(keys, row, content, (who, at), (key_id, key)))
    store.many(_SIGNATURE, signatures)
    store.many(_LOCK, [(row[32], at, at, row[0], row[4]) for row in rows])
    store.run(_GIVE_BACK, tried)
    _record(store, keys, who, rows)
    store.commit()


def review(store: Store, keys: Keys, who: Person, notes: list[str]) -> list[str]:
    """Show notes for review; return each with the fingerprint of what was shown."""
    store.begin(write=True)
    rows, written, shared = _opened(store, keys, who, notes)
    shown: list[chain.Event] = [
        ("note:read", row[1], "individual_notes", row[0], None) for row in rows
    ]
    chain.append(store, keys, who, shown)
    store.commit()
    return [
        f"{dashed(row[0])}:{_fingerprint(row, shared, individual)}"
        for row, individual in zip(rows, written, strict=True)
    ]


def _opened(
    store: Store, keys: Keys, who: Person, notes: list[str]
) -> tuple[list[Row], list[dict[str, Any]], dict[str, Any]]:
    """Return the notes' rows, what is in each, and the group note that they share."""
    marks = ", ".join("?" * len(notes))
    rows = store.all(_NOTES.format(marks), (*notes, who.user_id))
    diagnoses = _by_note(store.all(_DIAGNOSES.format(marks), notes))
    progress = _by_note(store.all(_PROGRESS.format(marks), notes))
    written = [_individual(keys, row, diagnoses[row[0]], progress[row[0]]) for row in rows]
    return rows, written, _shared(keys, rows[0])


def _fingerprint(row: Row, shared: Mapping[str, Any], individual: Mapping[str, Any]) -> str:
    shown = repr((row[0], row[4], row[19:31], shared, individual))
    return hashlib.sha256(shown.encode()).hexdigest()


def _count_try(store: Store, keys: Keys, who: Person) -> tuple[bytes, int]:
    """Count the try of the password for good, before anything else; return where."""
    name = f"confirm by person\0{dashed(who.user_id)}"
    tried = keys.fingerprint("rate_limits.bucket", name), int(time.time()) // _WINDOW
    store.begin(write=True)
    (tries,) = store.one(_TRY, tried)
    if tries > _TRIES:
        raise ValueError("too many tries")
    store.one(_PASSWORD, (who.user_id,))
    store.commit()
    return tried


def _common(
    keys: Keys, met: Row, signer: Row, facilitators: Iterable[Row], who: Person, now: dt.datetime
) -> dict[str, Any]:
    """Return what is the same in every signature of one session."""
    (name, credentials, licence, npi, practice, street, city, state, postal, phone) = signer[:10]
    number, zone, limit = signer[10:]
    held_on = dt.date.fromisoformat(str(met[23]))
    days = business_days(held_on, now.astimezone(ZoneInfo(zone)).date())
    late = {"late": {"business_days": days, "limit": limit}} if days > limit else {}
    return late | {
        "format": "groupnotes.note/2",
        "practice": {
            "name": practice,
            "street": street,
            "city": city,
            "state": state,
            "postal_code": postal,
            "phone": phone,
            "npi": number or None,
        },
        "group": {"kind": met[30], "title": keys.open(GROUP_NAME, met[22], met[31])},
        "session": {
            "date": str(met[23]),
            "starts_at": _moment(met[24]),
            "ends_at": _moment(met[25]),
            "time_zone": zone,
            "modality": met[26],
            "service_code": met[27],
            "place_of_service": met[28],
            "participants": met[38],
        },
        "facilitators": [
            {
                "name": keys.open(STAFF_NAME, user, sealed),
                "credentials": letters,
                "licence": their_licence or None,
                "npi": their_npi or None,
                "role": role,
            }
            for user, sealed, letters, their_licence, their_npi, role in facilitators
        ],
        "signature": {
            "signer_id": dashed(who.user_id),
            "name": keys.open(STAFF_NAME, who.user_id, name),
            "credentials": credentials,
            "role": "clinician",
            "licence": licence or None,
            "npi": npi or None,
            "meaning": "authorship",
            "signed_at": f"{now.replace(tzinfo=None).isoformat()}Z",
        },
    }


def _shared(keys: Keys, met: Row) -> dict[str, Any]:
    topic, interventions, other, dynamics, plan = (
        keys.open(at, met[32], sealed) for at, sealed in zip(GROUP_NOTE, met[33:38], strict=True)
    )
    return {
        "revision": met[29],
        "topic": topic,
        "interventions": interventions.split("\n"),
        "interventions_other": other,
        "dynamics": dynamics,
        "plan": plan,
    }


def _client(keys: Keys, row: Row) -> dict[str, Any]:
    first, last, mrn, born, payer, member = (
        keys.open(at, row[1], sealed) for at, sealed in zip(_CLIENT, row[13:19], strict=True)
    )
    return {
        "id": dashed(row[1]),
        "first_name": first,
        "last_name": last,
        "mrn": mrn,
        "birth_date": born,
        "coverage": {"payer": payer, "member_id": member} if payer and member else None,
    }


def _attendance(row: Row) -> dict[str, Any]:
    arrived, departed = row[20], row[21]
    stay = moment_of(departed or row[25]) - moment_of(arrived or row[24])
    return {
        "status": row[19],
        "arrived_at": None if arrived is None else _moment(arrived),
        "departed_at": None if departed is None else _moment(departed),
        "minutes": stay // dt.timedelta(minutes=1),
    }


def _individual(
    keys: Keys, row: Row, diagnoses: Iterable[Row], progress: Iterable[Row]
) -> dict[str, Any]:
    texts: dict[str, Any] = {
        name: keys.open(at, row[0], sealed)
        for name, at, sealed in zip(_NOTE_FIELDS, NOTE, row[6:13], strict=True)
    }
    qualities = texts["engagement_qualities"]
    return texts | {
        "engagement_qualities": qualities.split("\n") if qualities else [],
        "diagnoses": [
            {
                "code": keys.open(CODE, one[1], one[2]),
                "description": keys.open(DESCRIPTION, one[1], one[3]),
            }
            for one in diagnoses
        ],
        "progress": [
            {
                "goal": keys.open(GOAL, one[6], one[7]),
                "objective": keys.open(OBJECTIVE, one[2], one[5]),
                "rating": keys.open(RATING, one[1], one[3]) or None,
                "evidence": keys.open(EVIDENCE, one[1], one[4]),
            }
            for one in progress
        ],
    }


def _refuse(row: Row, individual: Mapping[str, Any], people: RosterIndex, now: dt.datetime) -> None:
    """Refuse what is not ready, and what names another client."""
    progress = individual["progress"]
    missing = missing_of(
        individual,
        diagnoses=len(individual["diagnoses"]),
        progress=[(one["rating"], one["evidence"]) for one in progress],
    )
    if missing or moment_of(row[25]) > now:
        raise ValueError("not ready")
    texts = [individual[name] for name in ("response", "group_response", "risk_action", "plan")]
    texts += [one["evidence"] for one in progress]
    refuse_in_individual(people, texts, row[1])


@functools.cache
def _key(private_key: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private_key))


def _signature(
    keys: Keys,
    row: Row,
    content: Mapping[str, Any],
    when: tuple[Person, Any],
    by: tuple[str, Ed25519PrivateKey],
) -> tuple[Any, ...]:
    (who, at), (key_id, key) = when, by
    signed = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    covered = signed.encode()
    digest, signature = hashlib.sha256(covered).digest(), key.sign(covered)
    made = new_id()
    sealed = keys.seal(row[5], _CONTENT, made, signed)
    return (
        made,
        row[0],
        row[1],
        who.user_id,
        row[4],
        at,
        digest,
        signature,
        key_id,
        row[5],
        sealed,
    )


def _record(store: Store, keys: Keys, who: Person, rows: Iterable[Row]) -> None:
    confirmed: chain.Event = ("account:password-confirm", None, "users", who.user_id, "note.sign")
    signed: list[chain.Event] = [
        ("note:sign", row[1], "individual_notes", row[0], None) for row in rows
    ]
    chain.append(store, keys, who, [confirmed, *signed])


def _by_note(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _moment(stored: Any) -> str:
    return f"{moment_of(stored).replace(tzinfo=None).isoformat()}Z"
