"""Every part is legible, reachable and big enough, in both themes, from 320 px up."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.showcase.conftest import Showcase

pytestmark = pytest.mark.e2e

PAGES = ("", "parts", "form", "workspace", "note", "broken", "sign-in")
TARGETS = "input:not([type=hidden]), select, textarea, button, a, summary"
SMALL = """([selector, least]) => [...document.querySelectorAll(selector)].filter((e) => {
    const own = ["radio", "checkbox"].includes(e.type) ? e.closest("label") : e;
    const box = own.getBoundingClientRect(), style = getComputedStyle(e);
    const sentence = style.display === "inline" && e.closest("p, li, dd");
    const hidden = !e.checkVisibility() || e.closest(".govuk-skip-link");
    return !hidden && !sentence && (box.height < least || box.width < least);
}).map((e) => e.outerHTML.slice(0, 120))"""
COVERED = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect();
    if (e === document.body || box.height === 0) return null;
    const x = box.left + Math.min(box.width, 20) / 2;
    const hit = (y) => {
        const top = document.elementFromPoint(x, y);
        return top && (e.contains(top) || top.contains(e) || e.labels?.[0]?.contains(top));
    };
    return hit(box.top + 2) || hit(box.bottom - 2) ? null : e.outerHTML.slice(0, 160);
}"""


def show(page: Page, showcase: Showcase, name: str) -> None:
    if name == "sign-in":
        showcase.state.viewer = None
    page.goto(f"{showcase.url}/{name}")
    if name == "form":
        page.get_by_role("button", name="Add client").click()
        expect(page.get_by_role("alert")).to_be_focused()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, showcase: Showcase, theme: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    found = {}
    for name in PAGES:
        show(page, showcase, name)
        results = Axe().run(page)
        if results.violations_count:
            found[name] = results.generate_report()
    assert found == {}


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_nothing_scrolls_sideways(page: Page, showcase: Showcase, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    wide = {}
    for name in PAGES:
        show(page, showcase, name)
        actual = page.evaluate("document.documentElement.scrollWidth")
        if actual > width:
            wide[name] = actual
    assert wide == {}


@pytest.mark.parametrize("width", [1440, 390])
def test_every_target_can_be_hit(page: Page, showcase: Showcase, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    small = {}
    for name in PAGES:
        show(page, showcase, name)
        if found := page.evaluate(SMALL, [TARGETS, 24]):
            small[name] = found
    assert small == {}


def test_controls_of_a_form_are_44_pixels_high_on_a_phone(page: Page, showcase: Showcase) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    show(page, showcase, "workspace")
    controls = "main :is(input:not([type=hidden]), select, textarea, .button)"
    assert page.evaluate(SMALL, [controls, 43.9]) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_what_sticks_never_covers_the_focus(page: Page, showcase: Showcase, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 500})
    show(page, showcase, "workspace")
    covered = []
    for key in ("Tab", "Shift+Tab"):
        for _ in range(70):
            page.keyboard.press(key)
            covered.append(page.evaluate(COVERED))
    assert [element for element in covered if element] == []


def test_the_keyboard_can_skip_to_the_content(page: Page, showcase: Showcase) -> None:
    show(page, showcase, "workspace")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_radios_side_by_side_are_radios(page: Page, showcase: Showcase) -> None:
    show(page, showcase, "workspace")
    group = page.get_by_role("group", name="Attendance, Amara Osei")
    group.get_by_role("radio", name="Present").focus()
    page.keyboard.press("ArrowRight")
    expect(group.get_by_role("radio", name="Late")).to_be_checked()


def test_a_chosen_radio_shows_in_forced_colours(page: Page, showcase: Showcase) -> None:
    page.emulate_media(forced_colors="active")
    show(page, showcase, "workspace")
    group = page.get_by_role("group", name="Attendance, Amara Osei")
    ground = "e => getComputedStyle(e.nextElementSibling).backgroundColor"
    chosen = group.get_by_role("radio", name="Present").evaluate(ground)
    other = group.get_by_role("radio", name="Late").evaluate(ground)
    assert chosen != other


def test_paper_has_the_words_and_not_the_buttons(page: Page, showcase: Showcase) -> None:
    page.emulate_media(media="print")
    show(page, showcase, "parts")
    expect(page.get_by_text("Group arrived subdued")).to_be_visible()
    expect(page.get_by_role("button", name="Review and sign")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()


def test_no_page_asks_for_anything_from_elsewhere(
    page: Page, showcase: Showcase, complaints: list[str]
) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    for name in PAGES:
        show(page, showcase, name)
    assert all(url.startswith(showcase.url) for url in asked)
    assert complaints == []
