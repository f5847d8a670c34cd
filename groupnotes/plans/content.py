"""What a treatment plan says, and what it lacks before it can be signed. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

# NYCRR 599.10(b) and the usual cycle of payers; whoever writes the plan may choose another day.
REVIEW_AFTER = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class ObjectiveText:
    """A measurable step, and by what it is measured."""

    text: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class GoalText:
    """What the client wants to reach, in steps."""

    text: str = ""
    objectives: tuple[ObjectiveText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContent:
    """What someone wrote into a plan."""

    problem: str
    services: str
    effective_on: dt.date
    review_due_on: dt.date
    goals: tuple[GoalText, ...] = ()


def texts(content: PlanContent) -> dict[str, str]:
    """Return every text of a plan under the name of its field."""
    found = {"problem": content.problem, "services": content.services}
    for number, goal in enumerate(content.goals):
        found[f"goals-{number}-text"] = goal.text
        for step, objective in enumerate(goal.objectives):
            found[f"goals-{number}-objectives-{step}-text"] = objective.text
            found[f"goals-{number}-objectives-{step}-target"] = objective.target
    return found


def problems(content: PlanContent) -> dict[str, str]:
    """Return one sentence for each field with which not even a draft can be kept."""
    if content.review_due_on <= content.effective_on:
        return {"review_due_on": "Choose a day after the plan takes effect."}
    return {}


def missing(content: PlanContent, *, today: dt.date) -> list[str]:
    """Return what stands between a draft and its signature, one sentence each."""
    found = []
    if not content.problem:
        found.append("Describe the problem that is treated.")
    if not content.services:
        found.append("Name the services with their frequency and duration.")
    if content.effective_on > today:
        found.append(
            "The plan takes effect on a later day: sign it then, or choose an earlier day."
        )
    if not content.goals:
        found.append("Add a goal.")
    return [*found, *_gaps(content.goals)]


def _gaps(goals: tuple[GoalText, ...]) -> Iterator[str]:
    for number, goal in enumerate(goals, 1):
        if not goal.text:
            yield f"Goal {number}: say what the client wants to reach."
        if not goal.objectives:
            yield f"Goal {number}: add an objective."
        for step, objective in enumerate(goal.objectives, 1):
            if not objective.text:
                yield f"Objective {number}.{step}: say what the client will do."
