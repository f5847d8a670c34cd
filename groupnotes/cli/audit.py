"""``flask --app wsgi audit verify``: whether the log is what was written."""

from __future__ import annotations

import sys

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from groupnotes.audit.chain import Break
from groupnotes.audit.verify import verify
from groupnotes.core import uow
from groupnotes.core.db import db

SOUND, ALTERED, NOT_VERIFIED = range(3)  # the exit codes that a scheduled job goes by

command = click.Group("audit", help="Check the audit log.")


@command.command("verify")
@with_appcontext
def verify_log() -> None:
    """Walk the audit log; exit 0 when it is sound, 1 when altered, 2 when it cannot be read."""
    try:
        count, found = _walk()
    except sa.exc.SQLAlchemyError as error:
        reason = type(getattr(error, "orig", None) or error).__name__
        click.echo(f"The audit log cannot be verified: the database answered {reason}.", err=True)
        sys.exit(NOT_VERIFIED)
    if found is not None:
        click.echo(f"The audit log was altered at event {found.sequence}: {found.reason}.")
        sys.exit(ALTERED)
    click.echo(f"The audit log is sound: {count:,} {'event' if count == 1 else 'events'}.")


def _walk() -> tuple[int, Break | None]:
    """Verify one state of the log, whatever is appended to it meanwhile."""
    uow.begin(write=False)
    session = db.session()
    try:
        if db.engine.dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        return verify(session)
    finally:
        uow.abandon()
        uow.begin(write=True)
