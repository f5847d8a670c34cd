"""What stands between a draft and its signature."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from groupnotes.plans.content import GoalText, ObjectiveText, PlanContent, missing, problems

TODAY = dt.date(2026, 3, 4)
WHOLE = PlanContent(
    problem="Low mood",
    services="Group, weekly",
    effective_on=TODAY,
    review_due_on=TODAY + dt.timedelta(days=90),
    goals=(GoalText("Cope", (ObjectiveText("Use a skill"),)),),
)


class TestMissing:
    def test_a_whole_plan_lacks_nothing(self) -> None:
        assert missing(WHOLE, today=TODAY) == []

    @pytest.mark.parametrize(
        ("content", "word"),
        [
            (replace(WHOLE, problem=""), "problem"),
            (replace(WHOLE, services=""), "services"),
            (replace(WHOLE, goals=()), "Add a goal"),
            (replace(WHOLE, goals=(GoalText("Cope"),)), "Goal 1: add an objective"),
            (replace(WHOLE, goals=(GoalText("", (ObjectiveText("x"),)),)), "Goal 1: say"),
            (replace(WHOLE, goals=(GoalText("x", (ObjectiveText("", "y"),)),)), "Objective 1.1"),
            (replace(WHOLE, effective_on=TODAY + dt.timedelta(days=1)), "later day"),
        ],
    )
    def test_each_gap_has_its_sentence(self, content: PlanContent, word: str) -> None:
        [sentence] = missing(content, today=TODAY)

        assert word in sentence


class TestProblems:
    def test_a_review_comes_after_the_start(self) -> None:
        assert problems(WHOLE) == {}
        assert set(problems(replace(WHOLE, review_due_on=TODAY))) == {"review_due_on"}
