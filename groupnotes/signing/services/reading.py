"""Show what was signed, and verify it each time."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from groupnotes.access.guard import require
from groupnotes.access.policy import Permission
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core.actor import Actor
from groupnotes.core.errors import NotFound
from groupnotes.crypto.blob import CannotOpen
from groupnotes.crypto.keyring import ring
from groupnotes.notes import opening, places, queries
from groupnotes.notes.queries import Ways
from groupnotes.signing import canonical
from groupnotes.signing import queries as signing_queries
from groupnotes.signing.assembly import CONTENT, ENTRY_CONTENT, PRIVATE_KEY
from groupnotes.signing.content import ContentError, SignedContent
from groupnotes.signing.difference import Piece, difference
from groupnotes.signing.entry import SignedEntry
from groupnotes.signing.proof import Proof, Verdict, fingerprint, public_key_of

Row = Any


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A signed note: what was signed, what proves it, and whether it does."""

    note_id: uuid.UUID
    client_id: uuid.UUID
    session_id: uuid.UUID
    content: SignedContent
    proof: Proof
    verdict: Verdict
    newest_revision: int  # of the group note, which may have changed since
    ways: Ways
    entries: Sequence[OpenEntry]  # what was added to it, the oldest first
    changes: Sequence[Change]  # of the group note since

    @property
    def trouble(self) -> Verdict:
        """What is wrong, first with the note and then with what was added to it."""
        verdicts = (self.verdict, *(entry.verdict for entry in self.entries))
        return next((one for one in verdicts if one is not Verdict.VERIFIED), Verdict.VERIFIED)

    @property
    def is_sound(self) -> bool:
        """Whether the note and all that was added to it are verified."""
        return self.trouble is Verdict.VERIFIED

    @property
    def proofs(self) -> list[Proof]:
        """What proves the note and all that was added to it."""
        return [self.proof, *(entry.proof for entry in self.entries)]

    @property
    def is_verified(self) -> bool:
        """Whether this is what was signed, byte for byte, by the practice's key."""
        return self.verdict is Verdict.VERIFIED

    @property
    def digest(self) -> str:
        """The SHA-256 of the signed bytes, as it was stored, in hexadecimal digits."""
        return self.proof.digest.hex()

    @property
    def key(self) -> str:
        """The fingerprint of the key that signed."""
        return fingerprint(self.proof.public_key)

    @property
    def is_outdated(self) -> bool:
        """Whether the group note says something else now than what was signed."""
        return self.newest_revision > self.content.shared.revision


class Change(NamedTuple):
    """One text of the group note that says something else now than what was signed."""

    label: str
    now: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """What was added to a signed note, what proves it, and whether it does."""

    content: SignedEntry
    proof: Proof
    verdict: Verdict

    @property
    def is_verified(self) -> bool:
        """Whether this is what was signed."""
        return self.verdict is Verdict.VERIFIED

    @property
    def key(self) -> str:
        """The fingerprint of the key that signed."""
        return fingerprint(self.proof.public_key)


class Checked(NamedTuple):
    """One signature that was verified, and what came of it."""

    note_id: uuid.UUID
    verdict: Verdict


def open_signed(
    actor: Actor,
    note_id: uuid.UUID,
    permission: Permission = Permission.NOTE_READ,
    tag: Tag = Tag.NOTE_READ,
) -> SignedNote:
    """Show a signed note from the bytes that were signed, verified anew each time.

    What is not what was signed is shown too, with its ``verdict``, and recorded for the
    administrator. Raises CannotOpen for what cannot even be read.
    """
    require(actor, permission, tag, object_type="individual_notes", object_id=note_id)
    row = signing_queries.signature(actor, permission, note_id)
    if row is None:
        log.record_refusal(Happening(tag, actor, None, "individual_notes", note_id))
        raise NotFound
    try:
        content, proof, verdict = _opened(row)
        entries = list(_opened_entries(row, content, proof))
    except CannotOpen:
        _tell(actor, row, Verdict.UNREADABLE)
        raise
    for found in (verdict, *(entry.verdict for entry in entries)):
        if found is not Verdict.VERIFIED:
            _tell(actor, row, found)
    log.record_shown(Happening(tag, actor, row.client_id, "individual_notes", note_id))
    ways = queries.ways_from(actor, note_id)
    return SignedNote(
        note_id=note_id,
        client_id=row.client_id,
        session_id=row.session_id,
        content=content,
        proof=proof,
        verdict=verdict,
        newest_revision=row.newest_revision,
        ways=ways,
        entries=entries,
        changes=_changes(row, content) if row.newest_revision > content.shared.revision else (),
    )


