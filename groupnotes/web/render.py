"""One call answers with a whole page, or with some blocks of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response, flash, g, make_response, render_template, session

from groupnotes.extensions import htmx
from groupnotes.web.controls import Html
from groupnotes.web.reading import shown

_FLASHES = "_flashes"  # where Flask keeps them


def wants_fragment() -> bool:
    """Say whether the browser will swap the answer into a page it already shows."""
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page(
    template: str,
    *blocks: str,
    status: int = 200,
    then: str | None = None,
    also: Iterable[Html] = (),
    **context: Any,
) -> Response:
    """Answer with ``template``, or to htmx with only these ``blocks`` of it.

    ``then`` is where a browser without htmx goes after a successful change: it
    gets a 303 there, so that reloading never repeats the change. ``also`` are blocks for
    htmx alone, written in Python.
    """
    fragment = wants_fragment()
    if then is not None and not fragment:
        return go(then)
    layout = "fragment.html" if fragment else "base.html"
    body = render_template(template, layout=layout, blocks=blocks, **context)
    if fragment:
        body += "".join(also)
    return make_response(shown(body), status)


def fragment(*pieces: Html) -> Response:
    """Answer htmx with blocks that were written in Python, for it to put in their places."""
    return make_response(shown("".join(pieces)))


def not_kept(sentences: Iterable[str], *, of: str, hints: Iterable[Html] = ()) -> Response:
    """Say why an autosave of the form ``of`` kept nothing; ``hints`` go under their fields."""
    template = "partials/not_kept.html"
    return page(template, "problem", status=422, also=hints, sentences=sentences, of=of)


def go(url: str) -> Response:
    """Send the browser to ``url`` with a GET, whether or not htmx asked."""
    if wants_fragment():
        # htmx would follow a 303 itself and put the next page's fragment into the form.
        response = make_response("", 200)
        response.headers["HX-Redirect"] = url
    else:
        response = make_response("", 303)
        response.location = url
    return response


def flash_message(text: str, kind: str = "success") -> None:
    """Show ``text`` at the top of the next page; it never holds clinical text."""
    flash(text, kind)
    g.flashed = g.get("flashed", 0) + 1


def take_back_messages() -> None:
    """Forget what this request flashed: it came to nothing, so it must not say "saved"."""
    count = g.pop("flashed", 0)
    if count and _FLASHES in session:
        session[_FLASHES] = session[_FLASHES][:-count]
