"""A log of six events, and where the audit command keeps what it found sound."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from groupnotes.audit.log import Happening, append
from groupnotes.audit.tags import Tag
from groupnotes.core import triggers
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.ids import new_id


@pytest.fixture
def log(app: Flask) -> Flask:
    """The application with six events in its log, whose triggers an intruder has taken away."""
    actor = Actor(new_id(), new_id(), frozenset())
    with app.app_context():
        append([Happening(Tag.SIGN_IN, actor, object_id=new_id())] * 6)
        db.session.commit()
    with app.app_context(), db.engine.begin() as connection:
        for table in ("audit_events", "audit_head", "audit_checkpoints", "audit_keys"):
            triggers.remove(connection, table=table)
    return app


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command keeps what it found sound."""
    path = tmp_path / "kept" / "verified"
    monkeypatch.setenv("GROUPNOTES_AUDIT_STATE", str(path))
    return path
