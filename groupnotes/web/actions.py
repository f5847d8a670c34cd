"""Forms, their buttons and what they say of saving, from plain values.

Functions for the same reason as the fields in ``controls``. The htmx attributes
of a form are written here; those of other elements in ``templates/macros``.
"""

from __future__ import annotations

from typing import TypedDict, Unpack

from groupnotes.web.controls import HIDDEN, Html, text

# Enter in a field presses the first button of a form: of one with many, that is to save it.
_DEFAULT = '<button type="submit" hidden></button>'


class Sending(TypedDict, total=False):
    """How a form is sent and kept."""

    target: str | None  # of the block that the answer replaces; the form when there is none
    autosave: str | None  # where the fields go after a pause in typing
    version: object  # that the page shows; None: it shows none
    edit: object
    record: str | None  # forms of one record share its version
    also: str | None  # other ids in the answer that replace themselves


class Button(TypedDict, total=False):
    """What a button may say besides its label."""

    action: str | None
    name: str | None
    value: str | None
    id: str | None
    describe: str | None  # words after the label for those who do not see what it is about


def form(
    action: str,
    id: str,  # noqa: A002 - as HTML names it
    inside: Html,
    token: str,
    **sending: Unpack[Sending],
) -> Html:
    """Write a form that posts, with the anti-forgery ``token`` of this sign-in."""
    url, own = text(action), text(id)
    autosave, record = sending.get("autosave"), sending.get("record")
    kept = f' data-autosave="{text(autosave)}"' if autosave else ""
    if record:
        kept += f' data-record="{text(record)}"'
    target = sending.get("target") or f"#{id}"
    return Html(
        f'<form id="{own}" class="form" method="post" action="{url}" novalidate'
        f" {exchange(action, target, sending.get('also'))}{kept}>"
        f"{hidden('csrf_token', token)}"
        f"{_version(sending.get('version'))}"
        f"{hidden('edit', sending.get('edit', 0)) + _DEFAULT if autosave else ''}"
        f"{inside}</form>"
    )


def exchange(url: str, block: str, also: str | None = None) -> Html:
    """Say what htmx does with each answer.

    A form with errors replaces the block; any other refusal goes to the messages,
    so that what was typed stays where it is.
    """
    target = text(block)
    more = f' hx-select-oob="{text(also)}"' if also else ""
    return Html(
        f'hx-post="{text(url)}" hx-target="{target}" hx-swap="outerHTML"'
        f' hx-disable="{target} button" hx-status:422="swap:outerHTML"'
        ' hx-status:4xx="target:#messages swap:innerHTML"'
        f' hx-status:5xx="target:#messages swap:innerHTML"{more}'
    )


def hidden(name: str, value: object) -> Html:
    """Write a value that goes with the form."""
    return Html(f'<input type="hidden" name="{text(name)}" value="{text(value)}">')


def submit(label: str, kind: str = "primary", **button: Unpack[Button]) -> Html:
    """Write a button that sends its form; ``action`` sends it elsewhere."""
    given = "".join(
        f' {attribute}="{text(button.get(name))}"'
        for name, attribute in (("id", "id"), ("action", "formaction"))
        if button.get(name)
    )
    if button.get("name"):
        given += f' name="{text(button["name"])}" value="{text(button.get("value") or "")}"'
    whose = button.get("describe")
    more = f'<span class="{HIDDEN}"> {text(whose)}</span>' if whose else ""
    return Html(
        f'<button type="submit" class="button button--{text(kind)}"{given}>'
        f"{text(label)}{more}</button>"
    )


def save_status(
    form_id: str, version: object = None, edit: object = 0, at: str | None = None
) -> Html:
    """Say what the server last kept of a form; an autosave's answer must hold it."""
    own = text(form_id)
    shown = "" if version is None else f' data-version="{text(version)}"'
    said = f"Saved {text(at)}" if at else "No changes yet"
    return Html(
        f'<p class="save-status" id="{own}-status" data-saves="{own}"'
        f' data-edit="{text(edit)}"{shown}>{said}</p>'
    )


def _version(version: object) -> str:
    return "" if version is None else hidden("version", version)
