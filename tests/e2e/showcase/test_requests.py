"""What htmx 4 does with the attributes that the macros write."""

from __future__ import annotations

import re
import threading

import pytest
from flask import Response, make_response
from playwright.sync_api import Page, Route, expect

from tests.e2e.showcase.conftest import Showcase
from tests.support.showcase import refused

pytestmark = pytest.mark.e2e

NO_SCRIPT = pytest.mark.browser_context_args(java_script_enabled=False)
STORED = "JSON.stringify([{...localStorage}, {...sessionStorage}, history.state])"


class TestAFormWithErrors:
    def test_it_replaces_the_block_and_takes_the_focus_to_the_summary(
        self, page: Page, showcase: Showcase, complaints: list[str]
    ) -> None:
        page.goto(f"{showcase.url}/form")
        page.get_by_label("About").fill("A typed text")
        page.get_by_role("button", name="Add client").click()

        expect(page.get_by_role("alert")).to_be_focused()
        expect(page.get_by_label("About")).to_have_value("A typed text")
        expect(page.get_by_label("Legal name")).to_have_attribute("aria-invalid", "true")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert complaints == []

    def test_each_problem_leads_to_its_field(self, page: Page, showcase: Showcase) -> None:
        page.goto(f"{showcase.url}/form")
        page.get_by_role("button", name="Add client").click()
        for problem, field in (
            ("Enter the legal name.", page.get_by_label("Legal name")),
            ("Choose the place.", page.get_by_label("Office")),
            ("Choose at least one role.", page.get_by_label("Clinician")),
        ):
            page.get_by_role("link", name=problem).click()
            expect(field).to_be_focused()

    @NO_SCRIPT
    def test_it_is_the_same_without_script(self, page: Page, showcase: Showcase) -> None:
        page.goto(f"{showcase.url}/form")
        page.get_by_label("About").fill("A typed text")
        page.get_by_role("button", name="Add client").click()

        expect(page.get_by_role("alert")).to_contain_text("Enter the legal name.")
        expect(page.get_by_label("About")).to_have_value("A typed text")
        expect(page).to_have_title(re.compile("^Error: Add a client"))


class TestARefusal:
    @pytest.mark.parametrize("status", [403, 409, 413, 500, 507])
    def test_it_is_told_and_the_typed_text_stays(
        self, note: Page, showcase: Showcase, status: int
    ) -> None:
        showcase.state.send = [refused(status, "Not this time.")]
        showcase.state.draft = [refused(status, "Not this time.")] * 3
        note.get_by_label("Response").fill("A typed text")
        note.get_by_role("button", name="Save draft").click()

        expect(note.locator("#messages")).to_contain_text("Not this time.")
        expect(note.get_by_label("Response")).to_have_value("A typed text")
        expect(note.get_by_role("button", name="Save draft")).to_be_enabled()

    def test_one_that_brings_the_block_replaces_it(self, page: Page, showcase: Showcase) -> None:
        def conflict(route: Route) -> None:
            block = '<div id="sample"><p role="alert">Somebody else saved first.</p></div>'
            messages = '<div id="messages" hx-swap-oob="innerHTML"></div>'
            route.fulfill(status=409, body=block + messages)

        page.goto(f"{showcase.url}/form")
        page.route("**/form", conflict)
        page.get_by_role("button", name="Add client").click()
        expect(page.locator("#sample")).to_have_text("Somebody else saved first.")
        expect(page.locator("#messages .message")).to_have_count(0)

    def test_no_empty_region_of_a_fragment_wipes_it_out(
        self, page: Page, showcase: Showcase
    ) -> None:
        body = '<p class="message">Not yours.</p><div id="messages" hx-swap-oob="innerHTML"></div>'
        page.goto(f"{showcase.url}/form")
        page.route("**/form", lambda route: route.fulfill(status=403, body=body))
        page.get_by_role("button", name="Add client").click()
        expect(page.locator("#messages")).to_contain_text("Not yours.")

    def test_a_lost_connection_is_told_and_the_typed_text_stays(
        self, page: Page, showcase: Showcase
    ) -> None:
        page.goto(f"{showcase.url}/form")
        page.route("**/form", lambda route: route.abort())
        page.get_by_label("About").fill("A typed text")
        page.get_by_role("button", name="Add client").click()

        expect(page.locator("#messages")).to_contain_text("could not be reached")
        expect(page.get_by_label("About")).to_have_value("A typed text")

    def test_a_page_of_a_server_on_the_way_is_not_put_into_ours(
        self, page: Page, showcase: Showcase
    ) -> None:
        def bad_gateway(route: Route) -> None:
            route.fulfill(status=502, body="<!doctype html><html><h1>Bad gateway</h1></html>")

        page.goto(f"{showcase.url}/form")
        page.route("**/form", bad_gateway)
        page.get_by_role("button", name="Add client").click()

        expect(page.locator("#messages")).to_contain_text("Something went wrong on the way")
        expect(page.get_by_role("heading", level=1)).to_have_text("Add a client")

    @pytest.mark.parametrize("width", [320, 800])
    def test_it_is_in_sight_wherever_the_reader_is(
        self, page: Page, showcase: Showcase, width: int
    ) -> None:
        page.set_viewport_size({"width": width, "height": 400})
        page.goto(f"{showcase.url}/form")
        page.route("**/form", lambda route: route.abort())
        page.get_by_role("button", name="Add client").click()

        expect(page.locator("#messages .message")).to_be_in_viewport(ratio=1)
        page.get_by_role("button", name="Dismiss").click()
        expect(page.locator("#messages .message")).to_have_count(0)


