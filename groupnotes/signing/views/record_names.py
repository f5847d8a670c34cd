"""What keeps a signed note from being given out because it names somebody."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.core.errors import Invalid
from groupnotes.notes.forms import Pressed
from groupnotes.signing import services
from groupnotes.web.found import found_in_signed
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor
from groupnotes.web.written import vouched

bp = Blueprint("record_names", __name__)
bp.add_app_template_global(vouched(found_in_signed), found_in_signed.__name__)

_KEPT = "The words stay. Your reason is kept, and the audit log tells that you decided."


@bp.get("/notes/<uuid:note_id>/record/names")
@needs(Permission.NOTE_RETRACT)
def look(note_id: uuid.UUID) -> Response:
    """Show the words, each with the question why it must stay."""
    return _page(note_id, {})


@bp.post("/notes/<uuid:note_id>/record/names")
@needs(Permission.NOTE_RETRACT)
def keep(note_id: uuid.UUID) -> Response:
    """Keep the reason why some words stay in the record."""
    pressed = Pressed.of(request.form)
    if pressed is None:
        return _page(note_id, {"note": "Choose the words that must stay, and say why."}, 422)
    try:
        services.keep_in_record(current_actor(), note_id, pressed.choice)
    except Invalid as invalid:
        return _page(note_id, invalid.fields, 422)
    flash_message(_KEPT)
    return go(url_for("record_names.look", note_id=note_id))


def _page(note_id: uuid.UUID, wrong: dict[str, str], status: int = 200) -> Response:
    named = services.open_record_names(current_actor(), note_id)
    return page("signing/record_names.html", "names", status=status, named=named, wrong=wrong)
