"""A supervisor's queue: sign beside what supervisees signed, or return it."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.core.errors import Conflict
from groupnotes.signing import services
from groupnotes.signing.forms import ReturnForm, SignForm
from groupnotes.web.conflicts import start_over
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor

bp = Blueprint("co_signing", __name__)


@bp.get("/cosign")
@needs(Permission.NOTE_CO_SIGN)
def queue() -> Response:
    """Show what waits for the reader's review, whole, with what stands out in it."""
    return _queue(SignForm())


@bp.post("/cosign")
@needs(Permission.NOTE_CO_SIGN)
def co_sign() -> Response:
    """Sign beside the reviewed notes with one password."""
    form = SignForm.from_request()
    choices = form.choices(request.form.getlist("notes"))
    try:
        signed = form.submit(
            lambda: services.co_sign(current_actor(), choices, form.password.data or "")
        )
    except Conflict as conflict:
        start_over(conflict)
        form.problems["notes"] = str(conflict)
        return _queue(form, status=409)
    if signed is None:
        return _queue(form, status=422)
    flash_message("Co-signed." if signed == 1 else f"{signed} co-signed.")
    return go(url_for("co_signing.queue"))


@bp.get("/notes/<uuid:note_id>/return")
@needs(Permission.NOTE_CO_SIGN)
def ask_return(note_id: uuid.UUID) -> Response:
    """Ask what the author should change."""
    waiting = services.open_to_return(current_actor(), note_id)
    form = ReturnForm(seen=waiting.signed.note.digest)
    return page("signing/return.html", "return", form=form, waiting=waiting)


@bp.post("/notes/<uuid:note_id>/return")
@needs(Permission.NOTE_CO_SIGN)
def return_note(note_id: uuid.UUID) -> Response:
    """Give a note back to its author, whose signature is withdrawn."""
    form = ReturnForm.from_request()
    if "replace" in request.form:
        others = services.others_in_review(current_actor(), note_id)
        form.replace_names(request.form["replace"], others)
        return _return_page(note_id, form)
    if form.submit(lambda: _returned(note_id, form)) is None:
        return _return_page(note_id, form, status=422)
    flash_message("The note is returned to its author.")
    return go(url_for("co_signing.queue"))


def _returned(note_id: uuid.UUID, form: ReturnForm) -> bool:
    services.return_note(
        current_actor(), note_id, form.comment.data or "", seen=form.seen.data or ""
    )
    return True


def _return_page(note_id: uuid.UUID, form: ReturnForm, *, status: int = 200) -> Response:
    waiting = services.open_to_return(current_actor(), note_id)
    return page("signing/return.html", "return", status=status, form=form, waiting=waiting)


def _queue(form: SignForm, *, status: int = 200) -> Response:
    after = request.args.get("after", type=uuid.UUID)
    queue = services.review_queue(current_actor(), after)
    boxes = (f"#review-{one.id}" for waiting in queue.waiting for one in waiting.mine)
    first = next(boxes, None)
    return page(
        "signing/queue.html",
        "queue",
        status=status,
        queue=queue,
        after=after,
        form=form,
        problems=[(sentence, first) for sentence in form.problems.values()],
        ticked=request.form.getlist("notes"),
    )
