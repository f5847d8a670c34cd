"""The page of a session, and the page of one client's note."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.core.errors import Conflict, Invalid
from groupnotes.deid import Finding
from groupnotes.identity.decisions import Choice
from groupnotes.notes import cards, fields, services
from groupnotes.notes.forms import Errors, NoteForm, Pressed, SessionForm
from groupnotes.notes.services import OpenNote
from groupnotes.notes.states import DisplayStatus
from groupnotes.notes.workspace import Workspace
from groupnotes.web.actions import save_status
from groupnotes.web.conflicts import start_over
from groupnotes.web.parts import tag
from groupnotes.web.render import flash_message, fragment, go, not_kept, page, wants_fragment
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor, current_zone
from groupnotes.web.words import time_of_day
from groupnotes.web.written import vouched

bp = Blueprint("notes", __name__)

for _write in (
    cards.attendance_lines,
    cards.note_card,
    cards.note_cards,
    cards.note_text,
    fields.found_in_text,
    fields.note_errors,
    fields.note_fields,
    fields.note_missing,
):
    bp.add_app_template_global(vouched(_write), _write.__name__)


@bp.get("/sessions/<uuid:session_id>")
@needs(Permission.SESSION_READ)
def session(session_id: uuid.UUID) -> Response:
    """Show a session: attendance, group note, everyone's note."""
    opened = services.open_session(current_actor(), session_id)
    form = SessionForm.of(opened, current_zone())
    if opened.draft is not None:
        members = (member.client_id for member in opened.members)
        form = SessionForm.resumed(opened.draft.typed, members)
    unchecked = opened.draft is not None or opened.is_unchecked or "look" in request.args
    if opened.documentable and unchecked:
        form.errors.findings = services.findings_in_group_note(
            current_actor(), session_id, form.text
        )
    return _session_page(opened, form)


@bp.post("/sessions/<uuid:session_id>")
@needs(Permission.SESSION_DOCUMENT)
def document(session_id: uuid.UUID) -> Response:
    """Write attendance and group note, and a note for each who attended: all or nothing."""
    form = SessionForm.sent(request.form)
    if "fill" in request.form:
        form.fill(request.form["fill"])
        return _again(session_id, form)
    if (pressed := Pressed.of(request.form)) is not None:
        return _decided_in_session(session_id, form, pressed)
    try:
        to_review = services.document_session(current_actor(), session_id, form.submission())
    except Invalid as invalid:
        form.errors.take(invalid)
        return _again(session_id, form, status=422)
    except Conflict as conflict:
        start_over(conflict)
        form.errors.sentences["session"] = str(conflict)
        return _again(session_id, form, status=409)
    flash_message("Session saved. Each client who attended has a note.")
    if to_review:
        flash_message("Some words may still identify someone. They are marked below.", "warning")
        return go(url_for("notes.session", session_id=session_id, look=1, _anchor="group-note"))
    return go(url_for("notes.session", session_id=session_id))


@bp.post("/sessions/<uuid:session_id>/draft")
@needs(Permission.SESSION_DOCUMENT)
def autosave_session(session_id: uuid.UUID) -> Response:
    """Keep what is being typed about a session; nobody else sees it before it is submitted."""
    form = SessionForm.sent(request.form)
    if form.errors:
        services.require_documenter(current_actor(), session_id)
        return not_kept(form.errors.sentences.values(), of="session-form")
    at = services.save_session_draft(current_actor(), session_id, form.typed(), form.key)
    if not wants_fragment():
        return go(url_for("notes.session", session_id=session_id))
    findings = services.findings_in_group_note(current_actor(), session_id, form.text)
    return fragment(
        save_status("session-form", form.version, _edit(), time_of_day(at)),
        *fields.found_in_session(form.text, findings),
    )


@bp.post("/sessions/<uuid:session_id>/draft/discard")
@needs(Permission.SESSION_DOCUMENT)
def discard_session_draft(session_id: uuid.UUID) -> Response:
    """Forget what was typed and not submitted."""
    services.discard_session_draft(current_actor(), session_id)
    flash_message("What was not submitted is discarded.")
    return go(url_for("notes.session", session_id=session_id))


@bp.get("/notes/<uuid:note_id>")
@needs(Permission.NOTE_READ)
def note(note_id: uuid.UUID) -> Response:
    """Show one note: to write while it is a draft, as it was signed afterwards."""
    opened = services.open_note(current_actor(), note_id)
    if opened.is_signed:
        return go(url_for("signing.show", note_id=note_id))
    form = NoteForm(opened.version, opened.content, Errors(findings=opened.findings))
    return _note_page(opened, form)


@bp.post("/notes/<uuid:note_id>")
@needs(Permission.NOTE_WRITE)
def save(note_id: uuid.UUID) -> Response:
    """Keep what was written in a draft."""
    form = NoteForm.sent(request.form)
    if (pressed := Pressed.of(request.form)) is not None:
        return _decided_in_note(note_id, form, pressed)
    try:
        services.save_note(current_actor(), note_id, form.accepted(), seen_version=form.version)
    except Invalid as invalid:
        form.errors.take(invalid)
        return _written(services.open_note(current_actor(), note_id), form, status=422)
    except Conflict as conflict:
        start_over(conflict)
        opened = services.open_note(current_actor(), note_id)
        if opened.status is DisplayStatus.SET_ASIDE:  # its page has no form to show this in
            raise
        form.errors.sentences["note"] = str(conflict)
        return _note_page(opened, form, status=409)
    flash_message("Draft saved.")
    opened = services.open_note(current_actor(), note_id)
    then = url_for("notes.note", note_id=note_id)
    if "from_session" in request.form:
        then = url_for("notes.session", session_id=opened.session_id, _anchor=f"client-{note_id}")
    return _written(opened, NoteForm(opened.version, opened.content), then=then)


