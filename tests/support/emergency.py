"""Emergency accesses as tests begin them: through the page, with Ana's number and birthday."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.access.models import EmergencyAccess
from groupnotes.core.db import db
from tests.support import factories
from tests.support.site import Site, done

REASON = "Ana was found unconscious at the station; the hospital calls."
ANA = {"mrn": "MRN-1", "birth_date": "1990-05-17"}


def begin(
    site: Site,
    values: Mapping[str, Any] | None = None,
    *,
    page: BeautifulSoup | None = None,
    htmx: bool = False,
    status: int | None = None,
) -> BeautifulSoup:
    """Begin an emergency access to Ana's record, or to whom ``values`` name."""
    given = {
        **ANA,
        "ground": "request",
        "reason": REASON,
        "password": factories.PASSWORD,
        **(values or {}),
    }
    page = page or site.get("/emergency")
    status = status or done(htmx=htmx)
    return site.submit(page, "#emergency-form", status=status, htmx=htmx, fill=given)


def accesses(app: Flask) -> list[EmergencyAccess]:
    """Return every access, the oldest first."""
    with app.app_context():
        query = db.select(EmergencyAccess).order_by(EmergencyAccess.id)
        found = list(db.session.scalars(query))
        db.session.expunge_all()
        return found


def newest(app: Flask) -> uuid.UUID:
    """Return the id of the newest access."""
    return accesses(app)[-1].id
