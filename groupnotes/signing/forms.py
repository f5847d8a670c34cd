"""What a browser may send to sign."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import HiddenInput

from groupnotes.access.policy import Permission
from groupnotes.core.errors import Invalid
from groupnotes.core.ids import new_id
from groupnotes.signing.entry import CHANGES, EntryKind, ErrorReason, SignedEntry
from groupnotes.signing.services import Choice, EntryValues, SignedNote
from groupnotes.web.forms import BaseForm, LineField, ProseField, SelectChoice

_DIGITS = 9  # of a revision: more of them no group note has
_PASSWORD = "Type your password: it is your signature."  # noqa: S105 - a sentence
_NO_EFFECT = "I read what was changed in the group note. It has no effect on this client’s note."


class AddingForm(BaseForm):
    """What is signed beside a locked note; ``key`` is its id, so one form makes one entry.

    It may come in the place of an entry that was ``returned``.
    """

    permission: ClassVar[Permission] = Permission.NOTE_ADD
    key = StringField(widget=HiddenInput())
    returned = StringField(widget=HiddenInput())
    password = PasswordField("Your password", [DataRequired(_PASSWORD)])

    @property
    def instead_of(self) -> uuid.UUID | None:
        """The entry that was returned; an id that this site did not write counts as none."""
        try:
            return uuid.UUID(self.returned.data or "")
        except ValueError:
            return None

    def validate_key(self, field: StringField) -> None:
        """Make a new key where a browser sent none of ours: it only costs the protection."""
        try:
            uuid.UUID(field.data or "")
        except ValueError:
            field.data = str(new_id())


class EntryForm(AddingForm):
    """What is added to a locked note."""

    revision = StringField(widget=HiddenInput())  # of the group note, if a change of it is why
    kind = RadioField("What it is", [InputRequired("Choose what this entry is.")])
    reason = LineField("Reason", [DataRequired("Say why this is added.")])
    text = ProseField("What is added", [DataRequired("Write what is added.")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = dict(CHANGES)
        if self._revision is not None:
            kinds[EntryKind.NO_EFFECT] = "what changed in the group note is nothing to this client"
        self.kind.choices = [
            SelectChoice(kind.value, f"{kind.label}: {meaning}") for kind, meaning in kinds.items()
        ]

    @property
    def _revision(self) -> int | None:
        """The revision that was considered; a number that this site did not write is none."""
        written = self.revision.data or ""
        return int(written) if written.isdecimal() and len(written) <= _DIGITS else None

    @classmethod
    def about_change(cls, locked: SignedNote, kind: EntryKind) -> Self:
        """Ask for an entry about what the group note says now and did not when it was signed."""
        before, now = locked.content.shared.revision, locked.newest_revision
        changed = "\n\n".join(
            f"{change.label}: {change.now or 'nothing'}" for change in locked.changes
        )
        return cls(
            key=str(new_id()),
            revision=str(now),
            kind=kind.value,
            reason="The group note was changed after this note was signed "
            f"(revision {before} to {now}).",
            text=changed if kind is EntryKind.ADDENDUM else _NO_EFFECT,
        )

    @classmethod
    def again(cls, locked: SignedNote, said: SignedEntry, entry_id: uuid.UUID) -> Self:
        """Ask for an entry anew that was returned, with its own words to mend.

        What it considered of the group note counts only if that says the same today.
        """
        considered = said.revision if said.revision == locked.newest_revision else None
        return cls(
            key=str(new_id()),
            returned=str(entry_id),
            revision="" if considered is None else str(considered),
            kind=said.kind.value,
            reason=said.reason,
            text=said.text,
        )

    def values(self) -> EntryValues:
        """Return what was typed; call after ``validate``."""
        return EntryValues(
            id=uuid.UUID(self.key.data or ""),
            kind=EntryKind(self.kind.data),
            reason=self.reason.data or "",
            text=self.text.data or "",
            revision=self._revision,
            returned=self.instead_of,
        )


class InErrorForm(AddingForm):
    """That a locked note was entered in error, and why."""

    permission = Permission.NOTE_RETRACT
    reason = RadioField(
        "Why it is in error",
        [InputRequired("Choose why it is in error.")],
        choices=[SelectChoice(reason.value, reason.value) for reason in ErrorReason],
    )
    text = ProseField("What happened", [DataRequired("Write what happened.")])

    @classmethod
    def again(cls, said: SignedEntry, entry_id: uuid.UUID) -> Self:
        """Ask for it anew after it was returned, with its own words to mend."""
        return cls(key=str(new_id()), returned=str(entry_id), reason=said.reason, text=said.text)

    def values(self) -> EntryValues:
        """Return what was typed; call after ``validate``."""
        return EntryValues(
            id=uuid.UUID(self.key.data or ""),
            kind=EntryKind.ENTERED_IN_ERROR,
            reason=self.reason.data or "",
            text=self.text.data or "",
            returned=self.instead_of,
        )


class ReturnForm(BaseForm):
    """A comment for the author of what is returned, and the digest of what was read."""

    seen = StringField(widget=HiddenInput())
    comment = ProseField(
        "What should change", [DataRequired("Write what the author should change.")]
    )


class SignForm(BaseForm):
    """The notes that were reviewed, each with what the page showed, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems: dict[str, str] = {}  # by note, or "notes" for the choice of them

    password = PasswordField("Your password", [DataRequired(_PASSWORD)])

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
