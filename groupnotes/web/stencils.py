"""HTML that stands on a page many times: written once with holes, then filled for each client."""

from __future__ import annotations

import re

from groupnotes.web.controls import Html

_HOLE = re.compile("\1([a-z]+)\2")


def hole(name: str) -> str:
    """Return what stands for ``name`` in the HTML of a stencil; nobody can type it."""
    return f"\1{name}\2"


class Stencil:
    """Some HTML with holes in it."""

    def __init__(self, html: Html) -> None:
        escaped = html.replace("{", "{{").replace("}", "}}")
        self._format = _HOLE.sub(r"{\1}", escaped)

    def fill(self, **values: Html | int) -> Html:
        """Return the HTML with its holes filled; values that it has no hole for do not matter."""
        return Html(self._format.format_map(values))
