"""Add, remove and move the goals and objectives of a plan that is being written. Pure.

The buttons of the form send what they do in words, so the form needs no script:
``add-objective 0``, ``remove-goal 1``, ``raise-objective 0 2``. Positions count from 0.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, replace
from typing import TypeVar

from groupnotes.plans.content import GoalText, ObjectiveText

MOST_GOALS = 12
MOST_OBJECTIVES = 12  # of one goal

Goals = tuple[GoalText, ...]
T = TypeVar("T")


class Move(enum.StrEnum):
    """What a button does to the row it is in."""

    ADD = "add"
    REMOVE = "remove"
    RAISE = "raise"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Step:
    """One move of one goal, or of one objective of a goal.

    Where a row is added, the position of that row is not given: it becomes the last.
    """

    move: Move
    goal: int | None = None
    objective: int | None = None
    of_objective: bool = False


_STEP = re.compile(r"(add|remove|raise|lower)-(goal|objective)((?: \d{1,3}){0,2})", re.ASCII)


def step_of(words: str) -> Step | None:
    """Read what a button sent; None for what no button of ours sends."""
    found = _STEP.fullmatch(words)
    if found is None:
        return None
    move, of_objective = Move(found[1]), found[2] == "objective"
    places = [int(place) for place in found[3].split()]
    if len(places) != of_objective + (move is not Move.ADD):
        return None
    goal, objective = [*places, None, None][:2]
    return Step(move, goal, objective, of_objective)


def rearranged(goals: Goals, step: Step) -> Goals:
    """Return the goals after ``step``; a row that is not there changes nothing."""
    if not step.of_objective:
        return _changed(goals, step.move, step.goal, GoalText(objectives=(ObjectiveText(),)))
    if step.goal is None or step.goal >= len(goals):
        return goals
    goal = goals[step.goal]
    objectives = _changed(goal.objectives, step.move, step.objective, ObjectiveText())
    return (*goals[: step.goal], replace(goal, objectives=objectives), *goals[step.goal + 1 :])


def place_after(goals: Goals, step: Step) -> tuple[int, int | None] | None:
    """Return goal and objective of the row to type in next, in the goals after ``step``."""
    if step.move is Move.REMOVE or not goals:
        return None
    if not step.of_objective:
        return _landed(step.move, step.goal, len(goals)), None
    if step.goal is None or step.goal >= len(goals) or not goals[step.goal].objectives:
        return None
    return step.goal, _landed(step.move, step.objective, len(goals[step.goal].objectives))


def written(goals: Goals) -> Goals:
    """Return the goals without the rows in which nothing was written."""
    kept = (
        replace(goal, objectives=tuple(o for o in goal.objectives if o.text or o.target))
        for goal in goals
    )
    return tuple(goal for goal in kept if goal.text or goal.objectives)


def _changed(rows: tuple[T, ...], move: Move, place: int | None, new: T) -> tuple[T, ...]:
    if move is Move.ADD:
        return (*rows, new)
    if place is None or place >= len(rows):
        return rows
    without = [*rows[:place], *rows[place + 1 :]]
    if move is not Move.REMOVE:
        without.insert(max(0, place + _SHIFT[move]), rows[place])
    return tuple(without)


def _landed(move: Move, place: int | None, count: int) -> int:
    if place is None:
        return count - 1
    return min(max(0, place + _SHIFT[move]), count - 1)


_SHIFT = {Move.RAISE: -1, Move.LOWER: 1}
