"""What a browser may send about groups, their facilitators and enrolments."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any, Self

from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from groupnotes.accounts.details import StaffLine
from groupnotes.groups import weekly
from groupnotes.groups.codes import PLACES, service_code
from groupnotes.groups.details import CAPACITY, LONGEST_RULE, MINUTES, GroupDetails
from groupnotes.groups.models import FacilitatorRole, Group, GroupKind, Modality
from groupnotes.groups.recurrence import WEEKDAYS
from groupnotes.groups.services import OFFERED, EnrolmentStart, FacilitationStart
from groupnotes.web.forms import (
    BaseForm,
    ChoiceField,
    ClockField,
    DayField,
    LineField,
    NumberField,
    SelectChoice,
    VersionForm,
)

KINDS = {
    GroupKind.PROCESS: "Process",
    GroupKind.PSYCHOEDUCATION: "Psychoeducation",
    GroupKind.SKILLS: "Skills",
    GroupKind.SUBSTANCE_USE: "Substance use",
    GroupKind.MULTI_FAMILY: "Multi-family",
    GroupKind.SUPPORT: "Support",
}
MODALITIES = {
    Modality.IN_PERSON: "In person",
    Modality.VIDEO: "By video",
    Modality.AUDIO: "By telephone",
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def modality_field() -> ChoiceField:
    """Ask for the modality; a maker, so that each form has its fields in its page's order."""
    return ChoiceField(
        "Modality",
        kind=Modality,
        choices=[(kind.value, label) for kind, label in MODALITIES.items()],
        missing="Choose the modality.",
    )


def place_field() -> ChoiceField:
    """Ask where the service takes place."""
    return ChoiceField(
        "Place of service",
        choices=[(code, f"{code} {label}") for code, label in PLACES.items()],
        missing="Choose where the service takes place.",
    )


def code_field() -> LineField:
    """Ask what a claim calls the service."""
    return LineField(
        "Service code",
        [DataRequired("Type the service code.")],
        description="CPT or HCPCS, such as 90853 or H0005; modifiers follow a hyphen: 90853-95.",
        limit=20,
    )


