"""``flask --app wsgi db``: Flask-Migrate's own commands, bound to this application."""

from __future__ import annotations

from typing import Any

import click
from flask.cli import ScriptInfo
from flask_migrate import Migrate
from flask_migrate.cli import db as flask_migrate_commands

from groupnotes.config import ROOT
from groupnotes.core.db import db


class _Bound(click.Group):
    """Tells Flask-Migrate which application and folder it works on, just before it does."""

    def invoke(self, ctx: click.Context) -> Any:
        app = ctx.ensure_object(ScriptInfo).load_app()
        Migrate(app, db, directory=str(ROOT / "migrations"))
        return super().invoke(ctx)


command = _Bound(name="db", commands=dict(flask_migrate_commands.commands))
