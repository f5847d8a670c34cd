"""What a check knows beside the roster: what the text is for, the session, the practice's words."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Whose record a text goes into.

    A ``SHARED`` text goes into every attendee's record and may identify nobody. An ``INDIVIDUAL``
    one goes into one client's own record: it may say where they work, and names no one else of
    the roster.
    """

    SHARED = "shared"
    INDIVIDUAL = "individual"


@dataclass(frozen=True, slots=True)
class PracticeWords:
    """Words and phrases of the practice: its rooms and programmes, and what it never wants.

    A name of the roster wins over ``allowed``; ``denied`` blocks wherever it stands.
    """

    allowed: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What one text is checked with; ``own_dates`` are the session's and may be written."""

    scope: Scope = Scope.SHARED
    practice: PracticeWords = PracticeWords()
    own_dates: frozenset[dt.date] = frozenset()


SHARED = Circumstances()
INDIVIDUAL_NOTE = Circumstances(scope=Scope.INDIVIDUAL)
