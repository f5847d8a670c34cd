"""Show what can be read of a signed note that was altered so that it cannot be shown as signed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from groupnotes.access.policy import Permission
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core.actor import Actor
from groupnotes.crypto.blob import Place
from groupnotes.notes import queries
from groupnotes.notes.queries import Ways
from groupnotes.signing import canonical, verification
from groupnotes.signing import queries as signing_queries
from groupnotes.signing.assembly import CONTENT, ENTRY_CONTENT, REVIEW_CONTENT
from groupnotes.signing.content import SignedContent
from groupnotes.signing.entry import SignedEntry
from groupnotes.signing.legible import Legible, legible
from groupnotes.signing.review import SignedReview
from groupnotes.signing.services.reading import signature_of
from groupnotes.signing.verification import Altered, Its, Opened

Row = Any
Signed = TypeVar("Signed", bound=Opened[SignedContent] | Opened[SignedEntry])


@dataclass(frozen=True, slots=True)
class Remains:
    """What stands in the place of one signed content; ``read`` is None where that is another's."""

    id: uuid.UUID  # of its row
    what: str
    read: Legible | None


@dataclass(frozen=True, slots=True)
class AlteredNote:
    """A signed note, of which something is not even signed content, as far as it can be read."""

    note_id: uuid.UUID
    client_id: uuid.UUID
    session_id: uuid.UUID
    ways: Ways
    note: Opened[SignedContent] | None  # None where it is the note that cannot be read
    entries: Sequence[Opened[SignedEntry]]  # what was added to it and can be read, oldest first
    remains: Sequence[Remains]


def open_altered(actor: Actor, note_id: uuid.UUID) -> AlteredNote:
    """Show what can be read of a note for which ``open_signed`` raised Altered.

    The administrator was told by that. Raises NotFound, and CannotOpen where a ciphertext does
    not open.
    """
    row = signature_of(actor, note_id, Permission.NOTE_READ, Tag.NOTE_READ)
    log.record_shown(Happening(Tag.NOTE_READ, actor, row.client_id, "individual_notes", note_id))
    ways = queries.ways_from(actor, note_id)
    found = _Found(row, is_concern=ways.is_concerned)
    return AlteredNote(
        note_id=note_id,
        client_id=row.note_client_id,
        session_id=row.session_id,
        ways=ways,
        note=found.note,
        entries=found.entries,
        remains=found.remains,
    )


class _Found:
    """All that is signed of one note: what can be read, and what remains of the rest."""

    def __init__(self, row: Row, *, is_concern: bool) -> None:
        self.note: Opened[SignedContent] | None = None
        self.entries: list[Opened[SignedEntry]] = []
        self.remains: list[Remains] = []
        try:
            self._its = verification.its_by_its_rows(row)
        except Altered:  # its row names another client: nothing in it is for this reader
            self.remains.append(Remains(row.id, "The note", None))
            return
        self._reviews = self._reviews_of(row.note_id)
        self.note = self._note(row)
        for one in signing_queries.entries(row.note_id):
            is_shown = is_concern or not one.review_due or one.id in self._reviews
            if one.return_id is None and is_shown:
                self._add(one)

    def _note(self, row: Row) -> Opened[SignedContent] | None:
        def read(its: Its, reviews: Mapping[uuid.UUID, Row]) -> Opened[SignedContent]:
            note = verification.opened_as(row, CONTENT, canonical.parse)
            verification.require_same_note(note.content, its)
            return verification.reviewed(note, its, reviews)

        return self._read(read, row, CONTENT, SignedContent, "The note")

    def _add(self, row: Row) -> None:
        def read(its: Its, reviews: Mapping[uuid.UUID, Row]) -> Opened[SignedEntry]:
            return verification.open_entry(row, its, reviews)

        entry = self._read(read, row, ENTRY_CONTENT, SignedEntry, row.kind.label)
        self.entries.extend([entry] if entry else [])

    def _reviews_of(self, note_id: uuid.UUID) -> dict[uuid.UUID, Row]:
        """Return the co-signatures that can be read; the rest is among what remains."""
        found = verification.reviews_of(note_id)
        return {of: row for of, row in found.items() if self._is_review(row)}

    def _is_review(self, row: Row) -> bool:
        try:
            review = verification.opened_as(row, REVIEW_CONTENT, canonical.parse_review)
            verification.require_same_note(review.content, self._its)
        except Altered:
            self._keep(row, REVIEW_CONTENT, SignedReview, "A supervisor’s signature")
            return False
        return True

    def _read(
        self,
        read: Callable[[Its, Mapping[uuid.UUID, Row]], Signed],
        row: Row,
        place: Place,
        kind: Any,
        what: str,
    ) -> Signed | None:
        try:
            return read(self._its, self._reviews)
        except Altered:
            self._keep(row, place, kind, what)
            return None

    def _keep(self, row: Row, place: Place, kind: Any, what: str) -> None:
        found = legible(kind, verification.text_of(row, place))
        is_another = found.names_another(self._its.encounter, self._its.client_id)
        self.remains.append(Remains(row.id, what, None if is_another else found))
