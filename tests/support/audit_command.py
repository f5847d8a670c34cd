"""The audit command, and what tests do to the log between its runs."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from groupnotes.audit import checkpoint_text, checkpoints, signed_note
from groupnotes.audit.log import Happening, append
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.db import db


def verify(app: Flask, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["audit", "verify", *options])


def alter(app: Flask, *statements: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))


def audit(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["audit", *arguments])


def grow(app: Flask, *, hours: int = 0) -> None:
    """Let one more event happen, some hours later."""
    with app.app_context(), clock.pinned(clock.now() + dt.timedelta(hours=hours)):
        append([Happening(Tag.SIGN_OUT, None)])
        db.session.commit()


def origin(app: Flask) -> str:
    with app.app_context():
        return checkpoints.public_keys(db.session())[0].name


def checkpoint_root(connection: sa.Connection) -> bytes:
    """Return the root that the first checkpoint says."""
    note = connection.scalar(sa.text("SELECT note FROM audit_checkpoints ORDER BY size"))
    return checkpoint_text.parse(signed_note.text_of(str(note))).root
