"""What ``audit verify`` found sound last: it is kept in a file, and never goes backwards.

A verifier that remembers nothing takes yesterday's copy of the log for a sound one.
"""

from __future__ import annotations

import os
from pathlib import Path

from groupnotes.audit import checkpoint_text
from groupnotes.audit.checkpoint_text import Checkpoint, NotACheckpoint


class Unusable(Exception):  # noqa: N818 - reads as what it is
    """The file is there but cannot be believed; the text says what to do."""


def read(path: Path) -> Checkpoint | None:
    """Return what was found last, or None if nothing ever was."""
    try:
        return checkpoint_text.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeError, NotACheckpoint) as error:
        raise Unusable(
            f"what was verified last, in {path}, cannot be read; find out why before you remove it"
        ) from error


def write(path: Path, found: Checkpoint) -> None:
    """Keep what was found: the whole of it, or what was kept before."""
    fresh = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with fresh.open("w", encoding="utf-8") as file:
            file.write(str(found))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise Unusable(f"what was verified cannot be kept in {path}: {error.strerror}") from error
