"""What a browser may send about when a group meets."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any, Self
from zoneinfo import ZoneInfo

from wtforms import SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from groupnotes.groups.codes import service_code
from groupnotes.groups.forms import code_field, modality_field, place_field
from groupnotes.groups.models import FacilitatorRole, Modality
from groupnotes.sessions.details import SessionDetails
from groupnotes.sessions.services import NewSession, OpenSession
from groupnotes.web.forms import (
    BaseForm,
    ChoiceField,
    ClockField,
    DayField,
    SelectChoice,
    VersionForm,
)


class ScheduleForm(BaseForm):
    """How far ahead the rule is followed."""

    until = DayField("Until", [InputRequired("Type the last day.")])

    def day(self) -> dt.date:
        """Return the day that was typed."""
        assert self.until.data is not None  # noqa: S101 - InputRequired
        return self.until.data


class SessionForm(BaseForm):
    """One session."""

    held_on = DayField("Date", [InputRequired("Type the date.")])
    starts = ClockField("Start", [InputRequired("Type when it starts.")])
    stops = ClockField("Stop", [InputRequired("Type when it stops.")])
    modality = modality_field()
    place_of_service = place_field()
    service_code = code_field()
    lead_id = ChoiceField("Lead", kind=uuid.UUID, missing="Choose who leads the session.")
    co_ids = SelectMultipleField(
        "Co-facilitators", widget=ListWidget(), option_widget=CheckboxInput()
    )

    @classmethod
    def like(cls, new: NewSession, day: dt.date) -> Self:
        """Return the form for one more session of a group, filled in as usual."""
        group = new.group
        starts = dt.datetime.combine(day, group.local_start)
        stops = starts + dt.timedelta(minutes=group.duration_minutes)
        form = cls(
            held_on=day,
            starts=starts.time(),
            stops=stops.time(),
            **_codes(group),
            **_people(new.facilitators),
        )
        return form.offer(new.candidates)

    def offer(self, people: Iterable[tuple[uuid.UUID, str]]) -> Self:
        """Say whom the lists offer."""
        choices = [(str(user_id), label) for user_id, label in people]
        self.lead_id.offer(choices)
        self.co_ids.choices = [SelectChoice(*choice) for choice in choices]
        return self

    def values(self) -> SessionDetails:
        """Return what was typed."""
        held_on, starts, stops = self.held_on.data, self.starts.data, self.stops.data
        assert held_on is not None  # noqa: S101 - InputRequired
        assert starts is not None  # noqa: S101 - InputRequired
        assert stops is not None  # noqa: S101 - InputRequired
        return SessionDetails(
            held_on=held_on,
            starts=starts,
            stops=stops,
            modality=Modality(self.modality.data),
            service_code=service_code(self.service_code.data or ""),
            place_of_service=self.place_of_service.data or "",
            lead_id=self.lead_id.data,
            co_ids=frozenset(uuid.UUID(user_id) for user_id in self.co_ids.data or ()),
        )


class EditSessionForm(VersionForm, SessionForm):
    """A session that may be changed."""

    @classmethod
    def of(cls, opened: OpenSession, zone: ZoneInfo) -> Self:
        """Return the form as it stands for a session."""
        session = opened.session
        form = cls(
            version=session.version,
            held_on=session.held_on,
            starts=session.starts_at.astimezone(zone).time(),
            stops=session.ends_at.astimezone(zone).time(),
            **_codes(session),
            **_people(opened.facilitators),
        )
        return form.offer(opened.candidates)


def _codes(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("modality", "service_code", "place_of_service")}


def _people(facilitators: dict[uuid.UUID, FacilitatorRole]) -> dict[str, Any]:
    """Return who leads and who assists; of two who lead, the second is shown as assisting."""
    leads = [user_id for user_id, role in facilitators.items() if role is FacilitatorRole.LEAD]
    lead = min(leads, default=None)
    return {
        "lead_id": lead,
        "co_ids": [str(user_id) for user_id in facilitators if user_id != lead],
    }
