"""Review and sign; read what was signed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.core.errors import Locked
from groupnotes.signing import services
from groupnotes.signing.forms import SignForm
from groupnotes.signing.services import Choice, Review, Signed
from groupnotes.signing.verification import Altered
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor

bp = Blueprint("signing", __name__)


@bp.get("/sessions/<uuid:session_id>/sign")
@needs(Permission.NOTE_SIGN)
def review_session(session_id: uuid.UUID) -> Response:
    """Show every note of a session that is ready, to be reviewed one by one."""
    review = services.ready_to_sign(current_actor(), session_id)
    return _review(review, SignForm(), url_for("signing.sign_session", session_id=session_id))


@bp.post("/sessions/<uuid:session_id>/sign")
@needs(Permission.NOTE_SIGN)
def sign_session(session_id: uuid.UUID) -> Response:
    """Sign the reviewed notes with one password; signed a moment ago, they are shown."""
    form = SignForm.from_request()
    choices = _choices(form)
    try:
        signed = form.submit(
            lambda: services.sign_notes(
                current_actor(), choices, form.password.data or "", session_id=session_id
            )
        )
    except Locked:
        flash_message("The note is signed." if len(choices) == 1 else "The notes are signed.")
        return go(url_for("notes.session", session_id=session_id))
    if signed is None:
        review = services.ready_to_sign(current_actor(), session_id)
        here = url_for("signing.sign_session", session_id=session_id)
        return _review(review, form, here, status=422)
    flash_message(_told(signed))
    return go(url_for("notes.session", session_id=session_id))


@bp.get("/notes/<uuid:note_id>/sign")
@needs(Permission.NOTE_SIGN)
def review(note_id: uuid.UUID) -> Response:
    """Show one note as it would be signed, or as it was."""
    try:
        review = services.note_to_sign(current_actor(), note_id)
    except Locked:
        return go(url_for("signing.show", note_id=note_id))
    return _review(review, SignForm(), url_for("signing.sign", note_id=note_id))


@bp.post("/notes/<uuid:note_id>/sign")
@needs(Permission.NOTE_SIGN)
def sign(note_id: uuid.UUID) -> Response:
    """Sign one note; signed a moment ago by the same form, it is shown as it was then."""
    form = SignForm.from_request()
    choices = [choice for choice in _choices(form) if choice.note_id == note_id]
    try:
        signed = form.submit(
            lambda: services.sign_notes(current_actor(), choices, form.password.data or "")
        )
        if signed is None:
            review = services.note_to_sign(current_actor(), note_id)
            here = url_for("signing.sign", note_id=note_id)
            return _review(review, form, here, status=422)
    except Locked:
        return go(url_for("signing.show", note_id=note_id))
    flash_message(_told(signed))
    return go(url_for("signing.show", note_id=note_id))


@bp.get("/notes/<uuid:note_id>/signed")
@needs(Permission.NOTE_READ)
def show(note_id: uuid.UUID) -> Response:
    """Show a signed note, from the bytes that were signed; altered ones as far as they go."""
    try:
        locked = services.open_signed(current_actor(), note_id)
    except Altered:
        altered = services.open_altered(current_actor(), note_id)
        return page("signing/altered.html", "signed", altered=altered)
    return page(
        "signing/show.html",
        "signed",
        locked=locked,
        content=locked.content,
        is_held_back=services.is_held_back(locked),
    )


def _choices(form: SignForm) -> list[Choice]:
    return form.choices(request.form.getlist("notes"))


def _review(review: Review, form: SignForm, here: str, *, status: int = 200) -> Response:
    return page(
        "signing/review.html",
        "review",
        status=status,
        notes=review.notes,
        unfinished=review.unfinished,
        doubtful=review.doubtful,
        each=review.each,
        kept=review.kept,
        form=form,
        here=here,
        back=here.removesuffix("/sign"),
        problems=_linked(form.problems, review),
        ticked=request.form.getlist("notes"),
    )


def _linked(problems: Mapping[str, str], review: Review) -> list[tuple[str, str | None]]:
    """Return each problem with the client it is about, and where on the page that is."""
    names = {f"note-{note.note_id}": note.client_name for note in review.notes}
    there = "#note" if review.each else "#review"
    first = next((f"{there}-{note.note_id}" for note in review.notes), None)
    return [
        (f"{names[name]}: {sentence}", name.replace("note", there, 1))
        if name in names
        else (sentence, first)
        for name, sentence in problems.items()
    ]


def _told(signed: Signed) -> str:
    """Say what was signed, and what it waits for."""
    done = "Note signed." if signed.notes == 1 else f"{signed.notes} notes signed."
    if not signed.review_due:
        return done
    return f"{done} A supervisor has to sign too before a record is given out."
