"""The base of every form: what a browser may send, cleaned and checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self, TypeVar

from flask import request
from wtforms import Field, Form, IntegerField, StringField, TextAreaField, ValidationError
from wtforms.fields import (
    DateField,
    FieldList,
    FormField,
    PasswordField,
    SelectField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.meta import DefaultMeta
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import HiddenInput

from groupnotes import deid
from groupnotes.core import typed_text
from groupnotes.core.errors import Invalid

__all__ = [
    "BaseForm",
    "ChoiceField",
    "ClockField",
    "DayField",
    "LineField",
    "NumberField",
    "ProseField",
    "SelectChoice",
    "VersionForm",
]

T = TypeVar("T")

LINE_LIMIT = 200  # characters in a one-line field, unless the field says otherwise
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
NOT_OFFERED = "Choose one of the answers offered."
NOT_A_TIME = "Type a time on the 24-hour clock, such as 17:00."
NOT_A_DAY = "Type a date with year, month and day, such as 2026-03-04."


def _clean(value: object) -> object:
    return typed_text.normal(value).strip() if isinstance(value, str) else value


class BaseForm(Form):
    """Cleans text and never asks the browser to validate.

    CSRF is not a form's business: ``web.csrf`` checks every unsafe request.
    """

    class Meta(DefaultMeta):
        """How fields are bound and drawn."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            """Strip what is typed, except passwords, which stay as typed."""
            if not issubclass(unbound_field.field_class, FieldList | FormField | PasswordField):
                options["filters"] = [*unbound_field.kwargs.get("filters", ()), _clean]
            return super().bind_field(form, unbound_field, options)

        def render_field(self, field: Field, render_kw: Any) -> Any:
            """Leave ``required`` to the server, which explains itself."""
            render_kw.setdefault("required", False)
            return super().render_field(field, render_kw)

    @classmethod
    def from_request(cls, **kwargs: Any) -> Self:
        """Read what the browser sent."""
        return cls(request.form, **kwargs)

    def submit(self, act: Callable[[], T]) -> T | None:
        """Do ``act`` if the form is well filled in; None means: show it again, with errors."""
        if not self.validate():
            return None
        try:
            return act()
        except Invalid as invalid:
            self.refuse(invalid)
            return None

    def refuse(self, invalid: Invalid) -> None:
        """Show what the domain refused at the field it is about, or above the form."""
        fields: dict[str, Any] = dict(_by_name(self))
        findings = invalid.findings if isinstance(invalid, deid.NamesFound) else {}
        for name, sentence in invalid.fields.items():
            field = fields.get(name)
            if field is None:
                self.form_errors.append(sentence)
                continue
            field.errors = [*field.errors, sentence]
            if name in findings:
                field.findings = findings[name]
        _tell_lists(self)

    def replace_names(self, name: str, roster: deid.Roster | deid.RosterIndex) -> None:
        """Put a neutral phrase where the text of field ``name`` surely names someone."""
        field = dict(_by_name(self)).get(name)
        if field is not None and isinstance(field.data, str):
            findings = deid.check(field.data, roster, deid.INDIVIDUAL_NOTE)
            field.data = deid.replace_all(field.data, filter(deid.Finding.is_block, findings))


def _by_name(fields: Iterable[Field]) -> Iterator[tuple[str, Field]]:
    """Yield every field under its full name, those of rows too."""
    for field in fields:
        yield field.name, field
        if isinstance(field, FieldList):
            yield from _by_name(field.entries)
        elif isinstance(field, FormField):
            yield from _by_name(field.form)


def _tell_lists(fields: Iterable[Field]) -> None:
    """Let each list know what is wrong in its rows, the innermost first."""
    for field in fields:
        if isinstance(field, FormField):
            _tell_lists(field.form)
        elif isinstance(field, FieldList):
            _tell_lists(field.entries)
            wrong = [row.errors for row in field.entries]
            field.errors = wrong if any(wrong) else field.errors


class Typed:
    """Validator: refuse by name what cannot be kept."""

    def __init__(self, limit: int, *, lines: bool) -> None:
        self.limit = limit
        self.lines = lines

    def __call__(self, _form: Form, field: Field) -> None:
        sentence = typed_text.refusal(field.data or "", limit=self.limit, lines=self.lines)
        if sentence:
            raise ValidationError(sentence)


class LineField(StringField):
    """One line of text."""

    def __init__(
        self, label: str, validators: Any = (), *, limit: int = LINE_LIMIT, **kwargs: Any
    ) -> None:
        super().__init__(label, [*validators, Typed(limit, lines=False)], **kwargs)


class ProseField(TextAreaField):
    """Text of any length up to the site's limit."""

    def __init__(
        self, label: str, validators: Any = (), *, limit: int = typed_text.LIMIT, **kwargs: Any
    ) -> None:
        super().__init__(label, [*validators, Typed(limit, lines=True)], **kwargs)


class DayField(DateField):
    """A calendar day of our times; what is none is shown again as it was typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the day; a year that is a slip of the finger is no day either."""
        typed = "".join(valuelist)
        text = typed.strip()
        try:
            self.data = dt.date.fromisoformat(text) if text else None
        except ValueError:
            self.data = None
        if typed and (self.data is None or not FIRST_DAY <= self.data <= LAST_DAY):
            self.data = None
            raise ValueError(NOT_A_DAY)


class ChoiceField(SelectField):
    """One of a few, none of which is chosen until someone does; ``kind`` makes the value.

    ``missing`` is the sentence for whoever chose nothing, or what is not offered; with None
    nothing need be chosen.
    """

    def __init__(
        self,
        label: str,
        *,
        kind: Callable[[str], Any] = str,
        choices: Iterable[tuple[str, str]] = (),
        missing: str | None = NOT_OFFERED,
        **kwargs: Any,
    ) -> None:
        def coerce(value: Any) -> Any:
            return kind(value) if isinstance(value, str) and value else value or None

        required = [DataRequired(missing)] if missing else [Optional()]
        super().__init__(label, required, coerce=coerce, **kwargs)
        self.invalid_value_message = self.invalid_choice_message = missing or NOT_OFFERED
        self.offer(choices)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer ``choices``, each a value and its label, after one that is no choice."""
        self.choices = [SelectChoice("", "Choose…"), *(SelectChoice(*choice) for choice in choices)]


class ClockField(TimeField):
    """A time on the wall clock, to the minute."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the time; what is none is shown again as it was typed."""
        typed = "".join(valuelist)
        text = typed.strip()
        try:
            self.data = dt.datetime.strptime(text, "%H:%M").time() if text else None  # noqa: DTZ007
        except ValueError:
            self.data = None
        if typed and self.data is None:
            raise ValueError(NOT_A_TIME)


class NumberField(IntegerField):
    """A whole number from ``low`` to ``high``."""

    def __init__(self, label: str, *, low: int, high: int, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.low, self.high = low, high

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number; what is none is shown again as it was typed."""
        text = "".join(valuelist).strip()
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
        self.data = number if number is not None and self.low <= number <= self.high else None
        if self.data is None:
            raise ValueError(f"Type a number from {self.low} to {self.high}.")


class VersionForm(BaseForm):
    """A change to something that others may change too: it says which version it saw."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def seen_version(self) -> int:
        """Return the version that the sender's page showed."""
        return self.version.data or 0

    def renew(self, version: int) -> None:
        """Let what was typed be sent again, now over ``version``, which its sender has seen."""
        self.version.raw_data = None
        self.version.data = version
