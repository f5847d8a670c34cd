"""What a browser may send about legal holds and purges."""

from __future__ import annotations

from wtforms import PasswordField
from wtforms.validators import DataRequired

from groupnotes.web.forms import BaseForm, LineField, ProseField


class HoldForm(BaseForm):
    """Why a record must not be destroyed."""

    reason = ProseField(
        "Reason",
        [DataRequired("Say what the record is held for.")],
        description="The court, audit or complaint, and its number. Part of the client’s record.",
        limit=1000,
    )


class ProposeForm(BaseForm):
    """The first person's word."""

    password = PasswordField("Your password", [DataRequired("Type your password to propose this.")])


class ConfirmForm(BaseForm):
    """The second person's word, and whose record they mean."""

    mrn = LineField(
        "Medical record number (MRN)",
        [DataRequired("Type the number of the client whose record is to be destroyed.")],
        description="As the person who proposed it gave it to you.",
        limit=40,
    )
    password = PasswordField(
        "Your password", [DataRequired("Type your password to destroy the record.")]
    )
