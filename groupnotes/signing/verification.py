"""Whether what is signed is what was signed: every signature, and every one beside it."""

from __future__ import annotations

import datetime as dt
import math
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, NamedTuple, TypeVar

from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core.actor import Actor
from groupnotes.core.errors import Conflict
from groupnotes.crypto.blob import CannotOpen, Place, key_number
from groupnotes.crypto.keyring import ring
from groupnotes.crypto.wrapping import WrongKey
from groupnotes.notes import places
from groupnotes.notes.states import NoteStatus
from groupnotes.signing import canonical, queries
from groupnotes.signing.assembly import CONTENT, ENTRY_CONTENT, PRIVATE_KEY, REVIEW_CONTENT
from groupnotes.signing.content import ContentError, SignedContent
from groupnotes.signing.entry import EntryKind, SignedEntry, leaves_none_out, mark_of
from groupnotes.signing.proof import Proof, Verdict, fingerprint, public_key_of
from groupnotes.signing.review import SignedReview

# What a value raises that no column can hold, and that SQLite held all the same.
FORGED = (AttributeError, LookupError, TypeError, ValueError)

Row = Any
Content = TypeVar("Content", SignedContent, SignedEntry, SignedReview)


class Altered(Conflict):
    """What stands in the place of signed content is none, or is that of another note.

    ``services.open_altered`` shows what can be read of it.
    """

    def __init__(self) -> None:
        super().__init__(
            "This note is not what was signed, so nothing is done with it and no record of it is "
            f"given out. {Verdict.UNREADABLE.sentence} The administrator is told."
        )


class Its(NamedTuple):
    """What all that is signed of one note must say."""

    encounter: str
    client_id: uuid.UUID
    digest: str  # of the note's own signed bytes, in hexadecimal digits


@dataclass(frozen=True, slots=True)
class Opened(Generic[Content]):
    """What somebody signed, what proves it, and whether it does."""

    id: uuid.UUID  # of its row
    content: Content
    proof: Proof
    verdict: Verdict
    review: Opened[SignedReview] | None = None  # a supervisor's signature beside it

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
    def awaits_review(self) -> bool:
        """Whether a supervisor has still to sign beside it."""
        return self.content.signature.review is not None and self.review is None

    @property
    def verdicts(self) -> list[Verdict]:
        """What became of it, and of the signature beside it."""
        return [self.verdict, *(self.review.verdicts if self.review else ())]

    @property
    def proofs(self) -> list[Proof]:
        """What proves it, and then what proves the signature beside it."""
        return [self.proof, *(self.review.proofs if self.review else ())]


class OpenNote(NamedTuple):
    """A signed note with all that was added to it, the oldest first."""

    note: Opened[SignedContent]
    entries: Sequence[Opened[SignedEntry]]
    returned: Sequence[Row]  # entries that a supervisor gave back, still sealed

    @property
    def all(self) -> Sequence[Opened[SignedContent] | Opened[SignedEntry]]:
        """The note, and then what was added to it."""
        return self.note, *self.entries


def number_of(entry: Opened[SignedEntry]) -> int | None:
    """Return the number of a locked entry among those of its note; one that waits has none."""
    if entry.awaits_review:
        return None
    given = entry.review.content.version if entry.review else None
    return entry.content.version if given is None else given


def opened(row: Row) -> OpenNote:
    """Open and check a note's signature and all beside it.

    ``row`` is one of `signing.queries`. Raises CannotOpen for what does not open, and Altered for
    what is no signed content, or that of another note.
    """
    note = opened_as(row, CONTENT, canonical.parse)
    # Else a signature that was moved, or its note, would give one client's record under
    # another's name.
    require_same_note(note.content, its_by_its_rows(row))
    its = its_of(note)
    reviews = reviews_of(row.note_id)
    note = reviewed(note, its, reviews)
    added = queries.entries(row.note_id)
    standing = [one for one in added if one.return_id is None]
    entries = list(_entries(standing, its, reviews))
    doubt = _doubt(row, note, entries)
    # A review that is of nothing that stands would leave what it was of to wait for ever.
    if reviews.keys() - {row.id, *(one.id for one in standing)}:
        doubt = Verdict.OTHER_ROW
    if doubt is None:
        doubt = _doubt_by_log(row.note_id)
    returned = [one for one in added if one.return_id is not None]
    return OpenNote(_doubted(note, doubt) if doubt else note, entries, returned)


