"""What a person typed is text wherever it is shown: it never becomes part of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from groupnotes.core.db import db
from tests.support import faults, pdf
from tests.support.canaries import Canaries, names_of_text
from tests.support.databases import fresh_database, on_database
from tests.support.forms import every_form, every_page
from tests.support.planted import Planted, plant
from tests.support.site import BASE, HTMX, Site, check_page

# Ends an attribute and a tag, begins another that htmx would obey, and looks like a hole of a
# stencil. Names share no word with it: else a group note with it would name somebody.
TAIL = "\"'><b hx-get=/>{who}"
TAIL_OF_NAMES = "\"'><u>&lt;{0}"
WORD = re.compile("qxzjkvwp[a-z]{8}")
# Words that were kept are shown as they were found, in quotation marks.
WHOLE = re.compile(f"{WORD.pattern}(?:{re.escape(TAIL)}|{re.escape(TAIL_OF_NAMES)}|@|”)")


@pytest.fixture(scope="module", params=["sqlite"])
def hostile(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Planted]:
    """A practice in which every text would like to be more than a text."""
    with fresh_database(request, tmp_path_factory.mktemp("hostile")) as url:
        app = on_database(url)
        yield plant(app, canaries=Canaries(app, TAIL, TAIL_OF_NAMES))
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def words_in(page: BeautifulSoup) -> int:
    """Count what was typed on a page; each text is whole, and nothing of it became an element."""
    assert not page.select("b[hx-get], u")
    for mark in page.select("mark"):  # what a check found in a text is a part of it
        mark.unwrap()
    page.smooth()
    values = [str(text) for text in page.find_all(string=True)]
    for element in page.select("*"):
        values += [str(value) for value in element.attrs.values()]
    broken = [value for value in values if len(WORD.findall(value)) != len(WHOLE.findall(value))]
    assert not broken, broken
    return sum(len(WORD.findall(value)) for value in values)


def refusals(hostile: Planted, headers: dict[str, str]) -> Iterator[TestResponse]:
    """Send each form, newly filled, so that nothing comes of it: everything typed comes back."""
    stranger = Site(hostile.app)
    for form in every_form(hostile):
        names = names_of_text(form.element)
        if form.method != "post" or form.action == "/sign-in" or not names:
            continue
        site = hostile.site(form.who)
        typed = form.untouched | hostile.canaries.fill(form.element, form.action, {})
        yield stranger.send(form.action, typed, headers=headers)
        yield site.send(form.action, typed | {names[0]: "\0"}, headers=headers)
        with faults.refusing(hostile.app, "INSERT", "audit_events"):
            yield site.send(form.action, typed, headers=headers)
        if "version" in typed:
            yield site.send(form.action, typed | {"version": "0"}, headers=headers)


class TestWhatIsShown:
    def test_it_is_whole_and_only_text_on_every_page(self, hostile: Planted) -> None:
        shown = 0
        pages = list(every_page(hostile))
        # A supervisor reads in other words what its author may still write.
        for who, address in pages + [("sam", address) for _, address in pages]:
            answer = hostile.site(who).client.get(address, base_url=BASE)
            if answer.mimetype == "text/html" and answer.status_code == 200:
                page = BeautifulSoup(answer.text, "html.parser")
                check_page(page)
                shown += words_in(page)

        assert shown > 500

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
    def test_so_it_is_where_a_form_is_refused(
        self, hostile: Planted, headers: dict[str, str]
    ) -> None:
        statuses = Counter[int]()
        for answer in refusals(hostile, headers):
            if words_in(BeautifulSoup(answer.text, "html.parser")):
                statuses[answer.status_code] += 1

        assert statuses[422] > 12
        assert headers or min(statuses[status] for status in (401, 409, 500)) > 4, statuses

    def test_what_stands_in_a_note_is_kept_from_htmx(self, hostile: Planted) -> None:
        typed = hostile.canaries.typed
        prose = {one.text for one in typed if one.field[0] in {"notes.save", "notes.document"}}
        shown = 0
        for who, address in every_page(hostile):
            answer = hostile.site(who).client.get(address, base_url=BASE)
            page = BeautifulSoup("" if answer.data[:4] == b"%PDF" else answer.text, "html.parser")
            for text in page.find_all(
                string=lambda text: bool(text) and str(text).strip() in prose
            ):
                field = text.find_parent("textarea")
                assert field or text.find_parent(attrs={"hx-ignore": True}), f"{address}: {text}"
                shown += field is None

        assert shown > 20

    def test_so_it_is_in_a_record(self, hostile: Planted) -> None:
        address = f"/notes/{hostile.ids['signed']}/record.pdf"
        answer = hostile.site("fiona").client.get(address, base_url=BASE)

        text = "".join(pdf.flowing(answer.data).split())
        whole = re.compile(WHOLE.pattern.replace(r"\ ", ""))
        assert len(WORD.findall(text)) > 20
        assert len(whole.findall(text)) == len(WORD.findall(text))
