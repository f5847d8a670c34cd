"""``flask --app wsgi retention``: clear what is left of destroyed keys from the files."""

from __future__ import annotations

import sys
import uuid

import click
from flask.cli import with_appcontext

from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock, uow
from groupnotes.core.db import db
from groupnotes.retention import clearing, vouched
from groupnotes.retention.models import Purge

CLEARED, NOT_CLEARED = 0, 2  # the exit codes that a scheduled job goes by

command = click.Group("retention", help="Clear what is left of destroyed keys.")


@command.command("sweep")
@with_appcontext
def sweep() -> None:
    """Clear the bytes of destroyed keys from the database's files; exit 0 when none is left.

    Run it each night: it does nothing unless a record was destroyed since. The database is
    written anew, and writers wait meanwhile.
    """
    found = {one.id for one in clearing.waiting()}
    db.session.rollback()
    if not found:
        click.echo("Nothing is left to clear.")
        return
    try:
        clearing.clear()
    except clearing.CannotClear as reason:
        click.echo(f"Not cleared: {reason}.", err=True)
        sys.exit(NOT_CLEARED)
    _write_down(found)


def _write_down(found: set[uuid.UUID]) -> None:
    """Say on the certificates when it was done, and in the log; not on what came meanwhile."""
    for one in clearing.waiting():
        if one.id in found:
            purge = db.session.get_one(Purge, one.id)
            sound = vouched.is_sound(purge, one)
            one.cleared_at = clock.now()
            if sound:  # else it stays what it is: altered
                one.seal = vouched.seal(purge, one)
            table = one.__tablename__
            log.record(Happening(Tag.PURGE_CLEAR, None, one.client_id, table, one.id))
    uow.finish(ok=True)
    count = len(found)
    click.echo(f"Cleared the keys of {count:,} {'record' if count == 1 else 'records'}.")
