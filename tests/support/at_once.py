"""Several people, or several windows, that do something at the same moment."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask

from groupnotes.core.db import db

T = TypeVar("T")


def at_once(*works: Callable[[], T]) -> list[T]:
    """Do each of ``works`` in a thread of its own, all at one moment; return what each gave."""
    start = threading.Barrier(len(works))

    def begin(work: Callable[[], T]) -> T:
        start.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(begin, works))


@contextlib.contextmanager
def meanwhile(app: Flask, act: Callable[[], object], *, before: str) -> Iterator[None]:
    """Do ``act`` on a connection of its own, once, ``before`` a statement that begins so."""
    with app.app_context():
        engine = db.engine
    left = [act]

    def interrupt(_connection: Any, _cursor: Any, statement: str, *_: object) -> None:
        if left and statement.startswith(before):
            work = left.pop()
            with app.app_context():
                work()

    sa.event.listen(engine, "before_cursor_execute", interrupt)
    try:
        yield
    finally:
        sa.event.remove(engine, "before_cursor_execute", interrupt)
    assert not left, f"nothing began with {before}"
