"""What a supervisor does in the planted practice: return and co-sign, notes and entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from groupnotes.accounts.models import RateLimit
from groupnotes.core.db import db
from groupnotes.signing.models import NoteEntry
from tests.support import factories
from tests.support.site import one

if TYPE_CHECKING:
    from tests.support.planted import Planted


def review(planted: Planted) -> None:
    """Have a supervisor return a note that Fiona signed, and sign beside what she adds to one."""
    with planted.app.app_context():
        factories.change_supervision(co_signs=True)
        db.session.commit()
    note = f"/notes/{planted.ids['draft']}"
    page = planted.site("fiona").get(f"{note}/sign")
    box = str(one(page, "[name=notes]")["value"])
    fill = {"notes": [box], "password": planted.password}
    planted.site("fiona").submit(page, "#sign-form", status=303, fill=fill)
    planted.fill("sam", "/cosign", "#co-sign-form", status=422)
    planted.fill("sam", f"{note}/return", "#return-form")
    entry = {"kind": "correction", "password": planted.password}
    added = f"/notes/{planted.ids['signed']}/entries/new"
    planted.fill("fiona", added, "#entry-form", given=entry)
    planted.ids["added"] = planted.newest(NoteEntry.id)
    page = planted.site("sam").get("/cosign")
    box = str(one(page, "[name=notes]")["value"])
    fill = {"notes": [box], "password": factories.PASSWORD}
    planted.site("sam").submit(page, "#co-sign-form", status=303, fill=fill)
    _returned_entries(planted)


def _returned_entries(planted: Planted) -> None:
    """Have entries of the signed note returned: one written again, one left out, one to do."""
    with planted.app.app_context():  # she typed her password more often than in ten minutes
        db.session.execute(sa.delete(RateLimit))
        db.session.commit()
    note = f"/notes/{planted.ids['signed']}"
    entry = {"kind": "correction", "password": planted.password}
    planted.fill("fiona", f"{note}/entries/new", "#entry-form", given=entry)
    _return_entry(planted)
    again = f"{note}/entries/new?returned={planted.ids['returned']}"
    planted.fill("fiona", again, "#entry-form", given=entry)
    _return_entry(planted)
    planted.fill("fiona", f"{note}/signed", "form[action$='/leave-out']")
    planted.fill("fiona", f"{note}/entries/new", "#entry-form", given=entry)
    _return_entry(planted)


def _return_entry(planted: Planted) -> None:
    [link] = planted.site("sam").get("/cosign").select("a[href*='/entries/']")
    planted.fill("sam", str(link["href"]), "#return-form")
    planted.ids["returned"] = planted.newest(NoteEntry.id)
