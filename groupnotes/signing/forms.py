"""What a browser may send to sign."""

from __future__ import annotations

import uuid

from wtforms import PasswordField
from wtforms.validators import DataRequired

from groupnotes.signing.services import Choice
from groupnotes.web.forms import BaseForm


class SignForm(BaseForm):
    """The notes that were reviewed, each with the versions the page showed, and the password."""

    password = PasswordField(
        "Your password", [DataRequired("Type your password: it is your signature.")]
    )

    def choices(self, sent: list[str]) -> list[Choice]:
        """Read the ticked boxes; one that this site did not write counts as unticked."""
        found = []
        for value in sent:
            note_id, _, versions = value.partition(":")
            version, _, revision = versions.partition(":")
            try:
                found.append(Choice(uuid.UUID(note_id), int(version), int(revision)))
            except ValueError:
                continue
        return found
