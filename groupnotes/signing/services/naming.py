"""Whether what is signed in one session names anybody; its people are read once for all notes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from groupnotes import deid
from groupnotes.notes import guarding, opening, queries
from groupnotes.notes.guarding import SharedText
from groupnotes.signing.services.met import Met

Row = Any


class Naming:
    """Those whom the texts of one session must not name; each group note is read once."""

    def __init__(self, met: Met) -> None:
        people = queries.people_of_group(met)
        opening.load_keys(people)
        everyone = opening.roster(people).persons
        self._group = deid.NameCheck(deid.Roster(everyone))
        of_session = {person.client_id for person in people if person.of_session}
        those_met = tuple(person for person in everyone if person.id in of_session)
        all_met = those_met == everyone
        self._session = self._group if all_met else deid.NameCheck(deid.Roster(those_met))
        self._known: dict[tuple[str, ...], bool] = {}

    def finds(self, shared: SharedText, own: Mapping[str, str], client_id: uuid.UUID) -> bool:
        """Say whether a group note, or what is one client's ``own``, names someone else."""
        texts = guarding.shared_texts(shared)
        group_note = tuple(texts.values())
        if group_note not in self._known:
            self._known[group_note] = bool(self._group.found(texts))
        return self._known[group_note] or bool(self._session.found(own, but=client_id))


class Namings:
    """The same of many sessions, each of which is asked about when its first note is."""

    def __init__(self) -> None:
        self._sessions: dict[uuid.UUID, Naming] = {}

    def of(self, row: Row) -> Naming:
        """Return that of the session of a note; ``row`` is one of `signing.queries`."""
        if row.session_id not in self._sessions:
            met = Met(row.session_id, row.group_id, row.held_on)
            self._sessions[row.session_id] = Naming(met)
        return self._sessions[row.session_id]
