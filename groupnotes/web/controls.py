"""Fields from plain values, for pages with many of them: a session's page shows thirty clients.

They are functions and not template macros because a macro's call costs more than the field it
writes. Templates reach them under ``ui``, beside the macros.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from html import escape
from typing import TypedDict, Unpack

import markupsafe
from flask import Flask
from markupsafe import Markup  # noqa: TID251 - see _html

from groupnotes.web.choices import Choice, Choices

_HIDDEN = "govuk-visually-hidden"


class About(TypedDict, total=False):
    """What any field may say besides its label."""

    id: str | None  # where an error's link leads; the name when there is none
    hint: str | None
    error: str | None
    describe: str | None  # words after the label for those who do not see whose field it is
    label_hidden: bool


class Shape(About, total=False):
    """What a one-line field may ask of the browser."""

    type: str
    width: str | None  # xs, s, m, l
    autocomplete: str
    inputmode: str


class Group(TypedDict, total=False):
    """What a group of radios or checkboxes may say besides its legend."""

    id: str | None
    hint: str | None
    error: str | None
    legend_hidden: bool


def register(app: Flask) -> None:
    """Give the templates these functions; before the macros are loaded."""
    app.jinja_env.globals["controls"] = {
        "input": line,
        "textarea": textarea,
        "select": select,
        "segmented": segmented,
        "checks": checks,
    }


def line(name: str, label: str, value: object = "", **shape: Unpack[Shape]) -> Markup:
    """Write a field of one line."""
    id_ = _text(shape.get("id") or name)
    width = f" width-{_text(shape['width'])}" if shape.get("width") else ""
    given = f' value="{_text(value)}"' if value not in (None, "") else ""
    for attribute in ("autocomplete", "inputmode"):
        if attribute in shape:
            given += f' {attribute}="{_text(shape.get(attribute))}"'
    return _html(
        f"{_open(id_, label, shape)}"
        f'<input class="govuk-input{width}" type="{_text(shape.get("type", "text"))}" id="{id_}"'
        f' name="{_text(name)}"{given}{_state(id_, shape)}></div>'
    )


def textarea(
    name: str, label: str, value: object = "", rows: int = 3, **about: Unpack[About]
) -> Markup:
    """Write a field of several lines."""
    id_ = _text(about.get("id") or name)
    return _html(
        f"{_open(id_, label, about)}"
        f'<textarea class="govuk-textarea" id="{id_}" name="{_text(name)}" rows="{rows:d}"'
        # Browsers drop the first line break after the tag, so one is given away.
        f"{_state(id_, about)}>\n{_text(value or '')}</textarea></div>"
    )


def select(
    name: str,
    label: str,
    choices: Iterable[Choice],
    value: str | None = None,
    *,
    empty: str | None = None,
    **about: Unpack[About],
) -> Markup:
    """Write a list to choose one from; ``empty`` is how nothing chosen reads."""
    id_ = _text(about.get("id") or name)
    nothing = "" if empty is None else f'<option value="">{_text(empty)}</option>'
    return _html(
        f"{_open(id_, label, about)}"
        f'<select class="govuk-select" id="{id_}" name="{_text(name)}"{_state(id_, about)}>'
        f"{nothing}{_made(choices).options(value)}</select></div>"
    )


def segmented(
    name: str,
    legend: str,
    choices: Iterable[Choice],
    value: str | None = None,
    *,
    prefix: str | None = None,
    **group: Unpack[Group],
) -> Markup:
    """Write radios side by side; the legend says whose they are ("Engagement, Amara Osei")."""
    id_ = group.get("id") or name
    seen = f'<span class="seg__prefix" aria-hidden="true">{_text(prefix)}</span>' if prefix else ""
    style = _HIDDEN if group.get("legend_hidden", True) else "seg__legend"
    wrong = " seg--error" if group.get("error") else ""
    return _html(
        f'<fieldset class="seg{wrong}"{_described(_text(id_), group)}>'
        f'<legend class="{style}">{_text(legend)}</legend>{_notes(_text(id_), group)}'
        f'<div class="seg__row">{seen}{_made(choices).radios(name, value, id_)}</div></fieldset>'
    )


def checks(
    name: str,
    legend: str,
    choices: Iterable[Choice],
    values: Collection[str] = (),
    *,
    columns: bool = False,
    **group: Unpack[Group],
) -> Markup:
    """Write checkboxes, one below the other or in columns."""
    id_ = group.get("id") or name
    style = _HIDDEN if group.get("legend_hidden") else "checks__legend"
    wrong = " govuk-form-group--error" if group.get("error") else ""
    layout = " options--columns" if columns else ""
    return _html(
        f'<fieldset class="checks{wrong}"{_described(_text(id_), group)}>'
        f'<legend class="{style}">{_text(legend)}</legend>{_notes(_text(id_), group)}'
        f'<div class="options{layout}">{_made(choices).boxes(name, values, id_)}</div></fieldset>'
    )


def _html(text: str) -> Markup:
    """Vouch for ``text``: whatever came from outside went through _text or Choices."""
    return Markup(text)  # noqa: S704


def _text(value: object) -> str:
    """Escape a value, unless a template has already made it HTML."""
    return escape(value) if type(value) is str else str(markupsafe.escape(value))


def _made(choices: Iterable[Choice]) -> Choices:
    return choices if isinstance(choices, Choices) else Choices(choices)


def _open(id_: str, label: str, about: About) -> str:
    wrong = " govuk-form-group--error" if about.get("error") else ""
    hidden = f" {_HIDDEN}" if about.get("label_hidden") else ""
    whose = about.get("describe")
    more = f'<span class="{_HIDDEN}"> {_text(whose)}</span>' if whose else ""
    return (
        f'<div class="govuk-form-group{wrong}">'
        f'<label class="govuk-label{hidden}" for="{id_}">{_text(label)}{more}</label>'
        f"{_notes(id_, about)}"
    )


def _notes(id_: str, about: About | Group) -> str:
    hint, error = about.get("hint"), about.get("error")
    said = f'<div class="govuk-hint" id="{id_}-hint">{_text(hint)}</div>' if hint else ""
    if error:
        said += (
            f'<p class="govuk-error-message" id="{id_}-error">'
            f'<span class="{_HIDDEN}">Error:</span> {_text(error)}</p>'
        )
    return said


def _described(id_: str, about: About | Group) -> str:
    ids = [f"{id_}-{kind}" for kind, said in _said(about) if said]
    return f' aria-describedby="{" ".join(ids)}"' if ids else ""


def _said(about: About | Group) -> tuple[tuple[str, str | None], ...]:
    return (("hint", about.get("hint")), ("error", about.get("error")))


def _state(id_: str, about: About) -> str:
    invalid = ' aria-invalid="true"' if about.get("error") else ""
    return invalid + _described(id_, about)