def its_by_its_rows(row: Row) -> Its:
    """Return what the rows beside a signature say that is signed there."""
    if row.client_id != row.note_client_id:
        raise Altered
    encounter = ring().open(places.ENCOUNTER, row.note_id, row.encounter)
    return Its(encounter, row.client_id, row.digest.hex())


def its_of(note: Opened[SignedContent]) -> Its:
    """Return what is signed of a note, which all beside it must say too."""
    return Its(note.content.encounter, note.content.client.id, note.digest)


def reviews_of(note_id: uuid.UUID) -> dict[uuid.UUID, Row]:
    """Return the rows of the co-signatures of a note and its entries, by the id of each."""
    return {one.signature_id or one.entry_id: one for one in queries.reviews(note_id)}


def open_withdrawn(row: Row) -> Opened[SignedContent]:
    """Open what an author signed and a supervisor gave back; raises as `opened` does."""
    found = opened_as(row, CONTENT, canonical.parse)
    # That a draft was returned is told beside it, and no signature stands to be doubted for it.
    is_so = row.status.is_frozen or queries.as_logged(row.note_id).is_returned_so
    return found if is_so else _doubted(found, Verdict.OTHER_RETURN)


def open_returned(row: Row, its: Its) -> Opened[SignedEntry]:
    """Open an entry that was given back to whoever signed it; raises as `opened` does."""
    entry = open_entry(row, its, {})
    is_theirs = row.returned_to == entry.content.signature.signer_id
    return entry if is_theirs else _doubted(entry, Verdict.OTHER_ROW)


def _entries(
    rows: Sequence[Row], its: Its, reviews: Mapping[uuid.UUID, Row]
) -> Iterator[Opened[SignedEntry]]:
    """Open what was added; of what is locked each says the how-manieth it is: none is missing."""
    found = [open_entry(one, its, reviews) for one in rows]
    numbers = [number_of(entry) for entry in found]
    for entry in sorted(found, key=_age):
        is_counted = entry.awaits_review or leaves_none_out(number_of(entry), numbers)
        yield entry if is_counted else _doubted(entry, Verdict.OTHER_ROW)


def _age(entry: Opened[SignedEntry]) -> tuple[dt.datetime, float, uuid.UUID]:
    """Put what was signed first before the rest; of one second, what was locked first."""
    number = number_of(entry)
    return entry.content.signature.signed_at, math.inf if number is None else number, entry.id


def open_entry(row: Row, its: Its, reviews: Mapping[uuid.UUID, Row]) -> Opened[SignedEntry]:
    """Open what was added to a note, with the signature beside it; raises as `opened` does."""
    entry = opened_as(row, ENTRY_CONTENT, canonical.parse_entry)
    content = entry.content
    require_same_note(content, its)
    said = (content.note.sha256, content.signature.review is not None, content.kind)
    is_its_own = content.mark in {None, mark_of(row.id)}  # the first format had none
    if said != (its.digest, row.review_due, row.kind) or not is_its_own:
        entry = _doubted(entry, Verdict.OTHER_ROW)
    return reviewed(entry, its, reviews)


Reviewed = TypeVar("Reviewed", Opened[SignedContent], Opened[SignedEntry])


def reviewed(signed: Reviewed, its: Its, reviews: Mapping[uuid.UUID, Row]) -> Reviewed:
    """Put the signature of a supervisor beside what it is of; raises as `opened` does."""
    row = reviews.get(signed.id)
    if row is None:
        return signed
    review = opened_as(row, REVIEW_CONTENT, canonical.parse_review)
    require_same_note(review.content, its)
    if review.content.of.sha256 != signed.digest:
        review = _doubted(review, Verdict.OTHER_ROW)
    return replace(signed, review=review)


