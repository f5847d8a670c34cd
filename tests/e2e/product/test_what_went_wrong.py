"""What was returned, entered in error or altered: each page that says so is accessible and fits."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from groupnotes.core.db import db
from groupnotes.notes.models import IndividualNote
from tests.e2e.product.conftest import DESK, PHONE, check, sign_in
from tests.support import factories, faults, journey
from tests.support.cast import Cast
from tests.support.review import COMMENT, add, co_sign, retract, return_entry, return_note
from tests.support.site import Site

pytestmark = pytest.mark.e2e


@pytest.fixture
def returned(app: Flask, cast: Cast) -> uuid.UUID:
    """Ana's note, returned twice and then locked, with an entry that was returned too."""
    with app.app_context():
        factories.change_supervision(co_signs=True)
        db.session.commit()
    fiona, sam = Site(app).sign_in(cast.fiona), Site(app).sign_in(cast.sam)
    note_id = journey.signed_note(fiona, cast)
    for plan in ("One diary card each day.", "A card for the skill STOP."):
        return_note(sam, note_id)
        journey.write(fiona, note_id, plan=plan)
        journey.sign(fiona, note_id)
    co_sign(sam)
    add(fiona, note_id)
    return_entry(sam, note_id)
    return note_id


@pytest.mark.usefixtures("complaints")
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_what_was_returned_is_led_to_and_read(
    page: Page, address: str, returned: uuid.UUID, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    sign_in(page, address)
    page.goto(f"{address}/notes/{returned}/signed")
    page.get_by_role("link", name="See what was signed then").click()

    expect(page.get_by_text(COMMENT).first).to_be_visible()
    assert page.get_by_role("heading", level=2).count() >= 3
    assert check(page, "history") == []


@pytest.mark.usefixtures("complaints")
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_what_is_in_error_or_altered_is_said(
    page: Page, app: Flask, cast: Cast, address: str, size: dict[str, int]
) -> None:
    fiona, sam = Site(app).sign_in(cast.fiona), Site(app).sign_in(cast.sam)
    retract(sam, journey.signed_note(fiona, cast))
    bens = journey.note_of(fiona, cast, "Ben")
    journey.write(fiona, bens)
    faults.as_owner(app)
    with app.app_context():
        its = IndividualNote.id == bens
        db.session.execute(sa.update(IndividualNote).where(its).values(plan_sealed=b"no"))
        db.session.commit()
    page.set_viewport_size(size)  # type: ignore[arg-type]
    sign_in(page, address)

    expect(page.get_by_role("region", name="Entered in error")).to_be_visible()
    assert check(page, "today") == []
    page.goto(f"{address}/sessions/{cast.session}")
    expect(page.get_by_text("the one they had was entered in error")).to_be_visible()
    expect(page.get_by_text("This note cannot be opened")).to_be_visible()
    assert check(page, "session") == []
