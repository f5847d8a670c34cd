"""Pages that ask across features: Today, and a client's chart."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, request

from groupnotes.access.policy import Permission
from groupnotes.reports import chart_services, services
from groupnotes.web.render import page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor, current_zone

bp = Blueprint("reports", __name__)


@bp.get("/")
@needs(Permission.TODAY)
def today() -> Response:
    """List my sessions and what is unsigned."""
    work = services.today(current_actor(), current_zone())
    return page("reports/today.html", "today", today=work)


@bp.get("/clients/<uuid:client_id>")
@needs(Permission.CLIENT_READ)
def chart(client_id: uuid.UUID) -> Response:
    """Show what is known of a client, as far as the reader may see it."""
    before = request.args.get("before", type=uuid.UUID)
    shown = chart_services.open_chart(current_actor(), client_id, before)
    return page("reports/chart.html", chart=shown)
