"""Load modules quickly."""

import contextlib
import gc
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def without_collection() -> Iterator[None]:
    """Let modules load without a search for garbage: there is none, and it takes a sixth."""
    searched = gc.isenabled()
    before = len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > before:
            gc.freeze()  # what was loaded stays, and is never looked through
        if searched:
            gc.enable()
