"""Pages that ask across features: Today, a client's chart, a group."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, request

from groupnotes.access.policy import Permission
from groupnotes.groups.codes import PLACES
from groupnotes.groups.forms import KINDS, MODALITIES
from groupnotes.reports import chart_services, group_services, services
from groupnotes.web.render import page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor, current_zone

bp = Blueprint("reports", __name__)


@bp.get("/")
@needs(Permission.TODAY)
def today() -> Response:
    """List my sessions and what is unsigned."""
    pages = services.Pages(
        sessions=request.args.get("sessions", type=uuid.UUID),
        notes=request.args.get("notes", type=uuid.UUID),
    )
    work = services.today(current_actor(), current_zone(), pages)
    return page("reports/today.html", "today", today=work)


@bp.get("/clients/<uuid:client_id>")
@needs(Permission.CLIENT_READ)
def chart(client_id: uuid.UUID) -> Response:
    """Show what is known of a client, as far as the reader may see it."""
    before = request.args.get("before", type=uuid.UUID)
    shown = chart_services.open_chart(current_actor(), client_id, before)
    return page("reports/chart.html", chart=shown)


@bp.get("/groups/<uuid:group_id>")
@needs(Permission.GROUP_READ)
def group(group_id: uuid.UUID) -> Response:
    """Show a group: who is in it, when it met, how far its notes are."""
    pages = group_services.Pages(
        coming=request.args.get("after", type=uuid.UUID),
        past=request.args.get("before", type=uuid.UUID),
    )
    shown = group_services.open_group(current_actor(), group_id, current_zone(), pages)
    return page(
        "reports/group.html", shown=shown, kinds=KINDS, modalities=MODALITIES, places=PLACES
    )
