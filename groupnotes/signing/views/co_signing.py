"""A supervisor's queue: sign beside what supervisees signed."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.core.errors import Conflict
from groupnotes.signing import services
from groupnotes.signing.forms import SignForm
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
