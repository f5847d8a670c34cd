"""Review and sign; read what was signed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.signing import services
from groupnotes.signing.assembly import ToSign
from groupnotes.signing.forms import SignForm
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor

bp = Blueprint("signing", __name__)


@bp.get("/sessions/<uuid:session_id>/sign")
@needs(Permission.NOTE_SIGN)
def review_session(session_id: uuid.UUID) -> Response:
    """Show every note of a session that is ready, to be reviewed one by one."""
    notes = services.ready_to_sign(current_actor(), session_id)
    return _review(notes, SignForm(), url_for("signing.sign_session", session_id=session_id))


@bp.post("/sessions/<uuid:session_id>/sign")
@needs(Permission.NOTE_SIGN)
def sign_session(session_id: uuid.UUID) -> Response:
    """Sign the reviewed notes with one password."""
    form = SignForm.from_request()
    signed = _sign(form)
    if signed is None:
        notes = services.ready_to_sign(current_actor(), session_id)
        here = url_for("signing.sign_session", session_id=session_id)
        return _review(notes, form, here, status=422)
    flash_message(f"{signed} {'note' if signed == 1 else 'notes'} signed.")
    return go(url_for("notes.session", session_id=session_id))


@bp.get("/notes/<uuid:note_id>/sign")
@needs(Permission.NOTE_SIGN)
def review(note_id: uuid.UUID) -> Response:
    """Show one note as it would be signed."""
    note = services.note_to_sign(current_actor(), note_id)
    return _review([note], SignForm(), url_for("signing.sign", note_id=note_id))


@bp.post("/notes/<uuid:note_id>/sign")
@needs(Permission.NOTE_SIGN)
def sign(note_id: uuid.UUID) -> Response:
    """Sign one note."""
    form = SignForm.from_request()
    if _sign(form, only=note_id) is None:
        note = services.note_to_sign(current_actor(), note_id)
        return _review([note], form, url_for("signing.sign", note_id=note_id), status=422)
    flash_message("Note signed.")
    return go(url_for("signing.show", note_id=note_id))


@bp.get("/notes/<uuid:note_id>/signed")
@needs(Permission.NOTE_READ)
def show(note_id: uuid.UUID) -> Response:
    """Show a signed note, from the bytes that were signed."""
    locked = services.open_signed(current_actor(), note_id)
    return page("signing/show.html", "signed", locked=locked, content=locked.content)


def _sign(form: SignForm, only: uuid.UUID | None = None) -> int | None:
    choices = form.choices(request.form.getlist("notes"))
    if only is not None:
        choices = [choice for choice in choices if choice.note_id == only]
    return form.submit(
        lambda: services.sign_notes(current_actor(), choices, form.password.data or "")
    )


def _review(notes: Sequence[ToSign], form: SignForm, here: str, *, status: int = 200) -> Response:
    return page(
        "signing/review.html",
        "review",
        status=status,
        notes=notes,
        form=form,
        here=here,
        back=here.removesuffix("/sign"),
        problems=[(sentence, None) for sentence in form.form_errors],
        ticked=request.form.getlist("notes"),
    )