class TestAnAnswer:
    def test_it_brings_the_other_regions_that_changed(self, note: Page) -> None:
        note.get_by_role("button", name="Save draft").click()

        expect(note.locator("#tally")).to_have_text("1 saves")
        expect(note.locator("#messages")).to_contain_text("Draft saved.")
        expect(note.locator("[hx-swap-oob]")).to_have_count(0)

    def test_the_record_can_do_nothing_else_meanwhile(self, note: Page, showcase: Showcase) -> None:
        answer = threading.Event()

        def slow() -> Response:
            answer.wait(10)
            return make_response('<div id="note">Done</div>')

        showcase.state.send = [slow]
        note.get_by_role("button", name="Save draft").click()
        expect(note.get_by_role("button", name="Sign now")).to_be_disabled()
        expect(note.get_by_role("button", name="Save draft")).to_be_disabled()
        answer.set()
        expect(note.locator("#note")).to_have_text("Done")

    def test_the_focus_is_where_it_was(self, note: Page) -> None:
        note.get_by_role("button", name="Save draft").focus()
        note.keyboard.press("Enter")
        expect(note.locator("#tally")).to_have_text("1 saves")
        expect(note.get_by_role("button", name="Save draft")).to_be_focused()

    @pytest.mark.parametrize("button", ["Sign", "Sign now"])
    def test_a_button_acts_on_the_record(self, note: Page, showcase: Showcase, button: str) -> None:
        note.get_by_label("Response").fill("Last words")
        note.get_by_role("button", name=button, exact=True).click()
        expect(note.locator("#messages")).to_contain_text("Note signed.")
        assert showcase.state.text == "Last words"

    @NO_SCRIPT
    @pytest.mark.parametrize("button", ["Sign", "Sign now"])
    def test_a_button_acts_on_the_record_without_script(self, note: Page, button: str) -> None:
        note.get_by_role("button", name=button, exact=True).click()
        expect(note.locator("#messages")).to_contain_text("Note signed.")


