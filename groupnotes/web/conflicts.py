"""When someone else was quicker: the page as it is now, beside what was typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from wtforms.fields import FieldList, SelectField
from wtforms.widgets import HiddenInput

from groupnotes.core import uow
from groupnotes.core.errors import Conflict, Locked
from groupnotes.web.forms import VersionForm
from groupnotes.web.render import wants_fragment

F = TypeVar("F", bound=VersionForm)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which what was typed is not what is kept now."""

    field_id: str
    label: str
    now: str


def start_over(conflict: Conflict) -> None:
    """Forget what this request read, to show the thing as it is now with status 409.

    A page that htmx changes stays as it is, with everything typed in it: there the
    conflict goes on as a message. What was signed meanwhile cannot be saved over.
    """
    if wants_fragment() or isinstance(conflict, Locked):
        raise conflict
    uow.abandon()


def differences(typed: F, now: F) -> list[Difference]:
    """Return the single fields in which ``typed`` differs from ``now``."""
    return [
        Difference(field.id, field.label.text, _in_words(now[field.name]))
        for field in typed
        if not isinstance(field, FieldList)
        and not isinstance(field.widget, HiddenInput)
        and field.data != now[field.name].data
    ]


def _in_words(field: Any) -> str:
    if isinstance(field, SelectField):
        choices: Iterable[Any] = field.iter_choices()
        return ", ".join(choice.label for choice in choices if choice.selected)
    return "" if field.data is None else str(field.data)
