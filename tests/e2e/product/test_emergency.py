"""An emergency access from the list of clients to its end, with and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.product.conftest import DESK, PHONE, check, sign_in
from tests.support import emergency, factories
from tests.support.cast import Cast

pytestmark = pytest.mark.e2e


def begin(page: Page, address: str) -> None:
    """Open Ana's record from the list of clients, as Olga."""
    sign_in(page, address, "olga")
    page.get_by_role("link", name="Clients").click()
    page.get_by_role("link", name="Emergency access").click()
    page.get_by_label("Medical record number (MRN)").fill(emergency.ANA["mrn"])
    page.get_by_label("Date of birth").fill(emergency.ANA["birth_date"])
    page.get_by_label("A hospital or an emergency service asks").check()
    page.get_by_label("Reason").fill(emergency.REASON)
    page.get_by_label("Your password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Alvarez")


def test_it_is_begun_and_ended(browser_page: Page, address: str, cast: Cast) -> None:
    page = browser_page
    begin(page, address)
    chart = page.url

    banner = page.get_by_role("region", name="Emergency access")
    expect(banner).to_contain_text("Emergency access to one client’s record until")
    page.get_by_role("link", name="Today").first.click()
    banner.get_by_role("link", name="Open the chart").click()
    assert page.url == chart
    banner.get_by_role("button", name="End now").click()

    expect(page.get_by_text("The emergency access is over.")).to_be_visible()
    expect(banner).to_have_count(0)
    page.goto(chart)
    expect(page.get_by_text("There is no such page, or you may not open it.")).to_be_visible()


@pytest.mark.usefixtures("complaints")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pages_are_accessible_and_fit(
    page: Page, address: str, cast: Cast, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found = []
    begin(page, address)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        for path in ("/", "/emergency", f"/clients/{cast.ana}"):
            page.goto(address + path)
            found += check(page, f"{size} {path}")
    for who in ("carl", "adam"):
        page.context.clear_cookies()
        sign_in(page, address, who)
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            found += check(page, f"{size} Today of {who}")

    assert found == []
