"""``flask --app wsgi audit``: whether the log is what was written, and proof to keep elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from groupnotes import config
from groupnotes.audit import anchor, checkpoints, log, signed_note
from groupnotes.audit.chain import Break
from groupnotes.audit.checkpoint_text import Checkpoint
from groupnotes.audit.clock_steps import steps_back
from groupnotes.audit.proof import Point, Proof
from groupnotes.audit.verify import CannotVerify, has_sealed_end, verify
from groupnotes.cli import audit_proving, verified
from groupnotes.cli.audit_answers import ALTERED, fail, hand_out, kept, of_one_state
from groupnotes.core.db import db

STATE = config.INSTANCE / "audit" / "verified"

command = click.Group("audit", help="Check the audit log, and take proof of it elsewhere.")
command.add_command(audit_proving.prove)
command.add_command(audit_proving.key)


@command.command("verify")
@click.option("--since", type=int, help="Begin after the checkpoint over this many events.")
@click.option(
    "--anchor",
    "anchors",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Hold the log against a checkpoint that was kept elsewhere (audit anchor).",
)
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    default=STATE,
    envvar="GROUPNOTES_AUDIT_STATE",
    show_default=True,
    help="Where the size and root of the last sound log are kept: it never goes back from there.",
)
@with_appcontext
def verify_log(since: int | None, anchors: tuple[Path, ...], state: Path) -> None:
    """Walk the audit log; exit 0 when it is sound, 1 when altered, 2 when not to be verified.

    An alteration is named by its first event.
    """
    try:
        anchored = [kept(path) for path in anchors]
        last = verified.read(state)
        proof, origin = of_one_state(lambda session: _verified(session, anchored, last, since))
        if proof.broken is None and origin is not None:
            verified.write(state, Checkpoint(origin, proof.size, proof.root))
    except (CannotVerify, verified.Unusable) as reason:
        fail(f"The audit log cannot be verified: {reason}.")
    if proof.broken is not None:
        found = proof.broken
        click.echo(f"The audit log was altered at event {found.sequence}: {found.reason}.")
        sys.exit(ALTERED)
    events = f"{proof.size:,} {'event' if proof.size == 1 else 'events'}"
    click.echo(f"The audit log is sound: {events}.")
    for step in of_one_state(lambda session: list(steps_back(session, since or 0))):
        click.echo(f"The clock had gone back by {step.by} before event {step.sequence}.")


@command.command("anchor")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), default="-")
@with_appcontext
def write_anchor(file: Path) -> None:
    """Sign the log as it is now, and write that to FILE, or to be mailed or printed.

    Keep it where whoever could alter the database cannot: ``audit verify --anchor FILE``
    then shows even a log that was replaced as a whole.
    """
    try:
        log.sign_newest()  # the last checkpoint may be of an hour and many events ago
        db.session.commit()
        text = of_one_state(_anchor)
    except CannotVerify as reason:
        fail(f"The audit log cannot be verified: {reason}.")
    hand_out(text, file, "Keep it outside this installation.")


def _verified(
    session: Session,
    anchors: list[tuple[str, Checkpoint]],
    last: Checkpoint | None,
    since: int | None,
) -> tuple[Proof, str | None]:
    """Verify the log; return the proof, and what the log calls itself."""
    keys = checkpoints.public_keys(session)
    origin = keys[0].name if keys else None
    unknown = [said for note, said in anchors if not _is_signed(note, keys)]
    points = list(_points(anchors, last))
    found = verify(session, points, since)
    if found.broken is None and last is not None and last.origin != origin:
        reason = f"it is not the log that was verified before, {last.origin}"
        return Proof(found.size, found.root, Break(1, reason)), origin
    if found.broken is None and unknown:
        raise CannotVerify("the anchor holds, but was signed by a key that this log does not have")
    return found, origin


def _is_signed(note: str, keys: list[signed_note.PublicKey]) -> bool:
    try:
        return signed_note.signer_of(note, keys) is not None
    except signed_note.NotSigned:
        raise CannotVerify("the anchor itself was altered: its signature does not fit") from None


def _points(anchors: list[tuple[str, Checkpoint]], last: Checkpoint | None) -> Iterator[Point]:
    for _, said in anchors:
        yield Point(said.size, said.root, "the anchor")
    if last is not None:
        yield Point(last.size, last.root, "the last verification")


def _anchor(session: Session) -> str:
    if not has_sealed_end(session):
        raise CannotVerify("its end is not what the practice's key sealed")
    row = checkpoints.newest(session)
    if row is None:
        raise CannotVerify("it has no checkpoint yet; one is made with the next event")
    try:
        key = signed_note.signer_of(row.note, checkpoints.public_keys(session))
    except signed_note.NotSigned:
        key = None
    if key is None:
        raise CannotVerify("its newest checkpoint was not signed by its key")
    return anchor.written(row.note, key, row.at)