class TestALinkThatLoads:
    def test_it_brings_the_block_and_nothing_else(self, note: Page, showcase: Showcase) -> None:
        showcase.state.text = "Fresh"
        note.get_by_role("button", name="Save draft").evaluate("e => e.dataset.stale = '1'")
        note.get_by_role("link", name="Reload the note").click()
        expect(note.locator("[data-stale]")).to_have_count(0)
        expect(note.get_by_label("Response")).to_have_value("Fresh")
        expect(note.get_by_role("heading", level=1)).to_have_count(1)
        expect(note).to_have_url(f"{showcase.url}/note")

    def test_a_modified_click_opens_the_page_it_names(self, note: Page) -> None:
        with note.context.expect_page() as opened:
            note.get_by_role("link", name="Reload the note").click(modifiers=["ControlOrMeta"])
        expect(opened.value.get_by_role("heading", level=1)).to_have_text("Note")


class TestSearch:
    def test_it_searches_while_one_types_and_puts_no_name_into_an_address(self, note: Page) -> None:
        addresses: list[str] = []
        note.on("request", lambda request: addresses.append(f"{request.method} {request.url}"))
        box = note.get_by_label("Find a client")
        box.press_sequentially("Osei", delay=20)

        expect(note.locator("#results")).to_have_text("Osei found")
        expect(box).to_be_focused()
        assert any(address.startswith("POST") for address in addresses)
        assert not any("Osei" in address for address in addresses)

    @NO_SCRIPT
    def test_it_has_a_button(self, note: Page) -> None:
        note.get_by_label("Find a client").fill("Osei")
        note.get_by_role("button", name="Search").click()
        expect(note.locator("#results")).to_have_text("Osei found")


class TestWhatAPersonWrote:
    def test_it_carries_no_live_htmx_attributes(self, page: Page, showcase: Showcase) -> None:
        page.goto(f"{showcase.url}/injected")
        page.wait_for_load_state("networkidle")
        assert showcase.state.probes == 0

    def test_outside_its_wrapper_it_would(self, page: Page, showcase: Showcase) -> None:
        """The test above would pass for nothing if injected attributes never fired."""
        page.goto(f"{showcase.url}/injected?outside=1")
        expect(page.locator("#outside b")).to_have_text("probed")
        assert showcase.state.probes == 1  # and data-hx- attributes are off everywhere

    @pytest.mark.parametrize(
        "markup",
        [
            "<script>document.title = 'run'</script>",
            "<img src=x onerror=\"document.title = 'run'\">",
            "<p hx-on:click=\"document.title = 'run'\" id=bait>x</p>",
            "<p hx-get=/probe hx-trigger=\"click[document.title='run']\" id=bait>x</p>",
            "<p hx-get=/probe hx-vals=\"js:{a: document.title = 'run'}\" id=bait>x</p>",
        ],
    )
    def test_nothing_in_an_answer_runs(self, note: Page, showcase: Showcase, markup: str) -> None:
        showcase.state.send = [lambda: make_response(f'<div id="note">Done {markup}</div>')]
        note.get_by_role("button", name="Save draft").click()
        expect(note.locator("#note")).to_contain_text("Done")
        if note.locator("#bait").count():
            note.locator("#bait").click()
        note.wait_for_load_state("networkidle")
        expect(note).to_have_title(re.compile("^Note"))


class TestTheBrowserKeepsNothing:
    def test_no_text_is_left_in_its_storage(
        self, note: Page, showcase: Showcase, complaints: list[str]
    ) -> None:
        note.get_by_label("Response").fill("Kept nowhere")
        note.get_by_role("button", name="Save draft").click()
        expect(note.locator("#tally")).not_to_have_text("0 saves")
        note.locator("#elsewhere").click()
        note.wait_for_url("**/parts")
        note.go_back()
        expect(note.get_by_label("Response")).to_have_value("Kept nowhere")

        assert note.evaluate(STORED) == "[{},{},null]"
        assert note.evaluate("indexedDB.databases()") == []
        assert note.context.cookies() == [] or all(
            "Kept" not in str(cookie) for cookie in note.context.cookies()
        )
        assert complaints == []
