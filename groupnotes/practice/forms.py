"""What a browser may send about the practice."""

from __future__ import annotations

from wtforms import BooleanField, SelectField
from wtforms.validators import DataRequired

from groupnotes.practice.details import PracticeDetails, time_zones
from groupnotes.practice.services import InterventionValues
from groupnotes.web.forms import (
    BaseForm,
    LineField,
    NumberField,
    ProseField,
    SelectChoice,
    VersionForm,
)

_NEARBY = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
)


_LIST_LIMIT = 10_000  # characters


def _zones() -> list[SelectChoice]:
    first = [SelectChoice(zone, optgroup="United States") for zone in _NEARBY]
    others = [zone for zone in time_zones() if zone not in _NEARBY]
    return first + [SelectChoice(zone, optgroup="Elsewhere") for zone in others]


def _list(typed: str | None) -> str | None:
    """Return the phrases of a list, one a line; None when there are none."""
    return "\n".join(line.strip() for line in (typed or "").splitlines() if line.strip()) or None


class PracticeForm(VersionForm):
    """The practice as records print it."""

    name = LineField("Name", [DataRequired("Type the practice's name.")], limit=120)
    street = LineField("Street", [DataRequired("Type the street and number.")], limit=120)
    city = LineField("City", [DataRequired("Type the city.")], limit=80)
    state = LineField("State", [DataRequired("Type the state.")], limit=2)
    postal_code = LineField("ZIP code", [DataRequired("Type the ZIP code.")], limit=10)
    phone = LineField("Telephone", [DataRequired("Type the telephone number.")], limit=30)
    npi = LineField("NPI", description="The practice's own, 10 digits, if it has one.", limit=10)
    time_zone = SelectField(
        "Time zone",
        choices=_zones,
        description="Groups meet by its clock. Sessions that are scheduled keep their time.",
        validate_choice=False,
    )
    retention_years = NumberField(
        "Years after the last service",
        low=5,
        high=99,
        description="The longest that your state and your payers ask for: Medicare Advantage "
        "and Medicaid managed care ask for 10.",
    )
    age_of_majority = NumberField(
        "Age of majority",
        low=18,
        high=21,
        description="18; 19 in Alabama and Nebraska, 21 in Mississippi.",
    )
    years_after_majority = NumberField("Years after majority, for minors", low=0, high=99)
    backup_days = NumberField(
        "Days for which backups are kept",
        low=0,
        high=3650,
        description="What is destroyed here stays in backups that long. Count archived logs too.",
    )

    sign_within = NumberField(
        "Notes are signed within",
        low=1,
        high=90,
        description="Business days after the session. A note that is signed later says so.",
    )

    sign_each = BooleanField(
        "Each note is signed with a password of its own",
        description="Without this, the notes that were reviewed together are signed together.",
    )

    allowed_words = ProseField(
        "Words that identify nobody",
        description="Your rooms, programmes and places, one a line. The name of someone in the "
        "group is found all the same.",
        limit=_LIST_LIMIT,
    )
    denied_words = ProseField(
        "Words that no shared note may hold",
        description="One a line, such as the name of a house that would tell who lives there.",
        limit=_LIST_LIMIT,
    )

    def values(self) -> PracticeDetails:
        """Return what was typed."""
        return PracticeDetails(
            name=self.name.data or "",
            street=self.street.data or "",
            city=self.city.data or "",
            state=(self.state.data or "").upper(),
            postal_code=self.postal_code.data or "",
            phone=self.phone.data or "",
            npi=self.npi.data or "",
            time_zone=self.time_zone.data or "",
            sign_within=self.sign_within.data or 0,
            sign_each=self.sign_each.data,
            retention_years=self.retention_years.data or 0,
            age_of_majority=self.age_of_majority.data or 0,
            years_after_majority=self.years_after_majority.data or 0,
            backup_days=self.backup_days.data or 0,
            allowed_words=_list(self.allowed_words.data),
            denied_words=_list(self.denied_words.data),
        )


class NewInterventionForm(BaseForm):
    """One more intervention."""

    name = LineField("Name", [DataRequired("Type what the intervention is called.")], limit=80)
    therapeutic = BooleanField(
        "It is psychotherapy",
        description="Social time, meals and outings are not, and payers do not pay for them.",
    )

    def values(self) -> InterventionValues:
        """Return what was typed."""
        return InterventionValues(self.name.data or "", self.therapeutic.data)


class InterventionForm(VersionForm, NewInterventionForm):
    """An entry of the list."""

    active = BooleanField(
        "Offered for new group notes",
        description="Without this it stays in the notes that name it already.",
    )

    def values(self) -> InterventionValues:
        """Return what was typed."""
        return InterventionValues(self.name.data or "", self.therapeutic.data, self.active.data)
