"""The number by which those outside the practice know one client's part in one session."""

from __future__ import annotations

import secrets
from typing import Final

# No letter that is taken for a digit or for another letter, and no vowel: no word comes up.
SYMBOLS: Final = "0123456789CDFHJKMNPRTVWXY"
_GROUPS = 3
_LENGTH = 4  # of a group
_NUMBERS = len(SYMBOLS) ** (_GROUPS * _LENGTH)


def new_number() -> str:
    """Return a number for a new encounter, such as ``7K3M-C0XD-2HTV``.

    An insurer's reviewer types it from paper or says it over the telephone, so it is
    twelve symbols in groups of four, not the 36 characters of a UUID; with its hyphens
    it fits where claims have room for 20 (X12 837, CLM01). It is chance alone: the ids
    of the notes of one session share the millisecond of their making, a number like
    this one tells neither the session nor its time nor how many there are. 55 bits make
    a double so unlikely that the database refuses one (``encounter_index``) and nobody
    has to look for it before.
    """
    rest = secrets.randbelow(_NUMBERS)
    symbols = []
    for _ in range(_GROUPS * _LENGTH):
        rest, at = divmod(rest, len(SYMBOLS))
        symbols.append(SYMBOLS[at])
    whole = "".join(symbols)
    return f"{whole[:4]}-{whole[4:8]}-{whole[8:]}"
