"""Pages on which a clinician keeps a client's problem list."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.clients.models import Client
from groupnotes.clients.services import open_client, others_around
from groupnotes.core.errors import Conflict
from groupnotes.diagnoses import services
from groupnotes.diagnoses.forms import DiagnosisEditForm, DiagnosisForm
from groupnotes.diagnoses.models import Diagnosis
from groupnotes.web import conflicts
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor

bp = Blueprint("diagnoses", __name__)


@bp.get("/clients/<uuid:client_id>/diagnoses/new")
@needs(Permission.CHART_WRITE)
def new(client_id: uuid.UUID) -> Response:
    """Ask for a diagnosis."""
    client = _client(client_id)
    form = DiagnosisForm(rank=services.next_rank(current_actor(), client))
    return page("diagnoses/new.html", "diagnosis_form", form=form, client=client)


@bp.post("/clients/<uuid:client_id>/diagnoses/new")
@needs(Permission.CHART_WRITE)
def add(client_id: uuid.UUID) -> Response:
    """Put a diagnosis on the problem list."""
    client = _client(client_id)
    form = DiagnosisForm.from_request()
    if _replaces_names(form, client_id):
        return page("diagnoses/new.html", "diagnosis_form", form=form, client=client)
    added = form.submit(lambda: services.add_diagnosis(current_actor(), client, form.values()))
    if added is None:
        return page("diagnoses/new.html", "diagnosis_form", status=422, form=form, client=client)
    flash_message("Diagnosis added.")
    return go(url_for("reports.chart", client_id=client_id))


@bp.get("/diagnoses/<uuid:diagnosis_id>")
@needs(Permission.CHART_WRITE)
def edit(diagnosis_id: uuid.UUID) -> Response:
    """Show a diagnosis, to change it."""
    diagnosis = services.open_diagnosis(current_actor(), diagnosis_id)
    return _edit_page(diagnosis, DiagnosisEditForm.of(diagnosis))


@bp.post("/diagnoses/<uuid:diagnosis_id>")
@needs(Permission.CHART_WRITE)
def save(diagnosis_id: uuid.UUID) -> Response:
    """Keep a changed diagnosis."""
    diagnosis = services.open_diagnosis(current_actor(), diagnosis_id)
    form = DiagnosisEditForm.from_request()
    if _replaces_names(form, diagnosis.client_id):
        return _edit_page(diagnosis, form)
    try:
        saved = form.submit(
            lambda: services.edit_diagnosis(
                current_actor(), diagnosis, form.values(), seen_version=form.seen_version()
            )
        )
    except Conflict as conflict:
        conflicts.start_over(conflict)
        diagnosis = services.open_diagnosis(current_actor(), diagnosis_id)
        form.renew(diagnosis.version)
        return _edit_page(diagnosis, form, status=409)
    if saved is None:
        return _edit_page(diagnosis, form, status=422)
    flash_message("Diagnosis saved.")
    return go(url_for("reports.chart", client_id=saved.client_id))


def _client(client_id: uuid.UUID) -> Client:
    return open_client(current_actor(), Permission.CHART_WRITE, client_id)


def _replaces_names(form: DiagnosisForm, client_id: uuid.UUID) -> bool:
    """Put "another member" for a name, if that is what was asked."""
    asked = "replace" in request.form
    if asked:
        form.replace_names(request.form["replace"], others_around(current_actor(), client_id))
    return asked


def _edit_page(diagnosis: Diagnosis, form: DiagnosisEditForm, *, status: int = 200) -> Response:
    now = DiagnosisEditForm.of(diagnosis)
    return page(
        "diagnoses/edit.html",
        "diagnosis_form",
        status=status,
        form=form,
        diagnosis=diagnosis,
        client=_client(diagnosis.client_id),
        differences=conflicts.differences(form, now) if status == 409 else [],
    )
