"""Every form of every page: what is no character is refused, what nobody typed is not shown."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag
from flask import Flask

from groupnotes.web.typed import typed_words
from tests.support.cast import Cast
from tests.support.pages import Opened, every_page
from tests.support.rows import at_rest
from tests.support.site import Site, fields_of

CHARACTERS = ("\0", "\udc80")
NOT_TYPED = {"hidden", "checkbox", "radio", "submit"}


def forms(site: Site, opened: Opened) -> Iterator[Tag]:
    """Yield the forms of a page, unless it leads to another."""
    answer = site.client.get(opened.url, base_url="https://localhost")
    if answer.status_code == 200:
        yield from site.get(opened.url).select("form[method=post]")


def typed_in(form: Tag) -> list[str]:
    """Return the names of the fields that one types in."""
    fields = form.select("input[name], textarea[name]")
    return [str(field["name"]) for field in fields if field.get("type") not in NOT_TYPED]


def test_what_is_no_character_is_refused_in_every_field(app: Flask, cast: Cast) -> None:
    pages = every_page(app, cast)
    sites: dict[str | None, Site] = {None: Site(app)}
    for who in {page.who for page in pages if page.who is not None}:
        sites[who] = Site(app).sign_in(getattr(cast, who))
    before = at_rest(app)
    tried: set[tuple[str, str]] = set()

    for page in pages:
        for form in forms(sites[page.who], page):
            for name in typed_in(form):
                action = str(form["action"])
                if (action, name) in tried:
                    continue
                tried.add((action, name))
                for character in CHARACTERS:
                    sent = fields_of(form) | {name: f"a{character}b"}
                    sites[page.who].post(action, sent, status=422)

    assert at_rest(app) == before
    assert len(tried) > 80


def test_what_a_page_hides_is_not_called_typed(app: Flask, cast: Cast) -> None:
    pages = every_page(app, cast)
    sites: dict[str | None, Site] = {None: Site(app)}
    for who in {page.who for page in pages if page.who is not None}:
        sites[who] = Site(app).sign_in(getattr(cast, who))

    hidden = {
        str(field["name"])
        for page in pages
        for form in forms(sites[page.who], page)
        for field in form.select("input[type=hidden]")
    }

    assert {"seen", "key", "returned", "revision", "version"} <= hidden
    with app.test_request_context(method="POST", data=dict.fromkeys(hidden, "0" * 64)):
        assert typed_words() == []
