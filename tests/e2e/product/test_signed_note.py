"""A signed note through its years: what changed, what is added, that it is in error, or altered."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from groupnotes.core import triggers
from groupnotes.core.db import db
from groupnotes.signing.models import Signature
from tests.e2e.product.conftest import DESK, PHONE, check, sign_in
from tests.support import factories, journey
from tests.support.cast import Cast
from tests.support.review import WRONG
from tests.support.site import Site

pytestmark = pytest.mark.e2e


@pytest.fixture
def author(app: Flask, cast: Cast) -> Site:
    """Fiona at another window, where a test prepares what its page shows."""
    return Site(app).sign_in(cast.fiona)


@pytest.fixture
def outdated(author: Site, cast: Cast) -> uuid.UUID:
    """Ana's signed note, whose group note was changed since."""
    note_id = journey.signed_note(author, cast)
    journey.document(author, cast, dynamics="The group was quiet.")
    return note_id


def alter(app: Flask, **values: Any) -> None:
    """Alter what was signed last, past the triggers."""
    with app.app_context():
        with db.engine.begin() as connection:
            triggers.remove(connection, table="signatures")
        newest = db.session.scalars(sa.select(Signature).order_by(Signature.id.desc()).limit(1))
        row = newest.one()
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()


@pytest.fixture(params=[("light", DESK), ("dark", PHONE)], ids=["light", "dark"])
def looked_at(request: pytest.FixtureRequest, page: Page, address: str) -> Page:
    """Fiona's browser, on a desk in the light or on a phone in the dark."""
    scheme, size = request.param
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    sign_in(page, address)
    return page


@pytest.mark.usefixtures("complaints")
def test_what_no_other_test_opens_is_accessible_and_fits(
    looked_at: Page, app: Flask, cast: Cast, author: Site, outdated: uuid.UUID, address: str
) -> None:
    page = looked_at
    note, found = f"{address}/notes/{outdated}", []

    page.goto(f"{note}/signed")
    expect(page.get_by_role("heading", name="What changed in the group note")).to_be_visible()
    found += check(page, "what changed")
    for form in ("entries/new", "entries/new?adopt=1", "entries/new?no-effect=1"):
        page.goto(f"{note}/{form}")
        page.get_by_role("button", name="Sign and add").click()
        expect(page.get_by_role("alert")).to_contain_text("Type your password")
        found += check(page, f"{form}, refused")
    page.goto(f"{note}/entered-in-error")
    page.get_by_role("button", name="Sign: entered in error").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose why it is in error.")
    found += check(page, "entered in error, refused")
    author.submit(
        author.get(f"/notes/{outdated}/entered-in-error"),
        "#in-error-form",
        status=303,
        fill=WRONG,
    )
    page.goto(f"{note}/signed")
    expect(page.get_by_text("This note was entered in error:")).to_be_visible()
    found += check(page, "entered in error")
    bens = journey.note_of(author, cast, "Ben")
    journey.write(author, bens)
    journey.sign(author, bens)
    alterations: list[dict[str, Any]] = [{"digest": bytes(32)}, {"content": '{"client": 7}'}]
    for values in alterations:
        alter(app, **values)
        page.goto(f"{address}/notes/{bens}/signed")
        expect(page.locator(".message--error")).to_contain_text("This is not what was signed.")
        found += check(page, f"altered {list(values)}")

    assert found == []


def test_a_change_is_adopted_or_of_no_effect_and_more_is_added(
    browser_page: Page, author: Site, cast: Cast, outdated: uuid.UUID, address: str
) -> None:
    page = browser_page
    sign_in(page, address)
    page.goto(f"{address}/notes/{outdated}/signed")
    page.get_by_role("link", name="Adopt it as an addendum…").click()
    expect(page.get_by_label("What is added")).to_have_value("Group dynamics: The group was quiet.")
    refused_then_signed(page)
    expect(page.get_by_text("Addendum signed.")).to_be_visible()
    expect(page.get_by_role("heading", name="What changed in the group note")).to_have_count(0)

    journey.document(author, cast, dynamics="The group was loud.")
    page.goto(f"{address}/notes/{outdated}/signed")
    page.get_by_role("link", name="No effect on this client…").click()
    refused_then_signed(page)
    expect(page.get_by_text("No effect signed.")).to_be_visible()

    page.get_by_role("link", name="Add a late entry, addendum or correction").click()
    page.get_by_role("radio", name="Correction").check()
    page.get_by_label("Reason").fill("The day was wrong.")
    page.get_by_label("What is added").fill("It was on Tuesday.")
    refused_then_signed(page)
    expect(page.get_by_text("Correction signed.")).to_be_visible()
    expect(page.get_by_text("It was on Tuesday.")).to_be_visible()


def refused_then_signed(page: Page) -> None:
    """Send an entry without the password, and then with it: what was typed stays."""
    text = page.get_by_label("What is added").input_value()
    page.get_by_role("button", name="Sign and add").click()
    expect(page.get_by_role("alert")).to_contain_text("Type your password")
    expect(page.get_by_label("What is added")).to_have_value(text)
    page.get_by_label("Your password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign and add").click()


def test_a_note_is_entered_in_error(browser_page: Page, outdated: uuid.UUID, address: str) -> None:
    page = browser_page
    sign_in(page, address)
    page.goto(f"{address}/notes/{outdated}/signed")
    page.get_by_role("link", name="Entered in error…").click()
    page.get_by_label("What happened").fill(WRONG["text"])
    page.get_by_role("button", name="Sign: entered in error").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose why it is in error.")
    expect(page.get_by_label("What happened")).to_have_value(WRONG["text"])

    page.get_by_role("radio", name=WRONG["reason"]).check()
    page.get_by_label("Your password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign: entered in error").click()

    expect(page.get_by_text("The note is marked as entered in error.")).to_be_visible()
    expect(page.get_by_text(f"Reason: {WRONG['reason']}")).to_be_visible()