def verify(note_id: uuid.UUID | None = None) -> Iterator[Checked]:
    """Verify the signature of one note, or every one; shows nobody what they say."""
    for row in signing_queries.every_signature(note_id):
        for verdict in _verdicts(row):
            if verdict is not Verdict.VERIFIED:
                _tell(None, row, verdict)
            yield Checked(row.note_id, verdict)


def _verdicts(row: Row) -> Iterator[Verdict]:
    """Yield what comes of the note's own signature, and of those of all that was added."""
    try:
        content, proof, verdict = _opened(row)
    except CannotOpen:
        yield Verdict.UNREADABLE
        return
    yield verdict
    try:
        yield from [entry.verdict for entry in _opened_entries(row, content, proof)]
    except CannotOpen:
        yield Verdict.UNREADABLE


def _changes(row: Row, content: SignedContent) -> list[Change]:
    newest = signing_queries.newest_group_note(row.session_id)
    ring().load({newest.data_key})
    signed, now = content.shared, opening.group_note(newest)
    texts = (
        ("Topic", signed.topic, now.topic),
        ("Interventions", "; ".join(signed.interventions), "; ".join(now.interventions)),
        ("Other interventions", signed.interventions_other, now.interventions_other),
        ("Group dynamics", signed.dynamics, now.dynamics),
        ("Plan for the group", signed.plan, now.plan),
    )
    return [Change(label, new, difference(old, new)) for label, old, new in texts if old != new]


def _opened(row: Row) -> tuple[SignedContent, Proof, Verdict]:
    keys = ring()
    keys.load({row.data_key, row.key_sealed_by})
    signed = keys.open(CONTENT, row.id, row.content).encode()
    try:
        content = canonical.parse(signed)
    except ContentError as error:
        raise CannotOpen(f"signature {row.id} covers what is no signed content") from error
    encounter = keys.open(places.ENCOUNTER, row.note_id, row.encounter)
    # Else a signature that was moved would give one client's record under another's name.
    if (content.encounter, content.client.id) != (encounter, row.client_id):
        raise CannotOpen(f"the signature of note {row.note_id} belongs to another note")
    proof = Proof(signed, row.digest, row.signature, row.public_key)
    return content, proof, _verdict(row, content, proof)


def _opened_entries(row: Row, note: SignedContent, note_proof: Proof) -> Iterator[OpenEntry]:
    """Open what was added to a note; each entry says the how-manieth it is, so none is missing."""
    found = [_opened_entry(one, note, note_proof) for one in signing_queries.entries(row.note_id)]
    for place, entry in enumerate(sorted(found, key=lambda one: one.content.version), start=1):
        is_missed = entry.is_verified and entry.content.version != place
        yield replace(entry, verdict=Verdict.OTHER_ROW) if is_missed else entry


def _opened_entry(row: Row, note: SignedContent, note_proof: Proof) -> OpenEntry:
    keys = ring()
    keys.load({row.data_key, row.key_sealed_by})
    signed = keys.open(ENTRY_CONTENT, row.id, row.content).encode()
    try:
        content = canonical.parse_entry(signed)
    except ContentError as error:
        raise CannotOpen(f"entry {row.id} covers what is no signed content") from error
    if (content.encounter, content.client.id) != (note.encounter, note.client.id):
        raise CannotOpen(f"entry {row.id} belongs to another note")
    proof = Proof(signed, row.digest, row.signature, row.public_key)
    verdict = _verdict(row, content, proof)
    if verdict is Verdict.VERIFIED and content.note.sha256 != note_proof.digest.hex():
        verdict = Verdict.OTHER_ROW
    return OpenEntry(content, proof, verdict)


def _verdict(row: Row, content: SignedContent | SignedEntry, proof: Proof) -> Verdict:
    """Check the proof, that the key is the practice's own, and what the row says beside it."""
    try:
        private_key = ring().open(PRIVATE_KEY, row.key_id, row.private_key)
    except CannotOpen:
        return Verdict.OTHER_KEY
    if public_key_of(private_key) != row.public_key:
        return Verdict.OTHER_KEY
    said = content.signature
    if (said.signer_id, said.signed_at) != (row.signer_id, row.signed_at):
        return Verdict.OTHER_ROW
    return proof.verdict()


def _tell(actor: Actor | None, row: Row, verdict: Verdict) -> None:
    """Leave what the administrator is shown on their page."""
    failed = Happening(Tag.NOTE_VERIFY, actor, row.client_id, "individual_notes", row.note_id)
    log.record_failure(replace(failed, detail=verdict))
