"""Compare the hot paths with their floor: ``python -m tests.bench``, or ``make bench``."""

from __future__ import annotations

import argparse
import functools
import json
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench import audit_log, autosavers, copies, deid, imports, operations, report, same
from tests.bench.contestants import Application, Floor, leave_hashing_out
from tests.bench.operations import Operation
from tests.bench.rounds import MOST, Contest, Result, measure

_WARM_UP = 2  # turns: the first statements and templates are compiled in them


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a goal is missed, 2 when the machine was too busy to tell."""
    options = _parser().parse_args(arguments)
    out = sys.stderr if options.json else sys.stdout
    leave_hashing_out()
    with tempfile.TemporaryDirectory(prefix="groupnotes-bench-") as folder:
        say = functools.partial(print, file=out, flush=True)
        _check(options.database, Path(folder))
        say("The floor makes the same rows and pages as the application.")
        results = _compare(options, Path(folder), say)
        extra = {"imports": imports.measure()}
        say(imports.in_words(extra["imports"]))
        if not options.only:
            extra["deid"] = deid.measure()
            say(deid.in_words(extra["deid"]))
            extra["audit"] = audit_log.measure(options.database, Path(folder), options.events)
            say(audit_log.in_words(extra["audit"]))
        if options.database == "sqlite" and not options.only:
            extra["autosavers"] = autosavers.measure(Path(folder))
            say(autosavers.in_words(extra["autosavers"]))
    if options.json:
        sys.stdout.write(
            json.dumps({"operations": report.as_json(results), **extra}, indent=2) + "\n"
        )
    verdicts = {result.verdict for result in results}
    verdicts |= {one["verdict"] for one in extra.values() if "verdict" in one}
    return 1 if "FAIL" in verdicts else 2 if "NOISY" in verdicts else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--notes", type=int, default=20_000, help="of other groups (20000)")
    parser.add_argument("--events", type=int, default=1_000_000, help="of the audit log (1000000)")
    parser.add_argument("--only", default="", help="operations whose name begins so")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser


def _check(kind: str, folder: Path) -> None:
    """Hold the floor to the application on a small database."""
    with copies.template(kind, folder, rounds=1, background=0) as small:
        url, floor_url = small.copy(), small.copy()
        learner = Application(small.copy(), small.work)
        known = list(operations.all_operations(small.work, learner))
        contestants = Application(url, small.work), Floor(floor_url, small.work)
        same.check(known, *contestants, floor_url)
        for one in (learner, *contestants):
            one.close()


def _compare(options: argparse.Namespace, folder: Path, say: Callable[[str], None]) -> list[Result]:
    chance = random.Random()  # noqa: S311 - only the order of runs
    rounds = MOST + _WARM_UP
    with copies.template(options.database, folder, rounds=rounds, background=options.notes) as made:
        learner, applied, idle = (Application(made.copy(), made.work) for _ in range(3))
        floors = [Floor(made.copy(), made.work) for _ in range(2)]
        results = []
        head, *_ = report.lines([])
        say(f"{report.LEGEND}\n{head}")
        for operation in operations.all_operations(made.work, learner):
            if not operation.name.startswith(options.only):
                continue
            contest = _contest(operation, applied, idle, floors, learner)
            for turn in range(_WARM_UP):
                for run in (contest.application, contest.floor, contest.floor_again, contest.empty):
                    run(turn)()
            results.append(measure(contest, _WARM_UP, chance))
            say(report.lines(results)[-1])
        for application in (learner, applied, idle):
            application.close()
        for floor in floors:
            floor.close()
        return results


def _contest(
    operation: Operation,
    applied: Application,
    idle: Application,
    floors: list[Floor],
    another: Application,
) -> Contest:
    def application(turn: int) -> operations.Run:
        applied.refresh()
        return operation.by_application(applied, turn)

    def empty(_turn: int) -> operations.Run:
        idle.refresh()
        return operations.empty_request(idle)

    def warm_up() -> None:
        another.refresh()
        operations.empty_request(another)()

    return Contest(
        name=operation.name,
        goal=operation.goal,
        application=application,
        floor=functools.partial(operation.by_floor, floors[0]),
        floor_again=functools.partial(operation.by_floor, floors[1]),
        empty=empty,
        warm_up=warm_up,
    )


if __name__ == "__main__":
    sys.exit(main())
