"""``flask --app wsgi record``: prove signed notes, and hand out the key that proves them."""

from __future__ import annotations

import sys
import uuid

import click
from flask.cli import with_appcontext

from groupnotes.core import uow
from groupnotes.signing import checking, keys, proof

VERIFIED, ALTERED, NOT_VERIFIED = range(3)  # the exit codes that a scheduled job goes by

_FOREIGN = (
    "ALTERED: somebody put a signing key into the database that is not the practice's. It is "
    "left out here; find out who had access to the database."
)

command = click.Group("record", help="Verify signed notes.")


@command.command("verify")
@click.option("--note", "note_id", type=click.UUID, help="Only this one, by its id.")
@with_appcontext
def verify(note_id: uuid.UUID | None) -> None:
    """Check every signature; exit 0 when all are sound, 1 for an altered one, 2 without any."""
    checked = _checked(note_id)
    there = [one for one in checked if one.verdict is not proof.Verdict.DESTROYED]
    altered = [one for one in there if one.verdict is not proof.Verdict.VERIFIED]
    for one in altered:
        click.echo(f"ALTERED: note {one.note_id}. {one.verdict.sentence}")
    if altered:
        sys.exit(ALTERED)
    if not checked:
        click.echo("There is no such signed note." if note_id else "Nothing is signed.", err=True)
        sys.exit(NOT_VERIFIED)
    if there:
        click.echo(f"Verified: {_counted(len(there))}.")
    if gone := len(checked) - len(there):
        click.echo(f"Destroyed with the record they were in: {_counted(gone)}.")


def _counted(count: int) -> str:
    return f"{count:,} {'signature' if count == 1 else 'signatures'}"


def _checked(note_id: uuid.UUID | None) -> list[checking.Checked]:
    uow.begin(write=False)
    try:
        checked = list(checking.verify(note_id))
        uow.finish(ok=True)
    finally:
        uow.begin(write=True)
    return checked


@command.command("key")
@with_appcontext
def key() -> None:
    """Print every public key that this practice signs or signed with, the newest first.

    Exit 1 where the database holds another one, which is left out.
    """
    found = keys.all_keys()
    ours = [one for one in found if keys.is_ours(one)]
    for one in ours:
        state = "in use" if one.in_use else "no longer in use"
        click.echo(f"# {state}, since {one.created_at:%Y-%m-%d}")
        click.echo(f"# fingerprint {proof.fingerprint(one.public_key)}")
        click.echo(proof.to_pem(one.public_key), nl=False)
    if len(ours) < len(found):
        click.echo(_FOREIGN, err=True)
        sys.exit(ALTERED)


@command.command("replace-key")
@with_appcontext
def replace_key() -> None:
    """Sign with a new key from now on; what the old one signed is still verified with it."""
    made = keys.replace()
    uow.finish(ok=True)
    click.echo(f"The new key is {proof.fingerprint(made.public_key)}.")
