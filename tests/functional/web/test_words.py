"""Pages say what things are called here, and nothing else: one thing has one name."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from flask import Flask

from tests.support import pages
from tests.support.cast import Cast
from tests.support.databases import on_sqlite
from tests.support.site import BASE, Site

# Words of others for what has a name here, and where they may stand all the same.
OTHERS_WORDS = re.compile(
    r"\b(members?|patients?|consumers?|users?|exports?|log ?ins?|log ?outs?|rosters?|visits?"
    r"|appointments?|meetings?|amend(ed|ment)?s?|recipients?)\b",
    re.IGNORECASE,
)
ALLOWED = re.compile(
    r"[“ ]an?(other)? member\b"  # the neutral phrase
    r"|\bMember id\b"  # the payer's own number
    r"|\bon the roster\b"
)


@on_sqlite
def test_every_page_uses_our_own_words(app: Flask, cast: Cast, site: Site) -> None:
    found = {}
    for opened in pages.every_page(app, cast):
        window = site.sign_in(getattr(cast, opened.who)) if opened.who else Site(app)
        answer = window.client.get(opened.url, base_url=BASE, follow_redirects=True)
        assert answer.status_code in {200, 404, 409}
        page = BeautifulSoup(answer.text, "html.parser")
        for typed in page.select("textarea, .user-text, input"):
            typed.extract()
        words = ALLOWED.sub("", " ".join(page.text.split()))
        if others := OTHERS_WORDS.findall(words):
            found[opened.url] = others

    assert found == {}
