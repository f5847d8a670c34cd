"""Small parts of pages that stand beside many clients: the word for a state, a person's text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from groupnotes import deid
from groupnotes.web import actions
from groupnotes.web.controls import Html, text

_WORDS = {
    "not_started": ("Not started", "new"),
    "in_progress": ("In progress", "work"),
    "ready": ("Ready to sign", "ready"),
    "ready_to_sign": ("Ready to sign", "ready"),
    "signed": ("Signed", "signed"),
    "locked": ("Signed", "signed"),
    "verified": ("Verified", "signed"),
    "altered": ("Altered", "stop"),
    "awaiting_review": ("Awaiting review", "ready"),
    "entered_in_error": ("Entered in error", "stop"),
    "returned": ("Returned", "stop"),
    "draft": ("Draft", "work"),
    "set_aside": ("Set aside", "quiet"),
    "present": ("Present", "signed"),
    "late": ("Late", "work"),
    "left_early": ("Left early", "work"),
    "no_show": ("No-show", "stop"),
    "cancelled": ("Cancelled", "quiet"),
    "excused": ("Excused", "quiet"),
    "scheduled": ("Scheduled", "new"),
    "documented": ("Documented", "signed"),
    "active": ("Active", "ready"),
    "closed": ("Closed", "quiet"),
    "overdue": ("Overdue", "stop"),
    "to_review": ("To review", "work"),
    "justified": ("Justified", "signed"),
    "not_justified": ("Not justified", "stop"),
    "in_force": ("In force", "signed"),
    "replaced": ("Replaced", "quiet"),
    "achieved": ("Achieved", "signed"),
    "discontinued": ("Discontinued", "quiet"),
    "resolved": ("Resolved", "quiet"),
    "destroyed": ("Destroyed", "quiet"),
    "on_hold": ("On hold", "stop"),
    "past": ("Past its period", "work"),
    "lapsed": ("Lapsed", "quiet"),
    "cleared": ("Cleared", "quiet"),
    "to_clear": ("To be cleared", "work"),
    "discharged": ("Discharged", "quiet"),
}


class Marked(Protocol):
    """A piece of a text; with a finding it is marked."""

    @property
    def text(self) -> str: ...

    @property
    def finding(self) -> object | None: ...


def tag(status: str, id: str | None = None) -> Html:  # noqa: A002 - as HTML names it
    """Write a word and a colour for a state; an unknown code is shown in words."""
    code = str(status)
    known = _WORDS.get(code) or _WORDS.get(code.lower().replace("-", "_").replace(" ", "_"))
    word, colour = known or (code.replace("_", " ").capitalize(), "new")
    own = f' id="{text(id)}"' if id else ""
    return Html(f'<strong class="tag tag--{colour}"{own}>{text(word)}</strong>')


def user_text(words: str | None, tag: str = "div") -> Html:
    """Write text that a person wrote: htmx leaves it alone whatever it holds."""
    return Html(f'<{text(tag)} class="user-text" hx-ignore>{text(words or "")}</{text(tag)}>')


def marked(pieces: Iterable[Marked]) -> Html:
    """Write a text in pieces (``deid.pieces``), the found words marked."""
    shown = "".join(
        f"<mark>{text(piece.text)}</mark>" if piece.finding else text(piece.text)
        for piece in pieces
    )
    return Html(f'<div class="user-text" hx-ignore>{shown}</div>')


def names_found(name: str, words: str, findings: Sequence[deid.Finding]) -> Html:
    """Write the words of field ``name`` that name a client, with the way out."""
    replace = actions.submit(
        f"Replace with “{findings[0].suggestion}”", "quiet", name="replace", value=name
    )
    return Html(
        '<div class="warning"><p><b>A client is named here.</b></p>'
        f"{marked(deid.pieces(words, findings))}"
        f'<div class="warning__act">{replace}</div></div>'
    )


def summary_list(rows: Iterable[tuple[object, ...]]) -> Html:
    """Write facts by name; a row is (name, value) or (name, value, url, what the link does)."""
    return Html(f'<dl class="summary">{"".join(map(_summary_row, rows))}</dl>')


def _summary_row(row: tuple[object, ...]) -> str:
    name, value, *link = row
    act = ""
    if link:
        url, does = link
        whose = f'<span class="govuk-visually-hidden"> {text(str(name).lower())}</span>'
        act = f'<dd class="summary__act"><a href="{text(url)}">{text(does)}{whose}</a></dd>'
    shown = "" if value is None else text(value)
    return f'<div class="summary__row"><dt>{text(name)}</dt><dd>{shown}</dd>{act}</div>'
