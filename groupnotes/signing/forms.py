"""What a browser may send to sign."""

from __future__ import annotations

import uuid
from typing import Any

from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import HiddenInput

from groupnotes.core.errors import Invalid
from groupnotes.core.ids import new_id
from groupnotes.signing.entry import EntryKind
from groupnotes.signing.services import Choice, EntryValues, SignedNote
from groupnotes.web.forms import BaseForm, LineField, ProseField, SelectChoice


class EntryForm(BaseForm):
    """What is added to a locked note; ``key`` is the entry's id, so one form makes one entry."""

    key = StringField(widget=HiddenInput())
    kind = RadioField(
        "What it is",
        [InputRequired("Choose what this entry is.")],
        choices=[SelectChoice(kind.value, f"{kind.label}: {kind.meaning}") for kind in EntryKind],
    )
    reason = LineField("Reason", [DataRequired("Say why this is added.")])
    text = ProseField("What is added", [DataRequired("Write what is added.")])
    password = PasswordField(
        "Your password", [DataRequired("Type your password: it is your signature.")]
    )

    def adopt(self, locked: SignedNote) -> None:
        """Put in what the group note says now where it changed after the note was signed."""
        self.kind.data = EntryKind.ADDENDUM.value
        self.reason.data = (
            "The group note was changed after this note was signed "
            f"(revision {locked.content.shared.revision} to {locked.newest_revision})."
        )
        self.text.data = "\n\n".join(
            f"{change.label}: {change.now or 'nothing'}" for change in locked.changes
        )

    def values(self) -> EntryValues:
        """Return what was typed; call after ``validate``."""
        return EntryValues(
            id=uuid.UUID(self.key.data or ""),
            kind=EntryKind(self.kind.data),
            reason=self.reason.data or "",
            text=self.text.data or "",
        )

    def validate_key(self, field: StringField) -> None:
        """Make a new key where a browser sent none of ours: it only costs the protection."""
        try:
            uuid.UUID(field.data or "")
        except ValueError:
            field.data = str(new_id())


class SignForm(BaseForm):
    """The notes that were reviewed, each with what the page showed, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems: dict[str, str] = {}  # by note, or "notes" for the choice of them

    password = PasswordField(
        "Your password", [DataRequired("Type your password: it is your signature.")]
    )

    def refuse(self, invalid: Invalid) -> None:
        """Show what is wrong with the password at its field, the rest at its note."""
        for name, sentence in invalid.fields.items():
            if name in self._fields:
                super().refuse(Invalid({name: sentence}))
            else:
                self.problems[name] = sentence

    def choices(self, sent: list[str]) -> list[Choice]:
        """Read the ticked boxes; one that this site did not write counts as unticked."""
        found = []
        for value in sent:
            note_id, _, seen = value.partition(":")
            try:
                found.append(Choice(uuid.UUID(note_id), seen))
            except ValueError:
                continue
        return found
