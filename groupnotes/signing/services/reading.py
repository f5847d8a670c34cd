"""Show what was signed, and verify it each time."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
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
from groupnotes.notes import opening, queries
from groupnotes.notes.queries import Ways
from groupnotes.signing import queries as signing_queries
from groupnotes.signing import verification
from groupnotes.signing.content import SignedContent
from groupnotes.signing.difference import Piece, difference
from groupnotes.signing.proof import Proof, Verdict, fingerprint
from groupnotes.signing.verification import OpenEntry

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
        content, proof, verdict = verification.opened(row)
        entries = list(verification.opened_entries(row, content, proof))
    except CannotOpen:
        verification.tell(actor, row, Verdict.UNREADABLE)
        raise
    for found in (verdict, *(entry.verdict for entry in entries)):
        if found is not Verdict.VERIFIED:
            verification.tell(actor, row, found)
    log.record_shown(Happening(tag, actor, row.client_id, "individual_notes", note_id))
    ways = queries.ways_from(actor, note_id)
    # Whoever reads only what is locked is not shown what the group note says today.
    concerned = ways.session or ways.add
    outdated = row.newest_revision > content.shared.revision
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
        changes=_changes(row, content) if outdated and concerned else (),
    )


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
