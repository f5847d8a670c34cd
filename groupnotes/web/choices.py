"""Fixed lists of choices, written as HTML once; only what is chosen differs from use to use."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator
from html import escape

_NAME = "\0"  # stands for the field's name until it is known

Choice = tuple[str, str] | tuple[str, str, str]


class Choices:
    """Codes with their labels, in the order shown.

    A third part are words after the label for those who only hear it: ``("3", "3", "active")``.
    """

    def __init__(self, choices: Iterable[Choice]) -> None:
        self._choices = tuple(choices)
        self._escaped = [(escape(str(code)), _label(*words)) for code, *words in self._choices]

    def __iter__(self) -> Iterator[Choice]:
        return iter(self._choices)

    @functools.cached_property
    def _options(self) -> str:
        return "".join(f'<option value="{code}">{label}</option>' for code, label in self._escaped)

    @functools.cached_property
    def _radios(self) -> str:
        return "".join(
            f'<label class="seg__item"><input type="radio" name="{_NAME}" value="{code}">'
            f"<span>{label}</span></label>"
            for code, label in self._escaped
        )

    @functools.cached_property
    def _boxes(self) -> str:
        return "".join(
            f'<label class="option"><input class="option__box" type="checkbox" name="{_NAME}"'
            f' value="{code}"><span>{label}</span></label>'
            for code, label in self._escaped
        )

    def options(self, chosen: str | None) -> str:
        """Write the options of a select."""
        return _mark(self._options, chosen, "selected")

    def radios(self, name: str, chosen: str | None, id_: str) -> str:
        """Write radios side by side; the first has the id that an error's link leads to."""
        return _mark(_named(self._radios, name, id_), chosen, "checked")

    def boxes(self, name: str, chosen: Collection[str], id_: str) -> str:
        """Write checkboxes; the first has the id that an error's link leads to."""
        html = _named(self._boxes, name, id_)
        for code in chosen:
            html = _mark(html, code, "checked")
        return html


def _label(label: str, spoken: str = "") -> str:
    if not spoken:
        return escape(label)
    return f'{escape(label)}<span class="govuk-visually-hidden"> {escape(spoken)}</span>'


def _named(html: str, name: str, id_: str) -> str:
    html = html.replace("<input", f'<input id="{escape(id_)}"', 1)
    return html.replace(_NAME, escape(name))


def _mark(html: str, code: str | None, how: str) -> str:
    if not code:
        return html
    value = f' value="{escape(str(code))}"'
    return html.replace(value, f"{value} {how}", 1)
