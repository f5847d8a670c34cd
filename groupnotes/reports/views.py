"""Today, the first page after sign-in."""

from __future__ import annotations

from flask import Blueprint, Response

from groupnotes.access.policy import Permission
from groupnotes.reports import services
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
