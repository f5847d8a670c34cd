"""The practice's keys, opened when they are first needed.

key-encryption key (outside the database) > practice root key > data keys, one
random key for each client, each group, each author of psychotherapy notes, and
one for the rest.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import secrets
import struct
import unicodedata
import uuid
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.orm import Session

from groupnotes.core import clock
from groupnotes.core.db import Question, db, wants_to_write
from groupnotes.crypto import blob, wrapping
from groupnotes.crypto.models import DataKey, KeyScope, PracticeKey

PRACTICE_KEY = 1  # the number of the data key for what belongs to no client and no group
_HIGHEST = 2**31 - 1  # number of a key: the database holds no higher one, a sealed value may

_RINGS: WeakKeyDictionary[sa.Engine, KeyRing] = WeakKeyDictionary()
_INDEX = b"groupnotes blind index v1"
_OWNED = b"groupnotes data key v1"
_GENERATION = struct.Struct(">I")
_LENGTH = struct.Struct(">I")
_ABSENT = b"\xff\xff\xff\xff"
_SEAL_BYTES = _GENERATION.size + hashlib.sha256().digest_size
_FIND = sa.select(
    DataKey.number,
    DataKey.scope,
    DataKey.owner_id,
    DataKey.generation,
    DataKey.wrapped,
    DataKey.check_value,
    DataKey.seal,
    DataKey.destroyed_at,
)
_ROOTS = sa.select(PracticeKey.generation, PracticeKey.wrapped, PracticeKey.check_value)


class KeyDestroyed(blob.CannotOpen):
    """The data key was destroyed on purpose; what it sealed is gone for good."""


class NoSuchKey(LookupError):  # noqa: N818
    """No key has this number."""


class KeyRing:
    """The opened keys of one database."""

    def __init__(self, key_encryption_key: bytes) -> None:
        self._kek = key_encryption_key
        self._roots: dict[int, bytes] = {}
        self._ciphers: dict[int, AESGCM] = {}
        self._owners: dict[int, uuid.UUID | None] = {}
        self._derived: dict[tuple[int, bytes], bytes] = {}

    def seal(self, number: int, place: blob.Place, row: uuid.UUID, text: str) -> bytes:
        """Return ``text`` sealed for one row and column under data key ``number``."""
        cipher = self._ciphers.get(number) or self._cipher(number)
        return blob.seal(cipher, number, place, row, text.encode())

    def open(self, place: blob.Place, row: uuid.UUID, sealed: bytes) -> str:
        """Return the text in ``sealed``; raise CannotOpen if it was altered or moved."""
        # Nearly every key is open already: what is amiss with a value shows below.
        cipher = self._ciphers.get(int.from_bytes(sealed[4:8], "big"))
        if cipher is None:
            try:
                cipher = self._cipher(blob.key_number(place, row, sealed))
            except NoSuchKey:
                raise blob.CannotOpen(f"{place.of(row)} was altered: it names no key") from None
            except KeyDestroyed as error:
                raise KeyDestroyed(f"{place.of(row)} does not open: {error}") from None
        return blob.open_(cipher, place, row, sealed).decode()

    def open_column(
        self, place: blob.Place, rows: Sequence[uuid.UUID], values: Sequence[bytes | None]
    ) -> list[str]:
        """Return the texts in one column of several rows, empty where the column is.

        Raises CannotOpen as ``open`` does; together they take half the time.
        """
        sealed = [(row, one) for row, one in zip(rows, values, strict=True) if one is not None]
        try:
            found = [one.decode() for one in blob.open_column(self._ciphers, place, sealed)]
        except (LookupError, ValueError, InvalidTag):  # a key that is not open yet, or worse
            found = [self.open(place, row, one) for row, one in sealed]
        texts = iter(found)
        return ["" if one is None else next(texts) for one in values]

    def load(self, numbers: Iterable[int]) -> None:
        """Open the data keys ``numbers`` with at most one question to the database."""
        missing = set(numbers) - self._ciphers.keys()
        if missing:
            self._open_keys(db.session(), _FIND.where(DataKey.number.in_(missing)))

    def blind_index(self, column: str, value: str) -> bytes:
        """Return a keyed fingerprint by which equal values of ``column`` are found.

        Only for identifiers that are unique by nature (sign-in name, MRN), and to count
        tries: an index over anything else tells who shares a value.
        """
        _, key = self.derived(db.session(), _INDEX)
        folded = unicodedata.normalize("NFKC", value).casefold().strip()
        return hmac.digest(key, f"{column}\0{folded}".encode(), hashlib.sha256)

    def derived(
        self, session: Session, purpose: bytes, generation: int | None = None
    ) -> tuple[int, bytes]:
        """Return the 32 bytes of a key for ``purpose`` alone, and whose generation it is.

        HKDF-SHA256 (RFC 5869) of a practice root key: the newest, unless ``generation`` names
        another. Raises NoSuchKey if there is none, WrongKey if it does not open.
        """
        which = self._newest(session) if generation is None else generation
        key = self._derived.get((which, purpose))
        if key is None:
            derive = HKDF(SHA256(), wrapping.KEY_BYTES, salt=None, info=purpose)
            key = self._derived[which, purpose] = derive.derive(self._root(session, which))
        return which, key

    def vouch(self, session: Session, purpose: bytes, content: bytes) -> bytes:
        """Return the 36 bytes by which plain ``content`` is known to have been written by us.

        HMAC-SHA256 under a key for ``purpose`` alone: whoever owns the database, and not the
        key-encryption key, cannot make it. What they can is put back a row that was there.
        The generation of the root stands before it, so that what was sealed before a new root
        was made is known still.
        """
        generation, key = self.derived(session, purpose)
        return _GENERATION.pack(generation) + hmac.digest(key, content, hashlib.sha256)

    def vouches(self, session: Session, purpose: bytes, content: bytes, given: bytes) -> bool:
        """Say whether ``given`` is what ``vouch`` returned for the same; WrongKey as there."""
        if len(given) != _SEAL_BYTES:
            return False
        try:
            _, key = self.derived(session, purpose, _GENERATION.unpack_from(given)[0])
        except NoSuchKey:
            return False
        return hmac.compare_digest(
            hmac.digest(key, content, hashlib.sha256), given[_GENERATION.size :]
        )

    def owner_of(self, number: int) -> uuid.UUID | None:
        """Return whose data key this is, as it was when it was made; None: the practice's own."""
        self.load([number])
        return self._owners[number]

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
        self.add_data_key(session, KeyScope.PRACTICE, None)

    def add_data_key(self, session: Session, scope: KeyScope, owner: uuid.UUID | None) -> int:
        """Make the data key of ``owner``; return its number."""
        generation = self._newest(session)
        key = wrapping.new_key()
        number = PRACTICE_KEY if scope is KeyScope.PRACTICE else _new_number(session)
        check = wrapping.check_value(key)
        session.add(
            DataKey(
                number=number,
                scope=scope,
                owner_id=owner,
                generation=generation,
                wrapped=wrapping.wrap(self._root(session, generation), key),
                check_value=check,
                seal=self.vouch(session, _OWNED, _owned(number, scope, owner, check)),
                created_at=clock.now(),
            )
        )
        session.flush()
        return number

    def destroy_data_key(self, session: Session, number: int) -> bytes:
        """Destroy a data key for good; return the check value by which it is known.

        Nothing opens any more what it sealed. Other processes may have it open in their
        memory until they end: who may read is not for the key alone to say.
        """
        held = sa.select(DataKey).where(DataKey.number == number).with_for_update()
        row = session.scalars(held.execution_options(populate_existing=True)).one()
        if row.destroyed_at is not None:
            raise KeyDestroyed(f"data key {number} was destroyed")
        row.wrapped, row.destroyed_at = None, clock.now()
        session.flush()
        self._ciphers.pop(number, None)
        return row.check_value

    def wrap(self, session: Session, key: bytes) -> tuple[int, bytes]:
        """Seal a key that is no data key by the newest root key; return whose generation it is."""
        generation = self._newest(session)
        return generation, wrapping.wrap(self._root(session, generation), key)

    def unwrap(
        self, session: Session, generation: int, wrapped: bytes, check: bytes, what: str
    ) -> bytes:
        """Open what ``wrap`` sealed; raise WrongKey, naming ``what``, unless ``check`` fits."""
        return wrapping.unwrap(self._root(session, generation), wrapped, check, what)

    def verify(self, session: Session) -> int:
        """Open every root key; return how many there are. Raise WrongKey for a foreign key."""
        return len(self._open_roots(session))

    def _cipher(self, number: int) -> AESGCM:
        if number <= _HIGHEST:
            self._open_keys(db.session(), _FIND.where(DataKey.number == number))
        if number not in self._ciphers:
            raise NoSuchKey(f"there is no data key {number}")
        return self._ciphers[number]

    def _open_keys(self, session: Session, query: Question) -> None:
        for row in session.execute(query).all():
            number, owner, check = row.number, row.owner_id, row.check_value
            if row.destroyed_at is not None or row.wrapped is None:
                raise KeyDestroyed(f"data key {number} was destroyed")
            if not self.vouches(session, _OWNED, _owned(number, row.scope, owner, check), row.seal):
                raise blob.CannotOpen(f"data key {number} was altered: it is not its owner's")
            root = self._root(session, row.generation)
            key = wrapping.unwrap(root, row.wrapped, check, f"data key {number}")
            self._ciphers[number], self._owners[number] = AESGCM(key), owner

    def _root(self, session: Session, generation: int) -> bytes:
        if generation not in self._roots:
            self._open_roots(session)
        if generation not in self._roots:
            raise NoSuchKey(f"there is no practice key {generation}")
        return self._roots[generation]

    def _newest(self, session: Session) -> int:
        return max(self._roots or self._open_roots(session))

    def _open_roots(self, session: Session) -> dict[int, bytes]:
        self._roots = {
            generation: wrapping.unwrap(self._kek, wrapped, check, f"practice key {generation}")
            for generation, wrapped, check in session.execute(_ROOTS).all()
        }
        return self._roots


