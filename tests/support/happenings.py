"""Events written straight to the audit log, for tests of who reads it."""

from __future__ import annotations

import datetime as dt
import uuid

from flask import Flask

from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db

NOON = dt.datetime(2026, 3, 3, 17, 0, tzinfo=dt.UTC)  # at the practice


def happen(app: Flask, *happenings: Happening, at: dt.datetime = NOON) -> None:
    """Let these happen at one moment."""
    with app.app_context(), clock.pinned(at):
        log.append(list(happenings))
        db.session.commit()


def actor(who: uuid.UUID) -> Actor:
    """Return a person as events name them."""
    return Actor(who, None, frozenset())


def read(who: uuid.UUID, client: uuid.UUID | None = None, tag: Tag = Tag.NOTE_READ) -> Happening:
    """Return that ``who`` opened, or did something else with, a note."""
    return Happening(tag, actor(who), client, "individual_notes", uuid.uuid4())
