"""Why nothing is done with a note that should be a draft, and the administrator hears of it."""

from __future__ import annotations

import contextlib
import enum
import logging
import uuid
from collections.abc import Iterator

import sqlalchemy as sa

from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.models import OF_SIGNING, AuditEvent
from groupnotes.audit.tags import Outcome, Tag
from groupnotes.core.actor import Actor
from groupnotes.core.errors import Conflict
from groupnotes.crypto.blob import CannotOpen
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus

_LOG = logging.getLogger(__name__)


class Doubt(enum.StrEnum):
    """What is wrong with a note, in the words that the log keeps of a signed one too."""

    CLOSED = "does-not-open"
    UNSIGNED = "missing"

    @property
    def sentence(self) -> str:
        """Say it to whoever would write the note, or read it."""
        return _SENTENCES[self]


_SENTENCES = {
    Doubt.CLOSED: (
        "This note cannot be opened: what is stored of it was altered. Nothing of it is shown, "
        "saved over or signed. The administrator is told."
    ),
    Doubt.UNSIGNED: (
        "This is no draft: the audit log has a signature of it that no supervisor returned, and "
        "that is gone. Nothing is saved over it or signed. The administrator is told."
    ),
}
# On the card of a signed note, whose page shows what was signed from its own bytes.
CLOSED_UNDER_SIGNED = (
    "What is stored beside this signed note cannot be opened: it was altered. Open the note to see "
    "what was signed. The administrator is told."
)


def signed_as_logged() -> sa.ColumnElement[int]:
    """Select 1 of a note that is no signed one, though the log says that it was and is.

    Each signature leaves an event, and each return of one another. A part of the statement that
    asks for the note: the index answers it for each.
    """
    note, event = IndividualNote, AuditEvent
    standing = sa.func.sum(sa.case((event.tag == Tag.NOTE_SIGN, 1), else_=-1))
    counted = (
        sa.select(standing)
        .where(
            OF_SIGNING,
            event.tag.in_((Tag.NOTE_SIGN, Tag.NOTE_RETURN)),
            event.outcome == Outcome.SUCCESS,
            event.object_id == note.id,
        )
        .correlate(note)
        .scalar_subquery()
    )
    unsigned = note.status.in_((NoteStatus.DRAFT, NoteStatus.SET_ASIDE))
    return sa.case((sa.and_(unsigned, counted > 0), 1), else_=0)


def tell(actor: Actor, note_id: uuid.UUID, client_id: uuid.UUID, doubt: Doubt) -> None:
    """Leave what the administrator is shown on their page."""
    log.record_failure(
        Happening(Tag.NOTE_VERIFY, actor, client_id, IndividualNote.__tablename__, note_id, doubt)
    )


def tell_of(actor: Actor, note_id: uuid.UUID, client_id: uuid.UUID, error: CannotOpen) -> None:
    """Tell of what does not open, where its page shows the rest all the same."""
    _LOG.critical("crypto.auth_failed: %s", error)
    tell(actor, note_id, client_id, Doubt.CLOSED)


@contextlib.contextmanager
def telling(actor: Actor, note_id: uuid.UUID, client_id: uuid.UUID) -> Iterator[None]:
    """Tell of a note that does not open in here, whose page then says so and nothing else."""
    try:
        yield
    except CannotOpen:
        tell(actor, note_id, client_id, Doubt.CLOSED)
        raise


def refuse(actor: Actor, note_id: uuid.UUID, client_id: uuid.UUID) -> None:
    """Raise Conflict for a note whose signature is gone."""
    tell(actor, note_id, client_id, Doubt.UNSIGNED)
    raise Conflict(Doubt.UNSIGNED.sentence)
