"""``flask --app wsgi audit prove`` and ``key``: what a court is given of the log."""

from __future__ import annotations

import sys
import uuid
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from groupnotes.audit import checkpoints, proving, references
from groupnotes.audit.inclusion import NotProved
from groupnotes.audit.verify import CannotVerify
from groupnotes.cli.audit_answers import ALTERED, fail, hand_out, kept, of_one_state


class _Event(click.ParamType[uuid.UUID | int]):
    """How an event is named: by the id that a file of the log gives it, or by its number."""

    name = "event"
    _number = click.IntRange(1, 2**63 - 1)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> uuid.UUID | int:
        try:
            return uuid.UUID(str(value))
        except ValueError:
            return int(self._number.convert(value, param, ctx))


@click.command("prove")
@click.option(
    "--event", type=_Event(), required=True, help="Its id in a file of the log, or its number."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, allow_dash=True),
    default="-",
    help="A file for the proof; without one it is printed.",
)
@click.option(
    "--anchor",
    type=click.Path(path_type=Path),
    help="Prove it by a checkpoint that was kept elsewhere (audit anchor).",
)
@with_appcontext
def prove(event: uuid.UUID | int, out: Path, anchor: Path | None) -> None:
    """Write a proof that one event is in the log, which shows no other.

    Whoever has it, and the key that ``audit key`` prints, verifies it without the database:
    ``python -m groupnotes.audit.verify_proof FILE --key KEY``. Exit 0 when there is a proof, 1
    when the log was altered, 2 when nothing proves the event yet.
    """
    try:
        by = kept(anchor) if anchor else None
        text = of_one_state(lambda session: _proof(session, event, by and (by[0], by[1].size)))
    except CannotVerify as reason:
        fail(f"Event {event} cannot be proved: {reason}.")
    except NotProved as reason:
        click.echo(f"Event {event} is not proved: {reason}. Run audit verify.")
        sys.exit(ALTERED)
    hand_out(text, out, "Verify it with groupnotes.audit.verify_proof.")


@click.command("key")
@with_appcontext
def key() -> None:
    """Print every public key that signs or signed checkpoints of this log, the newest first."""
    try:
        keys = of_one_state(checkpoints.public_keys)
    except CannotVerify as reason:
        fail(f"The key cannot be read: {reason}.")
    for one in reversed(keys):
        click.echo(f"# fingerprint SHA-256 {one.fingerprint}")
        click.echo(str(one))


def _proof(session: Session, event: uuid.UUID | int, anchor: tuple[str, int] | None) -> str:
    sequence = event if isinstance(event, int) else references.sequence_of(session, event)
    if sequence is None:
        raise CannotVerify("no event has this id")
    proof = proving.prove(session, sequence, anchor)
    proof.check(checkpoints.public_keys(session))
    return str(proof)
