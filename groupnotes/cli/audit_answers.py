"""How the audit commands ask the log and give what it answers: exit codes, a file, a last word."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from groupnotes.audit import anchor, signed_note
from groupnotes.audit.checkpoint_text import Checkpoint, NotACheckpoint
from groupnotes.audit.verify import CannotVerify
from groupnotes.core import uow
from groupnotes.core.db import db

T = TypeVar("T")

SOUND, ALTERED, NOT_VERIFIED = range(3)  # the exit codes that a scheduled job goes by


def of_one_state(ask: Callable[[Session], T]) -> T:
    """Ask one state of the log, whatever is appended to it meanwhile."""
    uow.begin(write=False)
    session = db.session()
    try:
        if db.engine.dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        return ask(session)
    except sa.exc.SQLAlchemyError as error:
        reason = type(getattr(error, "orig", None) or error).__name__
        raise CannotVerify(f"the database answered {reason}") from error
    finally:
        uow.abandon()
        uow.begin(write=True)


def kept(path: Path) -> tuple[str, Checkpoint]:
    """Read an anchor; raise CannotVerify if it is none."""
    try:
        return anchor.read(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError):
        raise CannotVerify(f"{path} cannot be read") from None
    except (NotACheckpoint, signed_note.NotSigned):
        raise CannotVerify(f"{path} is not an anchor") from None


def fail(sentence: str) -> NoReturn:
    """Say why there is no answer; this is not what an altered log ends with."""
    click.echo(sentence, err=True)
    sys.exit(NOT_VERIFIED)


def hand_out(text: str, file: Path, advice: str) -> None:
    """Print the text, or write a file of it, which replaces none."""
    if str(file) == "-":
        click.echo(text, nl=False)
        return
    try:
        with file.open("x", encoding="utf-8") as made:
            made.write(text)
    except FileExistsError:
        fail(f"{file} is there already: it is not replaced.")
    except OSError as error:
        fail(f"{file} cannot be written: {error.strerror}.")
    click.echo(f"Wrote {file}. {advice}")
