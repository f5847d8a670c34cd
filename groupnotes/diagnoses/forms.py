"""What a browser may send about a diagnosis."""

from __future__ import annotations

from typing import Any, Self

from wtforms import IntegerField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from groupnotes.diagnoses.models import Diagnosis, DiagnosisStatus
from groupnotes.diagnoses.services import DiagnosisValues
from groupnotes.web.forms import BaseForm, ChoiceField, LineField, VersionForm

_RANKS = "Type a number from 1 to 99."


class RankField(IntegerField):
    """A place on a list, counted from 1."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, [InputRequired(_RANKS), NumberRange(1, 99, _RANKS)], **kwargs)
        self.invalid_value_message = _RANKS


class DiagnosisForm(BaseForm):
    """A new entry of the problem list."""

    code = LineField("ICD-10-CM code", [DataRequired("Type the code, such as F33.1.")], limit=12)
    description = LineField("Description", [DataRequired("Type what the code stands for.")])
    onset_on = LineField("Onset", limit=10)
    rank = RankField("Rank")

    def values(self) -> DiagnosisValues:
        """Return what was typed; call after ``validate``."""
        return DiagnosisValues(
            code=self.code.data or "",
            description=self.description.data or "",
            onset_on=self.onset_on.data or "",
            rank=self.rank.data or 0,
        )


class DiagnosisEditForm(DiagnosisForm, VersionForm):
    """A changed entry of the problem list."""

    status = ChoiceField(
        "Status",
        kind=DiagnosisStatus,
        choices=[(status.value, status.value.capitalize()) for status in DiagnosisStatus],
    )

    @classmethod
    def of(cls, diagnosis: Diagnosis) -> Self:
        """Show the entry as it is."""
        return cls(
            data={
                "code": diagnosis.code,
                "description": diagnosis.description,
                "onset_on": diagnosis.onset_on or "",
                "rank": diagnosis.rank,
                "status": diagnosis.status,
                "version": diagnosis.version,
            }
        )

    def values(self) -> DiagnosisValues:
        """Return what was typed; call after ``validate``."""
        typed = super().values()
        status = DiagnosisStatus(self.status.data)
        return DiagnosisValues(typed.code, typed.description, typed.onset_on, typed.rank, status)
