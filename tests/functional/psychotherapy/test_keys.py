"""Psychotherapy notes rest under a key of their author's, which no client's record shares."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.clients.models import Client
from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.crypto import keyring
from groupnotes.crypto.keyring import KeyDestroyed, KeyRing
from groupnotes.crypto.models import DataKey, KeyScope
from groupnotes.psychotherapy.models import PsychotherapyNote
from tests.support import journey
from tests.support.at_once import at_once
from tests.support.cast import Cast
from tests.support.databases import KEY
from tests.support.site import Site, one

TEXT = "Dreamt of the orchard."


@pytest.fixture
def private(cast: Cast, site: Site) -> uuid.UUID:
    """Fiona's note about Ana, in the browser in which she is signed in."""
    return journey.psychotherapy_note(site.sign_in(cast.fiona), cast.ana, TEXT)


def destroy(app: Flask, owner: uuid.UUID) -> None:
    """Destroy the data key of ``owner``, and forget every key that is open."""
    with app.app_context():
        update = sa.update(DataKey).where(DataKey.owner_id == owner)
        db.session.execute(update.values(wrapped=None, destroyed_at=clock.now()))
        db.session.commit()
        keyring.bind(db.engine, KeyRing(KEY))


def key_of(app: Flask, note_id: uuid.UUID) -> DataKey:
    with app.app_context():
        note = db.session.get_one(PsychotherapyNote, note_id)
        return db.session.get_one(DataKey, note.data_key)


class TestTheKey:
    def test_it_is_the_authors_and_one_for_all_their_notes(
        self, app: Flask, cast: Cast, site: Site, private: uuid.UUID
    ) -> None:
        another = journey.psychotherapy_note(site, cast.ben, "More.")
        carls = journey.psychotherapy_note(site.sign_in(cast.carl), cast.ana, "Mine.")

        keys = [key_of(app, note_id) for note_id in (private, another, carls)]

        assert [key.owner_id for key in keys] == [cast.fiona, cast.fiona, cast.carl]
        assert {key.scope for key in keys} == {KeyScope.AUTHOR}
        assert keys[0].number == keys[1].number != keys[2].number

    def test_two_first_notes_at_one_moment_share_it(self, app: Flask, cast: Cast) -> None:
        window = Site(app).sign_in(cast.fiona)
        windows = [window, window.window()]

        at_once(*(lambda w=w: journey.psychotherapy_note(w, cast.ana, TEXT) for w in windows))

        with app.app_context():
            notes = db.session.scalars(sa.select(PsychotherapyNote)).all()
            assert len(notes) == 2
            assert len({note.data_key for note in notes}) == 1

    def test_without_the_clients_key_the_note_still_opens(
        self, app: Flask, cast: Cast, site: Site, private: uuid.UUID
    ) -> None:
        destroy(app, cast.ana)

        page = site.get(f"/psychotherapy-notes/{private}")

        assert one(page, "#text").text.strip() == TEXT
        assert "A client whose record was destroyed" in one(page, ".page-head").text
        site.submit(page, "#psychotherapy-note", text="Go on.")
        site.get(f"/clients/{cast.ana}/psychotherapy-notes")
        assert "A client whose record was destroyed" in site.get("/psychotherapy-notes/").text

    def test_without_the_authors_key_it_is_gone_and_the_record_is_not(
        self, app: Flask, cast: Cast, site: Site, private: uuid.UUID
    ) -> None:
        destroy(app, cast.fiona)

        page = site.get(f"/psychotherapy-notes/{private}", status=500)

        assert "orchard" not in page.text
        with app.app_context():
            with pytest.raises(KeyDestroyed):
                _ = db.session.get_one(PsychotherapyNote, private).text
            assert db.session.get_one(Client, cast.ana).first_name == "Ana"


class TestTheRow:
    @pytest.mark.parametrize("column", ["author_id", "client_id"])
    def test_no_hand_makes_it_another_persons(
        self, app: Flask, cast: Cast, private: uuid.UUID, column: str
    ) -> None:
        other = {"author_id": cast.carl, "client_id": cast.ben}[column]

        with app.app_context(), pytest.raises(sa.exc.DBAPIError, match="stays its author"):
            db.session.execute(sa.update(PsychotherapyNote).values({column: other}))
