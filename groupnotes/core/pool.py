"""A pool in which those who read and those who write keep to connections of their own.

SQLite refuses what a reader writes once ``PRAGMA query_only`` is set, and compiles every statement
of the connection anew after each such pragma: a third of what a page costs. A connection that
stays what it is needs the pragma once.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlalchemy.util.queue import Empty, Queue

from groupnotes.core.db import is_read_only, is_writing


class _Apart(Queue[ConnectionPoolEntry]):
    def get(self, block: bool = True, timeout: float | None = None) -> ConnectionPoolEntry:  # noqa: FBT001, FBT002 - the queue's own
        """Return a connection that was used alike; any, when there can be no more of them."""
        with self.mutex:
            for entry in self.queue:
                if is_read_only(entry) is not is_writing():
                    self.queue.remove(entry)
                    return entry
        if not block:
            raise Empty  # so that the pool opens one
        return super().get(block, timeout)


class ApartPool(QueuePool):
    """The pool of a SQLite database in a file."""

    _queue_class: Any = _Apart
