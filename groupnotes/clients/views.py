"""Pages about who the clients are and who cares for them; the chart itself is a report."""

from __future__ import annotations

import datetime as dt
import uuid

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.clients import services
from groupnotes.clients.forms import (
    CareEndForm,
    CareStartForm,
    EditForm,
    RegisterForm,
    SearchForm,
)
from groupnotes.clients.models import Client, ClientStatus
from groupnotes.core import clock
from groupnotes.core.errors import Conflict, Invalid
from groupnotes.core.keyset import Cursor
from groupnotes.web import conflicts
from groupnotes.web.render import flash_message, go, page, wants_fragment
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor, current_zone

bp = Blueprint("clients", __name__, url_prefix="/clients")


@bp.get("/")
@needs(Permission.CLIENT_LIST)
def index() -> Response:
    """List clients, newest registration first."""
    return _index(SearchForm())


@bp.post("/")
@needs(Permission.CLIENT_LIST)
def search() -> Response:
    """Find clients by name; a POST, so that no name stands in an address."""
    form = SearchForm.from_request()
    if not form.validate():
        if wants_fragment():  # while one types, the answer takes the place of the list alone
            raise Invalid({"q": form.q.errors[0]})
        return _index(form, status=422)
    if not form.text():
        return _index(form)
    found = services.find_clients(current_actor(), form.text())
    return page("clients/index.html", "client_list", found=found, listed=None, form=form)


@bp.get("/new")
@needs(Permission.CLIENT_REGISTER)
def new() -> Response:
    """Ask who the new client is."""
    registration = services.open_registration(current_actor())
    form = RegisterForm(clinicians=[current_actor().user_id]).offer(registration.clinicians)
    return page("clients/new.html", "client_form", form=form, chooses=bool(registration.clinicians))


@bp.post("/new")
@needs(Permission.CLIENT_REGISTER)
def register() -> Response:
    """Take the client in."""
    registration = services.open_registration(current_actor())
    form = RegisterForm.from_request().offer(registration.clinicians)
    client = form.submit(
        lambda: services.register_client(
            current_actor(), registration.practice, form.values(), clinicians=form.chosen()
        )
    )
    if client is None:
        chooses = bool(registration.clinicians)
        return page("clients/new.html", "client_form", status=422, form=form, chooses=chooses)
    flash_message("Client registered.")
    return go(url_for("reports.chart", client_id=client.id))


@bp.get("/<uuid:client_id>/edit")
@needs(Permission.CLIENT_EDIT)
def edit(client_id: uuid.UUID) -> Response:
    """Show what is known of the client, to change it."""
    client = services.open_client(current_actor(), Permission.CLIENT_EDIT, client_id)
    return _edit_page(client, EditForm.of(client))


@bp.post("/<uuid:client_id>/edit")
@needs(Permission.CLIENT_EDIT)
def save(client_id: uuid.UUID) -> Response:
    """Keep what is known of the client now."""
    client = services.open_client(current_actor(), Permission.CLIENT_EDIT, client_id)
    form = EditForm.from_request()
    try:
        saved = form.submit(
            lambda: services.edit_client(
                current_actor(),
                client,
                form.values(),
                status=form.chosen_status(),
                seen_version=form.seen_version(),
            )
        )
    except Conflict as conflict:
        conflicts.start_over(conflict)
        client = services.open_client(current_actor(), Permission.CLIENT_EDIT, client_id)
        form.renew(client.version)
        return _edit_page(client, form, status=409)
    if saved is None:
        return _edit_page(client, form, status=422)
    flash_message("Client saved.")
    return go(url_for("reports.chart", client_id=client_id))


@bp.get("/<uuid:client_id>/caseload/new")
@needs(Permission.CLIENT_EDIT)
def add_care(client_id: uuid.UUID) -> Response:
    """Ask which clinician begins to care for the client."""
    client = services.open_client(current_actor(), Permission.CLIENT_EDIT, client_id)
    form = CareStartForm(started_on=_today())
    form.offer(services.list_clinicians(current_actor(), client))
    return page("clients/care_new.html", "care_form", form=form, client=client)


@bp.post("/<uuid:client_id>/caseload/new")
@needs(Permission.CLIENT_EDIT)
def start_care(client_id: uuid.UUID) -> Response:
    """Put the client on one more caseload."""
    client = services.open_client(current_actor(), Permission.CLIENT_EDIT, client_id)
    form = CareStartForm.from_request()
    form.offer(services.list_clinicians(current_actor(), client))
    entry = form.submit(lambda: services.add_to_caseload(current_actor(), client, form.values()))
    if entry is None:
        return page("clients/care_new.html", "care_form", status=422, form=form, client=client)
    flash_message("Caseload saved.")
    return go(url_for("reports.chart", client_id=client_id))


@bp.get("/<uuid:client_id>/caseload/<uuid:entry_id>/end")
@needs(Permission.CLIENT_EDIT)
def end_care(client_id: uuid.UUID, entry_id: uuid.UUID) -> Response:
    """Ask for the last day of a clinician's care."""
    client = services.open_client(current_actor(), Permission.CLIENT_EDIT, client_id)
    line = services.open_care(current_actor(), client, entry_id)
    form = CareEndForm(ended_on=_today())
    return page("clients/care_end.html", "care_form", form=form, client=client, line=line)


@bp.post("/<uuid:client_id>/caseload/<uuid:entry_id>/end")
@needs(Permission.CLIENT_EDIT)
def close_care(client_id: uuid.UUID, entry_id: uuid.UUID) -> Response:
    """Take the client off a caseload; who ends their own care goes back to the list."""
    client = services.open_client(current_actor(), Permission.CLIENT_EDIT, client_id)
    line = services.open_care(current_actor(), client, entry_id)
    form = CareEndForm.from_request()
    ended = form.submit(lambda: services.end_care(current_actor(), client, form.values(entry_id)))
    if ended is None:
        return page(
            "clients/care_end.html", "care_form", status=422, form=form, client=client, line=line
        )
    flash_message("Caseload saved.")
    if ended.clinician_id == current_actor().user_id:
        return go(url_for("clients.index"))
    return go(url_for("reports.chart", client_id=client_id))


def _index(form: SearchForm, *, status: int = 200) -> Response:
    discharged = request.args.get("status") == ClientStatus.DISCHARGED
    listed = ClientStatus.DISCHARGED if discharged else ClientStatus.ACTIVE
    cursor: Cursor[uuid.UUID] = Cursor(
        before=request.args.get("before", type=uuid.UUID),
        after=request.args.get("after", type=uuid.UUID),
    )
    found = services.list_clients(current_actor(), listed, cursor)
    return page(
        "clients/index.html", "client_list", status=status, found=found, listed=listed, form=form
    )


def _edit_page(client: Client, form: EditForm, *, status: int = 200) -> Response:
    differences = conflicts.differences(form, EditForm.of(client)) if status == 409 else []
    return page(
        "clients/edit.html",
        "client_form",
        status=status,
        form=form,
        client=client,
        differences=differences,
    )


def _today() -> dt.date:
    return clock.now().astimezone(current_zone()).date()
