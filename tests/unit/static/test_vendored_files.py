"""What the browser gets from others is exactly what was reviewed."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

import groupnotes

STATIC = Path(groupnotes.__file__).parent / "static"
VENDOR = STATIC / "vendor"


def recorded() -> dict[str, str]:
    rows = re.findall(
        r"^\| `(.+?)` \|.*\| `([0-9a-f]{64})` \|$", (VENDOR / "README.md").read_text(), re.MULTILINE
    )
    return dict(rows)


class TestVendoredFiles:
    def test_each_is_recorded_with_its_licence_beside_it(self) -> None:
        files = {path.name for path in VENDOR.iterdir()} - {"README.md"}
        assert files == recorded().keys()
        assert {"govuk-frontend.LICENSE.txt", "htmx.LICENSE.txt"} <= files

    @pytest.mark.parametrize("name", recorded())
    def test_each_has_the_recorded_digest(self, name: str) -> None:
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == recorded()[name]

    def test_the_govuk_typeface_and_emblems_are_gone(self) -> None:
        css = (VENDOR / "govuk-frontend.min.css").read_text()
        assert not re.search(r"@font-face|GDS Transport|crest|crown|logo", css.split("*/", 1)[1])

    def test_htmx_is_the_version_whose_behaviour_the_tests_prove(self) -> None:
        assert 'this.version="4.0.1"' in (VENDOR / "htmx.min.js").read_text()


class TestOurFiles:
    @pytest.mark.parametrize("path", sorted(STATIC.rglob("*.css")), ids=lambda p: p.name)
    def test_a_stylesheet_asks_for_nothing_from_elsewhere(self, path: Path) -> None:
        assert not re.search(r"@import|url\(", path.read_text())

    @pytest.mark.parametrize("path", sorted((STATIC / "js").glob("*.js")), ids=lambda p: p.name)
    def test_a_script_neither_stores_nor_evaluates(self, path: Path) -> None:
        forbidden = (
            r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.|\beval\(|new Function"
        )
        assert not re.search(forbidden, path.read_text())
