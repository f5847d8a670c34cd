"""The contrast of every pair of colours that meets on a page (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import groupnotes

CSS = (Path(groupnotes.__file__).parent / "static" / "css" / "theme.css").read_text()
TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("bg", "surface", "sunken", "tint")
PAIRS = [
    *((ink, ground, TEXT) for ground in GROUNDS for ink in ("ink", "muted", "link", "link-hover")),
    *((f"{kind}-ink", f"{kind}-bg", TEXT) for kind in ("ok", "go", "work", "new", "stop", "warn")),
    ("on-brand", "brand", TEXT),
    ("on-mark", "mark", TEXT),
    ("stop-ink", "surface", TEXT),
    ("stop-ink", "bg", TEXT),
    ("ink", "added-bg", TEXT),
    ("ink", "removed-bg", TEXT),
    *((shape, "surface", SHAPE) for shape in ("line-strong", "focus", "brand", "bar")),
    *((f"{kind}-line", "surface", SHAPE) for kind in ("ok", "go", "work", "stop", "warn")),
    ("focus", "bg", SHAPE),
    ("line-strong", "bg", SHAPE),
]


def colours(theme: str) -> dict[str, str]:
    """Return the colours that the theme itself declares."""
    light, dark = CSS.split("@media (prefers-color-scheme: dark)")
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark if theme == "dark" else light))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
class TestContrast:
    @pytest.mark.parametrize(
        ("one", "other", "least"), PAIRS, ids=[f"{one}-on-{other}" for one, other, _ in PAIRS]
    )
    def test_it_is_enough(self, theme: str, one: str, other: str, least: float) -> None:
        known = colours(theme)
        assert contrast(known[one], known[other]) >= least


class TestThemes:
    def test_each_colour_is_chosen_for_light_and_for_dark(self) -> None:
        assert colours("light").keys() == colours("dark").keys()
