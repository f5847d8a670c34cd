"""The audit log, for administrators; who opened a client's record, for those who care for it."""

from __future__ import annotations

import json
import uuid

from flask import Blueprint, Response, request, url_for

from groupnotes.access.policy import Permission
from groupnotes.audit import words
from groupnotes.core.keyset import Cursor
from groupnotes.oversight import services
from groupnotes.oversight.forms import Address, FilterForm
from groupnotes.web.reading import shown
from groupnotes.web.render import go, page
from groupnotes.web.routes import needs
from groupnotes.web.viewer import current_actor, current_zone

bp = Blueprint("oversight", __name__)


@bp.get("/admin/audit")
@needs(Permission.AUDIT_READ)
def index() -> Response:
    """List events, newest first."""
    return _index(Address.read(request.args))


@bp.post("/admin/audit")
@needs(Permission.AUDIT_READ)
def search() -> Response:
    """Find the client that was named; a POST, so that no number stands in an address."""
    form = FilterForm.from_request().offer(services.list_people(current_actor()))
    address = form.submit(lambda: form.address(_client(form.number())))
    if address is None:
        return _index(Address(), form, status=422)
    return go(url_for("oversight.index", **address.query()))


@bp.get("/admin/audit.csv")
@needs(Permission.AUDIT_READ)
def as_csv() -> Response:
    """Give the events asked for as a table."""
    wanted = Address.read(request.args).filter(current_zone())
    return _file(services.events_as_csv(current_actor(), wanted), "text/csv", "audit-log.csv")


@bp.get("/admin/audit.json")
@needs(Permission.AUDIT_READ)
def as_fhir() -> Response:
    """Give the events asked for as FHIR."""
    wanted = Address.read(request.args).filter(current_zone())
    text = json.dumps(services.events_as_fhir(current_actor(), wanted), ensure_ascii=False)
    return _file(text, "application/fhir+json", "audit-log.json")


@bp.get("/clients/<uuid:client_id>/access-report")
@needs(Permission.ACCESS_REPORT)
def access_report(client_id: uuid.UUID) -> Response:
    """Show who opened the client's record."""
    report = services.open_access_report(current_actor(), client_id, _cursor())
    return page("oversight/access_report.html", "report", report=report, done_to=words.done_to)


@bp.get("/clients/<uuid:client_id>/access-report.csv")
@needs(Permission.ACCESS_REPORT)
def access_report_as_csv(client_id: uuid.UUID) -> Response:
    """Give who opened the client's record as a table."""
    text = services.access_report_as_csv(current_actor(), client_id)
    return _file(text, "text/csv", "access-report.csv")


def _client(number: str) -> uuid.UUID | None:
    return services.find_client(current_actor(), number) if number else None


def _cursor() -> Cursor[uuid.UUID]:
    return Cursor(
        before=request.args.get("before", type=uuid.UUID),
        after=request.args.get("after", type=uuid.UUID),
    )


def _index(address: Address, form: FilterForm | None = None, *, status: int = 200) -> Response:
    found = services.list_events(current_actor(), address.filter(current_zone()), _cursor())
    form = form or FilterForm.of(address, services.list_people(current_actor()))
    return page(
        "oversight/index.html",
        "audit_log",
        status=status,
        found=found,
        form=form,
        asked=address.query(),
        done=words.done,
    )


def _file(text: str, mimetype: str, name: str) -> Response:
    response = Response(shown(text), mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
