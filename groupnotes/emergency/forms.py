"""What a browser may send about an emergency access."""

from __future__ import annotations

import datetime as dt

from wtforms import PasswordField, RadioField
from wtforms.validators import DataRequired, InputRequired, Length

from groupnotes.access.models import EmergencyGround
from groupnotes.emergency.services import Beginning, Finding
from groupnotes.web.forms import BaseForm, DayField, LineField, ProseField, SelectChoice

LEAST = 10  # characters of a reason: fewer say nothing
MOST = 1000

_SHORT = "Say in a sentence why you need this record now."


class BeginForm(BaseForm):
    """Whose record is needed, why, and the password again."""

    mrn = LineField(
        "Medical record number (MRN)", [DataRequired("Type the medical record number.")], limit=40
    )
    birth_date = DayField("Date of birth", [InputRequired("Type the client’s date of birth.")])
    ground = RadioField(
        "What kind of emergency it is",
        [InputRequired("Choose what kind of emergency it is.")],
        choices=[SelectChoice(ground.value, ground.label) for ground in EmergencyGround],
    )
    reason = ProseField(
        "Reason",
        [DataRequired(_SHORT), Length(min=LEAST, message=_SHORT)],
        limit=MOST,
    )
    password = PasswordField(
        "Your password", [DataRequired("Type your password: it is asked for again here.")]
    )

    def values(self) -> Beginning:
        """Return what was typed; call after ``validate``."""
        return Beginning(
            mrn=self.mrn.data or "",
            birth_date=self.birth_date.data or dt.date.min,
            ground=EmergencyGround(self.ground.data),
            reason=self.reason.data or "",
        )


class ReviewForm(BaseForm):
    """What an administrator found."""

    finding = RadioField(
        "What you found",
        [InputRequired("Choose what you found.")],
        choices=[
            SelectChoice("justified", "Justified"),
            SelectChoice("not-justified", "Not justified"),
        ],
    )
    comment = ProseField(
        "Comment", [DataRequired("Say what you looked at and what follows from it.")], limit=MOST
    )

    def values(self) -> Finding:
        """Return what was typed; call after ``validate``."""
        return Finding(self.finding.data == "justified", self.comment.data or "")
