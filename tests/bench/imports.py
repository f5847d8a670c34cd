"""What starting costs: ``create_app`` against importing Flask alone, each in fresh processes."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from typing import Any

_GOAL = 6.0
_TIMES = 7
_CLOCK = "import time; print(time.process_time())"
_FLASK = f"import flask; {_CLOCK}"
_APPLICATION = (
    "from groupnotes import config, create_app;"
    " create_app(config.Settings('sqlite://', bytes(32), ['localhost'], 0));"
    f" {_CLOCK}"
)
_NOTHING = _CLOCK
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"  # compiling every module anew is no part of starting


def measure() -> dict[str, Any]:
    """Return the CPU of both, with that of an empty interpreter taken off, and their ratio."""
    taken: dict[str, list[float]] = {_NOTHING: [], _FLASK: [], _APPLICATION: []}
    _cpu(_APPLICATION)  # writes what is not compiled yet
    for _ in range(_TIMES):
        for code, times in taken.items():
            times.append(_cpu(code))
    bare, flask, application = (statistics.median(times) for times in taken.values())
    ratio = (application - bare) / (flask - bare)
    return {
        "flask_ms": (flask - bare) * 1000,
        "create_app_ms": (application - bare) * 1000,
        "ratio": ratio,
        "goal": _GOAL,
        "verdict": "PASS" if ratio <= _GOAL else "FAIL",
    }


def in_words(measured: dict[str, Any]) -> str:
    """Return one line."""
    return (
        f"create_app in a fresh process: {measured['create_app_ms']:.0f} ms of CPU,"
        f" {measured['ratio']:.1f} times importing Flask ({measured['flask_ms']:.0f} ms);"
        f" goal {measured['goal']:.0f}: {measured['verdict']}"
    )


def _cpu(code: str) -> float:
    answer = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env={name: value for name, value in os.environ.items() if name != _NO_BYTECODE},
    )
    return float(answer.stdout)