def _doubt(
    row: Row, note: Opened[SignedContent], entries: Sequence[Opened[SignedEntry]]
) -> Verdict | None:
    """Doubt a note whose rows say something else than what is signed of it."""
    content, status = note.content, row.status
    said = (content.version, content.signature.signer_id, content.signature.signed_at)
    if (row.newest_version, row.author_id, row.note_signed_at) != said:
        return Verdict.OTHER_ROW
    in_error = any(entry.content.kind is EntryKind.ENTERED_IN_ERROR for entry in entries)
    # A note that does not stand is not shown in its session.
    said_so = (status is NoteStatus.ENTERED_IN_ERROR, row.standing)
    if not status.is_frozen or said_so != (in_error, None if in_error else True):
        return Verdict.OTHER_ROW
    met = (content.session.date, content.session.starts_at, content.shared.revision)
    # What was entered in error says when another session was, or that it was not.
    if not in_error and (row.held_on, row.starts_at, row.revision) != met:
        return Verdict.OTHER_ROW
    # Two groups may meet at one time: the note stays with the group note that it was signed with.
    if row.revised_session_id != row.session_id:
        return Verdict.OTHER_ROW
    if (status is not NoteStatus.AWAITING_REVIEW) is note.awaits_review:
        return Verdict.NOT_REVIEWED
    return None


def _doubt_by_log(note_id: uuid.UUID) -> Verdict | None:
    logged = queries.as_logged(note_id)
    if not logged.is_complete:
        return Verdict.MISSING
    return None if logged.is_returned_so else Verdict.OTHER_RETURN


def text_of(row: Row, place: Place) -> str:
    """Return what stands where signed content should; raise CannotOpen if it was altered."""
    keys = ring()
    try:
        keys.load({row.data_key, row.key_sealed_by})
        return keys.open(place, row.id, row.content)
    except WrongKey as error:  # a wrapped key that was altered
        raise CannotOpen(f"{place.of(row.id)} does not open: {error}") from error


def opened_as(row: Row, place: Place, parse: Callable[[bytes], Content]) -> Opened[Content]:
    """Open one signature by itself; raise CannotOpen, or Altered for what is no signed content."""
    signed = text_of(row, place).encode()
    try:
        content = parse(signed)
    except ContentError as error:
        raise Altered from error
    proof = Proof(signed, row.digest, row.signature, row.public_key)
    return Opened(row.id, content, proof, _verdict(row, place, content, proof))


def require_same_note(content: SignedContent | SignedEntry | SignedReview, its: Its) -> None:
    """Raise Altered for what is signed of another note or client."""
    if (content.encounter, content.client.id) != (its.encounter, its.client_id):
        raise Altered


Doubted = TypeVar("Doubted", Opened[SignedContent], Opened[SignedEntry], Opened[SignedReview])


def _doubted(signed: Doubted, verdict: Verdict) -> Doubted:
    """Give it another verdict, unless it has one already."""
    return replace(signed, verdict=verdict) if signed.is_verified else signed


def _verdict(
    row: Row, place: Place, content: SignedContent | SignedEntry | SignedReview, proof: Proof
) -> Verdict:
    """Check the proof, that the key is the practice's own, and what the row says beside it."""
    try:
        private_key = ring().open(PRIVATE_KEY, row.key_id, row.private_key)
    except CannotOpen:
        return Verdict.OTHER_KEY
    if public_key_of(private_key) != row.public_key:
        return Verdict.OTHER_KEY
    said = (content.client.id, content.signature.signer_id, content.signature.signed_at)
    if said != (row.client_id, row.signer_id, row.signed_at):
        return Verdict.OTHER_ROW
    if key_number(place, row.id, row.content) != row.data_key:
        return Verdict.OTHER_ROW
    return proof.verdict()


def tell(
    actor: Actor | None, note_id: uuid.UUID, client_id: uuid.UUID | None, verdict: Verdict
) -> None:
    """Leave what the administrator is shown on their page."""
    failed = Happening(Tag.NOTE_VERIFY, actor, client_id, "individual_notes", note_id)
    log.record_failure(replace(failed, detail=verdict))
