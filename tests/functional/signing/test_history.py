"""What a supervisor returned stays to be read: by its author and by who supervises them."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from groupnotes.audit.tags import Outcome, Tag
from groupnotes.core.db import db
from groupnotes.signing.models import NoteEntry, Signature
from tests.support import journey
from tests.support.cast import Cast
from tests.support.events import events, last
from tests.support.faults import as_owner
from tests.support.review import COMMENT, ENTRY, add, co_sign, return_entry, return_note
from tests.support.site import BASE, Site, one

FIRST = "Try it once before the next session."


@pytest.fixture
def returned(site: Site, sam: Site, note_id: uuid.UUID) -> uuid.UUID:
    """Ana's note, returned by Sam and written anew, not signed again."""
    return_note(sam, note_id)
    journey.write(site, note_id, plan="One diary card each day.")
    return note_id


def history(site: Site, note_id: uuid.UUID, *, signed: bool = False) -> BeautifulSoup:
    """Open what was returned by way of the note's page, which leads there."""
    page = site.get(f"/notes/{note_id}{'/signed' if signed else ''}")
    return site.get(str(one(page, "a[href$='/history']")["href"]))


class TestANote:
    @pytest.mark.parametrize("who", ["fiona", "sam"])
    def test_what_was_signed_is_shown_with_who_withdrew_it_and_why(
        self, app: Flask, cast: Cast, returned: uuid.UUID, who: str
    ) -> None:
        page = history(Site(app).sign_in(getattr(cast, who)), returned)

        text = one(page, "main").text
        assert FIRST in text
        assert "One diary card each day." not in text
        assert COMMENT in text
        assert "Electronically signed by Fiona Field, LCSW" in text
        assert "Withdrawn by Sam Summers" in text
        assert "Verified" in text

    def test_it_stays_when_the_note_is_signed_and_returned_again(
        self, site: Site, sam: Site, returned: uuid.UUID
    ) -> None:
        journey.sign(site, returned)
        return_note(sam, returned, comment="Which skill?")
        journey.write(site, returned, plan="A diary card for the skill STOP.")
        journey.sign(site, returned)
        co_sign(sam)

        articles = history(site, returned, signed=True).select("article")

        assert [COMMENT in articles[0].text, "Which skill?" in articles[1].text] == [True, True]
        assert [FIRST in articles[0].text, "One diary card each day." in articles[1].text] == [
            True,
            True,
        ]
        assert len(articles) == 2

    def test_the_supervisor_is_led_there_from_the_queue(
        self, site: Site, sam: Site, returned: uuid.UUID
    ) -> None:
        journey.sign(site, returned)

        assert one(sam.get("/cosign"), f"a[href='/notes/{returned}/history']")

    @pytest.mark.parametrize("who", ["carl", "olga", "finn", "rita", "adam"])
    def test_nobody_else_learns_of_it(
        self, app: Flask, cast: Cast, returned: uuid.UUID, who: str
    ) -> None:
        answer = (
            Site(app)
            .sign_in(getattr(cast, who))
            .client.get(f"/notes/{returned}/history", base_url=BASE)
        )

        assert answer.status_code in {403, 404}
        assert COMMENT not in answer.text

    def test_reading_it_is_recorded(
        self, app: Flask, cast: Cast, site: Site, returned: uuid.UUID
    ) -> None:
        since = last(app)

        history(site, returned)

        [read] = [e for e in events(app, after=since) if e.tag == Tag.HISTORY_READ]
        assert (read.actor_id, read.client_id, read.object_id) == (cast.fiona, cast.ana, returned)

    def test_one_that_was_never_returned_says_so(self, site: Site, note_id: uuid.UUID) -> None:
        page = site.get(f"/notes/{note_id}/history")

        assert "Nothing of this note was returned." in page.text

    @pytest.mark.parametrize("column", ["content_sealed", "digest", "signature"])
    def test_an_altered_one_says_so_and_the_administrator_is_told(
        self, app: Flask, cast: Cast, site: Site, returned: uuid.UUID, column: str
    ) -> None:
        as_owner(app)
        with app.app_context():
            [old] = db.session.execute(sa.select(getattr(Signature, column))).scalars()
            new = old[:-1] + bytes([old[-1] ^ 1])
            db.session.execute(sa.update(Signature).values({column: new}))
            db.session.commit()

        text = history(site, returned).text

        assert "cannot be read" in text or "This is not what was signed." in text
        assert "Verified" not in text
        failed = [e for e in events(app) if e.outcome is Outcome.FAILED]
        assert {e.object_id for e in failed} == {returned}
        told = one(Site(app).sign_in(cast.adam).get("/"), "[aria-labelledby=alarms-title]").text
        assert str(returned) in told


class TestAnEntry:
    def test_what_was_added_and_returned_is_shown_too(
        self, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add(site, locked)
        return_entry(sam, locked)

        text = one(history(site, locked, signed=True), "main").text

        assert ENTRY["text"] in text
        assert COMMENT in text
        assert "Verified" in text

    def test_an_altered_one_says_so(
        self, app: Flask, site: Site, sam: Site, locked: uuid.UUID
    ) -> None:
        add(site, locked)
        return_entry(sam, locked)
        as_owner(app)
        with app.app_context():
            db.session.execute(sa.update(NoteEntry).values(digest=b"0" * 32))
            db.session.commit()

        assert "This is not what was signed." in history(site, locked, signed=True).text
