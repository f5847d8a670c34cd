"""Every form of the product, found by walking the routes and what their pages hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import Tag

from tests.support.authorization import readable
from tests.support.planted import Planted
from tests.support.site import fields_of


@dataclass(frozen=True)
class FoundForm:
    """One way to send one form: as it is, by one of its buttons, or by itself while typing."""

    who: str
    page: str
    element: Tag
    action: str

    def __str__(self) -> str:
        return f"{self.action} on {self.page} by {self.who}"

    @property
    def method(self) -> str:
        """How it is sent."""
        return str(self.element.get("method", "get")).lower()

    @property
    def untouched(self) -> dict[str, Any]:
        """What a browser would send of it as it is."""
        return fields_of(self.element)


def every_form(planted: Planted) -> Iterator[FoundForm]:
    """Open every page that somebody may read; yield its forms, those in the frame only once."""
    seen = set()
    for who, page in every_page(planted):
        for element in planted.site(who).get(page).select("form"):
            for action in _actions(element):
                if (who, action) not in seen:
                    seen.add((who, action))
                    yield FoundForm(who, page, element, action)


def every_page(planted: Planted) -> Iterator[tuple[str, str]]:
    """Yield who reads which page; every kind of page, and each state of it that has other forms."""
    world, ids = planted.world, planted.ids
    for case, who in readable():
        if case.url != "/sign-in" and not case.url.startswith("/static/"):
            yield who, case.address(case.objects(world, "own"))
    yield "nobody", "/sign-in"
    yield "fiona", f"/clients/{ids['member']}/plans/new"
    yield "fiona", f"/notes/{ids['signed']}/entries/new?returned={ids['returned']}"
    yield "carl", "/"  # while a record is open to him
    yield "adam", f"/admin/emergency/{ids['reviewed']}"
    yield "fiona", f"/sessions/{ids['later']}/sign"
    for kind in ("later", "coming", "cancelled"):
        yield "fiona", f"/sessions/{ids[kind]}"
        yield "fiona", f"/sessions/{ids[kind]}/edit"


def _actions(element: Tag) -> Iterator[str]:
    yield str(element["action"])
    if "data-autosave" in element.attrs:
        yield str(element["data-autosave"])
    for button in element.select("button[formaction]"):
        yield str(button["formaction"])
