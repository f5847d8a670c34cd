"""Who is compared: the application, and the floor that stands on the driver alone."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask

from groupnotes.accounts import passwords, vouched
from groupnotes.accounts.models import SignIn
from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.crypto import wrapping
from groupnotes.crypto.keyring import ring
from groupnotes.crypto.models import DataKey, PracticeKey
from tests.bench.browser import Browser
from tests.bench.copies import driver_address
from tests.bench.floor.asking import Person
from tests.bench.floor.sealing import Keys
from tests.bench.floor.store import open_store
from tests.bench.history import Work
from tests.support.databases import KEY, application


class Application:
    """The application on its own copy, warm, with its author signed in."""

    def __init__(self, url: str, work: Work) -> None:
        self.app: Flask = application(url)
        self.browser = Browser(self.app, work.token)
        with self.app.app_context():
            ring().load(db.session.scalars(sa.select(DataKey.number)))
            db.session.rollback()

    def refresh(self) -> None:
        """Let the sign-in be young, as at the start of a day."""
        with self.app.app_context():
            row = db.session.scalars(sa.select(SignIn)).one()
            row.created_at = row.last_seen_at = clock.now()
            row.seal = vouched.seal_of_sign_in(row)
            db.session.commit()
            db.session.remove()

    def close(self) -> None:
        """Let go of the database."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


class Floor:
    """The driver on its own copy, with every data key opened."""

    def __init__(self, url: str, work: Work) -> None:
        app = application(url)
        with app.app_context():
            sign_in_id = db.session.scalars(sa.select(SignIn.id)).one()
            root = _root()
            index_key, head_key = (
                HKDF(SHA256(), 32, salt=None, info=info).derive(root)
                for info in (b"groupnotes blind index v1", b"groupnotes audit head v1")
            )
            self.keys = Keys(_keys(root), index_key, head_key)
            db.session.remove()
            db.engine.dispose()
        self.store = open_store(driver_address(url))
        today = clock.now().date()
        self.who = Person(work.author.hex, sign_in_id.hex, _stored(today, url))

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()


def leave_hashing_out() -> None:
    """Take every password for the right one: a hash is slow on purpose and hides the rest."""
    passwords.matches = lambda stored, password: True


def _root() -> bytes:
    [(wrapped, check)] = db.session.execute(sa.select(PracticeKey.wrapped, PracticeKey.check_value))
    return wrapping.unwrap(KEY, wrapped, check, "practice key")


def _keys(root: bytes) -> dict[int, bytes]:
    rows = db.session.execute(sa.select(DataKey.number, DataKey.wrapped, DataKey.check_value))
    return {
        number: wrapping.unwrap(root, key or b"", check, f"data key {number}")
        for number, key, check in rows
    }


def _stored(day: dt.date, url: str) -> dt.date | str:
    return day.isoformat() if url.startswith("sqlite") else day
