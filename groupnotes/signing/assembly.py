"""Put together what a signature covers, from rows that were read for signing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, is_dataclass
from typing import Any, TypedDict

from groupnotes.core.actor import Actor, Role
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import KeyRing, ring
from groupnotes.notes import opening, places
from groupnotes.notes.opening import GroupNoteText, Parts
from groupnotes.notes.readiness import IndividualContent
from groupnotes.sessions import attendance
from groupnotes.sessions.attendance import Span
from groupnotes.signing import content as signed

Row = Any

_CLIENT = {
    column: Place("clients", column)
    for column in ("first_name", "last_name", "mrn", "birth_date", "payer", "member_id")
}


@dataclass(frozen=True, slots=True)
class ToSign:
    """One note as it would be signed now."""

    note_id: uuid.UUID
    client_id: uuid.UUID
    client_name: str
    version: int
    session_version: int
    revision: int
    group_name: str
    held_on: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime
    minutes: int
    group_note: GroupNoteText
    content: IndividualContent
    parts: Parts

    @property
    def seen(self) -> str:
        """A fingerprint of all that a review shows: what differs from it was not reviewed."""
        return hashlib.sha256(_encode(_plain(self)).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Return what the JSON encoder can write of a value that it does not know."""
    if is_dataclass(value):
        return [getattr(value, name) for name in value.__dataclass_fields__]
    return str(value)


_encode = json.JSONEncoder(separators=(",", ":"), default=_plain).encode


@dataclass(frozen=True, slots=True)
class _NoteTexts:
    """The texts of a note under the names that ``opening.content`` reads."""

    engagement_level: bytes | None
    engagement_qualities: bytes | None
    response: bytes | None
    group_response: bytes | None
    risk_level: bytes | None
    risk_action: bytes | None
    plan: bytes | None


def to_sign(row: Row, its: Parts, group_note: GroupNoteText) -> ToSign:
    """Open one note that may be signed."""
    keys = ring()
    texts = _NoteTexts(
        row.engagement_level,
        row.engagement_qualities,
        row.response,
        row.group_response,
        row.risk_level,
        row.risk_action,
        row.note_plan,
    )
    return ToSign(
        note_id=row.id,
        client_id=row.client_id,
        client_name=opening.display_name(keys, row),
        version=row.version,
        session_version=row.session_version,
        revision=row.revision,
        group_name=keys.open(places.GROUP_NAME, row.group_id, row.group_name),
        held_on=row.held_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        minutes=_minutes(row),
        group_note=group_note,
        content=opening.content(texts, row.id, its),
        parts=its,
    )


class Alike(TypedDict):
    """What the signed contents of all notes of one session have alike."""

    practice: signed.Practice
    group: signed.GroupService
    session: signed.Session
    facilitators: tuple[signed.Facilitator, ...]
    shared: signed.GroupSection
    signature: signed.Signature


def signed_content(row: Row, note: ToSign, alike: Alike) -> signed.SignedContent:
    """Return the exact content of one signature."""
    keys = ring()
    return signed.SignedContent(
        encounter=keys.open(places.ENCOUNTER, note.note_id, row.encounter),
        client=_client(keys, row),
        attendance=signed.Attendance(
            status=signed.AttendedStatus(row.attendance.value),
            arrived_at=row.arrived_at,
            departed_at=row.departed_at,
            minutes=note.minutes,
        ),
        individual=_individual(note),
        **alike,
    )


def alike(
    row: Row,
    note: ToSign,
    facilitators: Sequence[Row],
    signer: Row,
    actor: Actor,
    signed_at: dt.datetime,
) -> Alike:
    """Return what every signature on a note of this session covers."""
    keys = ring()
    return Alike(
        practice=signed.Practice(
            name=signer.practice_name,
            address=f"{signer.street}\n{signer.city}, {signer.state} {signer.postal_code}",
            phone=signer.phone,
            npi=signer.practice_npi or None,
        ),
        group=signed.GroupService(kind=row.kind.value, title=note.group_name),
        session=signed.Session(
            date=row.held_on,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            time_zone=signer.time_zone,
            modality=signed.Modality(row.modality.value),
            service_code=row.service_code,
            place_of_service=row.place_of_service,
            participants=row.participants,
        ),
        facilitators=tuple(_facilitator(keys, person) for person in facilitators),
        shared=_shared(note),
        signature=signed.Signature(
            signer_id=actor.user_id,
            name=keys.open(places.STAFF_NAME, signer.id, signer.name),
            credentials=signer.credentials,
            role=Role.CLINICIAN.value,
            licence=signer.licence or None,
            npi=signer.npi or None,
            meaning=signed.Meaning.AUTHORSHIP,
            signed_at=signed_at,
        ),
    )


def _client(keys: KeyRing, row: Row) -> signed.Client:
    texts = {
        name: opening.optional(keys, place, row.client_id, getattr(row, name))
        for name, place in _CLIENT.items()
    }
    coverage = None
    if texts["payer"] or texts["member_id"]:
        coverage = signed.Coverage(payer=texts["payer"], member_id=texts["member_id"])
    return signed.Client(
        id=row.client_id,
        first_name=texts["first_name"],
        last_name=texts["last_name"],
        mrn=texts["mrn"],
        birth_date=dt.date.fromisoformat(texts["birth_date"]),
        coverage=coverage,
    )


def _facilitator(keys: KeyRing, person: Row) -> signed.Facilitator:
    return signed.Facilitator(
        name=keys.open(places.STAFF_NAME, person.user_id, person.name),
        credentials=person.credentials,
        licence=person.licence or None,
        npi=person.npi or None,
        role=signed.FacilitatorRole(person.role.value),
    )


def _shared(note: ToSign) -> signed.GroupSection:
    return signed.GroupSection(
        revision=note.revision,
        topic=note.group_note.topic,
        interventions=note.group_note.interventions,
        interventions_other=note.group_note.interventions_other,
        dynamics=note.group_note.dynamics,
        plan=note.group_note.plan,
    )


def _individual(note: ToSign) -> signed.IndividualSection:
    content = note.content
    if content.engagement_level is None or content.risk_level is None:
        raise ValueError("a note that is not ready was to be signed")
    written = content.progress_by_objective()
    return signed.IndividualSection(
        engagement_level=signed.EngagementLevel(content.engagement_level.value),
        engagement_qualities=tuple(
            signed.EngagementQuality(quality.value) for quality in content.engagement_qualities
        ),
        response=content.response,
        group_response=content.group_response,
        diagnoses=tuple(
            signed.Diagnosis(code=d.code, description=d.description)
            for d in note.parts.diagnoses
            if d.addressed
        ),
        progress=tuple(
            signed.Progress(
                goal=o.goal,
                objective=o.objective,
                rating=signed.Rating(o.rating.value) if o.rating else None,
                evidence=written[o.id].evidence,
            )
            for o in note.parts.objectives
        ),
        risk_level=signed.RiskLevel(content.risk_level.value),
        risk_action=content.risk_action,
        plan=content.plan,
    )


def _minutes(row: Row) -> int:
    span = Span(row.starts_at, row.ends_at)
    return attendance.minutes(
        row.attendance, span, arrived=row.arrived_at, departed=row.departed_at
    )
