"""A draft follows its group note, and shows what changed in it since the draft was written."""

from __future__ import annotations

import uuid

import pytest

from tests.support import journey
from tests.support.cast import Cast
from tests.support.site import Site, one


@pytest.fixture
def annies(cast: Cast, site: Site) -> uuid.UUID:
    """Annie's note, which was written before the group note changed."""
    journey.document(site.sign_in(cast.fiona), cast, dynamics="The group was quiet.")
    note = journey.note_of(site, cast, "Annie")
    journey.write(site, note)
    return note


def revise(site: Site, cast: Cast, text: str) -> None:
    page = site.get(f"/sessions/{cast.session}")
    site.submit(page, "#session-form", dynamics=text)


def test_it_shows_what_changed_until_it_is_written_again(
    cast: Cast, site: Site, annies: uuid.UUID
) -> None:
    assert not site.get(f"/notes/{annies}").select("#group-note-changed")

    revise(site, cast, "The group was lively.")

    changed = one(site.get(f"/notes/{annies}"), "#group-note-changed")
    assert [gone.text for gone in changed.select("del")] == ["removed: quiet"]
    assert [new.text for new in changed.select("ins")] == ["added: lively"]
    journey.write(site, annies, response="Heard what the others said of it.")
    assert not site.get(f"/notes/{annies}").select("#group-note-changed")


def test_all_that_changed_meanwhile_is_one_change(
    cast: Cast, site: Site, annies: uuid.UUID
) -> None:
    revise(site, cast, "The group was loud.")
    revise(site, cast, "The group was lively.")

    changed = one(site.get(f"/notes/{annies}"), "#group-note-changed")

    assert "loud" not in changed.text
    assert [gone.text for gone in changed.select("del")] == ["removed: quiet"]
