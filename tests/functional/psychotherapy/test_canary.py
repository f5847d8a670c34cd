"""No word of a psychotherapy note is anywhere but on its own page, for its originator."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from groupnotes.core.db import db
from groupnotes.psychotherapy.models import PsychotherapyNote
from tests.support import canaries
from tests.support.authorization import CASES, WHO
from tests.support.planted import Planted
from tests.support.site import BASE, HTMX
from tests.support.worlds import planted_on_sqlite

OWN_PAGES = {"psychotherapy.note"}


def words(planted: Planted) -> set[str]:
    """Return every text that was typed in a psychotherapy note, kept or replaced since."""
    typed = planted.canaries.typed
    return {one.text for one in typed if one.field[0].startswith("psychotherapy.")}


# Who sends these is signed in no more, or otherwise.
ENDING = {"accounts.sign_out", "accounts.sign_in", "accounts.change_password"}


def pages(planted: Planted, method: str = "GET") -> Iterator[tuple[str, str]]:
    """Yield the endpoint and the address of every route, about what the notes are about."""
    adapter = planted.app.url_map.bind("localhost")
    for case in CASES:
        if case.method == method:
            address = case.address(case.objects(planted.world, "own"))
            yield adapter.match(address, method=method)[0], address


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_no_page_shows_it_to_anyone_but_its_originator(
    planted: Planted, who: str, htmx: bool
) -> None:
    secret, shown = words(planted), set()
    headers = HTMX if htmx else {}

    for endpoint, address in pages(planted):
        answer = planted.site(who).client.get(address, headers=headers, base_url=BASE)
        answer.get_data()
        answer.close()
        told = canaries.found(secret, answer.data + str(answer.headers).encode())
        if told:
            shown.add(endpoint)

    assert len(secret) > 2
    assert shown == (OWN_PAGES if who == "fiona" else set())


@planted_on_sqlite
@pytest.mark.parametrize("who", [who for who in WHO if who != "nobody"])
@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_no_form_that_is_sent_is_answered_with_it(planted: Planted, who: str, htmx: bool) -> None:
    secret, site, answered = words(planted), planted.site(who), set()
    headers, token = HTMX if htmx else {}, site.token()

    for endpoint, address in pages(planted, "POST"):
        of_hers = who == "fiona" and endpoint.startswith("psychotherapy.")
        if endpoint in ENDING or of_hers:
            continue
        data = {"csrf_token": token, "q": "", "version": "1"}
        answer = site.client.post(address, data=data, headers=headers, base_url=BASE)
        answered.add(answer.status_code)
        assert not canaries.found(secret, answer.data + str(answer.headers).encode()), address

    assert 400 not in answered  # no token was refused
    assert answered & {403, 404}


def test_no_search_finds_it(planted: Planted) -> None:
    for who in ("fiona", "carl", "sam", "rita"):
        site = planted.site(who)
        for word in words(planted):
            data = {"csrf_token": site.token(), "q": word}
            page = site.post("/clients/", data, status=200, htmx=True)
            assert "0 found by name." in page.text


@pytest.mark.parametrize("who", ["fiona", "rita", "sam"])
def test_no_released_record_holds_it(planted: Planted, who: str) -> None:
    record = f"/notes/{planted.ids['signed']}/record.pdf"

    answer = planted.site(who).client.get(record, base_url=BASE)

    assert answer.status_code in {200, 404}
    assert not canaries.found(words(planted), answer.data)


def test_the_database_holds_it_as_ciphertext_alone(planted: Planted) -> None:
    with planted.app.app_context():
        notes = db.session.scalars(sa.select(PsychotherapyNote)).all()
        opened = " ".join(note.text for note in notes)
        sealed = b"".join(note.text_sealed for note in notes)
        database = db.engine.url.database or ""

    assert canaries.found(words(planted), opened.encode())
    assert not canaries.found(words(planted), sealed)
    if database.endswith(".sqlite3"):
        for tail in ("", "-wal"):
            with open(database + tail, "rb") as file:  # noqa: PTH123
                assert not canaries.found(words(planted), file.read())
