"""Fields from plain values, for pages with many of them: a session's page shows thirty clients.

They are functions and not template macros because a macro's call costs more than the field it
writes. Templates reach them under ``ui``, beside the macros; what is written in Python
altogether (``notes.cards``) calls them here.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Collection, Iterable
from html import escape
from typing import NewType, TypedDict, Unpack

import markupsafe

from groupnotes.web.choices import Choice, Choices

# HTML that may go on a page as it is: whatever came from outside went through ``text``.
Html = NewType("Html", str)

HIDDEN = "govuk-visually-hidden"


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


def text(value: object) -> Html:
    """Escape a value, unless a template has already made it HTML."""
    if type(value) is not str:
        return Html(str(markupsafe.escape(value)))
    # Looking first costs a sixth of replacing, and most texts have nothing to escape.
    if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
        return Html(escape(value))
    return Html(value)


@functools.lru_cache(maxsize=8192)
def id_text(key: uuid.UUID) -> Html:
    """Write an id; a page has each of them many times."""
    return Html(str(key))


def line(name: str, label: str, value: object = "", **shape: Unpack[Shape]) -> Html:
    """Write a field of one line."""
    id_ = text(shape.get("id") or name)
    width = f" width-{text(shape['width'])}" if shape.get("width") else ""
    given = f' value="{text(value)}"' if value not in (None, "") else ""
    for attribute in ("autocomplete", "inputmode"):
        if attribute in shape:
            given += f' {attribute}="{text(shape.get(attribute))}"'
    return Html(
        f"{_open(id_, label, shape)}"
        f'<input class="govuk-input{width}" type="{text(shape.get("type", "text"))}" id="{id_}"'
        f' name="{text(name)}"{given}{_state(id_, shape)}></div>'
    )


def textarea(
    name: str, label: str, value: object = "", rows: int = 3, **about: Unpack[About]
) -> Html:
    """Write a field of several lines."""
    id_ = text(about.get("id") or name)
    return Html(
        f"{_open(id_, label, about)}"
        f'<textarea class="govuk-textarea" id="{id_}" name="{text(name)}" rows="{rows:d}"'
        # Browsers drop the first line break after the tag, so one is given away.
        f"{_state(id_, about)}>\n{text(value or '')}</textarea></div>"
    )


def select(
    name: str,
    label: str,
    choices: Iterable[Choice],
    value: str | None = None,
    *,
    empty: str | None = None,
    **about: Unpack[About],
) -> Html:
    """Write a list to choose one from; ``empty`` is how nothing chosen reads."""
    id_ = text(about.get("id") or name)
    nothing = "" if empty is None else f'<option value="">{text(empty)}</option>'
    return Html(
        f"{_open(id_, label, about)}"
        f'<select class="govuk-select" id="{id_}" name="{text(name)}"{_state(id_, about)}>'
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
) -> Html:
    """Write radios side by side; the legend says whose they are ("Engagement, Amara Osei")."""
    id_ = group.get("id") or name
    seen = f'<span class="seg__prefix" aria-hidden="true">{text(prefix)}</span>' if prefix else ""
    style = HIDDEN if group.get("legend_hidden", True) else "seg__legend"
    wrong = " seg--error" if group.get("error") else ""
    return Html(
        f'<fieldset class="seg{wrong}"{_described(text(id_), group)}>'
        f'<legend class="{style}">{text(legend)}</legend>{_notes(text(id_), group)}'
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
) -> Html:
    """Write checkboxes, one below the other or in columns."""
    id_ = group.get("id") or name
    style = HIDDEN if group.get("legend_hidden") else "checks__legend"
    wrong = " govuk-form-group--error" if group.get("error") else ""
    layout = " options--columns" if columns else ""
    return Html(
        f'<fieldset class="checks{wrong}"{_described(text(id_), group)}>'
        f'<legend class="{style}">{text(legend)}</legend>{_notes(text(id_), group)}'
        f'<div class="options{layout}">{_made(choices).boxes(name, values, id_)}</div></fieldset>'
    )


def _made(choices: Iterable[Choice]) -> Choices:
    return choices if isinstance(choices, Choices) else Choices(choices)


def _open(id_: str, label: str, about: About) -> str:
    wrong = " govuk-form-group--error" if about.get("error") else ""
    hidden = f" {HIDDEN}" if about.get("label_hidden") else ""
    whose = about.get("describe")
    more = f'<span class="{HIDDEN}"> {text(whose)}</span>' if whose else ""
    return (
        f'<div class="govuk-form-group{wrong}">'
        f'<label class="govuk-label{hidden}" for="{id_}">{text(label)}{more}</label>'
        f"{_notes(id_, about)}"
    )


def _notes(id_: str, about: About | Group) -> str:
    hint, error = about.get("hint"), about.get("error")
    if not hint and not error:
        return ""
    said = f'<div class="govuk-hint" id="{id_}-hint">{text(hint)}</div>' if hint else ""
    if error:
        said += (
            f'<p class="govuk-error-message" id="{id_}-error">'
            f'<span class="{HIDDEN}">Error:</span> {text(error)}</p>'
        )
    return said


def _described(id_: str, about: About | Group) -> str:
    ids = " ".join(f"{id_}-{kind}" for kind in ("hint", "error") if about.get(kind))
    return f' aria-describedby="{ids}"' if ids else ""


def _state(id_: str, about: About) -> str:
    invalid = ' aria-invalid="true"' if about.get("error") else ""
    return invalid + _described(id_, about)
