"""What a browser may send about staff and signing in."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Self

from wtforms import BooleanField, PasswordField, SelectMultipleField
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from groupnotes.accounts.details import StaffDetails, StaffLine
from groupnotes.accounts.passwords import LONGEST, SHORTEST
from groupnotes.accounts.services import PasswordChange, Person, SupervisionStart
from groupnotes.core.actor import Role
from groupnotes.web.forms import (
    BaseForm,
    ChoiceField,
    DayField,
    LineField,
    SelectChoice,
    VersionForm,
)

_ROLES = {
    Role.FACILITATOR: "Facilitator: leads groups, documents their sessions",
    Role.CLINICIAN: "Clinician: has a caseload, writes and signs notes and plans",
    Role.SUPERVISOR: "Supervisor: reads the work of the people they supervise",
    Role.RECORDS: "Records: registers clients, releases signed records",
    Role.ADMINISTRATOR: "Administrator: looks after accounts and settings, reads no notes",
}
_TOO_LONG = Length(max=LONGEST, message="That is too long.")


class SignInForm(BaseForm):
    """Name and password."""

    sign_in_name = LineField("Sign-in name", [DataRequired("Type your sign-in name.")])
    password = PasswordField("Password", [DataRequired("Type your password."), _TOO_LONG])


class PasswordForm(BaseForm):
    """A new password in place of the old one; all three are kept off the page of an error."""

    password = PasswordField(
        "The password you have", [DataRequired("Type the password you have."), _TOO_LONG]
    )
    new_password = PasswordField(
        "New password",
        [InputRequired("Type a new password.")],
        description=f"At least {SHORTEST} characters; a sentence is fine.",
    )
    repeated_password = PasswordField(
        "New password again",
        [EqualTo("new_password", "This is not the same. Type the new password again.")],
    )

    def values(self) -> PasswordChange:
        """Return what was typed, exactly as typed."""
        return PasswordChange(self.password.data or "", self.new_password.data or "")


class StaffForm(BaseForm):
    """A person who works at the practice."""

    name = LineField("Name", [DataRequired("Type the person's name.")], limit=120)
    sign_in_name = LineField(
        "Sign-in name",
        [DataRequired("Type the name to sign in with.")],
        description="An e-mail address, for example. Capitals do not count.",
        limit=120,
    )
    credentials = LineField(
        "Credentials", description="As records print them after the name: PhD, LCSW.", limit=60
    )
    npi = LineField("NPI", description="10 digits, if the person has one.", limit=10)
    licence = LineField("Licence", description="State and number: NY 012345.", limit=40)
    roles = SelectMultipleField(
        "Roles",
        choices=[SelectChoice(role.value, label) for role, label in _ROLES.items()],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def values(self) -> StaffDetails:
        """Return what was typed; a role that nobody offered is none."""
        sent = self.roles.data or []
        return StaffDetails(
            name=self.name.data or "",
            sign_in_name=self.sign_in_name.data or "",
            credentials=self.credentials.data or "",
            npi=self.npi.data or "",
            licence=self.licence.data or "",
            roles=frozenset(role for role in Role if role.value in sent),
            active=self._works_here(),
        )

    def _works_here(self) -> bool:
        return True


class EditStaffForm(VersionForm, StaffForm):
    """A person who may have left."""

    active = BooleanField(
        "Works here", description="Without this the person cannot sign in. Their records stay."
    )

    @classmethod
    def of(cls, person: Person) -> Self:
        """Return the form as it stands for ``person``."""
        user = person.user
        return cls(
            version=user.version,
            name=user.name,
            sign_in_name=user.sign_in_name,
            credentials=user.credentials,
            npi=user.npi,
            licence=user.licence,
            roles=[role.value for role in person.roles],
            active=user.active,
        )

    def _works_here(self) -> bool:
        return bool(self.active.data)


class SupervisionForm(BaseForm):
    """Who supervises the person, and when."""

    supervisor_id = ChoiceField(
        "Supervisor", kind=uuid.UUID, missing="Choose someone who works here as a supervisor."
    )
    started_on = DayField("From", [InputRequired("Type the first day.")])
    ended_on = DayField("Until, if known", [Optional()])
    co_signs = BooleanField(
        "Signs beside them",
        description="What the person signs is locked, and given out, once the supervisor has "
        "reviewed it and signed too.",
        default=True,
    )

    def offer(self, supervisors: Iterable[StaffLine]) -> None:
        """Say whom the list offers."""
        self.supervisor_id.offer((str(line.id), line.label) for line in supervisors)

    def values(self) -> SupervisionStart:
        """Return what was chosen."""
        supervisor_id, started_on = self.supervisor_id.data, self.started_on.data
        assert supervisor_id is not None  # noqa: S101 - ChoiceField
        assert started_on is not None  # noqa: S101 - InputRequired
        return SupervisionStart(supervisor_id, started_on, self.ended_on.data, self.co_signs.data)


class EndForm(VersionForm):
    """The last day of something."""

    ended_on = DayField("Last day", [InputRequired("Type the last day.")])

    def day(self) -> dt.date:
        """Return the day that was typed."""
        assert self.ended_on.data is not None  # noqa: S101 - InputRequired
        return self.ended_on.data
