"""Put together what a signature covers, from rows that were read for signing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypedDict
from zoneinfo import ZoneInfo

from groupnotes.core.actor import Actor, Role
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import KeyRing, ring
from groupnotes.notes import opening, places, readiness
from groupnotes.notes.opening import GroupNoteText, Parts
from groupnotes.notes.readiness import IndividualContent, Missing
from groupnotes.sessions import attendance
from groupnotes.sessions.attendance import Span
from groupnotes.signing import content as signed
from groupnotes.signing import proof, seen
from groupnotes.signing.canonical import Writer, Written
from groupnotes.signing.lateness import lateness

Row = Any

CONTENT = Place("signatures", "content")
ENTRY_CONTENT = Place("note_entries", "content")
REVIEW_CONTENT = Place("co_signatures", "content")
PRIVATE_KEY = Place("signing_keys", "private_key")
_CLIENT = {
    column: Place("clients", column)
    for column in ("first_name", "last_name", "mrn", "birth_date", "payer", "member_id")
}


class Alike(TypedDict):
    """What the signed contents of all notes of one session have alike."""

    practice: signed.Practice
    group: signed.GroupService
    session: signed.Session
    facilitators: tuple[signed.Facilitator, ...]
    shared: signed.GroupSection
    signature: signed.Signature
    late: signed.Lateness | None


class Ready(NamedTuple):
    """What a signature made now would cover, and how it is written."""

    content: signed.SignedContent
    written: Written


@dataclass(frozen=True, slots=True)
class ToSign:
    """One note as it would be signed now."""

    note_id: uuid.UUID
    client_id: uuid.UUID
    client_name: str
    minutes: int
    group_note: GroupNoteText
    content: IndividualContent
    parts: Parts
    missing: Sequence[Missing]  # what stands between it and its signature
    alike: Alike
    ready: Ready | None  # None while something is missing

    @property
    def seen(self) -> str:
        """The fingerprint of what a review of this note shows; empty while it is not ready."""
        if self.ready is None:
            return ""
        return seen.fingerprint(self.ready.written, review_due=self.review_due)

    @property
    def review_due(self) -> bool:
        """Whether a supervisor has to sign too, before it is locked."""
        return self.alike["signature"].review is not None


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


class Signer:
    """Who signs now, with the practice's key; ``row`` is one of `signing.queries`.

    To the second, as it is printed: a finer time would name the act that signed many notes.
    """

    def __init__(
        self,
        actor: Actor,
        row: Row,
        at: dt.datetime,
        meaning: signed.Meaning = signed.Meaning.AUTHORSHIP,
    ) -> None:
        self.row = row
        self.key_id: uuid.UUID = row.key_id
        self.signature = _signature(actor, row, at.replace(microsecond=0), meaning)
        self._private_key = ring().open(PRIVATE_KEY, row.key_id, row.private_key)

    def sign(self, signed_bytes: bytes) -> bytes:
        """Return the practice's signature on exactly these bytes."""
        return proof.sign(self._private_key, signed_bytes)


