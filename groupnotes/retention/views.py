"""Pages of retention: what is due, what is held, and what two people destroy."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.clients import services as clients
from groupnotes.core.keyset import Cursor
from groupnotes.retention import services
from groupnotes.retention.forms import ConfirmForm, HoldForm, ProposeForm
from groupnotes.retention.shown import Cursors
from groupnotes.web.render import flash_message, go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor

bp = Blueprint("retention", __name__)


@bp.get("/retention/")
@needs(Permission.PURGE_CONFIRM)
def index() -> Response:
    """List what is due, what is held, what waits to be confirmed, and what was destroyed."""
    cursors = Cursors(*(_cursor(name) for name in ("due", "held", "proposed", "destroyed")))
    return page("retention/index.html", found=services.open_overview(current_actor(), cursors))


@bp.get("/clients/<uuid:client_id>/retention")
@needs(Permission.RETENTION_MANAGE)
def client(client_id: uuid.UUID) -> Response:
    """Show until when a client's record is kept."""
    return _client_page(client_id)


@bp.post("/clients/<uuid:client_id>/retention/holds")
@needs(Permission.RETENTION_MANAGE)
def place_hold(client_id: uuid.UUID) -> Response:
    """Let a record not be destroyed."""
    found = clients.open_client(current_actor(), Permission.RETENTION_MANAGE, client_id)
    form = HoldForm.from_request()
    if "replace" in request.form:
        form.replace_names(
            request.form["replace"], services.others_around(current_actor(), client_id)
        )
        return _client_page(client_id, hold=form)
    hold = form.submit(lambda: services.place_hold(current_actor(), found, form.reason.data or ""))
    if hold is None:
        return _client_page(client_id, status=422, hold=form)
    flash_message("Legal hold placed.")
    return go(url_for("retention.client", client_id=client_id))


@bp.post("/clients/<uuid:client_id>/retention/holds/<uuid:hold_id>/lift")
@needs(Permission.RETENTION_MANAGE)
def lift_hold(client_id: uuid.UUID, hold_id: uuid.UUID) -> Response:
    """End a legal hold."""
    hold = services.open_hold(current_actor(), client_id, hold_id)
    services.lift_hold(current_actor(), hold)
    flash_message("Legal hold lifted.")
    return go(url_for("retention.client", client_id=client_id))


@bp.post("/clients/<uuid:client_id>/retention/purge")
@needs(Permission.RETENTION_MANAGE)
def propose(client_id: uuid.UUID) -> Response:
    """Propose that a record be destroyed."""
    found = clients.open_client(current_actor(), Permission.RETENTION_MANAGE, client_id)
    form = ProposeForm.from_request()
    purge = form.submit(
        lambda: services.propose(current_actor(), found, password=form.password.data or "")
    )
    if purge is None:
        return _client_page(client_id, status=422, proposal=form)
    flash_message("Proposed. Give the client’s number to the person who shall confirm it.")
    return go(url_for("retention.purge", purge_id=purge.id))


@bp.get("/retention/purges/<uuid:purge_id>")
@needs(Permission.PURGE_CONFIRM)
def purge(purge_id: uuid.UUID) -> Response:
    """Show a proposal to whoever decides on it, or what was destroyed."""
    return _purge_page(purge_id, ConfirmForm())


@bp.post("/retention/purges/<uuid:purge_id>")
@needs(Permission.PURGE_CONFIRM)
def confirm(purge_id: uuid.UUID) -> Response:
    """Destroy the record."""
    found = services.find_purge(current_actor(), purge_id)
    form = ConfirmForm.from_request()
    done = form.submit(
        lambda: services.confirm(
            current_actor(), found, mrn=form.mrn.data or "", password=form.password.data or ""
        )
    )
    if done is None:
        return _purge_page(purge_id, form, status=422)
    flash_message("The record is destroyed. Print the certificate and keep it.")
    return go(url_for("retention.purge", purge_id=purge_id))


@bp.post("/retention/purges/<uuid:purge_id>/withdraw")
@needs(Permission.RETENTION_MANAGE)
def withdraw(purge_id: uuid.UUID) -> Response:
    """Take a proposal back."""
    found = services.find_purge(current_actor(), purge_id)
    services.withdraw(current_actor(), found)
    flash_message("Proposal withdrawn. The record is kept.")
    return go(url_for("retention.purge", purge_id=purge_id))


@bp.get("/retention/purges/<uuid:purge_id>/certificate.pdf")
@needs(Permission.PURGE_CONFIRM)
def certificate(purge_id: uuid.UUID) -> Response:
    """Give the certificate of destruction as a file."""
    file = services.certificate_as_pdf(current_actor(), purge_id)
    response = Response(file, mimetype="application/pdf")
    name = f"certificate-{purge_id}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cursor(name: str) -> Cursor[uuid.UUID]:
    return Cursor(
        before=request.args.get(f"{name}_before", type=uuid.UUID),
        after=request.args.get(f"{name}_after", type=uuid.UUID),
    )


def _client_page(
    client_id: uuid.UUID,
    *,
    status: int = 200,
    hold: HoldForm | None = None,
    proposal: ProposeForm | None = None,
) -> Response:
    return page(
        "retention/client.html",
        "hold_form" if proposal is None else "propose_form",
        status=status,
        kept=services.open_retention(current_actor(), client_id),
        hold=hold or HoldForm(),
        proposal=proposal or ProposeForm(),
    )


def _purge_page(purge_id: uuid.UUID, form: ConfirmForm, *, status: int = 200) -> Response:
    opened = services.open_purge(current_actor(), purge_id)
    return page("retention/purge.html", "confirm_form", status=status, opened=opened, form=form)
