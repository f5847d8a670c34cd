"""Let a part of the application fail as it would on a bad day."""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from flask import Flask

from groupnotes.core.db import db

FULL = "database or disk is full"
GONE = "server closed the connection unexpectedly"


def crash(app: Flask, endpoint: str, error: Exception) -> None:
    """Have the view of ``endpoint`` raise ``error``; who may call it stays as it is."""
    views: dict[str, Any] = app.view_functions
    view = views[endpoint]

    @functools.wraps(view)
    def fail(**_arguments: object) -> None:
        raise error

    views[endpoint] = fail


@contextlib.contextmanager
def commits_fail(app: Flask, reason: str = FULL) -> Iterator[None]:
    """Have the database refuse every commit."""
    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "commit", listener := _failing(reason))
    try:
        yield
    finally:
        sa.event.remove(engine, "commit", listener)


@contextlib.contextmanager
def statements_fail(app: Flask, *, starting: str, reason: str = GONE) -> Iterator[None]:
    """Have the database refuse every statement that begins with ``starting``."""
    with app.app_context():
        engine = db.engine

    def refuse(_connection: Any, _cursor: Any, statement: str, *_rest: object) -> None:
        if statement.startswith(starting):
            _failing(reason)(None)

    sa.event.listen(engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        sa.event.remove(engine, "before_cursor_execute", refuse)


def _failing(reason: str) -> Any:
    def fail(_connection: object) -> None:
        raise sa.exc.OperationalError("", None, sqlite3.OperationalError(reason))

    return fail
