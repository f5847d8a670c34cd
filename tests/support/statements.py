"""What a piece of work asks of the database, statement by statement."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from flask import Flask

from groupnotes.core.db import db


@contextlib.contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Gather the statements that are sent while the block runs, BEGIN and COMMIT left out."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
