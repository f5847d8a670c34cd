"""The seal on the head of the log: without the practice's key nobody can say where the log ends.

The chain alone does not show that its last events were cut off, nor that all of it was computed
anew: whoever owns the database makes the head fit. They cannot seal it (45 CFR 164.312(c)(2)).
What they can is put back a head that was there, with its log: an anchor shows that.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from groupnotes.audit import chain
from groupnotes.audit.chain import Head
from groupnotes.crypto.keyring import ring

PURPOSE = b"groupnotes audit head v1"


def seal(session: Session, head: Head) -> bytes:
    """Return the 36 bytes that vouch for ``head``; raise WrongKey if the root does not open."""
    return ring().vouch(session, PURPOSE, chain.canonical_head(head))


def is_sealed(session: Session, head: Head, given: bytes) -> bool:
    """Say whether ``given`` is the seal of ``head``; raise WrongKey if its root does not open."""
    return ring().vouches(session, PURPOSE, chain.canonical_head(head), given)
