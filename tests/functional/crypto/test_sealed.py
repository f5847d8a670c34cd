"""Sealed columns of rows: text is opened when it is read, and only then."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.clients.models import Client
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.crypto.blob import CannotOpen
from groupnotes.crypto.sealed import Sealed
from tests.support import factories


@pytest.fixture(autouse=True)
def _inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def client() -> Client:
    made = factories.client(first_name="Ana", last_name="Alvarez", phone="518-555-0101")
    db.session.commit()
    return made


def at_rest(column: str) -> bytes | None:
    """Return what one column of the only client holds in the database."""
    value: bytes | None = db.session.scalar(sa.text(f"SELECT {column} FROM clients"))
    return value


class TestWriting:
    def test_the_text_never_rests_in_the_database(self, client: Client) -> None:
        assert b"Ana" not in (at_rest("first_name") or b"")

    def test_what_is_not_there_stays_away(self, client: Client) -> None:
        assert at_rest("email") is None
        assert client.email is None

    def test_empty_text_is_there(self, client: Client) -> None:
        client.email = ""
        db.session.commit()

        assert at_rest("email") is not None
        assert client.email == ""

    def test_text_can_be_taken_away(self, client: Client) -> None:
        client.phone = None
        db.session.commit()

        assert at_rest("phone") is None

    @pytest.mark.parametrize("known", [{}, {"id": new_id()}, {"data_key": 1}])
    def test_a_row_without_id_and_key_cannot_seal(self, known: dict[str, object]) -> None:
        with pytest.raises(TypeError, match="give id and data_key before first_name"):
            Client(**known, first_name="Ana")


class TestReading:
    def test_loading_a_row_opens_nothing(self, client: Client) -> None:
        last_name = at_rest("last_name")
        db.session.execute(sa.update(Client).values(first_name_sealed=last_name))
        db.session.expire_all()

        loaded = db.session.scalars(sa.select(Client)).one()

        assert loaded.last_name == "Alvarez"
        with pytest.raises(CannotOpen, match=f"clients.first_name of {client.id}"):
            _ = loaded.first_name

    def test_reading_twice_checks_twice(self, client: Client) -> None:
        assert client.first_name == "Ana"
        client.first_name_sealed = client.last_name_sealed

        with pytest.raises(CannotOpen):
            _ = client.first_name

    def test_empty_bytes_are_no_empty_text(self, client: Client) -> None:
        client.first_name_sealed = b""

        with pytest.raises(CannotOpen):
            _ = client.first_name

    def test_the_class_gives_the_attribute_itself(self) -> None:
        assert isinstance(Client.first_name, Sealed)
