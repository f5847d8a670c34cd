"""What a page shows after its reader has gone: nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.e2e.showcase.conftest import Showcase

pytestmark = pytest.mark.e2e

WORDS = "Group arrived subdued"


@pytest.fixture
def remembering(
    browser_type: BrowserType, browser_type_launch_args: dict[str, object]
) -> Iterator[Page]:
    """A page of a browser that has its back/forward cache, which Playwright switches off."""
    browser: Browser = browser_type.launch(
        **browser_type_launch_args,  # type: ignore[arg-type]
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser.new_page()
    browser.close()


def sign_out(page: Page, showcase: Showcase) -> None:
    page.goto(f"{showcase.url}/workspace")
    expect(page.locator("main")).to_contain_text(WORDS)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")


class TestTheBackButton:
    def test_it_shows_nothing_after_sign_out(self, remembering: Page, showcase: Showcase) -> None:
        sign_out(remembering, showcase)
        remembering.evaluate("history.back()")
        remembering.wait_for_url("**/sign-in")
        expect(remembering.get_by_text(WORDS)).to_have_count(0)

    def test_without_the_guard_it_would(self, remembering: Page, showcase: Showcase) -> None:
        """The test above would pass for nothing if this browser kept no pages."""
        remembering.route("**/guard.js", lambda route: route.fulfill(body=""))
        sign_out(remembering, showcase)
        remembering.evaluate("history.back()")
        expect(remembering.locator("main")).to_contain_text(WORDS)
        expect(remembering).to_have_url(f"{showcase.url}/workspace")

    def test_a_page_of_somebody_still_signed_in_comes_back(
        self, remembering: Page, showcase: Showcase
    ) -> None:
        remembering.goto(f"{showcase.url}/workspace")
        remembering.goto(f"{showcase.url}/parts")
        remembering.go_back()
        expect(remembering.get_by_role("heading", level=1)).to_be_visible()
        expect(remembering.locator("html")).not_to_have_class("is-away")


@pytest.fixture
def idle(page: Page, showcase: Showcase) -> Page:
    """The note's page under a clock that the test moves."""
    page.clock.install()
    page.goto(f"{showcase.url}/note")
    return page


def hours_pass(page: Page, showcase: Showcase, seconds: int) -> None:
    """Let time go by for the browser and, as it does not know it, for the server."""
    showcase.state.seconds_left -= seconds
    page.clock.run_for(seconds * 1000)


class TestAnIdlePage:
    def test_it_warns_two_minutes_before_the_end(self, idle: Page, showcase: Showcase) -> None:
        hours_pass(idle, showcase, 12 * 60)
        expect(idle.get_by_role("dialog")).to_have_count(0)
        hours_pass(idle, showcase, 62)
        expect(idle.get_by_role("dialog", name="You will be signed out soon")).to_be_visible()
        expect(idle.get_by_role("button", name="Stay signed in")).to_be_focused()

    def test_one_can_stay(self, idle: Page, showcase: Showcase) -> None:
        hours_pass(idle, showcase, 13 * 60 + 2)
        with idle.expect_response(lambda response: response.request.method == "POST"):
            idle.get_by_role("button", name="Stay signed in").click()
        expect(idle.get_by_role("dialog")).to_have_count(0)
        hours_pass(idle, showcase, 5 * 60)
        expect(idle.get_by_role("dialog")).to_have_count(0)
        assert showcase.state.stays == 1

    def test_at_the_end_it_leaves_for_the_sign_in_page(
        self, idle: Page, showcase: Showcase
    ) -> None:
        hours_pass(idle, showcase, 13 * 60 + 2)
        expect(idle.get_by_role("dialog")).to_be_visible()
        showcase.state.viewer = None
        hours_pass(idle, showcase, 2 * 60)
        idle.wait_for_url("**/sign-in?ended=1")
        expect(idle.get_by_text("nobody was here")).to_be_visible()

    def test_it_does_not_leave_while_another_tab_is_busy(
        self, idle: Page, showcase: Showcase
    ) -> None:
        idle.clock.run_for(13 * 60_000 + 2000)  # the server heard of the other tab just now
        idle.clock.run_for(5 * 60_000)
        expect(idle.get_by_role("dialog")).to_have_count(0)
        expect(idle.locator("main")).to_be_visible()

    def test_typing_where_nothing_is_autosaved_keeps_its_writer_signed_in(
        self, page: Page, showcase: Showcase
    ) -> None:
        page.clock.install()
        page.goto(f"{showcase.url}/form")
        hours_pass(page, showcase, 10 * 60)
        with page.expect_response(lambda response: response.request.method == "POST"):
            page.get_by_label("About").press_sequentially("a")
        hours_pass(page, showcase, 5 * 60)
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert showcase.state.stays == 1

    def test_unsaved_text_is_kept_out_of_sight_and_saved_after_signing_in_again(
        self, idle: Page, showcase: Showcase
    ) -> None:
        idle.route("**/note/draft", lambda route: route.abort())
        idle.get_by_label("Response").fill("Not lost")
        hours_pass(idle, showcase, 13 * 60 + 2)
        expect(idle.get_by_role("dialog")).to_be_visible()
        viewer, showcase.state.viewer = showcase.state.viewer, None
        hours_pass(idle, showcase, 2 * 60)
        expect(idle.get_by_role("dialog", name="You have been signed out")).to_be_visible()
        expect(idle.get_by_label("Response")).to_be_hidden()
        expect(idle.get_by_role("heading", level=1)).to_be_hidden()

        idle.unroute("**/note/draft")
        showcase.state.viewer, showcase.state.token = viewer, "second-token"
        showcase.state.seconds_left = 900
        idle.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(idle.get_by_label("Response")).to_have_value("Not lost")
        expect(idle.get_by_label("Response")).to_be_visible()
        expect(idle.locator("#draft-status")).to_have_text("Saved 15:58")
        assert showcase.state.text == "Not lost"
