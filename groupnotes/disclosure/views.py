"""One client's record as a file."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response

from groupnotes.access.policy import Permission
from groupnotes.disclosure import services
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor

bp = Blueprint("disclosure", __name__)


@bp.get("/notes/<uuid:note_id>/record.pdf")
@needs(Permission.RECORD_PRINT)
def record(note_id: uuid.UUID) -> Response:
    """Give a signed note as a PDF that an insurer can read."""
    printed = services.note_as_pdf(current_actor(), note_id)
    response = Response(printed.pdf, mimetype="application/pdf")
    name = f"note-{printed.encounter}.pdf"  # the note's own id stays in the practice
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
