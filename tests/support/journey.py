"""Steps of the main job that many tests begin with, done through pages."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup

from tests.support import factories
from tests.support.cast import Cast
from tests.support.site import Site, done, fields_of, names_of, one

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
    status: int | None = None,
    htmx: bool = False,
    session: uuid.UUID | None = None,
    attendance: Mapping[str, str] | None = None,
    **values: Any,
) -> BeautifulSoup:
    """Document the session with Ana, Ben and Cleo present unless told otherwise."""
    page = site.get(f"/sessions/{session or cast.session}")
    return site.submit(
        page,
        "#session-form",
        status=status or done(htmx=htmx),
        htmx=htmx,
        fill={**attended(cast, attendance), **GROUP_NOTE, **values},
    )


def attended(cast: Cast, attendance: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the fields that say how each client attended: present, unless told otherwise.

    ``{"ben": "late 17:20"}`` gives the time too, ``{"ben": "left_early -18:00"}`` when they left.
    """
    chosen = {"ana": "present", "ben": "present", "cleo": "present"} | dict(attendance or {})
    fields: dict[str, str] = {}
    for name, how in chosen.items():
        status, *times = how.split()
        client = getattr(cast, name)
        fields |= {f"status-{client}": status, f"arrived-{client}": "", f"departed-{client}": ""}
        for time in times:
            field = "departed" if time.startswith("-") else "arrived"
            fields[f"{field}-{client}"] = time.removeprefix("-")
    return fields


def note_of(site: Site, cast: Cast, name: str, *, session: uuid.UUID | None = None) -> uuid.UUID:
    """Return the id of a client's note, as the session's page links it."""
    page = site.get(f"/sessions/{session or cast.session}")
    [link] = [a for a in page.select(".client__name a") if a.text.startswith(name)]
    return uuid.UUID(str(link["href"]).rsplit("/", 1)[1])


def form_of(site: Site, note_id: uuid.UUID) -> dict[str, Any]:
    """Return the fields of a note as its own page shows them."""
    return fields_of(one(site.get(f"/notes/{note_id}"), f"#note-{note_id}"))


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


def write(
    site: Site,
    note_id: uuid.UUID,
    *,
    status: int | None = None,
    htmx: bool = False,
    **values: Any,
) -> BeautifulSoup:
    """Write a note so that it is ready to sign."""
    page = site.get(f"/notes/{note_id}")
    form = f"#note-{note_id}"
    fill = filled(page, form) | values
    return site.submit(page, form, status=status or done(htmx=htmx), htmx=htmx, fill=fill)


def psychotherapy_note(site: Site, client_id: uuid.UUID, text: str) -> uuid.UUID:
    """Begin a psychotherapy note about a client and write it; return its id."""
    page = site.get(f"/clients/{client_id}/psychotherapy-notes/new")
    site.submit(page, "#about-form", kind="psychotherapy")
    site.submit(site.follow(), "#psychotherapy-note", text=text)
    return uuid.UUID(str(site.last.location).rsplit("/", 1)[1])


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
