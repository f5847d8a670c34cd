"""A note that is signed after the practice's limit says so by itself, with the delay."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from groupnotes.core import clock
from tests.support import journey, pdf
from tests.support.cast import Cast
from tests.support.site import BASE, Site, one

LATE = "4 business days after the session"


def signed_on(site: Site, cast: Cast, day: int) -> uuid.UUID:
    """Sign Ana's note of Tuesday, March 3, on some later day of that month."""
    with clock.pinned(dt.datetime(2026, 3, day, 23, 45, tzinfo=dt.UTC)):
        return journey.signed_note(site.sign_in(cast.fiona), cast)


def read(site: Site, cast: Cast, note_id: uuid.UUID) -> tuple[str, str]:
    """Return the page of a signed note and its record."""
    page = site.sign_in(cast.fiona).get(f"/notes/{note_id}/signed").text
    answer = site.client.get(f"/notes/{note_id}/record.pdf", base_url=BASE)
    return page, pdf.flowing(answer.data)


@pytest.mark.parametrize("day", [3, 4, 6])
def test_in_time_it_says_nothing(cast: Cast, site: Site, day: int) -> None:
    page, record = read(site, cast, signed_on(site, cast, day))

    assert "Late entry" not in page
    assert "Late entry" not in record


def test_later_it_says_by_how_much(cast: Cast, site: Site) -> None:
    page, record = read(site, cast, signed_on(site, cast, 9))

    assert f"Late entry: it was signed {LATE}. The practice allows 3." in page
    assert f"Late entry Signed {LATE} (limit 3)" in record


def test_its_signer_is_told_before(cast: Cast, site: Site) -> None:
    with clock.pinned(dt.datetime(2026, 3, 9, 23, tzinfo=dt.UTC)):
        journey.document(site.sign_in(cast.fiona), cast)
        note_id = journey.note_of(site, cast, "Annie")
        journey.write(site, note_id)

        assert LATE in site.get(f"/notes/{note_id}/sign").text


def test_the_practice_sets_the_limit(cast: Cast, site: Site) -> None:
    page = site.sign_in(cast.adam).get("/practice/edit")
    assert one(page, "#sign_within")["value"] == "3"
    site.submit(page, "#practice-form", fill={"sign_within": "5"})

    shown, record = read(site, cast, signed_on(site, cast, 9))

    assert "Late entry" not in shown + record


@pytest.mark.parametrize("typed", ["0", "91", "three", ""])
def test_a_limit_that_is_none_is_refused_and_kept(cast: Cast, site: Site, typed: str) -> None:
    page = site.sign_in(cast.adam).get("/practice/edit")

    page = site.submit(page, "#practice-form", status=422, fill={"sign_within": typed})

    assert "Type a number from 1 to 90." in page.text
    assert one(page, "#sign_within").get("value", "") == typed
