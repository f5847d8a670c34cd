"""The practice's keys, opened when they are first needed.

key-encryption key (outside the database) > practice root key > data keys, one
random key for each client, each group, and one for the rest.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import unicodedata
import uuid
from collections.abc import Iterable
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.orm import Session

from groupnotes.core import clock
from groupnotes.core.db import Question, db
from groupnotes.crypto import blob, wrapping
from groupnotes.crypto.models import DataKey, KeyScope, PracticeKey

PRACTICE_KEY = 1  # the number of the data key for what belongs to no client and no group

_RINGS: WeakKeyDictionary[sa.Engine, KeyRing] = WeakKeyDictionary()
_FIND = sa.select(
    DataKey.number, DataKey.generation, DataKey.wrapped, DataKey.check_value, DataKey.destroyed_at
)
_ROOTS = sa.select(PracticeKey.generation, PracticeKey.wrapped, PracticeKey.check_value)


class KeyDestroyed(blob.CannotOpen):
    """The data key was destroyed on purpose; what it sealed is gone for good."""


class KeyRing:
    """The opened keys of one database."""

    def __init__(self, key_encryption_key: bytes) -> None:
        self._kek = key_encryption_key
        self._roots: dict[int, bytes] = {}
        self._ciphers: dict[int, AESGCM] = {}
        self._index_key = b""
        self._lock = threading.Lock()

    def seal(self, number: int, place: blob.Place, row: uuid.UUID, text: str) -> bytes:
        """Return ``text`` sealed for one row and column under data key ``number``."""
        cipher = self._ciphers.get(number) or self._cipher(number)
        return blob.seal(cipher, number, place, row, text.encode())

    def open(self, place: blob.Place, row: uuid.UUID, sealed: bytes) -> str:
        """Return the text in ``sealed``; raise CannotOpen if it was altered or moved."""
        number = blob.key_number(sealed)
        cipher = self._ciphers.get(number) or self._cipher(number)
        return blob.open_(cipher, place, row, sealed).decode()

    def load(self, numbers: Iterable[int]) -> None:
        """Open the data keys ``numbers`` with at most one question to the database."""
        missing = set(numbers) - self._ciphers.keys()
        if missing:
            self._open_keys(db.session(), _FIND.where(DataKey.number.in_(missing)))

    def blind_index(self, column: str, value: str) -> bytes:
        """Return a keyed fingerprint by which equal values of ``column`` are found.

        Only for identifiers that are unique by nature (sign-in name, MRN): an
        index over anything else tells who shares a value.
        """
        if not self._index_key:
            root = self._root(db.session(), max(self._all_roots(db.session())))
            derive = HKDF(SHA256(), 32, salt=None, info=b"groupnotes blind index v1")
            self._index_key = derive.derive(root)
        folded = unicodedata.normalize("NFKC", value).casefold().strip()
        return hmac.digest(self._index_key, f"{column}\0{folded}".encode(), hashlib.sha256)

    def add_root(self, session: Session) -> None:
        """Make the first practice root key and the data key of the practice itself."""
        root = wrapping.new_key()
        session.add(
            PracticeKey(
                generation=1,
                wrapped=wrapping.wrap(self._kek, root),
                check_value=wrapping.check_value(root),
                created_at=clock.now(),
            )
        )
        session.flush()
        self._roots[1] = root
        self.add_data_key(session, KeyScope.PRACTICE, None)

    def add_data_key(self, session: Session, scope: KeyScope, owner: uuid.UUID | None) -> int:
        """Make the data key of ``owner``; return its number."""
        generation = max(self._all_roots(session))
        key = wrapping.new_key()
        number = PRACTICE_KEY if scope is KeyScope.PRACTICE else _new_number(session)
        session.add(
            DataKey(
                number=number,
                scope=scope,
                owner_id=owner,
                generation=generation,
                wrapped=wrapping.wrap(self._root(session, generation), key),
                check_value=wrapping.check_value(key),
                created_at=clock.now(),
            )
        )
        session.flush()
        return number

    def verify(self, session: Session) -> int:
        """Open every root key; return how many there are. Raise WrongKey for a foreign key."""
        return len(self._all_roots(session))

    def _cipher(self, number: int) -> AESGCM:
        self._open_keys(db.session(), _FIND.where(DataKey.number == number))
        try:
            return self._ciphers[number]
        except KeyError:
            raise blob.CannotOpen(f"there is no data key {number}") from None

    def _open_keys(self, session: Session, query: Question) -> None:
        for number, generation, wrapped, check, destroyed_at in session.execute(query).all():
            if destroyed_at is not None or wrapped is None:
                raise KeyDestroyed(f"data key {number} was destroyed")
            root = self._root(session, generation)
            key = wrapping.unwrap(root, wrapped, check, f"data key {number}")
            self._ciphers[number] = AESGCM(key)

    def _root(self, session: Session, generation: int) -> bytes:
        if generation not in self._roots:
            self._all_roots(session)
        return self._roots[generation]

    def _all_roots(self, session: Session) -> dict[int, bytes]:
        with self._lock:
            if not self._roots:
                for generation, wrapped, check in session.execute(_ROOTS).all():
                    what = f"practice key {generation}"
                    self._roots[generation] = wrapping.unwrap(self._kek, wrapped, check, what)
            return self._roots


def _new_number(session: Session) -> int:
    """Return an unused random number.

    Never the next one in a row: a process that had opened the key of a
    transaction that was rolled back would seal with it under a number that
    someone else got.
    """
    while True:
        number = secrets.randbelow(2**31 - 2) + 2
        if session.get(DataKey, number) is None:
            return number


def bind(engine: sa.Engine, ring: KeyRing) -> None:
    """Use ``ring`` for everything sealed in the database of ``engine``."""
    _RINGS[engine] = ring


def ring() -> KeyRing:
    """Return the key ring of the current application's database."""
    return _RINGS[db.engine]
