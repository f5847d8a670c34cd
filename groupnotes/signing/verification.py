"""Whether what is signed is what was signed: every signature, and every entry beside it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core.actor import Actor
from groupnotes.crypto.blob import CannotOpen
from groupnotes.crypto.keyring import ring
from groupnotes.notes import places
from groupnotes.signing import canonical, queries
from groupnotes.signing.assembly import CONTENT, ENTRY_CONTENT, PRIVATE_KEY
from groupnotes.signing.content import ContentError, SignedContent
from groupnotes.signing.entry import SignedEntry
from groupnotes.signing.proof import Proof, Verdict, fingerprint, public_key_of

Row = Any


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


def verify(note_id: uuid.UUID | None = None) -> Iterator[Checked]:
    """Verify the signature of one note, or every one; shows nobody what they say.

    Nothing is left to verify of a record that was destroyed, and nobody is alarmed by it.
    """
    for row in queries.every_signature(note_id):
        if row.gone:
            yield Checked(row.note_id, Verdict.DESTROYED)
            continue
        for verdict in _verdicts(row):
            if verdict is not Verdict.VERIFIED:
                tell(None, row, verdict)
            yield Checked(row.note_id, verdict)


def _verdicts(row: Row) -> Iterator[Verdict]:
    """Yield what comes of the note's own signature, and of those of all that was added."""
    try:
        content, proof, verdict = opened(row)
    except CannotOpen:
        yield Verdict.UNREADABLE
        return
    yield verdict
    try:
        yield from [entry.verdict for entry in opened_entries(row, content, proof)]
    except CannotOpen:
        yield Verdict.UNREADABLE


def opened(row: Row) -> tuple[SignedContent, Proof, Verdict]:
    """Open and check the signature in a row; raise CannotOpen for what cannot be read."""
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


def opened_entries(row: Row, note: SignedContent, note_proof: Proof) -> Iterator[OpenEntry]:
    """Open what was added to a note; each entry says the how-manieth it is, so none is missing."""
    found = [_opened_entry(one, note, note_proof) for one in queries.entries(row.note_id)]
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


def tell(actor: Actor | None, row: Row, verdict: Verdict) -> None:
    """Leave what the administrator is shown on their page."""
    failed = Happening(Tag.NOTE_VERIFY, actor, row.client_id, "individual_notes", row.note_id)
    log.record_failure(replace(failed, detail=verdict))
