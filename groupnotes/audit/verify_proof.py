"""Verify that an event is in the log: ``python -m groupnotes.audit.verify_proof FILE --key KEY``.

For a court, or anybody else who holds the proof that ``audit prove`` wrote and the public key of
the practice's log. It needs no database and no network, and no other event of the log.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from groupnotes.audit import anchor, inclusion, signed_note, words
from groupnotes.audit.chain import Event
from groupnotes.audit.checkpoint_text import Checkpoint, NotACheckpoint
from groupnotes.audit.inclusion import NotAProof, NotProved, Proved
from groupnotes.audit.signed_note import NotSigned, PublicKey

PROVED, NOT_PROVED, NOT_VERIFIED = range(3)  # the exit codes that a script goes by


class Unreadable(ValueError):  # noqa: N818 - reads as what is wrong
    """A file cannot be read, or does not fit the proof; the text says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the event; 0 when it is proved, 1 when not, 2 when that cannot be verified."""
    options = _parser().parse_args(arguments)
    try:
        proof = inclusion.read(_text(options.file))
        keys = _keys(options.key)
        kept = _anchor(options.anchor) if options.anchor else None
        proved = proof.check(keys)
        if kept is not None:
            _hold(proved.checkpoint, *kept, keys)
    except NotProved as reason:
        click.echo(f"NOT PROVED: {reason}.")
        return NOT_PROVED
    except (NotAProof, Unreadable) as reason:
        click.echo(f"Not verified: {reason}.", err=True)
        return NOT_VERIFIED
    for line in _told(proved, is_anchored=kept is not None):
        click.echo(line)
    return PROVED


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(
        prog="python -m groupnotes.audit.verify_proof", description=summary
    )
    parser.add_argument("file", type=Path, help="the proof")
    parser.add_argument("--key", type=Path, required=True, help="what audit key prints")
    parser.add_argument(
        "--anchor", type=Path, help="a checkpoint that was kept elsewhere, which must be the same"
    )
    return parser


def _text(path: Path) -> str:
    """Return a file to the letter, ends of lines included."""
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise Unreadable(f"{path} cannot be read ({error.strerror})") from error
    except UnicodeError as error:
        raise Unreadable(f"{path} is no text") from error


def _keys(path: Path) -> list[PublicKey]:
    try:
        keys = signed_note.read_keys(_text(path))
    except signed_note.NotAKey as error:
        raise Unreadable(f"{path}: {error}") from error
    if not keys:
        raise Unreadable(f"{path} holds no public key of a log")
    return keys


def _anchor(path: Path) -> tuple[str, Checkpoint]:
    try:
        return anchor.read(_text(path))
    except (NotSigned, NotACheckpoint) as error:
        raise Unreadable(f"{path} is not an anchor") from error


def _hold(said: Checkpoint, note: str, kept: Checkpoint, keys: list[PublicKey]) -> None:
    """Hold what the practice signed against what it had signed before, and gave away."""
    try:
        signed_note.signer_of(note, keys)
    except NotSigned as error:
        raise Unreadable("the anchor itself was altered: its signature does not fit") from error
    if said.origin != kept.origin or (said.size == kept.size and said.root != kept.root):
        raise NotProved("the log is not the one that the anchor was made of")
    if said.size != kept.size:
        raise Unreadable(
            f"the proof is by the checkpoint over {said.size} events, the anchor is one over"
            f" {kept.size}: ask for a proof by this anchor"
        )


def _told(proved: Proved, *, is_anchored: bool) -> Iterator[str]:
    event, said = proved.event, proved.checkpoint
    yield f"Proved: event {event.sequence} of the log {said.origin}"
    for name, value in _facts(event):
        yield f"  {name}: {value}"
    first = "the first event" if said.size == 1 else f"one of the first {said.size} events"
    yield f"It is {first}, for which the log's key signed."
    yield f"The key: SHA-256 {proved.key.fingerprint}"
    if is_anchored:
        yield "The checkpoint is the one that was kept elsewhere."
    yield "Whose the ids are, the practice knows: the log holds no names."


def _facts(event: Event) -> Iterator[tuple[str, object]]:
    yield "When", f"{event.at:%Y-%m-%d %H:%M:%S.%f} UTC, by the practice's clock"
    yield "What", f"{words.done(event.tag)} ({event.tag}): {event.outcome}"
    yield "Who", event.actor_id or "nobody signed in"
    if event.sign_in_id:
        yield "Sign-in", event.sign_in_id
    if event.client_id:
        yield "Client", event.client_id
    if event.object_type or event.object_id:
        yield "Record", " ".join(str(part) for part in (event.object_type, event.object_id) if part)
    if event.detail:
        yield "Detail", event.detail


if __name__ == "__main__":
    sys.exit(main())
