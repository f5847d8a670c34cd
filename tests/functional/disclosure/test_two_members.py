"""Whoever holds the records of two members of one session finds no identifier in both."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from groupnotes.core.db import Base, db
from groupnotes.signing.models import Signature
from tests.support import journey
from tests.support.cast import Cast
from tests.support.pdf import about, flowing, ids
from tests.support.site import BASE, Site, one
from tests.support.trees import leaves, value_in

# What two members' notes of one session say alike, and why that is no identifier: it is the
# practice, its staff, the service that both had at one time, or the shared text itself.
ALIKE = {
    "attendance.status",
    "attendance.minutes",
    "facilitators",
    "format",
    "group.kind",
    "group.title",
    "individual",
    "late",  # by so many days after the day that both say
    "practice",
    "session",
    "shared",
    "signature",
    "version",  # how often each note was changed
    "client.birth_date",  # the cast's
}
ANY_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?:[0-9C-Y]{4}-){2}[0-9C-Y]{4}")


@pytest.fixture
def both(cast: Cast, site: Site) -> list[uuid.UUID]:
    """Ana's and Ben's notes of one session, signed with one password."""
    site.sign_in(cast.fiona)
    journey.document(site, cast)
    notes = [journey.note_of(site, cast, name) for name in ("Annie", "Ben")]
    for note_id in notes:
        journey.write(site, note_id)
    page = site.get(f"/sessions/{cast.session}/sign")
    boxes = [str(box["value"]) for box in page.select("[name=notes]")]
    site.submit(page, "#sign-form", notes=boxes, password="correct horse battery staple")
    return notes


@pytest.fixture
def signed(app: Flask, both: list[uuid.UUID]) -> list[dict[str, Any]]:
    """What was signed of each, as it may be handed out to prove the signature."""
    with app.app_context():
        rows = db.session.scalars(db.select(Signature).order_by(Signature.client_id)).all()
        return [json.loads(row.content) for row in rows]


class TestTheSignedContent:
    def test_it_holds_nothing_in_common_that_identifies(self, signed: list[dict[str, Any]]) -> None:
        mine, theirs = signed
        same = {
            ".".join(map(str, path))
            for path in leaves(mine)
            if value_in(mine, path) == value_in(theirs, path) is not None
        }

        assert not {name for name in same if not name.startswith(tuple(ALIKE))}
        assert mine["encounter"] != theirs["encounter"]

    def test_no_id_in_it_was_made_with_the_session_or_its_notes(
        self, app: Flask, signed: list[dict[str, Any]], both: list[uuid.UUID]
    ) -> None:
        found = {uuid.UUID(text) for one in signed for text in _texts(one) if _is_uuid(text)}
        with app.app_context():
            of_care = {
                row_id
                for name in ("group_sessions", "attendances", "individual_notes", "signatures")
                for row_id in db.session.scalars(db.select(Base.metadata.tables[name].c.id))
            }
            of_care |= set(
                db.session.scalars(db.select(Base.metadata.tables["group_note_revisions"].c.id))
            )

        assert found  # the client's and the signer's, which say when those were registered
        assert not found & of_care
        assert not {_moment(one) for one in found} & {_moment(one) for one in both}

    def test_its_time_names_a_second_and_not_the_act(self, signed: list[dict[str, Any]]) -> None:
        for content in signed:
            assert re.fullmatch(r"[\d-]+T\d\d:\d\d:\d\dZ", content["signature"]["signed_at"])


class TestThePdf:
    def test_it_holds_no_id_of_the_others(self, site: Site, both: list[uuid.UUID]) -> None:
        answers = [site.client.get(f"/notes/{n}/record.pdf", base_url=BASE) for n in both]
        said = [
            " ".join([flowing(a.data), about(a.data), a.headers["Content-Disposition"]])
            for a in answers
        ]

        found = [set(ANY_ID.findall(text)) for text in said]

        assert [len(numbers) for numbers in found] == [1, 1]  # its encounter
        assert not found[0] & found[1]
        for note_id in both:
            assert not any(str(note_id)[:8] in text for text in said)

    def test_it_is_a_document_of_its_own(self, site: Site, both: list[uuid.UUID]) -> None:
        answers = [site.client.get(f"/notes/{n}/record.pdf", base_url=BASE) for n in both]

        mine, theirs = (ids(answer.data) for answer in answers)

        assert not set(mine) & set(theirs)

    def test_its_encounter_is_what_was_signed(
        self, site: Site, both: list[uuid.UUID], signed: list[dict[str, Any]]
    ) -> None:
        answer = site.client.get(f"/notes/{both[0]}/record.pdf", base_url=BASE)

        assert f"Encounter {signed[0]['encounter']}" in flowing(answer.data)
        assert f"note-{signed[0]['encounter']}.pdf" in answer.headers["Content-Disposition"]


def test_the_practice_finds_the_number_on_the_note(
    site: Site, both: list[uuid.UUID], signed: list[dict[str, Any]]
) -> None:
    page = site.get(f"/notes/{both[0]}/signed")

    assert signed[0]["encounter"] in one(page, "main").text


def _texts(signed: dict[str, Any]) -> Iterator[str]:
    for path in leaves(signed):
        yield str(value_in(signed, path))


def _is_uuid(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) is not None


def _moment(made: uuid.UUID) -> int:
    """Return the millisecond that an id tells (RFC 9562)."""
    return made.int >> 80
