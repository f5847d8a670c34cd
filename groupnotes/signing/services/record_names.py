"""Whether a signed record names another client than its own, and what its author says of that."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from groupnotes import deid
from groupnotes.access.policy import Permission
from groupnotes.core.actor import Actor
from groupnotes.core.errors import Conflict
from groupnotes.crypto.blob import CannotOpen
from groupnotes.identity import decisions, rosters
from groupnotes.identity.decisions import Choice, Kept, Subject
from groupnotes.notes import guarding, queries
from groupnotes.notes.difference import LABELS
from groupnotes.signing import findings
from groupnotes.signing.services.adding import amendable
from groupnotes.signing.services.reading import SignedNote, open_signed

_NOT_GIVEN_OUT = "This note is not given out as it is, so there is nothing to keep in it."
_OWN = {
    "response": "Response to the group",
    "group_response": "The group’s response",
    "risk_action": "Risk",
    "plan": "Plan",
}


@dataclass(frozen=True, slots=True)
class NamingText:
    """One text of a record that names somebody; ``place`` is what a decision calls it by."""

    place: str
    label: str
    text: str
    findings: Sequence[deid.Finding]


@dataclass(frozen=True, slots=True)
class RecordNames:
    """What keeps a record from being given out, and what was let stay in it already."""

    locked: SignedNote
    texts: Sequence[NamingText]
    kept: Sequence[Kept]


def names_another(locked: SignedNote) -> bool:
    """Say whether any text of the record surely names someone else of the client's group.

    That is everyone who had joined by the day of its last signature, and those around them.
    """
    return next(_naming(locked), None) is not None


def is_held_back(locked: SignedNote) -> bool:
    """Say whether its reader can do something about a record that names another client.

    Where the others cannot be read the note still can: its record says so when it is asked for.
    """
    try:
        return locked.ways.retract and locked.is_given_out and names_another(locked)
    except CannotOpen:
        return False


def open_record_names(actor: Actor, note_id: uuid.UUID) -> RecordNames:
    """Show what in a signed note names another client, to its author or their supervisor."""
    locked = open_signed(actor, note_id, Permission.NOTE_RETRACT)
    kept = decisions.kept(locked.session_id, note_id)
    return RecordNames(locked, [*_naming(locked)] if locked.is_given_out else [], kept)


def keep_in_record(actor: Actor, note_id: uuid.UUID, choice: Choice) -> None:
    """Let words of a signed note stay in its record, for a reason; see ``identity.decisions``.

    What was signed is not touched. Raises Conflict for a note that is not given out anyway,
    and for words that are not where the page showed them; Invalid without a reason.
    """
    row = amendable(actor, note_id, Permission.NOTE_RETRACT)
    locked = open_signed(actor, note_id, Permission.NOTE_RETRACT)
    if not locked.is_given_out:
        raise Conflict(_NOT_GIVEN_OUT)
    found = {one.place: one for one in _naming(locked)}.get(choice.field)
    text, places = (found.text, found.findings) if found else ("", ())
    subject = Subject(row.data_key, note_id=note_id, client_id=locked.client_id)
    decisions.decide(actor, subject, text, places, choice)


def _naming(locked: SignedNote) -> Iterator[NamingText]:
    session = queries.session_of_note(locked.session_id)
    last = max(one.content.signature.signed_at for one in locked.all)
    roster = rosters.as_of(session.group_id, last.date()).about(locked.client_id)
    texts = {place: (label, text) for place, label, text in _texts(locked)}
    words = {place: text for place, (_, text) in texts.items()}
    found = guarding.in_record(words, roster, locked.session_id, locked.note_id)
    for place, ones in found.items():
        blocking = [one for one in ones if one.is_block()]
        if blocking:
            yield NamingText(place, *texts[place], blocking)


def _texts(locked: SignedNote) -> Iterator[tuple[str, str, str]]:
    for name, text in guarding.shared_texts(locked.content.shared).items():
        yield f"shared-{name}", LABELS[name], text
    for name, text in findings.individual_texts(locked.content).items():
        yield f"own-{name}", _OWN.get(name, "Progress"), text
    for at, entry in enumerate(locked.entries):
        kind = entry.content.kind.label
        yield f"reason-{at}", f"{kind}, its reason", entry.content.reason
        yield f"text-{at}", kind, entry.content.text
