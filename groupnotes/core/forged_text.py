"""What SQLite holds as text and is none: no statement of ours wrote it.

Its driver tells of that as it tells of a lost file. Here it becomes a ValueError, which other
values that no column can hold raise too, so that whoever verifies them need not know.
"""

from __future__ import annotations

import sqlite3

import sqlalchemy as sa

_TOLD = "Could not decode to UTF-8"


class ForgedText(ValueError):  # noqa: N818 - reads as what it is
    """A value that should be text is none; its bytes are not told."""


def forged(error: BaseException) -> ForgedText | None:
    """Return what to raise in the place of a driver's error, if it tells of such a value."""
    if isinstance(error, sqlite3.OperationalError) and str(error).startswith(_TOLD):
        return ForgedText("the database holds as text what is none")
    return None


@sa.event.listens_for(sa.Engine, "handle_error")
def _instead(context: sa.engine.ExceptionContext) -> ForgedText | None:
    return forged(context.original_exception)
