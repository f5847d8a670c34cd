"""What is added to a locked note while somebody else says that it was entered in error."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from flask import Flask

from groupnotes.accounts import passwords
from tests.support import journey
from tests.support.cast import Cast
from tests.support.factories import PASSWORD
from tests.support.rows import at_rest
from tests.support.site import Site

ENTRY = {"kind": "addendum", "reason": "She called.", "text": "It helped.", "password": PASSWORD}
WRONG = {"reason": "It is of another client", "text": "It is.", "password": PASSWORD}


@pytest.fixture
def note_id(cast: Cast, site: Site) -> uuid.UUID:
    return journey.signed_note(site.sign_in(cast.fiona), cast)


def test_an_addendum_that_came_too_late_is_not_signed(
    app: Flask, cast: Cast, site: Site, note_id: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = Site(app).sign_in(cast.sam)
    retraction = sam.get(f"/notes/{note_id}/entered-in-error")
    page = site.get(f"/notes/{note_id}/entries/new")
    hashed, seen = passwords.matches, threading.Event()

    def retract() -> None:
        sam.submit(retraction, "#in-error-form", status=303, fill=WRONG)

    def matches(*given: Any) -> bool:
        # No transaction is open while a password is hashed: another request goes first.
        if not seen.is_set():
            seen.set()
            other = threading.Thread(target=retract)
            other.start()
            other.join()
        return hashed(*given)

    monkeypatch.setattr(passwords, "matches", matches)
    answer = site.submit(page, "#entry-form", status=409, fill=ENTRY)

    assert "entered in error meanwhile" in answer.text
    assert len(at_rest(app)["note_entries"]) == 1


def test_a_form_that_is_sent_again_with_other_words_is_not_taken_for_the_first(
    app: Flask, site: Site, note_id: uuid.UUID
) -> None:
    page = site.get(f"/notes/{note_id}/entries/new")
    site.submit(page, "#entry-form", status=303, fill=ENTRY)

    answer = site.submit(page, "#entry-form", status=409, fill=ENTRY | {"text": "More of it."})

    assert "signed before, with other words" in answer.text
    assert "More of it." in answer.text
    assert len(at_rest(app)["note_entries"]) == 1
