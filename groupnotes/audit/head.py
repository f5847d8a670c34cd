"""The seal on the head of the log: without the practice's key nobody can say where the log ends.

The chain alone does not show that its last events were cut off, nor that all of it was computed
anew: whoever owns the database makes the head fit. They cannot seal it (45 CFR 164.312(c)(2)).
What they can is put back a head that was there, with its log: an anchor shows that.

A seal is HMAC-SHA256 under a key derived from the practice root key. The generation of that
stands before it, so that a log which is not appended to is verified after a new one was made.
"""

from __future__ import annotations

import hashlib
import hmac
import struct

from sqlalchemy.orm import Session

from groupnotes.audit import chain
from groupnotes.audit.chain import Head
from groupnotes.crypto.keyring import NoSuchKey, ring

PURPOSE = b"groupnotes audit head v1"
_GENERATION = struct.Struct(">I")
_SEAL_BYTES = _GENERATION.size + hashlib.sha256().digest_size


def seal(session: Session, head: Head) -> bytes:
    """Return the 36 bytes that vouch for ``head``; raise WrongKey if the root does not open."""
    generation, key = ring().derived(session, PURPOSE)
    return _GENERATION.pack(generation) + _mac(key, head)


def is_sealed(session: Session, head: Head, given: bytes) -> bool:
    """Say whether ``given`` is the seal of ``head``; raise WrongKey if its root does not open."""
    if len(given) != _SEAL_BYTES:
        return False
    (generation,) = _GENERATION.unpack_from(given)
    try:
        _, key = ring().derived(session, PURPOSE, generation)
    except NoSuchKey:
        return False
    return hmac.compare_digest(_mac(key, head), given[_GENERATION.size :])


def _mac(key: bytes, head: Head) -> bytes:
    return hmac.digest(key, chain.canonical_head(head), hashlib.sha256)
