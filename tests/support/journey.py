"""Steps of the main job that many tests begin with, done through pages."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup

from tests.support import factories
from tests.support.cast import Cast
from tests.support.site import Site, names_of, one

GROUP_NOTE = {
    "topic": "Coping ahead",
    "interventions": ["Psychoeducation"],
    "dynamics": "The group was lively and stayed on the topic.",
    "plan": "Practise the skill daily.",
}


def document(
    site: Site,
    cast: Cast,
    *,
    status: int = 303,
    attendance: Mapping[str, str] | None = None,
    **values: Any,
) -> BeautifulSoup:
    """Document the session with Ana, Ben and Cleo present unless told otherwise."""
    page = site.get(f"/sessions/{cast.session}")
    chosen = {"ana": "present", "ben": "present", "cleo": "present"} | dict(attendance or {})
    lines = {f"status-{getattr(cast, name)}": value for name, value in chosen.items()}
    return site.submit(page, "#session-form", status=status, fill={**lines, **GROUP_NOTE, **values})


def note_of(site: Site, cast: Cast, name: str) -> uuid.UUID:
    """Return the id of a client's note, as the session's page links it."""
    page = site.get(f"/sessions/{cast.session}")
    [link] = [a for a in page.select(".client__name a") if a.text.startswith(name)]
    return uuid.UUID(str(link["href"]).rsplit("/", 1)[1])


def filled(page: BeautifulSoup, form: str) -> dict[str, Any]:
    """Return values that make the note in ``form`` ready, whatever objectives it has."""
    values: dict[str, Any] = {
        "engagement_level": "active",
        "engagement_qualities": ["sharing"],
        "response": "Named two situations and rehearsed what to say.",
        "group_response": "Members asked for details.",
        "risk_level": "none",
        "plan": "Try it once before the next session.",
    }
    for name in names_of(one(page, form)):
        if name.startswith("rating-"):
            values[name] = "improving"
        if name.startswith("evidence-"):
            values[name] = "Used the skill on two days of the week."
    return values


def write(site: Site, note_id: uuid.UUID, *, status: int = 303, **values: Any) -> BeautifulSoup:
    """Write a note so that it is ready to sign."""
    page = site.get(f"/notes/{note_id}")
    form = f"#note-{note_id}"
    return site.submit(page, form, status=status, fill=filled(page, form) | values)


def sign(
    site: Site, note_id: uuid.UUID, *, status: int = 303, password: str = factories.PASSWORD
) -> BeautifulSoup:
    """Review one note and sign it."""
    page = site.get(f"/notes/{note_id}/sign")
    box = str(one(page, "[name=notes]")["value"])
    return site.submit(page, "#sign-form", status=status, notes=[box], password=password)


def signed_note(site: Site, cast: Cast, name: str = "Annie") -> uuid.UUID:
    """Document the session, write a client's note and sign it; return its id."""
    document(site, cast)
    note_id = note_of(site, cast, name)
    write(site, note_id)
    sign(site, note_id)
    return note_id
