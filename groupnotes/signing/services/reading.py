"""Show what was signed, and verify it each time."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

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
from groupnotes.notes.difference import Change, changes
from groupnotes.notes.opening import Returned
from groupnotes.notes.queries import Ways
from groupnotes.notes.states import NoteStatus
from groupnotes.signing import queries as signing_queries
from groupnotes.signing import verification
from groupnotes.signing.content import SignedContent
from groupnotes.signing.entry import SignedEntry
from groupnotes.signing.proof import Proof, Verdict
from groupnotes.signing.returned import ReturnedEntry, returned_entry
from groupnotes.signing.verification import Altered, Opened

Row = Any


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A signed note: what was signed, what proves it, whether it does, and what came of it."""

    note_id: uuid.UUID
    client_id: uuid.UUID
    session_id: uuid.UUID
    status: NoteStatus
    note: Opened[SignedContent]
    newest_revision: int  # of the group note, which may have changed since
    ways: Ways
    entries: Sequence[Opened[SignedEntry]]  # what was added to it, the oldest first
    is_concern: bool  # of its reader, what is not locked yet
    changes: Sequence[Change]  # of the group note since
    returns: Sequence[Returned]  # of it, by supervisors, the oldest first
    returned: Sequence[ReturnedEntry]  # what was added to it and given back, the oldest first

    @property
    def content(self) -> SignedContent:
        """What was signed."""
        return self.note.content

    @property
    def shown(self) -> Sequence[Opened[SignedEntry]]:
        """What its reader sees of what was added: others see what is locked."""
        return [one for one in self.entries if self.is_concern or not one.awaits_review]

    @property
    def all(self) -> Sequence[Opened[SignedContent] | Opened[SignedEntry]]:
        """The note, and then what was added to it."""
        return self.note, *self.entries

    @property
    def trouble(self) -> Verdict:
        """What is wrong, first with the note and then with what was added to it."""
        verdicts = (verdict for one in self.all for verdict in one.verdicts)
        return next((one for one in verdicts if one is not Verdict.VERIFIED), Verdict.VERIFIED)

    @property
    def is_sound(self) -> bool:
        """Whether the note and all that was added to it are verified."""
        return self.trouble is Verdict.VERIFIED

    @property
    def awaits_review(self) -> bool:
        """Whether a supervisor has still to sign the note, or what was added to it."""
        return any(one.awaits_review for one in self.all)

    @property
    def is_in_error(self) -> bool:
        """Whether it was entered in error, so that it is no part of the client's record."""
        return self.status is NoteStatus.ENTERED_IN_ERROR

    @property
    def is_given_out(self) -> bool:
        """Whether a record of it may leave the practice."""
        return self.is_sound and self.status is NoteStatus.SIGNED and not self.awaits_review

    @property
    def may_be_added_to(self) -> bool:
        """Whether its reader may sign a further entry of it."""
        return self.ways.add and self.is_sound and self.status is NoteStatus.SIGNED

    @property
    def may_be_retracted(self) -> bool:
        """Whether its reader may say that it was entered in error."""
        return self.ways.retract and self.is_sound and self.status is NoteStatus.SIGNED

    @property
    def may_see_withdrawn(self) -> bool:
        """Whether its reader may see what was signed of it before it was returned."""
        history = self.ways.history and (self.returns or self.returned)
        return bool(history) or any(one.is_mine for one in self.returned)

    @property
    def proofs(self) -> list[Proof]:
        """What proves the note and all that was added to it."""
        return [proof for one in self.all for proof in one.proofs]

    def given_back(self, entry_id: uuid.UUID | None) -> ReturnedEntry | None:
        """Return an entry that its reader signed and was given back, as long as it is to do."""
        return next((one for one in self.returned if one.id == entry_id and one.is_to_do), None)

    @property
    def numbers(self) -> Iterator[int]:
        """The numbers that the next entries of it get, once they are locked."""
        taken = {verification.number_of(entry) for entry in self.entries}
        return (number for number in itertools.count(1) if number not in taken)

    @property
    def is_outdated(self) -> bool:
        """Whether the group note says something else now than was signed, or considered since."""
        considered = (entry.content.revision or 0 for entry in self.entries)
        return self.newest_revision > max(self.content.shared.revision, *considered, 0)


def open_signed(
    actor: Actor,
    note_id: uuid.UUID,
    permission: Permission = Permission.NOTE_READ,
    tag: Tag = Tag.NOTE_READ,
) -> SignedNote:
    """Show a signed note from the bytes that were signed, verified anew each time.

    What is not what was signed is shown too, with its ``verdict``, and recorded for the
    administrator. Raises CannotOpen for what does not open, and Altered for what opens and is no
    signed content: ``open_altered`` shows that.
    """
    row = signature_of(actor, note_id, permission, tag)
    try:
        opened = verification.opened(row)
    except (CannotOpen, Altered):
        verification.tell(actor, note_id, row.client_id, Verdict.UNREADABLE)
        raise
    for found in (verdict for one in opened.all for verdict in one.verdicts):
        if found is not Verdict.VERIFIED:
            verification.tell(actor, note_id, row.client_id, found)
    log.record_shown(Happening(tag, actor, row.client_id, "individual_notes", note_id))
    ways = queries.ways_from(actor, note_id)
    # Whoever reads only what is locked is not shown what the group note says today, nor what
    # waits for a supervisor, or was said between one and an author who is somebody else.
    concerned = ways.is_concerned
    outdated = row.newest_revision > opened.note.content.shared.revision
    return SignedNote(
        note_id=note_id,
        client_id=row.client_id,
        session_id=row.session_id,
        status=row.status,
        note=opened.note,
        newest_revision=row.newest_revision,
        ways=ways,
        entries=opened.entries,
        is_concern=concerned,
        changes=_changes(row, opened.note.content) if outdated and concerned else (),
        returns=opening.returns(queries.returns(note_id)) if concerned else (),
        returned=[
            returned_entry(actor, one)
            for one in opened.returned
            if concerned or one.returned_to == actor.user_id
        ],
    )


def signature_of(actor: Actor, note_id: uuid.UUID, permission: Permission, tag: Tag) -> Row:
    """Return the author's signature with what it covers; raise NotFound, and leave a trace.

    Raises CannotOpen for one that somebody took away, or made unreadable; the administrator
    is told.
    """
    require(actor, permission, tag, object_type="individual_notes", object_id=note_id)
    try:
        row = signing_queries.signature(actor, permission, note_id)
    except verification.FORGED as error:
        verification.tell(actor, note_id, None, Verdict.UNREADABLE)
        raise CannotOpen(f"the signature of note {note_id} holds what none can") from error
    if row is not None:
        return row
    lost = signing_queries.unsigned(actor, permission, note_id)
    if lost is not None:
        verification.tell(actor, note_id, lost.client_id, Verdict.MISSING)
        raise CannotOpen(f"the signature of note {note_id} is gone")
    log.record_refusal(Happening(tag, actor, None, "individual_notes", note_id))
    raise NotFound


def _changes(row: Row, content: SignedContent) -> list[Change]:
    newest = signing_queries.newest_group_note(row.session_id)
    ring().load({newest.data_key})
    return changes(content.shared, opening.group_note(newest))
