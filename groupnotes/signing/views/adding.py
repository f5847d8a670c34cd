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
from groupnotes.signing.services import SignedNote
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
    """Ask for a late entry, an addendum or a correction; or what a change means for the note.

    What was returned of it is asked for anew.
    """
    returned = _returned()
    if returned is not None:
        locked, said = services.open_again(current_actor(), note_id, returned)
        return _entry_page(locked, EntryForm.again(locked, said, returned))
    locked = services.open_to_add(current_actor(), note_id)
    asked = next((kind for name, kind in _ABOUT_CHANGE.items() if name in request.args), None)
    if asked and locked.changes:
        form = EntryForm.about_change(locked, asked)
    else:
        form = EntryForm(key=str(new_id()))
    return _entry_page(locked, form)


@bp.post("/notes/<uuid:note_id>/entries/new")
@needs(Permission.NOTE_ADD)
def add_entry(note_id: uuid.UUID) -> Response:
    """Sign what is added to a locked note."""
    form = EntryForm.from_request()
    return _sign(note_id, form, _entry_again, lambda: f"{form.values().kind.label} signed.")


@bp.get("/notes/<uuid:note_id>/entered-in-error")
@needs(Permission.NOTE_RETRACT)
def enter_in_error(note_id: uuid.UUID) -> Response:
    """Ask why a locked note is in error; anew, where that was returned."""
    returned, permission = _returned(), InErrorForm.permission
    if returned is not None:
        locked, said = services.open_again(current_actor(), note_id, returned, permission)
        return _in_error_page(locked, InErrorForm.again(said, returned))
    locked = services.open_to_add(current_actor(), note_id, permission)
    return _in_error_page(locked, InErrorForm(key=str(new_id())))


@bp.post("/notes/<uuid:note_id>/entered-in-error")
@needs(Permission.NOTE_RETRACT)
def entered_in_error(note_id: uuid.UUID) -> Response:
    """Take a locked note out of the working views; what it says stays in history."""
    return _sign(note_id, InErrorForm.from_request(), _in_error_again, lambda: _IN_ERROR)


@bp.post("/notes/<uuid:note_id>/entries/<uuid:note_entry_id>/leave-out")
@needs(Permission.NOTE_READ)
def leave_out(note_id: uuid.UUID, note_entry_id: uuid.UUID) -> Response:
    """Let an entry that was returned be no part of the note, and write none in its place."""
    services.leave_out(current_actor(), note_id, note_entry_id)
    flash_message("Left out. It stays in the history of the note.")
    return go(url_for("signing.show", note_id=note_id))


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


def _returned() -> uuid.UUID | None:
    return request.args.get("returned", type=uuid.UUID)


def _entry_again(note_id: uuid.UUID, form: EntryForm, status: int) -> Response:
    return _entry_page(services.open_to_add(current_actor(), note_id), form, status)


def _in_error_again(note_id: uuid.UUID, form: InErrorForm, status: int) -> Response:
    locked = services.open_to_add(current_actor(), note_id, form.permission)
    return _in_error_page(locked, form, status)


def _entry_page(locked: SignedNote, form: EntryForm, status: int = 200) -> Response:
    return page(
        "signing/entry.html",
        "entry",
        status=status,
        form=form,
        locked=locked,
        given_back=locked.given_back(form.instead_of),
    )


def _in_error_page(locked: SignedNote, form: InErrorForm, status: int = 200) -> Response:
    return page(
        "signing/in_error.html",
        "in_error",
        status=status,
        form=form,
        locked=locked,
        given_back=locked.given_back(form.instead_of),
    )
