"""Every page: no violation that axe finds, no sideways scrolling on a narrow phone."""

from __future__ import annotations

import itertools

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize

from tests.e2e.product.conftest import DESK, PHONE, check, sign_in
from tests.support.cast import Cast
from tests.support.pages import every_page

pytestmark = pytest.mark.e2e


@pytest.mark.usefixtures("complaints")
@pytest.mark.parametrize(("scheme", "size"), [("light", DESK), ("dark", PHONE)])
def test_every_page_is_accessible_and_fits(
    page: Page,
    app: Flask,
    cast: Cast,
    address: str,
    scheme: str,
    size: ViewportSize,
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size(size)
    found = []
    pages = sorted(every_page(app, cast), key=lambda opened: opened.who or "")
    for who, opened in itertools.groupby(pages, key=lambda one: one.who):
        page.context.clear_cookies()
        if who is not None:
            sign_in(page, address, who)
        for one in opened:
            page.goto(address + one.url)
            found += check(page, f"{who} {one.url}")

    assert found == []
