"""The practice's signing key: made at set-up, sealed, and apart from every key that encrypts."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.crypto.blob import CannotOpen
from groupnotes.crypto.keyring import PRACTICE_KEY
from groupnotes.signing import proof
from groupnotes.signing.models import SigningKey
from groupnotes.signing.proof import KeyPair


def ensure() -> None:
    """Make the practice's first signing key, if it has none."""
    if db.session.scalar(sa.select(SigningKey.id).limit(1)) is None:
        _make()


def in_use() -> KeyPair:
    """Return the key that the practice signs with; raise CannotOpen if it was altered."""
    return KeyPair(
        db.session.scalars(sa.select(SigningKey).where(SigningKey.in_use)).one().private_key
    )


def replace() -> SigningKey:
    """Take the key out of use and make another; what it signed is still verified with it."""
    db.session.execute(sa.update(SigningKey).where(SigningKey.in_use).values(in_use=False))
    return _make()


def all_keys() -> Sequence[SigningKey]:
    """Return every key that this practice is said to have signed with, the newest first."""
    return db.session.scalars(sa.select(SigningKey).order_by(SigningKey.id.desc())).all()


def is_ours(key: SigningKey) -> bool:
    """Say whether a key is the practice's: whoever owns the database can add one, not seal it."""
    try:
        return proof.public_key_of(key.private_key) == key.public_key
    except (CannotOpen, LookupError, ValueError):
        return False


def _make() -> SigningKey:
    private_key, public_key = proof.new_key()
    key = SigningKey(
        id=new_id(),
        data_key=PRACTICE_KEY,
        public_key=public_key,
        private_key=private_key,
        in_use=True,
        created_at=clock.now(),
    )
    db.session.add(key)
    db.session.flush()
    return key
