"""What identifies someone is told while one types, and settled by the keyboard alone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.product.conftest import sign_in

pytestmark = pytest.mark.e2e

WHY = "It is the name of the exercise that we did."


def begin(page: Page) -> None:
    page.get_by_role("link", name="Coping skills").click()
    page.get_by_label("Topic").fill("Coping ahead")
    page.get_by_label("Psychoeducation").check()


@pytest.mark.usefixtures("nothing_stored")
def test_it_is_told_after_a_pause_and_each_way_out_leads_out(fiona: Page) -> None:
    begin(fiona)
    dynamics = fiona.get_by_label("Group dynamics", exact=True)

    dynamics.press_sequentially("😀 Annie drove from Tucson with the Fulton County bus.")

    panel = fiona.get_by_role("group", name="What may identify someone")
    expect(panel.locator("mark")).to_have_text(["Annie", "Tucson", "Fulton County"])
    assert Axe().run(fiona).violations_count == 0
    edit = panel.get_by_role("listitem").filter(has_text="Tucson").get_by_role("link", name="Edit")
    edit.focus()
    edit.press("Enter")
    expect(dynamics).to_be_focused()
    chosen = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert dynamics.evaluate(chosen) == "Tucson"

    dynamics.press_sequentially("a town")
    expect(panel.locator("mark")).to_have_text(["Annie", "Fulton County"])
    panel.get_by_role("button", name="Replace with “a member”").click()
    expect(dynamics).to_have_value("😀 A member drove from a town with the Fulton County bus.")
    panel.get_by_role("button", name="Identifies nobody").click()
    expect(panel).to_have_count(0)


@pytest.mark.usefixtures("cast")
def test_words_that_must_stay_want_a_reason(browser_page: Page, address: str) -> None:
    sign_in(browser_page, address)
    begin(browser_page)
    browser_page.get_by_role("button", name="Mark the rest present").click()
    attendance = browser_page.get_by_role("group", name="Attendance, Ben Brandt")
    expect(attendance.get_by_label("Present")).to_be_checked()
    browser_page.get_by_label("Group dynamics", exact=True).fill("They drove from Tucson together.")
    browser_page.get_by_role("button", name="Save and make the notes").click()
    expect(browser_page.get_by_role("alert")).to_contain_text("must name no client")
    browser_page.get_by_text("They must stay…").click()
    browser_page.get_by_label("Why “Tucson” must stay").fill(WHY)
    browser_page.get_by_role("button", name="Keep these words").click()

    expect(browser_page.get_by_text("They must stay…")).to_have_count(0)
    browser_page.get_by_role("button", name="Save and make the notes").click()
    expect(browser_page.get_by_text("Each client who attended has a note.")).to_be_visible()


@pytest.mark.usefixtures("nothing_stored")
def test_a_reason_that_is_being_typed_outlasts_each_save(fiona: Page) -> None:
    begin(fiona)
    fiona.get_by_label("Group dynamics", exact=True).fill("They drove from Tucson together.")
    fiona.get_by_text("They must stay…").click()
    why = fiona.get_by_label("Why “Tucson” must stay")

    with fiona.expect_response("**/draft"):
        why.press_sequentially("It is the name of the exercise")
    expect(fiona.locator("#session-form-status")).to_have_attribute("data-state", "saved")
    with fiona.expect_response("**/draft"):
        fiona.get_by_label("Topic").fill("Coping ahead, again")
    expect(fiona.locator("#session-form-status")).to_have_attribute("data-state", "saved")

    expect(why).to_be_visible()
    expect(why).to_have_value("It is the name of the exercise")


@pytest.mark.usefixtures("cast")
def test_enter_saves_and_presses_nothing_else(browser_page: Page, address: str) -> None:
    sign_in(browser_page, address)
    begin(browser_page)
    browser_page.get_by_label("Topic").press("Enter")

    expect(browser_page.get_by_role("alert")).to_contain_text("There is a problem")
    attendance = browser_page.get_by_role("group", name="Attendance, Ben Brandt")
    expect(attendance.get_by_label("Present")).not_to_be_checked()
