"""Sign something beside a locked note: add to it, or say that it was entered in error."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.core.ids import new_id
from groupnotes.signing import services
from groupnotes.signing.entry import EntryKind
from groupnotes.signing.forms import EntryForm, InErrorForm
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor

bp = Blueprint("adding", __name__)

_ABOUT_CHANGE = {"adopt": EntryKind.ADDENDUM, "no-effect": EntryKind.NO_EFFECT}
_IN_ERROR = (
    "The note is marked as entered in error. If the client was in the session, save the session "
    "again, and they get a new note; if not, correct the attendance there."
)


@bp.get("/notes/<uuid:note_id>/entries/new")
@needs(Permission.NOTE_ADD)
def new_entry(note_id: uuid.UUID) -> Response:
    """Ask for a late entry, an addendum or a correction; or what a change means for the note."""
    locked = services.open_to_add(current_actor(), note_id)
    asked = next((kind for name, kind in _ABOUT_CHANGE.items() if name in request.args), None)
    if asked and locked.changes:
        form = EntryForm.about_change(locked, asked)
    else:
        form = EntryForm(key=str(new_id()))
    return page("signing/entry.html", "entry", form=form, locked=locked)


@bp.post("/notes/<uuid:note_id>/entries/new")
@needs(Permission.NOTE_ADD)
def add_entry(note_id: uuid.UUID) -> Response:
    """Sign what is added to a locked note."""
    form = EntryForm.from_request()
    return _sign(note_id, form, _entry_page, lambda: f"{form.values().kind.label} signed.")


@bp.get("/notes/<uuid:note_id>/entered-in-error")
@needs(Permission.NOTE_RETRACT)
def enter_in_error(note_id: uuid.UUID) -> Response:
    """Ask why a locked note is in error."""
    return _in_error_page(note_id, InErrorForm(key=str(new_id())))


@bp.post("/notes/<uuid:note_id>/entered-in-error")
@needs(Permission.NOTE_RETRACT)
def entered_in_error(note_id: uuid.UUID) -> Response:
    """Take a locked note out of the working views; what it says stays in history."""
    return _sign(note_id, InErrorForm.from_request(), _in_error_page, lambda: _IN_ERROR)


F = TypeVar("F", EntryForm, InErrorForm)


def _sign(
    note_id: uuid.UUID,
    form: F,
    again: Callable[[uuid.UUID, F, int], Response],
    done: Callable[[], str],
) -> Response:
    """Sign what was typed; or show it ``again``, with what is wrong, or with names replaced."""
    if "replace" in request.form:
        others = services.others_in_session(current_actor(), note_id, form.permission)
        form.replace_names(request.form["replace"], others)
        return again(note_id, form, 200)
    if form.submit(lambda: _added(note_id, form)) is None:
        return again(note_id, form, 422)
    flash_message(done())
    return go(url_for("signing.show", note_id=note_id))


def _added(note_id: uuid.UUID, form: EntryForm | InErrorForm) -> bool:
    services.add_entry(current_actor(), note_id, form.values(), form.password.data or "")
    return True


def _entry_page(note_id: uuid.UUID, form: EntryForm, status: int) -> Response:
    locked = services.open_to_add(current_actor(), note_id)
    return page("signing/entry.html", "entry", status=status, form=form, locked=locked)


def _in_error_page(note_id: uuid.UUID, form: InErrorForm, status: int = 200) -> Response:
    locked = services.open_to_add(current_actor(), note_id, form.permission)
    return page("signing/in_error.html", "in_error", status=status, form=form, locked=locked)