class GroupForm(BaseForm):
    """A group. Boxes say when it meets; a rule typed under "More" replaces them."""

    name = LineField("Name", [DataRequired("Type what the group is called.")], limit=120)
    kind = ChoiceField(
        "Kind",
        kind=GroupKind,
        choices=[(kind.value, label) for kind, label in KINDS.items()],
        missing="Choose what kind of group it is.",
    )
    is_open = RadioField(
        "New clients",
        choices=[
            SelectChoice("open", "Open: may join while it runs"),
            SelectChoice("closed", "Closed: join by the first day only"),
        ],
        default="open",
    )
    capacity = NumberField("Places", low=CAPACITY[0], high=CAPACITY[-1])
    weekdays = SelectMultipleField(
        "Days",
        choices=[SelectChoice(code, day) for code, day in zip(WEEKDAYS, _DAYS, strict=True)],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    every = NumberField("Every how many weeks", low=1, high=weekly.LONGEST, default=1)
    rrule = LineField(
        "Recurrence rule",
        description="RFC 5545, such as FREQ=MONTHLY;BYDAY=1TU. It replaces the days and weeks.",
        limit=LONGEST_RULE,
    )
    first_on = DayField("First day", [InputRequired("Type the first day.")])
    local_start = ClockField("Begins at", [InputRequired("Type when it begins.")])
    duration_minutes = NumberField("Minutes", low=MINUTES[0], high=MINUTES[-1])
    modality = modality_field()
    place_of_service = place_field()
    service_code = code_field()

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for days where no rule says which."""
        sound: bool = super().validate(extra_validators)
        if not self.rrule.data and not set(self.weekdays.data or ()) & set(WEEKDAYS):
            self.weekdays.errors = ["Choose the days on which the group meets."]
            sound = False
        return sound

    def values(self) -> GroupDetails:
        """Return what was typed."""
        first_on, at = self.first_on.data, self.local_start.data
        assert first_on is not None  # noqa: S101 - InputRequired
        assert at is not None  # noqa: S101 - InputRequired
        return GroupDetails(
            name=self.name.data or "",
            kind=GroupKind(self.kind.data),
            is_open=self.is_open.data == "open",
            capacity=self.capacity.data or 0,
            service_code=service_code(self.service_code.data or ""),
            place_of_service=self.place_of_service.data or "",
            modality=Modality(self.modality.data),
            rrule=self._rule(),
            first_on=first_on,
            local_start=at,
            duration_minutes=self.duration_minutes.data or 0,
            active=self._meets(),
        )

    def _rule(self) -> str:
        if self.rrule.data:
            return self.rrule.data
        return weekly.rule(self.weekdays.data or (), self.every.data or 1)

    def _meets(self) -> bool:
        return True


class EditGroupForm(VersionForm, GroupForm):
    """A group that may have ended."""

    active = BooleanField(
        "The group still meets", description="Without this nobody joins and nothing is scheduled."
    )

    @classmethod
    def of(cls, group: Group) -> Self:
        """Return the form as it stands for ``group``."""
        boxes = weekly.weekly(group.rrule, group.first_on)
        return cls(
            version=group.version,
            name=group.name,
            kind=group.kind,
            is_open="open" if group.is_open else "closed",
            capacity=group.capacity,
            service_code=group.service_code,
            place_of_service=group.place_of_service,
            modality=group.modality,
            first_on=group.first_on,
            local_start=group.local_start,
            duration_minutes=group.duration_minutes,
            active=group.active,
            weekdays=boxes.days if boxes else (),
            every=boxes.every if boxes else 1,
            rrule="" if boxes else group.rrule,
        )

    def _meets(self) -> bool:
        return bool(self.active.data)


class FacilitatorForm(BaseForm):
    """One more facilitator."""

    user_id = ChoiceField(
        "Facilitator", kind=uuid.UUID, missing="Choose someone who works here as a facilitator."
    )
    role = RadioField(
        "Role",
        choices=[
            SelectChoice(FacilitatorRole.CO.value, "Co-facilitator"),
            SelectChoice(FacilitatorRole.LEAD.value, "Lead"),
        ],
        default=FacilitatorRole.CO.value,
    )
    started_on = DayField("From", [InputRequired("Type the first day.")])
    ended_on = DayField("Until, if known", [Optional()])

    def offer(self, people: Iterable[StaffLine]) -> Self:
        """Say whom the list offers."""
        self.user_id.offer((str(line.id), line.label) for line in people)
        return self

    def values(self) -> FacilitationStart:
        """Return what was chosen."""
        user_id, started_on = self.user_id.data, self.started_on.data
        assert user_id is not None  # noqa: S101 - ChoiceField
        assert started_on is not None  # noqa: S101 - InputRequired
        role = FacilitatorRole(self.role.data)
        return FacilitationStart(user_id, role, started_on, self.ended_on.data)


class EnrolmentForm(BaseForm):
    """Who joins: someone from the list, or whoever has the number."""

    client_id = ChoiceField("Client", kind=uuid.UUID, missing=None)
    mrn = LineField(
        "Medical record number",
        description="For a client whom the list does not have. Type it exactly.",
        limit=40,
    )
    started_on = DayField("From", [InputRequired("Type the first day.")])
    ended_on = DayField("Until, if known", [Optional()])

    def offer(self, clients: Iterable[tuple[uuid.UUID, str]]) -> Self:
        """Say whom the list offers."""
        offered = [(str(client_id), name) for client_id, name in clients]
        self.client_id.offer(offered)
        if len(offered) == OFFERED:
            self.client_id.description = (
                f"The {OFFERED} clients registered last; for another one type the number."
            )
        return self

    def values(self) -> EnrolmentStart:
        """Return what was chosen or typed."""
        started_on = self.started_on.data
        assert started_on is not None  # noqa: S101 - InputRequired
        return EnrolmentStart(
            self.client_id.data, self.mrn.data or "", started_on, self.ended_on.data
        )


class EndForm(VersionForm):
    """The last day of a stay."""

    ended_on = DayField("Last day", [InputRequired("Type the last day.")])

    def day(self) -> dt.date:
        """Return the day that was typed."""
        assert self.ended_on.data is not None  # noqa: S101 - InputRequired
        return self.ended_on.data
