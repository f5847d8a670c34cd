"""What a browser may send about clients and caseloads."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Self

from wtforms import SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from groupnotes.accounts.details import StaffLine
from groupnotes.clients.details import ClientDetails
from groupnotes.clients.models import Client, ClientStatus
from groupnotes.clients.services import CareEnd, CareStart
from groupnotes.web.forms import (
    BaseForm,
    ChoiceField,
    DayField,
    LineField,
    ProseField,
    SelectChoice,
    VersionForm,
)

_NAME_LIMIT = 100  # characters
_BLOCK_LIMIT = 1000  # characters
_CHOSEN = (ClientStatus.ACTIVE, ClientStatus.DISCHARGED)  # no form destroys by a status


def _id(value: uuid.UUID | str) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)


class DetailsForm(BaseForm):
    """Who the client is, how to reach them, who pays."""

    first_name = LineField(
        "Legal first name", [DataRequired("Type the first name.")], limit=_NAME_LIMIT
    )
    last_name = LineField(
        "Legal last name", [DataRequired("Type the last name.")], limit=_NAME_LIMIT
    )
    preferred_name = LineField("Preferred name", limit=_NAME_LIMIT)
    aliases = ProseField("Other names", limit=_BLOCK_LIMIT)
    birth_date = DayField("Date of birth", [InputRequired("Type the date of birth.")])
    mrn = LineField(
        "Medical record number (MRN)",
        [DataRequired("Type the medical record number.")],
        limit=40,
    )
    phone = LineField("Phone", limit=40)
    email = LineField(
        "Email",
        [Optional(), Regexp(r"[^@\s]+@[^@\s]+$", message="Type an address like name@example.org.")],
    )
    address = ProseField("Address", limit=_BLOCK_LIMIT)
    employer = ProseField("Employer or school", limit=_BLOCK_LIMIT)
    contacts = ProseField("Relatives and contacts", limit=_BLOCK_LIMIT)
    payer = LineField("Payer")
    member_id = LineField("Member id", limit=60)

    def values(self) -> ClientDetails:
        """Return what was typed; call after ``validate``."""
        return ClientDetails(
            first_name=self.first_name.data or "",
            last_name=self.last_name.data or "",
            preferred_name=self.preferred_name.data or "",
            aliases=_lines(self.aliases.data),
            birth_date=self.birth_date.data or dt.date.min,
            mrn=self.mrn.data or "",
            phone=self.phone.data or "",
            email=self.email.data or "",
            address=self.address.data or "",
            employer=_lines(self.employer.data),
            contacts=_lines(self.contacts.data),
            payer=self.payer.data or "",
            member_id=self.member_id.data or "",
        )


class RegisterForm(DetailsForm):
    """A new client, and on whose caseload they are."""

    clinicians = SelectMultipleField(
        "Who cares for the client",
        coerce=_id,
        validate_choice=False,  # the service knows who works here now
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )

    def offer(self, clinicians: Iterable[StaffLine]) -> Self:
        """Offer these people to choose from."""
        self.clinicians.choices = [
            SelectChoice(str(person.id), person.label) for person in clinicians
        ]
        return self

    def chosen(self) -> frozenset[uuid.UUID]:
        """Return who shall care for the client."""
        return frozenset(self.clinicians.data or ())


class EditForm(DetailsForm, VersionForm):
    """Changed details of a client."""

    status = ChoiceField(
        "Status",
        kind=ClientStatus,
        choices=[(status.value, status.value.capitalize()) for status in _CHOSEN],
    )

    @classmethod
    def of(cls, client: Client) -> Self:
        """Show what is known now."""
        return cls(
            data={
                "first_name": client.first_name,
                "last_name": client.last_name,
                "preferred_name": client.preferred_name or "",
                "aliases": client.aliases or "",
                "birth_date": dt.date.fromisoformat(client.birth_date),
                "mrn": client.mrn,
                "phone": client.phone or "",
                "email": client.email or "",
                "address": client.address or "",
                "employer": client.employer or "",
                "contacts": client.contacts or "",
                "payer": client.payer or "",
                "member_id": client.member_id or "",
                "status": client.status,
                "version": client.version,
            }
        )

    def chosen_status(self) -> ClientStatus:
        """Return whether the practice treats the client; call after ``validate``."""
        return ClientStatus(self.status.data)


class CareStartForm(BaseForm):
    """One more clinician for a client."""

    clinician_id = ChoiceField("Clinician", kind=uuid.UUID, missing="Choose a clinician.")
    started_on = DayField("First day", [InputRequired("Type the first day.")])

    def offer(self, clinicians: Iterable[StaffLine]) -> Self:
        """Offer these people to choose from."""
        self.clinician_id.offer((str(person.id), person.label) for person in clinicians)
        return self

    def values(self) -> CareStart:
        """Return what was chosen; call after ``validate``."""
        return CareStart(self.clinician_id.data, self.started_on.data or dt.date.min)


class CareEndForm(BaseForm):
    """The end of a clinician's care."""

    ended_on = DayField("Last day", [InputRequired("Type the last day.")])

    def values(self, entry_id: uuid.UUID) -> CareEnd:
        """Return what was typed about the caseload entry; call after ``validate``."""
        return CareEnd(entry_id, self.ended_on.data or dt.date.min)


class SearchForm(BaseForm):
    """A name, or part of one."""

    q = LineField("Find a client by name", id="client-search-text")

    def text(self) -> str:
        """Return what was typed."""
        return self.q.data or ""


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
