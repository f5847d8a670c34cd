"""Measure in rounds, and judge by the median of their ratios."""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

FEWEST, MOST = 15, 60  # rounds
_NARROW = 0.06  # of the median: a confidence interval as narrow as this is enough
_QUIET = (0.85, 1.15)  # the floor compared with itself
_SAMPLES = 2000

Run = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Interval:
    """A median with its bootstrapped 95 % confidence interval."""

    low: float
    median: float
    high: float

    @property
    def width(self) -> float:
        """How wide the interval is, as a part of its median."""
        return (self.high - self.low) / self.median


@dataclass(slots=True)
class Times:
    """Seconds of process CPU, and of the clock on the wall, of each round."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def run(self, act: Run) -> None:
        """Time ``act`` once."""
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        self.cpu.append(time.process_time() - cpu)
        self.wall.append(time.perf_counter() - wall)


@dataclass(frozen=True, slots=True)
class Contest:
    """One operation by everyone; each call makes the next run ready and returns it."""

    name: str
    goal: float
    application: Callable[[int], Run]
    floor: Callable[[int], Run]
    floor_again: Callable[[int], Run]
    empty: Callable[[int], Run]
    warm_up: Run  # by none of them


@dataclass(frozen=True, slots=True)
class Result:
    """What the rounds of one operation say."""

    name: str
    goal: float
    rounds: int
    ratio: Interval  # the application's CPU by that of the floor and an empty request
    same: float  # the floor's CPU by its own: 1 on a quiet machine
    cpu: dict[str, float]  # median milliseconds
    wall: dict[str, float]

    @property
    def verdict(self) -> str:
        """PASS, FAIL, or NOISY: run it again when less is going on."""
        if not _QUIET[0] <= self.same <= _QUIET[1]:
            return "NOISY"
        if self.ratio.low > self.goal:
            return "FAIL"
        return "PASS" if self.ratio.median <= self.goal else "NOISY"


def measure(contest: Contest, first_turn: int, chance: random.Random) -> Result:
    """Run rounds until the ratio is known well enough, everyone in random order in each."""
    times = {name: Times() for name in ("application", "floor", "floor_again", "empty")}
    ratio = Interval(0, 1, 1)
    for turn in range(first_turn, first_turn + MOST):
        runs = {name: getattr(contest, name)(turn) for name in times}
        gc.collect()
        contest.warm_up()  # else whoever comes first pays for the cold caches
        for name in chance.sample(sorted(runs), len(runs)):
            times[name].run(runs[name])
        rounds = turn - first_turn + 1
        if rounds >= FEWEST:
            ratio = interval(_ratios(times), chance)
            if ratio.width < _NARROW:
                break
    both = zip(times["floor_again"].cpu, times["floor"].cpu, strict=True)
    return Result(
        name=contest.name,
        goal=contest.goal,
        rounds=rounds,
        ratio=ratio,
        same=statistics.median(again / first for again, first in both),
        cpu={name: statistics.median(kept.cpu) * 1000 for name, kept in times.items()},
        wall={name: statistics.median(kept.wall) * 1000 for name, kept in times.items()},
    )


def interval(values: Sequence[float], chance: random.Random) -> Interval:
    """Return the median of ``values`` with its bootstrapped confidence interval."""
    medians = sorted(
        statistics.median(chance.choices(values, k=len(values))) for _ in range(_SAMPLES)
    )
    cut = _SAMPLES // 40
    return Interval(medians[cut], statistics.median(values), medians[-cut - 1])


def _ratios(times: dict[str, Times]) -> list[float]:
    return [
        application / (floor + empty)
        for application, floor, empty in zip(
            times["application"].cpu, times["floor"].cpu, times["empty"].cpu, strict=True
        )
    ]
