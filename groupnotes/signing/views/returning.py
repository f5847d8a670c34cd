"""Return to its author what waits for a supervisor, a note or an entry; what was, stays read."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.signing import services
from groupnotes.signing.forms import ReturnForm
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor

bp = Blueprint("returning", __name__)


@bp.get("/notes/<uuid:note_id>/history")
@needs(Permission.NOTE_READ)
def history(note_id: uuid.UUID) -> Response:
    """Show what was signed of a note and withdrawn, by whom, and with which comment."""
    found = services.open_history(current_actor(), note_id)
    return page("signing/history.html", history=found)


@bp.get("/notes/<uuid:note_id>/return")
@needs(Permission.NOTE_CO_SIGN)
def ask_return(note_id: uuid.UUID) -> Response:
    """Ask what the author should change."""
    return _ask(note_id)


@bp.post("/notes/<uuid:note_id>/return")
@needs(Permission.NOTE_CO_SIGN)
def return_note(note_id: uuid.UUID) -> Response:
    """Give a note back to its author, whose signature is withdrawn."""

    def give_back(comment: str, seen: str) -> None:
        services.return_note(current_actor(), note_id, comment, seen=seen)

    return _return(give_back, note_id)


@bp.get("/notes/<uuid:note_id>/entries/<uuid:note_entry_id>/return")
@needs(Permission.NOTE_CO_SIGN)
def ask_return_of_entry(note_id: uuid.UUID, note_entry_id: uuid.UUID) -> Response:
    """Ask what whoever signed an entry should change."""
    return _ask(note_id, note_entry_id)


@bp.post("/notes/<uuid:note_id>/entries/<uuid:note_entry_id>/return")
@needs(Permission.NOTE_CO_SIGN)
def return_entry(note_id: uuid.UUID, note_entry_id: uuid.UUID) -> Response:
    """Give an entry back to whoever signed it: it is no part of the note any more."""

    def give_back(comment: str, seen: str) -> None:
        services.return_entry(current_actor(), note_id, note_entry_id, comment, seen=seen)

    return _return(give_back, note_id, note_entry_id)


def _ask(note_id: uuid.UUID, entry_id: uuid.UUID | None = None) -> Response:
    given = services.open_to_return(current_actor(), note_id, entry_id)
    return _page(given, ReturnForm(seen=given.one.digest))


def _return(
    give_back: Callable[[str, str], None], note_id: uuid.UUID, entry_id: uuid.UUID | None = None
) -> Response:
    """Give something back with what was typed; or show the form again."""
    form = ReturnForm.from_request()
    if "replace" in request.form:
        others = services.others_in_review(current_actor(), note_id)
        form.replace_names(request.form["replace"], others)
        return _page(services.open_to_return(current_actor(), note_id, entry_id), form)

    def returned() -> bool:
        give_back(form.comment.data or "", form.seen.data or "")
        return True

    if form.submit(returned) is None:
        given = services.open_to_return(current_actor(), note_id, entry_id)
        return _page(given, form, status=422)
    flash_message(f"The {'entry' if entry_id else 'note'} is returned to its author.")
    return go(url_for("co_signing.queue"))


def _page(given: services.ToReturn, form: ReturnForm, *, status: int = 200) -> Response:
    return page("signing/return.html", "return", status=status, form=form, given=given)
