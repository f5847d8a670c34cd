"""What a browser may send to sign."""

from __future__ import annotations

import uuid
from typing import Any

from wtforms import PasswordField
from wtforms.validators import DataRequired

from groupnotes.core.errors import Invalid
from groupnotes.signing.services import Choice
from groupnotes.web.forms import BaseForm


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
