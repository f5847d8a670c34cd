"""``flask --app wsgi demo``: fill an empty database with an invented practice."""

from __future__ import annotations

import sys

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from groupnotes.cli.demo import demo_practice
from groupnotes.cli.demo.content import DemoPractice
from groupnotes.cli.demo_loading import PASSWORD, load
from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.practice.models import Practice
from groupnotes.sessions.models import GroupSession


@click.command("demo")
@with_appcontext
def command() -> None:
    """Fill an empty database with an invented practice; leave any other as it is."""
    fill()


def fill() -> None:
    """Make the demo practice unless there is one, and say who may sign in."""
    demo = demo_practice(clock.now())
    there = db.session.scalar(db.select(Practice.name))
    sessions = db.session.scalar(db.select(sa.func.count()).select_from(GroupSession))
    db.session.rollback()
    if there is not None and there != demo.practice.name:
        click.echo("The database already holds a practice, so no demo was added.")
        return
    # It is made in many steps, the sessions last; none of them is ever removed.
    if there is not None and (sessions or 0) < sum(len(group.sessions) for group in demo.groups):
        sys.exit(
            "Making the demo practice was interrupted, so only a part of it is there. "
            f"Remove the database {db.engine.url.database} and start again."
        )
    if there is None:
        click.echo("Making the demo practice (a few seconds)…")
        load(demo)
    _print_accounts(demo)


def _print_accounts(demo: DemoPractice) -> None:
    click.echo(f"\nDemo practice: {demo.practice.name}. Everybody in it is invented.\n")
    for person in demo.staff:
        roles = ", ".join(person.roles)
        click.echo(f"  {person.sign_in_name:<32} {person.display_name} ({roles})")
    click.echo(f"\n  Password of all of them: {PASSWORD}\n")
