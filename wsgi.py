"""The application for a WSGI server and for ``flask``; it refuses a foreign or unsafe database."""

import contextlib
import sys

import click
import sqlalchemy as sa
from flask import Flask

from groupnotes import config, create_app, startup
from groupnotes.cli import deid
from groupnotes.crypto.wrapping import NoKey, WrongKey

if "deid" in sys.argv[1:]:  # texts are checked without a key and without a database
    app = Flask("groupnotes")
    app.cli.add_command(deid.command)
else:
    try:
        app = create_app()
        # A database that is away for a moment stops no start: pages say so until it is back.
        with app.app_context(), contextlib.suppress(sa.exc.OperationalError):
            startup.has_sound_database()
    except (config.Unsafe, NoKey, WrongKey) as reason:
        click.echo(reason, err=True)
        sys.exit(2)