def with_lengths(*fields: str | bytes | None) -> bytes:
    """Join fields, each with its length before it, so that nothing moves from one to the next."""
    joined = bytearray()
    for field in fields:
        value = field.encode() if isinstance(field, str) else field
        joined += _ABSENT if value is None else _LENGTH.pack(len(value)) + value
    return bytes(joined)


def _owned(number: int, scope: KeyScope, owner: uuid.UUID | None, check: bytes) -> bytes:
    return with_lengths(str(number), scope, owner.bytes if owner else None, check)


def _new_number(session: Session) -> int:
    """Return an unused random number.

    Never the next one in a row: a process that had opened the key of a
    transaction that was rolled back would seal with it under a number that
    someone else got.
    """
    while True:
        number = secrets.randbelow(_HIGHEST - 1) + 2
        if session.get(DataKey, number) is None:
            return number


def bind(engine: sa.Engine, ring: KeyRing) -> None:
    """Use ``ring`` for everything sealed in the database of ``engine``."""
    _RINGS[engine] = ring


def ring() -> KeyRing:
    """Return the key ring of the current application's database."""
    return _RINGS[db.engine]


def has_keys(engine: sa.Engine) -> bool:
    """Say whether there is a database with keys; nothing is written, not even a missing file."""
    url = engine.url
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return False
    with _looking_into(engine) as session:
        return (
            sa.inspect(session.connection()).has_table(PracticeKey.__tablename__)
            and session.scalar(sa.select(PracticeKey.generation).limit(1)) is not None
        )


def check_keys() -> bool:
    """Say whether the current application's database has keys, all of which open.

    Asked before anything is served or migrated. Raises WrongKey for another
    installation's key.
    """
    if not has_keys(db.engine):
        return False
    with _looking_into(db.engine) as session:
        try:
            ring().verify(session)
        except wrapping.WrongKey as error:
            raise wrapping.WrongKey(
                f"The key-encryption key does not belong to this database: {error}. Nothing was "
                "changed. Set GROUPNOTES_KEK or GROUPNOTES_KEK_FILE to the key it was made with."
            ) from error
    return True


@contextlib.contextmanager
def _looking_into(engine: sa.Engine) -> Iterator[Session]:
    """Read and leave no connection open: a server that forks must not share one."""
    wants_to_write(write=False)
    try:
        with Session(engine) as session:
            yield session
    finally:
        wants_to_write(write=True)
        engine.dispose()
