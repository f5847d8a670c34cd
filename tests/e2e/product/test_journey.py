"""The whole job, from sign-in to the PDF, with and without JavaScript."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.support import factories
from tests.support.cast import Cast

pytestmark = pytest.mark.e2e

CLIENTS = ("Annie Alvarez", "Ben Brandt", "Cleo Costa")


@pytest.fixture(params=[True, False], ids=["js", "no-js"])
def browser_context_args(
    browser_context_args: dict[str, object], request: pytest.FixtureRequest
) -> dict[str, object]:
    return {**browser_context_args, "java_script_enabled": request.param}


def document(page: Page) -> None:
    """Take attendance and write the group note; it names a client, and the way out is taken."""
    page.get_by_role("link", name="Coping skills").click()
    page.get_by_role("group", name="Attendance, Cleo Costa").get_by_label("Excused").check()
    page.get_by_role("button", name="Mark the rest present").click()
    expect(
        page.get_by_role("group", name="Attendance, Ben Brandt").get_by_label("Present")
    ).to_be_checked()
    page.get_by_label("Topic").fill("Coping ahead")
    page.get_by_label("Psychoeducation").check()
    page.get_by_label("Group dynamics").fill("Lively. Annie's example helped.")
    page.get_by_role("button", name="Save and make the notes").click()

    expect(page.get_by_role("alert")).to_contain_text("must name no client")
    expect(page.locator("mark")).to_have_text("Annie")
    page.get_by_role("button", name="Replace with").click()
    expect(page.get_by_label("Group dynamics")).to_have_value("Lively. A member's example helped.")
    page.get_by_role("button", name="Save and make the notes").click()
    expect(page.get_by_text("Each client who attended has a note.")).to_be_visible()


def write(page: Page, name: str) -> None:
    """Write one client's note on its own page."""
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("group", name=f"Engagement, {name}").get_by_label("Active").check()
    page.get_by_label("Response to the group").fill(f"Rehearsed what to say, {name[0]}.")
    page.get_by_label("The group’s response").fill("Members asked for details.")
    page.get_by_label(re.compile("^Progress, objective 1")).select_option("improving")
    page.get_by_label(re.compile("^Evidence")).fill("Used the skill on two days.")
    page.get_by_role("group", name=f"Risk, {name}").get_by_label("No risk").check()
    page.get_by_label(re.compile("^Plan")).fill("Try it once before the next session.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    expect(page.get_by_text("Ready to sign", exact=True)).to_be_visible()
    page.get_by_role("link", name="The session").click()


def sign(page: Page) -> None:
    """Review both notes and sign them with one password."""
    page.get_by_role("link", name=re.compile("Review and sign")).click()
    for box in page.get_by_label(re.compile("I have reviewed this note")).all():
        box.check()
    page.get_by_label("Your password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign the reviewed notes").click()
    expect(page.get_by_text("2 notes signed.")).to_be_visible()


def test_from_sign_in_to_the_insurers_pdf(fiona: Page, cast: Cast) -> None:
    document(fiona)
    for name in CLIENTS[:2]:
        write(fiona, name)
    sign(fiona)

    fiona.get_by_role("link", name="Ben Brandt", exact=True).click()
    expect(fiona.get_by_text("Electronically signed by")).to_contain_text("Fiona Field, LCSW")
    with fiona.expect_download() as waiting:
        fiona.get_by_role("link", name="Record as PDF").click()
    text = "\n".join(
        page.extract_text()
        for page in PdfReader(io.BytesIO(waiting.value.path().read_bytes())).pages
    )

    assert "Ben Brandt" in text
    assert "Rehearsed what to say, B." in text
    assert "A member's example helped." in text
    for other in ("Ana", "Annie", "Alvarez", "Cleo", "Costa"):
        assert not re.search(rf"\b{other}\b", text)
