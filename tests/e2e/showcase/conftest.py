"""The showcase on a free port, and what the browser complained about."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.support.showcase import State, make_showcase

# A machine busy with other tests answers late; what never comes is still missed.
expect.set_options(timeout=15_000)


@dataclass(frozen=True)
class Showcase:
    url: str
    state: State


@pytest.fixture(scope="session")
def showcase_site() -> Iterator[tuple[Flask, str]]:
    """The site itself, served once: its templates take longest the first time."""
    app = make_showcase()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield app, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def showcase(showcase_site: tuple[Flask, str]) -> Showcase:
    """The site as nobody has used it yet."""
    app, url = showcase_site
    app.config["STATE"] = State()
    return Showcase(url, app.config["STATE"])


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Whatever the console said, except the statuses that a test asked for."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "console",
        lambda message: (
            said.append(message.text)
            if message.type in {"error", "warning"}
            and "the server responded with a status of" not in message.text
            else None
        ),
    )
    return said


@pytest.fixture
def note(page: Page, showcase: Showcase) -> Page:
    """The page with one autosaved note."""
    page.goto(f"{showcase.url}/note")
    return page
