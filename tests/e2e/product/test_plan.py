"""Writing the next treatment plan and signing it, with script and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support import factories
from tests.support.cast import Cast

pytestmark = pytest.mark.e2e


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def browser_context_args(
    browser_context_args: dict[str, object], request: pytest.FixtureRequest
) -> dict[str, object]:
    return {**browser_context_args, "java_script_enabled": request.param}


def test_the_next_plan_is_written_and_signed(fiona: Page, cast: Cast, address: str) -> None:
    fiona.goto(f"{address}/clients/{cast.ana}")
    fiona.get_by_role("link", name="Write the next plan").click()
    fiona.get_by_label("Problem", exact=True).fill("Low mood, less often")
    fiona.get_by_role("button", name="Add an objective").click()

    added = fiona.get_by_label("Objective 1.2")
    expect(added).to_be_focused()
    added.fill("Walk outside each day")
    fiona.get_by_role("button", name="Move up objective 1.2").click()
    expect(fiona.get_by_label("Objective 1.1", exact=True)).to_have_value("Walk outside each day")
    expect(fiona.get_by_label("Problem", exact=True)).to_have_value("Low mood, less often")

    fiona.get_by_label("Review due").press("Enter")
    expect(fiona.get_by_text("Draft saved.")).to_be_visible()
    fiona.get_by_role("button", name="Review and sign").click()
    fiona.get_by_label("Your password").fill("not my password")
    fiona.get_by_role("button", name="Sign plan").click()
    expect(fiona.get_by_role("alert")).to_contain_text("This is not your password.")
    expect(fiona.get_by_text("Walk outside each day")).to_be_visible()

    fiona.get_by_label("Your password").fill(factories.PASSWORD)
    fiona.get_by_role("button", name="Sign plan").click()
    expect(fiona.get_by_text("Signed by Fiona Field")).to_be_visible()
    fiona.get_by_role("button", name="Achieved objective 1.1").click()
    expect(fiona.get_by_text("Objective saved.")).to_be_visible()
    expect(fiona.get_by_role("button", name="Open again objective 1.1")).to_be_visible()


def test_a_client_is_found_by_name(
    fiona: Page, address: str, request: pytest.FixtureRequest
) -> None:
    fiona.goto(f"{address}/clients/")
    fiona.get_by_label("Find a client by name").fill("ALVÁ")
    if "no-script" in request.node.name:  # with script the list follows while one types
        fiona.get_by_role("button", name="Search").click()

    expect(fiona.get_by_role("link", name="Ana “Annie” Alvarez")).to_be_visible()
    expect(fiona.get_by_role("link", name="Ben Brandt")).to_be_hidden()
