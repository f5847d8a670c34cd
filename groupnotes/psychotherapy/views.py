"""Pages of psychotherapy notes: everybody but the originator gets the answer of a missing page.

Every route asks for the right to one's own notes, which every role holds, so that no answer
depends on a role: what is not the reader's is not found.
"""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.core.errors import Conflict
from groupnotes.core.keyset import Cursor
from groupnotes.psychotherapy import services
from groupnotes.psychotherapy.forms import AboutForm, DestroyingForm, WritingForm
from groupnotes.psychotherapy.models import PsychotherapyNote
from groupnotes.psychotherapy.services import OpenPsychotherapyNote
from groupnotes.web import conflicts
from groupnotes.web.actions import save_status
from groupnotes.web.render import flash_message, fragment, go, not_kept, page, wants_fragment
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor
from groupnotes.web.words import time_of_day

bp = Blueprint("psychotherapy", __name__)

FORM = "psychotherapy-note"


@bp.get("/psychotherapy-notes/")
@needs(Permission.PSYCHOTHERAPY_NOTE)
def everything() -> Response:
    """List all of the reader's own notes, newest first."""
    return page("psychotherapy/all.html", own=services.list_all(current_actor(), _cursor()))


@bp.get("/clients/<uuid:client_id>/psychotherapy-notes")
@needs(Permission.PSYCHOTHERAPY_NOTE)
def index(client_id: uuid.UUID) -> Response:
    """List the reader's own notes about a client, newest first."""
    own = services.list_notes(current_actor(), client_id, _cursor())
    return page("psychotherapy/index.html", own=own)


@bp.get("/clients/<uuid:client_id>/psychotherapy-notes/new")
@needs(Permission.PSYCHOTHERAPY_NOTE)
def new(client_id: uuid.UUID) -> Response:
    """Ask which note is begun: the text is typed where it is kept while it is typed."""
    begun = services.open_beginning(current_actor(), client_id)
    form = AboutForm().offering(begun.sessions)
    return page("psychotherapy/new.html", "about_form", form=form, begun=begun)


@bp.post("/clients/<uuid:client_id>/psychotherapy-notes/new")
@needs(Permission.PSYCHOTHERAPY_NOTE)
def begin(client_id: uuid.UUID) -> Response:
    """Begin a note, and lead to where it is written."""
    begun = services.open_beginning(current_actor(), client_id)
    form = AboutForm.from_request()
    note = form.submit(lambda: services.begin_note(current_actor(), begun.client, form.values()))
    if note is None:
        form.offering(begun.sessions)
        return page("psychotherapy/new.html", "about_form", status=422, form=form, begun=begun)
    return go(url_for("psychotherapy.note", psychotherapy_note_id=note.id))


@bp.get("/psychotherapy-notes/<uuid:psychotherapy_note_id>")
@needs(Permission.PSYCHOTHERAPY_NOTE)
def note(psychotherapy_note_id: uuid.UUID) -> Response:
    """Show a note to its author, to write on."""
    opened = services.open_note(current_actor(), psychotherapy_note_id)
    return _note_page(opened, WritingForm.of(opened.note))


@bp.post("/psychotherapy-notes/<uuid:psychotherapy_note_id>")
@needs(Permission.PSYCHOTHERAPY_NOTE)
def save(psychotherapy_note_id: uuid.UUID) -> Response:
    """Keep what was written."""
    services.require_author(current_actor(), psychotherapy_note_id)
    form = WritingForm.from_request()
    try:
        saved = _saved(form, psychotherapy_note_id)
    except Conflict as conflict:
        conflicts.start_over(conflict)
        opened = services.open_note(current_actor(), psychotherapy_note_id)
        form.renew(opened.note.version)
        return _note_page(opened, form, status=409)
    if saved is None:
        opened = services.open_note(current_actor(), psychotherapy_note_id)
        return _note_page(opened, form, status=422)
    flash_message("Note saved.")
    if not wants_fragment():
        return go(url_for("psychotherapy.note", psychotherapy_note_id=psychotherapy_note_id))
    opened = services.open_note(current_actor(), psychotherapy_note_id)
    return _note_page(opened, WritingForm.of(opened.note))


@bp.post("/psychotherapy-notes/<uuid:psychotherapy_note_id>/draft")
@needs(Permission.PSYCHOTHERAPY_NOTE)
def autosave(psychotherapy_note_id: uuid.UUID) -> Response:
    """Keep what is being typed; answer only that it was kept."""
    services.require_author(current_actor(), psychotherapy_note_id)
    form = WritingForm.from_request()
    saved = _saved(form, psychotherapy_note_id)
    if saved is None:
        return not_kept([str(field.errors[0]) for field in form if field.errors], of=FORM)
    if not wants_fragment():
        return go(url_for("psychotherapy.note", psychotherapy_note_id=psychotherapy_note_id))
    return fragment(save_status(FORM, saved.version, _edit(), time_of_day(saved.changed_at)))


@bp.get("/psychotherapy-notes/<uuid:psychotherapy_note_id>/destroy")
@needs(Permission.PSYCHOTHERAPY_NOTE)
def ask_to_destroy(psychotherapy_note_id: uuid.UUID) -> Response:
    """Ask its author whether the note shall be gone for good."""
    opened = services.open_note(current_actor(), psychotherapy_note_id)
    return _destroying_page(opened, DestroyingForm(version=opened.note.version))


@bp.post("/psychotherapy-notes/<uuid:psychotherapy_note_id>/destroy")
@needs(Permission.PSYCHOTHERAPY_NOTE)
def destroy(psychotherapy_note_id: uuid.UUID) -> Response:
    """Destroy a note of the reader's own."""
    services.require_author(current_actor(), psychotherapy_note_id)
    form = DestroyingForm.from_request()
    client_id = form.submit(
        lambda: services.destroy_note(
            current_actor(), psychotherapy_note_id, seen_version=form.seen_version()
        )
    )
    if client_id is None:
        opened = services.open_note(current_actor(), psychotherapy_note_id)
        return _destroying_page(opened, form, status=422)
    flash_message("The note is destroyed.")
    return go(url_for("psychotherapy.index", client_id=client_id))


def _cursor() -> Cursor[uuid.UUID]:
    return Cursor(
        before=request.args.get("before", type=uuid.UUID),
        after=request.args.get("after", type=uuid.UUID),
    )


def _saved(form: WritingForm, note_id: uuid.UUID) -> PsychotherapyNote | None:
    return form.submit(
        lambda: services.save_note(
            current_actor(), note_id, form.values(), seen_version=form.seen_version()
        )
    )


def _edit() -> str:
    """Return the number by which the page knows which of its saves this answers."""
    edit = request.form.get("edit", "")
    return edit if edit.isdecimal() else "0"


def _note_page(
    opened: OpenPsychotherapyNote,
    form: WritingForm,
    *,
    status: int = 200,
) -> Response:
    sessions = services.offered_sessions(current_actor(), opened.note)
    now = WritingForm.of(opened.note).offering(sessions)
    return page(
        "psychotherapy/note.html",
        "writing_form",
        status=status,
        opened=opened,
        form=form.offering(sessions),
        own_form=FORM,
        differences=conflicts.differences(form, now) if status == 409 else [],
    )


def _destroying_page(
    opened: OpenPsychotherapyNote, form: DestroyingForm, *, status: int = 200
) -> Response:
    return page(
        "psychotherapy/destroy.html", "destroying_form", status=status, opened=opened, form=form
    )