@bp.post("/notes/<uuid:note_id>/draft")
@needs(Permission.NOTE_WRITE)
def autosave(note_id: uuid.UUID) -> Response:
    """Keep what is being typed; answer only the save status, what is missing, and the state."""
    form = NoteForm.sent(request.form)
    of = f"note-{note_id}"
    try:
        saved = services.save_note(
            current_actor(), note_id, form.accepted(), seen_version=form.version
        )
    except Invalid as invalid:
        services.require_writer(current_actor(), note_id)
        form.errors.take(invalid)
        hints = fields.found_in_note(form.content, form.errors.findings, note_id)
        return not_kept(form.errors.sentences.values(), of=of, hints=hints)
    if not wants_fragment():
        return go(url_for("notes.note", note_id=note_id))
    return fragment(
        save_status(of, saved.version, _edit(), time_of_day(saved.at)),
        tag(saved.status, f"state-{note_id}"),
        fields.note_missing(saved.missing, note_id),
        *fields.found_in_note(form.content, saved.findings, note_id),
        *fields.quoting_hints(form.content, note_id, saved.client_id),
    )


@bp.post("/notes/<uuid:note_id>/refresh")
@needs(Permission.NOTE_WRITE)
def refresh(note_id: uuid.UUID) -> Response:
    """Offer what the client's chart has gained since the note was made."""
    seen_version = request.form.get("version", type=int) or 0
    services.refresh_note(current_actor(), note_id, seen_version=seen_version)
    flash_message("Diagnoses and objectives are up to date with the chart.")
    return go(url_for("notes.note", note_id=note_id))


def _edit() -> str:
    """Return the number by which the page knows which of its saves this answers."""
    edit = request.form.get("edit", "")
    return edit if edit.isdecimal() else "0"


def _written(
    opened: OpenNote, form: NoteForm, *, status: int = 200, then: str | None = None
) -> Response:
    """Answer a note's form where it stands: alone on its page, or on a card of the session's."""
    if "from_session" in request.form and wants_fragment():
        return page(
            "notes/card.html",
            "card",
            status=status,
            card=opened.card,
            form=form,
        )
    return _note_page(opened, form, status=status, then=then)


def _decided_in_session(session_id: uuid.UUID, form: SessionForm, pressed: Pressed) -> Response:
    """Settle words of the group note, and show it again."""
    services.require_documenter(current_actor(), session_id)
    status = _settle(
        form,
        pressed,
        lambda: services.findings_in_group_note(current_actor(), session_id, form.text),
        lambda choice: services.decide_in_group_note(
            current_actor(), session_id, form.text, choice
        ),
    )
    return _again(session_id, form, status)


def _decided_in_note(note_id: uuid.UUID, form: NoteForm, pressed: Pressed) -> Response:
    """Settle words of one client's note, and show it again."""
    status = _settle(
        form,
        pressed,
        lambda: services.findings_in_note(current_actor(), note_id, form.content),
        lambda choice: services.decide_in_note(current_actor(), note_id, form.content, choice),
    )
    return _written(services.open_note(current_actor(), note_id), form, status=status)


def _settle(
    form: SessionForm | NoteForm,
    pressed: Pressed,
    look: Callable[[], Mapping[str, list[Finding]]],
    decide: Callable[[Choice], None],
) -> int:
    """Replace the words in the form, or keep what their writer says of them; return the status."""
    status = 200
    try:
        if pressed.keeps:
            decide(pressed.choice)
        else:
            form.replace(pressed, look())
    except Invalid as invalid:
        form.errors.take(invalid)
        status = 422
    except Conflict as conflict:
        start_over(conflict)
        form.errors.sentences[form.NAME] = str(conflict)
        status = 409
    form.errors.findings = look()
    return status


def _again(session_id: uuid.UUID, form: SessionForm, status: int = 200) -> Response:
    services.require_documenter(current_actor(), session_id)
    opened = services.open_session(current_actor(), session_id)
    return _session_page(opened, form, status=status)


def _session_page(opened: Workspace, form: SessionForm, status: int = 200) -> Response:
    # A name that was retired from the practice's list stays on the notes that have it.
    offered = (*opened.interventions, *form.text.interventions)
    return page(
        "notes/session.html",
        "session_form",
        status=status,
        page=opened,
        form=form,
        errors=form.errors,
        whose=_whose(opened) if form.errors else {},
        offered=[(name, name) for name in dict.fromkeys(offered)],
    )


def _whose(opened: Workspace) -> dict[str, str]:
    """Return whose each field of the attendance is, for the summary of errors."""
    return {
        f"{field}-{member.client_id}": member.name
        for member in opened.members
        for field in ("status", "arrived", "departed")
    }


def _note_page(
    opened: OpenNote, form: NoteForm, *, status: int = 200, then: str | None = None
) -> Response:
    return page(
        "notes/note.html",
        "note_form",
        status=status,
        then=then,
        note=opened,
        form=form,
        errors=form.errors,
    )
