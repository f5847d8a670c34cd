"""Say what was measured: a table for people, JSON for machines."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from tests.bench.rounds import Result

_HEAD = (
    f"{'operation':30} {'goal':>5} {'ratio':>6} {'95 % CI':>13} {'rounds':>6} {'floor²':>6}"
    f" {'floor':>8} {'empty':>7} {'app':>8} {'verdict':>8}"
)
LEGEND = (
    "ratio: CPU time of the application by that of the floor and an empty signed-in request;\n"
    "floor²: the floor by itself, 1 on a quiet machine; floor, empty, app: median ms of CPU."
)


def lines(results: Sequence[Result]) -> list[str]:
    """Return the table."""
    return [_HEAD, *(_line(result) for result in results)]


def _line(result: Result) -> str:
    ratio = result.ratio
    interval = f"{ratio.low:.2f} to {ratio.high:.2f}"
    return (
        f"{result.name:30} {result.goal:5.2f} {ratio.median:6.2f} {interval:>13}"
        f" {result.rounds:6} {result.same:6.2f} {result.cpu['floor']:8.2f}"
        f" {result.cpu['empty']:7.2f} {result.cpu['application']:8.2f} {result.verdict:>8}"
    )


def as_json(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Return the same for machines, with the wall times, which are never judged."""
    return [
        {**dataclasses.asdict(result), "verdict": result.verdict, "goal": result.goal}
        for result in results
    ]
