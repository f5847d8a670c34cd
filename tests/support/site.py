"""A browser for functional tests that also inspects every page it is served."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

from groupnotes.accounts import sign_ins
from groupnotes.core.db import db
from groupnotes.web.cookies import SIGN_IN
from tests.support import factories

HTMX = {"HX-Request": "true"}
BASE = "https://localhost"

both = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


class Site:
    """One browser window."""

    last: TestResponse

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.headers: dict[str, str] = {}  # sent with every request

    def sign_in(self, who: uuid.UUID) -> Site:
        """Sign a person in without the form, whose hashing takes a tenth of a second."""
        with self.app.app_context():
            token = sign_ins.start(who)
            db.session.commit()
        self.client.set_cookie(SIGN_IN, token, secure=True)
        return self

    def sign_in_by_form(self, who: str, *, status: int = 303) -> BeautifulSoup:
        """Sign in as a person does."""
        return self.submit(
            self.get("/sign-in"),
            "#sign-in",
            sign_in_name=f"{who}@example.org",
            password=factories.PASSWORD,
            status=status,
        )

    def get(self, url: str, *, status: int = 200, htmx: bool = False) -> BeautifulSoup:
        """Open ``url``."""
        headers = self.headers | (HTMX if htmx else {})
        return self._read(self.client.get(url, headers=headers, base_url=BASE), status)

    def post(
        self, url: str, data: dict[str, Any], *, status: int, htmx: bool = False
    ) -> BeautifulSoup:
        """Send ``data``, which need not come from a form."""
        return self._read(self.send(url, data, headers=HTMX if htmx else {}), status)

    def send(
        self, url: str, data: Mapping[str, Any], *, headers: Mapping[str, str] | None = None
    ) -> TestResponse:
        """Send ``data`` as a form, halves of characters and all; return the bare answer."""
        return self.client.post(
            url,
            data=urlencode(data, doseq=True, errors="surrogatepass"),
            content_type="application/x-www-form-urlencoded",
            headers=self.headers | dict(headers or {}),
            base_url=BASE,
        )

    def token(self) -> str:
        """Return the anti-forgery token of this window."""
        return str(one(self.get("/"), "meta[name=csrf-token]")["content"])

    def submit(
        self,
        page: BeautifulSoup,
        form: str,
        *,
        status: int = 303,
        htmx: bool = False,
        button: str | None = None,
        fill: Mapping[str, Any] | None = None,
        **values: Any,
    ) -> BeautifulSoup:
        """Fill in and send a form that the page really has.

        ``fill`` takes fields whose names are no Python names. ``button`` is a selector
        of the submit button that is pressed. A value may be a list, for several boxes
        of one name.
        """
        element = one(page, form)
        fields = fields_of(element)
        values |= fill or {}
        unknown = values.keys() - names_of(element)
        assert not unknown, f"the form has no {unknown}"
        action = str(element["action"])
        if button is not None:
            pressed = one(element, button)
            action = str(pressed.get("formaction", action))
            if pressed.get("name"):
                values[str(pressed["name"])] = str(pressed.get("value", ""))
        return self.post(action, fields | values, status=status, htmx=htmx)

    def follow(self) -> BeautifulSoup:
        """Go where the last answer sent the browser, or htmx."""
        there = self.last.location or self.last.headers.get("HX-Redirect")
        assert there, f"no redirect but {self.last.status_code}"
        return self.get(there)

    def window(self) -> Site:
        """Open one more window of this browser, with the same sign-in."""
        window, cookie = Site(self.app), self.client.get_cookie(SIGN_IN)
        assert cookie is not None, "nobody is signed in"
        window.client.set_cookie(SIGN_IN, cookie.value, secure=True)
        return window

    def _read(self, response: TestResponse, status: int) -> BeautifulSoup:
        self.last = response
        text = "" if response.mimetype == "application/pdf" else response.text
        assert response.status_code == status, (
            response.status_code,
            response.location,
            text[:3000],
        )
        page = BeautifulSoup(text, "html.parser")
        check_links(page, ".govuk-error-summary a[href^='#']")
        if text.lstrip().startswith("<!doctype"):
            check_page(page)
        return page


def done(*, htmx: bool) -> int:
    """Return the status of the answer to a form that was accepted."""
    return 200 if htmx else 303


def fields_of(element: Tag) -> dict[str, Any]:
    """Return what a browser would send of ``element`` untouched."""
    fields: dict[str, Any] = {}
    for field in element.select("input[name], textarea[name], select[name]"):
        name = str(field["name"])
        for value in _values(field):
            if name in fields:
                known = fields[name]
                fields[name] = [*(known if isinstance(known, list) else [known]), value]
            else:
                fields[name] = value
    return fields


def names_of(element: Tag) -> set[str]:
    """Return the names of all fields of a form, chosen or not."""
    return {str(f["name"]) for f in element.select("[name]") if f.name != "button"}


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.text.replace("\r\n", "\n").removeprefix("\n")]
    if field.name == "select":
        chosen = field.select("option[selected]") or field.select("option")[:1]
        return [str(option.get("value", option.text)) for option in chosen]
    if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
        return []
    if field.get("type") == "submit":
        return []
    return [str(field.get("value", ""))]


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    """Return the element that the page must have."""
    element = page.select_one(selector)
    assert element is not None, f"the page has no {selector}"
    return element


def check_links(page: BeautifulSoup, selector: str) -> None:
    """Hold each link to what it says: where it leads within the page there is something."""
    ids = {str(element["id"]) for element in page.select("[id]")}
    lost = [link for link in page.select(selector) if str(link["href"])[1:] not in ids]
    assert not lost, f"links to nothing: {lost}"


def check_page(page: BeautifulSoup) -> None:
    """Hold every page to the house rules."""
    headings = page.select("h1")
    assert len(headings) == 1, f"a page has one h1, not {headings}"
    ids = Counter(str(element["id"]) for element in page.select("[id]"))
    doubled = [id_ for id_, count in ids.items() if count > 1]
    assert not doubled, f"duplicate ids: {doubled}"
    check_links(page, "a[href^='#']")
    inline = "script:not([src]), style, [style], [onclick], [hx-on], [data-hx-get]"
    assert not page.select(inline), "no inline code or style"
    for form in page.select("form"):
        assert form.get("action"), f"works without JavaScript: {form}"
        if form.get("method") == "post":
            assert form.select_one("[name=csrf_token]"), "a POST form has its token"
        if "hx-post" in form.attrs:
            assert form["hx-post"] == form["action"], "htmx and the browser post to one place"
    for element in page.select("[hx-get]"):
        assert element.get("href") or element.name == "form", f"works without JavaScript: {element}"
    for attribute in ("hx-put", "hx-delete", "hx-patch"):
        assert not page.select(f"[{attribute}]"), f"{attribute} has no plain HTML equal"
    for label in page.select("label[for]"):
        assert label["for"] in ids, f"a label without its field: {label}"
