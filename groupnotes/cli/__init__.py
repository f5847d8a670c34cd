"""The ``flask --app wsgi …`` commands; each is imported when it is called."""

from __future__ import annotations

import importlib
from typing import Any

import click
from flask import Flask

# command: (module, one line for the help)
_COMMANDS = {
    "demo": ("groupnotes.cli.demo_practice", "Fill an empty database with an invented practice."),
    "audit": ("groupnotes.cli.audit", "Check the audit log."),
    "record": ("groupnotes.cli.records", "Verify signed notes."),
    "retention": ("groupnotes.cli.retention", "Clear what is left of destroyed keys."),
    "users": ("groupnotes.cli.users", "Add the first person who may sign in."),
    "deid": ("groupnotes.cli.deid", "Check texts for names."),
    "db": ("groupnotes.cli.migrations", "Migrate the database by hand (Flask-Migrate)."),
}


class LazyCommand(click.Command):
    """A command whose module, and what that imports, waits until it is called."""

    def __init__(self, module: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._module = module

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Hand the call over to the real command."""
        command: click.Command = importlib.import_module(self._module).command
        return command.make_context(*args, **kwargs)


def register(app: Flask) -> None:
    """Add the commands to ``flask``."""
    for name, (module, summary) in _COMMANDS.items():
        app.cli.add_command(LazyCommand(module, name=name, help=summary, short_help=summary))
