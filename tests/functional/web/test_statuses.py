"""A page for every error, whatever its number, and in it nothing that a program says to itself."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.exceptions import default_exceptions

from groupnotes.core import errors
from groupnotes.core.errors import DomainError, Invalid
from tests.support import failing
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.site import BASE, HTMX, Site, check_page, one

TODAY = "reports.today"
SENTENCE = "Choose another day."
# What programs say to each other, and no sentence of ours does.
INNARDS = re.compile(
    r"Traceback|File \"|, line \d|\.py\b|\w(?:Error|Exception|Entity)\b|object at 0x|\bNone\b"
    r"|werkzeug|flask|sqlalchemy|psycopg|sqlite|SELECT|INSERT|URI\b|header|server\b",
    re.IGNORECASE,
)
both = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


def refusals() -> list[DomainError]:
    """Return one of every failure that the domain expects."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    return [
        kind({"field": SENTENCE}) if kind is Invalid else kind(SENTENCE)
        for kind in kinds
        if issubclass(kind, DomainError)
        if kind is not DomainError
    ]


def answer_to(app: Flask, site: Site, error: Exception, headers: dict[str, str]) -> tuple[int, str]:
    """Have a page fail; return the status, and the sentence that its reader gets."""
    failing.crash(app, TODAY, error)
    answer = site.client.get("/", base_url=BASE, headers=headers)
    page = BeautifulSoup(answer.text, "html.parser")
    if not headers:
        check_page(page)
    return answer.status_code, one(page, "main .lead" if not headers else ".message").text.strip()


@on_sqlite
class TestEveryError:
    @both
    @pytest.mark.parametrize("status", sorted(default_exceptions))
    def test_its_page_is_in_our_own_words(
        self, app: Flask, cast: Cast, site: Site, status: int, headers: dict[str, str]
    ) -> None:
        got, text = answer_to(app, site.sign_in(cast.fiona), default_exceptions[status](), headers)

        assert got == status
        assert len(text) > 20
        assert not INNARDS.search(text), text

    @both
    @pytest.mark.parametrize("refusal", refusals(), ids=lambda refusal: type(refusal).__name__)
    def test_what_is_refused_says_why(
        self, app: Flask, cast: Cast, site: Site, refusal: DomainError, headers: dict[str, str]
    ) -> None:
        got, text = answer_to(app, site.sign_in(cast.fiona), refusal, headers)

        assert 400 <= got < 500
        assert SENTENCE in text
        assert not INNARDS.search(text), text
