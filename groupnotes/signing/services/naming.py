"""Whether what is signed in one session identifies anybody; it is looked at once for all notes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from groupnotes import deid
from groupnotes.identity import rosters
from groupnotes.notes import guarding
from groupnotes.notes.guarding import SharedText

Row = Any


class Naming:
    """Whom the texts of one session must not identify; each group note is read once."""

    def __init__(self, row: Row) -> None:
        self._session_id, self._held_on = row.session_id, row.held_on
        self._around = rosters.around(row.group_id)
        self._known: dict[tuple[str, ...], bool] = {}

    def finds(
        self, shared: SharedText, own: Mapping[str, str], client_id: uuid.UUID, note_id: uuid.UUID
    ) -> bool:
        """Say whether a group note, or what is one client's ``own``, may not stay as it is."""
        group_note = tuple(guarding.shared_texts(shared).values())
        if group_note not in self._known:
            found = guarding.in_group_note(shared, self._around, self._held_on, self._session_id)
            self._known[group_note] = _blocks(found)
        return self._known[group_note] or _blocks(
            guarding.in_texts(own, self._around, client_id, note_id)
        )


class Namings:
    """The same of many sessions, each of which is asked about when its first note is."""

    def __init__(self) -> None:
        self._sessions: dict[uuid.UUID, Naming] = {}

    def of(self, row: Row) -> Naming:
        """Return that of the session of a note; ``row`` is one of `signing.queries`."""
        if row.session_id not in self._sessions:
            self._sessions[row.session_id] = Naming(row)
        return self._sessions[row.session_id]


def _blocks(findings: guarding.Findings) -> bool:
    return any(map(deid.is_blocked, findings.values()))
