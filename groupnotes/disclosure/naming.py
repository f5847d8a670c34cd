"""Whether a record that is to be given out names another client than its own."""

from __future__ import annotations

from groupnotes import deid
from groupnotes.identity import rosters
from groupnotes.notes import guarding, queries
from groupnotes.signing import findings
from groupnotes.signing import services as signing


def names_another(locked: signing.SignedNote) -> bool:
    """Say whether any text of the record surely names someone else of the client's group.

    That is everyone who had joined by the day of its last signature, and those around them.
    """
    session = queries.session_of_note(locked.session_id)
    last = max(one.content.signature.signed_at for one in locked.all)
    roster = rosters.as_of(session.group_id, last.date()).about(locked.client_id)
    found = guarding.in_record(_texts(locked), roster, locked.session_id, locked.note_id)
    return any(map(deid.is_blocked, found.values()))


def _texts(locked: signing.SignedNote) -> dict[str, str]:
    own = findings.individual_texts(locked.content)
    shared = guarding.shared_texts(locked.content.shared)
    texts = {f"own {name}": text for name, text in own.items()}
    texts |= {f"shared {name}": text for name, text in shared.items()}
    for at, entry in enumerate(locked.entries):
        texts |= {f"reason {at}": entry.content.reason, f"text {at}": entry.content.text}
    return texts