class Act:
    """One review or signature of some notes; what they have alike is opened and written once.

    ``facilitators`` are rows of `signing.queries`.
    """

    def __init__(self, signer: Signer, facilitators: Sequence[Row]) -> None:
        self.signer = signer
        self._facilitators = facilitators
        self._sessions: dict[uuid.UUID, tuple[GroupNoteText, Alike]] = {}
        self._writer = Writer()

    def note(self, row: Row, its: Parts) -> ToSign:
        """Open one note that may be signed."""
        if row.session_id not in self._sessions:
            text = opening.group_note(row)
            self._sessions[row.session_id] = text, self._alike(row, text)
        group_note, alike = self._sessions[row.session_id]
        content = opening.content(texts(row), row.id, its)
        missing = readiness.missing(content)
        minutes = _minutes(row)
        ready = None
        if not missing:
            covered = _covered(row, minutes, _individual(content, its), alike)
            ready = Ready(covered, self._writer.write(covered))
        return ToSign(
            note_id=row.id,
            client_id=row.client_id,
            client_name=opening.display_name(ring(), row),
            minutes=minutes,
            group_note=group_note,
            content=content,
            parts=its,
            missing=missing,
            alike=alike,
            ready=ready,
        )

    def _alike(self, row: Row, text: GroupNoteText) -> Alike:
        return Alike(
            practice=_practice(self.signer.row),
            group=signed.GroupService(kind=row.kind.value, title=opening.group_name(row)),
            session=_session(row, self.signer.row.time_zone),
            facilitators=tuple(
                _facilitator(ring(), person)
                for person in self._facilitators
                if person.session_id == row.session_id
            ),
            shared=_shared(row, text),
            signature=self.signer.signature,
            late=self._late(row),
        )

    def _late(self, row: Row) -> signed.Lateness | None:
        practice = self.signer.row
        signed_at = self.signer.signature.signed_at.astimezone(ZoneInfo(practice.time_zone))
        return lateness(row.held_on, signed_at.date(), practice.sign_within)


def _covered(
    row: Row, minutes: int, individual: signed.IndividualSection, alike: Alike
) -> signed.SignedContent:
    keys = ring()
    return signed.SignedContent(
        encounter=keys.open(places.ENCOUNTER, row.id, row.encounter),
        version=row.version,
        client=_client(keys, row),
        attendance=signed.Attendance(
            status=signed.AttendedStatus(row.attendance.value),
            arrived_at=row.arrived_at,
            departed_at=row.departed_at,
            minutes=minutes,
        ),
        individual=individual,
        **alike,
    )


def texts(row: Row) -> _NoteTexts:
    """Return what is sealed of one note, by the names that ``opening.content`` reads."""
    return _NoteTexts(
        row.engagement_level,
        row.engagement_qualities,
        row.response,
        row.group_response,
        row.risk_level,
        row.risk_action,
        row.note_plan,
    )


def _signature(
    actor: Actor, signer: Row, at: dt.datetime, meaning: signed.Meaning
) -> signed.Signature:
    writes = meaning is signed.Meaning.AUTHORSHIP
    as_clinician = writes and Role.CLINICIAN in actor.roles
    return signed.Signature(
        signer_id=actor.user_id,
        name=ring().open(places.STAFF_NAME, signer.id, signer.name),
        credentials=signer.credentials,
        role=(Role.CLINICIAN if as_clinician else Role.SUPERVISOR).value,
        licence=signer.licence or None,
        npi=signer.npi or None,
        meaning=meaning,
        signed_at=at,
        review=signed.Review.DUE if writes and signer.supervised else None,
    )


def _practice(signer: Row) -> signed.Practice:
    return signed.Practice(
        name=signer.practice_name,
        street=signer.street,
        city=signer.city,
        state=signer.state,
        postal_code=signer.postal_code,
        phone=signer.phone,
        npi=signer.practice_npi or None,
    )


def _session(row: Row, time_zone: str) -> signed.Session:
    return signed.Session(
        date=row.held_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        time_zone=time_zone,
        modality=signed.Modality(row.modality.value),
        service_code=row.service_code,
        place_of_service=row.place_of_service,
        participants=row.participants,
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


def _shared(row: Row, text: GroupNoteText) -> signed.GroupSection:
    return signed.GroupSection(
        revision=row.revision,
        topic=text.topic,
        interventions=text.interventions,
        interventions_other=text.interventions_other,
        dynamics=text.dynamics,
        plan=text.plan,
    )


def _individual(content: IndividualContent, its: Parts) -> signed.IndividualSection:
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
            for d in its.diagnoses
            if d.addressed
        ),
        progress=tuple(
            signed.Progress(
                goal=o.goal,
                objective=o.objective,
                rating=signed.Rating(o.rating.value) if o.rating else None,
                evidence=written[o.id].evidence,
            )
            for o in its.objectives
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
