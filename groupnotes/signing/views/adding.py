"""Sign something beside a locked note: add to it, or say that it was entered in error."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.core.ids import new_id
from groupnotes.signing import services
from groupnotes.signing.entry import EntryKind
from groupnotes.signing.forms import AddingForm, EntryForm, InErrorForm
from groupnotes.signing.services import EntryValues
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
    if _replaced(note_id, form, Permission.NOTE_ADD):
        return _entry_page(note_id, form)
    added = form.submit(lambda: _added(note_id, form.values(), form))
    if added is None:
        return _entry_page(note_id, form, status=422)
    flash_message(f"{added.kind.label} signed.")
    return go(url_for("signing.show", note_id=note_id))


@bp.get("/notes/<uuid:note_id>/entered-in-error")
@needs(Permission.NOTE_RETRACT)
def enter_in_error(note_id: uuid.UUID) -> Response:
    """Ask why a locked note is in error."""
    return _in_error_page(note_id, InErrorForm(key=str(new_id())))


@bp.post("/notes/<uuid:note_id>/entered-in-error")
@needs(Permission.NOTE_RETRACT)
def entered_in_error(note_id: uuid.UUID) -> Response:
    """Take a locked note out of the working views; what it says stays in history."""
    form = InErrorForm.from_request()
    if _replaced(note_id, form, Permission.NOTE_RETRACT):
        return _in_error_page(note_id, form)
    added = form.submit(lambda: _added(note_id, form.values(), form))
    if added is None:
        return _in_error_page(note_id, form, status=422)
    flash_message(_IN_ERROR)
    return go(url_for("signing.show", note_id=note_id))


def _replaced(note_id: uuid.UUID, form: AddingForm, permission: Permission) -> bool:
    """Put neutral phrases for names where that is what was asked for."""
    if "replace" not in request.form:
        return False
    others = services.others_in_session(current_actor(), note_id, permission)
    form.replace_names(request.form["replace"], others)
    return True


def _added(note_id: uuid.UUID, values: EntryValues, form: AddingForm) -> EntryValues:
    services.add_entry(current_actor(), note_id, values, form.password.data or "")
    return values


def _entry_page(note_id: uuid.UUID, form: EntryForm, *, status: int = 200) -> Response:
    locked = services.open_to_add(current_actor(), note_id)
    return page("signing/entry.html", "entry", status=status, form=form, locked=locked)


def _in_error_page(note_id: uuid.UUID, form: InErrorForm, *, status: int = 200) -> Response:
    locked = services.open_to_add(current_actor(), note_id, Permission.NOTE_RETRACT)
    return page("signing/in_error.html", "in_error", status=status, form=form, locked=locked)
