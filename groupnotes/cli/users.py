"""``flask --app wsgi users``: the first person of a practice, who adds everybody else."""

from __future__ import annotations

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from groupnotes.accounts import passwords, people
from groupnotes.accounts.details import StaffDetails
from groupnotes.accounts.models import User
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import uow
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from groupnotes.practice.details import time_zones
from groupnotes.practice.models import Practice

command = click.Group("users", help="Add the first person who may sign in.")


@command.command("add-administrator")
@click.argument("name")
@click.argument("sign_in_name")
@click.option("--practice", help="What the practice is called, if this database has none yet.")
@click.option("--time-zone", help="Its IANA time zone, such as America/New_York.")
@with_appcontext
def add_administrator(
    name: str, sign_in_name: str, practice: str | None, time_zone: str | None
) -> None:
    """Add NAME as an administrator who signs in as SIGN_IN_NAME with a one-time password."""
    name, sign_in_name = name.strip(), sign_in_name.strip()
    if not name or not sign_in_name:
        raise click.UsageError("Give a name and a sign-in name.")
    try:
        _add_practice(practice, time_zone)
        secret = _add(name, sign_in_name)
        uow.finish(ok=True)
    except (sa.exc.OperationalError, sa.exc.ProgrammingError):
        reason = "There is no GroupNotes database. Make one with: make setup"
        raise click.ClickException(reason) from None
    finally:
        uow.abandon()
    click.echo(f"{name} signs in as {sign_in_name} with the one-time password {secret}")
    click.echo(f"It is good for {people.ONE_TIME_LASTS.total_seconds() / 3600:.0f} hours.")


def _add_practice(name: str | None, time_zone: str | None) -> None:
    """Make the practice when there is none; its address is typed on its page."""
    if db.session.scalar(sa.select(Practice.id)) is not None:
        if name is not None:
            raise click.UsageError("There is a practice already: leave out --practice.")
        return
    if not name or not name.strip() or time_zone not in time_zones():
        raise click.UsageError(
            "There is no practice yet: give --practice with its name and --time-zone with an "
            "IANA time zone, such as America/New_York."
        )
    blank = dict.fromkeys(("street", "city", "state", "postal_code", "phone", "npi"), "")
    db.session.add(Practice(name=name.strip(), time_zone=time_zone, **blank))


def _add(name: str, sign_in_name: str) -> str:
    """Add the administrator; return the one-time password."""
    index = people.index_of(sign_in_name)
    if db.session.scalar(sa.select(User.id).where(User.sign_in_name_index == index)) is not None:
        raise click.UsageError("Somebody signs in with this name already.")
    details = StaffDetails(
        name=name,
        sign_in_name=sign_in_name,
        credentials="",
        npi="",
        licence="",
        roles=frozenset({Role.ADMINISTRATOR}),
    )
    secret = passwords.one_time()
    user = people.add(details, passwords.hashed(secret))
    log.record(Happening(Tag.STAFF_CREATE, None, object_type="users", object_id=user.id))
    return secret
