"""What stands for an event's number wherever the log is shown: nobody counts by it what is not.

The numbers of a log have no gap, so one that leaves out what people do with psychotherapy notes
of their own would tell of each by the number that is missing (45 CFR 164.501, 164.508(a)(2)).
A reference is the number enciphered under a key derived from the practice root key: one number
has one reference, which tells neither the number nor its neighbours to whoever has no key.
"""

from __future__ import annotations

import uuid

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy.orm import Session

from groupnotes.crypto.keyring import ring

PURPOSE = b"groupnotes audit reference v1"
_GENERATION = 1  # of the root key, always: what was written down once is found as long as it is
_LAST = 2**63 - 1


def reference(session: Session, sequence: int) -> uuid.UUID:
    """Return what stands for the event of this number."""
    encryptor = _cipher(session).encryptor()
    return uuid.UUID(bytes=encryptor.update(sequence.to_bytes(16, "big")))


def sequence_of(session: Session, given: uuid.UUID) -> int | None:
    """Return the number for which ``given`` stands, or None where it is no reference.

    Nobody makes one up that stands for a number: 65 bits of it would have to fit.
    """
    decryptor = _cipher(session).decryptor()
    sequence = int.from_bytes(decryptor.update(given.bytes), "big")
    return sequence if 0 < sequence <= _LAST else None


def _cipher(session: Session) -> Cipher[modes.ECB]:
    _, key = ring().derived(session, PURPOSE, _GENERATION)
    # One block, and each at most once: as a mode of many blocks it would show which are alike.
    return Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305
