"""The real product, served on this machine, in a real browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize
from werkzeug.serving import make_server

from tests.support import factories
from tests.support.cast import Cast

PHONE = ViewportSize(width=320, height=640)
DESK = ViewportSize(width=1440, height=900)


@pytest.fixture
def database_url(sqlite_cast: tuple[Path, Cast], tmp_path: Path) -> str:
    """One kind of database is enough for what the browser does."""
    path = tmp_path / "test.sqlite3"
    path.write_bytes(sqlite_cast[0].read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def address(app: Flask, cast: Cast) -> Iterator[str]:
    """Where the product is served, from a thread: no fork, no SERVER_NAME."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def complaints(page: Page, address: str) -> Iterator[list[str]]:
    """What the browser complained about, and every request that left this site: none of either."""
    seen: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # Chromium writes a line for every answer from 400 on, however well it is handled.
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            seen.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on(
        "request",
        lambda request: seen.append(request.url) if not request.url.startswith(address) else None,
    )
    yield seen
    assert seen == []


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def browser_page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of a browser with, or without, JavaScript."""
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def check(page: Page, where: str) -> list[str]:
    """Return what is wrong with the page that is open, by axe and on a narrow screen."""
    found = [
        f"{where}: {violation['id']}: {[node['target'] for node in violation['nodes']][:3]}"
        for violation in Axe().run(page).response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{where}: scrolls sideways")
    return found


def sign_in(page: Page, address: str, who: str = "fiona") -> None:
    """Sign in as a person does."""
    page.goto(f"{address}/sign-in")
    page.get_by_label("Sign-in name").fill(f"{who}@example.org")
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/")


@pytest.fixture
def fiona(page: Page, address: str, complaints: list[str]) -> Page:
    """The facilitator's browser, signed in."""
    sign_in(page, address)
    return page


@pytest.fixture
def nothing_stored(context: BrowserContext, page: Page) -> Iterator[None]:
    """No script may leave anything in the browser's storage."""
    yield
    for store in ("localStorage", "sessionStorage"):
        assert page.evaluate(f"{store}.length") == 0
