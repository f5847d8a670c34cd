"""What a supervisor does with what a supervisee signed, through the supervisor's pages."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.core.db import db
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.signing import checking
from groupnotes.signing.proof import Verdict
from tests.support.factories import PASSWORD
from tests.support.site import BASE, Site, done, one

COMMENT = "Say what the homework was."
ENTRY = {"kind": "addendum", "reason": "She called.", "text": "It helped.", "password": PASSWORD}
WRONG = {"reason": "It is of another client", "text": "It is.", "password": PASSWORD}


def co_sign(
    sam: Site, *, status: int | None = None, htmx: bool = False, **fill: Any
) -> BeautifulSoup:
    """Sign beside all that waits, unless told otherwise."""
    page = sam.get("/cosign")
    boxes = [str(box["value"]) for box in page.select("[name=notes]")]
    values = {"notes": boxes, "password": PASSWORD} | fill
    status = status or done(htmx=htmx)
    return sam.submit(page, "#co-sign-form", status=status, htmx=htmx, fill=values)


def return_note(
    sam: Site, note_id: uuid.UUID, *, status: int = 303, comment: str = COMMENT
) -> BeautifulSoup:
    """Give a note back to its author."""
    page = sam.get(f"/notes/{note_id}/return")
    return sam.submit(page, "#return-form", status=status, fill={"comment": comment})


def add(site: Site, note_id: uuid.UUID, **fill: str) -> uuid.UUID:
    """Add an entry to a locked note; return its id, which is its form's."""
    page = site.get(f"/notes/{note_id}/entries/new")
    site.submit(page, "#entry-form", status=303, fill=ENTRY | fill)
    return uuid.UUID(str(one(page, "#entry-form [name=key]")["value"]))


def retract(site: Site, note_id: uuid.UUID) -> BeautifulSoup:
    """Say that a locked note was entered in error."""
    page = site.get(f"/notes/{note_id}/entered-in-error")
    return site.submit(page, "#in-error-form", status=303, fill=WRONG)


def links_to_return(sam: Site, note_id: uuid.UUID) -> list[str]:
    """Return where the queue offers to return what was added to a note, in its order there."""
    links = sam.get("/cosign").select(f"a[href^='/notes/{note_id}/entries/'][href$='/return']")
    return [str(link["href"]) for link in links]


def return_entry(
    sam: Site,
    note_id: uuid.UUID,
    *,
    place: int = 0,
    status: int | None = None,
    htmx: bool = False,
    comment: str = COMMENT,
) -> BeautifulSoup:
    """Give back to its author the entry that waits in this place."""
    page = sam.get(links_to_return(sam, note_id)[place])
    status = status or done(htmx=htmx)
    return sam.submit(page, "#return-form", status=status, htmx=htmx, fill={"comment": comment})


def record(site: Site, note_id: uuid.UUID, *, status: int = 200) -> bytes:
    """Return the record of a note as a file, or what is answered in its place."""
    answer = site.client.get(f"/notes/{note_id}/record.pdf", base_url=BASE)
    assert answer.status_code == status
    return bytes(answer.data)


def status_of(app: Flask, note_id: uuid.UUID) -> NoteStatus:
    """Return how far a note is."""
    with app.app_context():
        return db.session.scalars(
            sa.select(IndividualNote.status).where(IndividualNote.id == note_id)
        ).one()


def verdicts(app: Flask, note_id: uuid.UUID) -> set[Verdict]:
    """Return what comes of it when a note is verified."""
    with app.app_context():
        return {one.verdict for one in checking.verify(note_id)}
