"""What this machine has for the tests: a Chromium to drive, a PostgreSQL to talk to.

A test says what it needs by a marker, ``e2e`` or ``postgresql``, and is skipped where that is
missing. Under ``REQUIRE_ALL=1`` every skipped test fails instead, whatever the reason.
"""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

_POSTGRESQL = "postgresql+psycopg://postgres@127.0.0.1:5432/"
_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_PLAYWRIGHT_CACHES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
_PLAYWRIGHT_NAMES = ("chrome", "Chromium", "Google Chrome for Testing")


@functools.cache
def chromium_path() -> str | None:
    """Return the browser to drive: ``CHROMIUM``, an installed one, or Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    places = (*_COMMANDS, *_APPLICATIONS, *_playwright_browsers())
    return next((path for place in places if (path := shutil.which(place))), None)


@functools.cache
def postgresql_url() -> str | None:
    """Return SQLAlchemy's address of a server where tests may create databases, if it answers."""
    url = os.environ.get("TEST_POSTGRESQL_URL", _POSTGRESQL)
    try:
        psycopg.connect(url.replace("+psycopg", "", 1), connect_timeout=3).close()
    except psycopg.OperationalError:
        return None
    return url


@dataclass(frozen=True)
class Need:
    """Something that tests with a marker cannot run without."""

    marker: str
    name: str
    find: Callable[[], str | None]
    remedy: str

    @property
    def lack(self) -> str:
        return f"{self.name} was not found; {self.remedy}"


NEEDS = (
    Need("e2e", "Chromium", chromium_path, "install it, or name it with CHROMIUM"),
    Need("postgresql", "PostgreSQL", postgresql_url, "name it with TEST_POSTGRESQL_URL"),
)


def is_everything_required() -> bool:
    return os.environ.get("REQUIRE_ALL", "0") not in {"", "0"}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Launch this machine's browser, cut off from every host but this one."""
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-quic",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses its own sandbox to root
    return {**browser_type_launch_args, "executable_path": chromium_path(), "args": arguments}


def pytest_report_header() -> list[str]:
    return [f"{need.name}: {need.find() or f'none, {_lacking(need)}'}" for need in NEEDS]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip before any fixture looks for what is not there."""
    for need in NEEDS:
        if item.get_closest_marker(need.marker) and need.find() is None:
            pytest.skip(need.lack)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    # An expected failure is reported as a skip, but it ran.
    if not hasattr(report, "wasxfail"):
        _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and is_everything_required():
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
        report.outcome = "failed"
        report.longrepr = f"REQUIRE_ALL is set, so this may not be skipped. {reason}"


def _lacking(need: Need) -> str:
    fate = "fail" if is_everything_required() else "are skipped"
    return f"so tests marked {need.marker} {fate}"


def _playwright_browsers() -> list[str]:
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    roots = [Path(chosen)] if chosen else [Path(c).expanduser() for c in _PLAYWRIGHT_CACHES]
    return [
        str(path)
        for root in roots
        for name in _PLAYWRIGHT_NAMES
        for path in sorted(root.glob(f"chromium-*/chrome-*/**/{name}"), reverse=True)
    ]
