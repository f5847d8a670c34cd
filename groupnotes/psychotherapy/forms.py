"""What a browser may send about a psychotherapy note."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Self

from groupnotes.psychotherapy.models import PsychotherapyNote, PsychotherapyNoteKind
from groupnotes.psychotherapy.offered import OfferedSession
from groupnotes.psychotherapy.services import PsychotherapyNoteValues
from groupnotes.web.forms import BaseForm, ChoiceField, ProseField, SelectChoice, VersionForm
from groupnotes.web.words import day, time_of_day


class AboutForm(BaseForm):
    """Which kind of note it is, and the session that it is about, if any."""

    kind = ChoiceField(
        "Kind",
        kind=PsychotherapyNoteKind,
        choices=[(kind.value, kind.label) for kind in PsychotherapyNoteKind],
        missing="Choose which kind of note this is.",
    )
    # Which are offered is asked where it is checked, and not with every save while typing.
    session_id = ChoiceField("Session", kind=uuid.UUID, missing=None, validate_choice=False)

    def offering(self, sessions: Iterable[OfferedSession]) -> Self:
        """Offer ``sessions`` to choose from."""
        self.session_id.offer(
            (
                str(one.id),
                f"{day(one.starts_at)}, {time_of_day(one.starts_at)}: {one.group_name}",
            )
            for one in sessions
        )
        _, *offered = self.session_id.choices or []
        self.session_id.choices = [SelectChoice("", "No session of a group"), *offered]
        return self

    def values(self) -> PsychotherapyNoteValues:
        """Return what was chosen; call after ``validate``."""
        return PsychotherapyNoteValues(PsychotherapyNoteKind(self.kind.data), self.session_id.data)


class WritingForm(AboutForm, VersionForm):
    """A note while it is written."""

    text = ProseField("Text")

    @classmethod
    def of(cls, note: PsychotherapyNote) -> Self:
        """Show the note as it is."""
        return cls(
            data={
                "kind": note.kind,
                "session_id": note.session_id,
                "text": note.text,
                "version": note.version,
            }
        )

    def values(self) -> PsychotherapyNoteValues:
        """Return what was typed; call after ``validate``."""
        about = super().values()
        return PsychotherapyNoteValues(about.kind, about.session_id, self.text.data or "")


class DestroyingForm(VersionForm):
    """The last word on a note, over the version that its author saw."""
