"""Adding, removing and moving the rows of a plan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.plans.content import GoalText, ObjectiveText
from groupnotes.plans.outline import (
    Goals,
    Move,
    Step,
    place_after,
    rearranged,
    step_of,
    written,
)


def goals(shape: str) -> Goals:
    """Make goals of one-letter objectives: ``ab|c`` is two goals."""
    return tuple(
        GoalText(f"goal {number}", tuple(ObjectiveText(letter) for letter in letters))
        for number, letters in enumerate(shape.split("|"))
    )


def shape(of: Goals) -> str:
    return "|".join("".join(step.text or "_" for step in goal.objectives) for goal in of)


class TestStepOf:
    @pytest.mark.parametrize(
        ("words", "step"),
        [
            ("add-goal", Step(Move.ADD)),
            ("remove-goal 2", Step(Move.REMOVE, 2)),
            ("add-objective 1", Step(Move.ADD, 1, of_objective=True)),
            ("raise-objective 0 3", Step(Move.RAISE, 0, 3, of_objective=True)),
        ],
    )
    def test_it_reads_what_a_button_sends(self, words: str, step: Step) -> None:
        assert step_of(words) == step

    @pytest.mark.parametrize(
        "words",
        [
            "",
            "add",
            "add-goal 1",
            "remove-goal",
            "remove-objective 1",
            "lower-goal -1",
            "burn-goal 1",
        ],
    )
    def test_it_reads_nothing_else(self, words: str) -> None:
        assert step_of(words) is None


class TestRearranged:
    @pytest.mark.parametrize(
        ("words", "after"),
        [
            ("add-objective 1", "ab|c_"),
            ("add-goal", "ab|c|_"),
            ("remove-objective 0 0", "b|c"),
            ("remove-goal 0", "c"),
            ("raise-objective 0 1", "ba|c"),
            ("lower-objective 0 0", "ba|c"),
            ("raise-objective 0 0", "ab|c"),
            ("lower-objective 0 1", "ab|c"),
            ("raise-goal 1", "c|ab"),
            ("lower-goal 0", "c|ab"),
        ],
    )
    def test_it_does_what_the_button_says(self, words: str, after: str) -> None:
        step = step_of(words)
        assert step is not None

        assert shape(rearranged(goals("ab|c"), step)) == after

    @pytest.mark.parametrize(
        "words", ["remove-goal 7", "remove-objective 0 7", "add-objective 7", "raise-objective 7 0"]
    )
    def test_a_row_that_is_not_there_changes_nothing(self, words: str) -> None:
        step = step_of(words)
        assert step is not None

        assert rearranged(goals("ab|c"), step) == goals("ab|c")

    @given(
        letters=st.lists(st.text("abcdef", max_size=4), min_size=1, max_size=4),
        move=st.sampled_from([Move.ADD, Move.RAISE, Move.LOWER]),
        goal=st.integers(0, 5),
        objective=st.none() | st.integers(0, 5),
    )
    def test_only_remove_loses_a_text(
        self, letters: list[str], move: Move, goal: int, objective: int | None
    ) -> None:
        before = goals("|".join(letters))
        step = Step(move, goal, objective, of_objective=objective is not None)

        after = rearranged(before, step)

        assert sorted(shape(after).replace("_", "").replace("|", "")) == sorted("".join(letters))


class TestPlaceAfter:
    @pytest.mark.parametrize(
        ("words", "place"),
        [
            ("add-objective 0", (0, 2)),
            ("add-goal", (2, None)),
            ("raise-objective 0 1", (0, 0)),
            ("lower-goal 0", (1, None)),
            ("remove-goal 0", None),
            ("add-objective 7", None),
        ],
    )
    def test_the_row_that_moved_is_typed_in_next(
        self, words: str, place: tuple[int, int | None] | None
    ) -> None:
        step = step_of(words)
        assert step is not None

        assert place_after(rearranged(goals("ab|c"), step), step) == place


class TestWritten:
    def test_empty_rows_are_left_out(self) -> None:
        kept = GoalText("", (ObjectiveText("", "daily"),))
        typed = (GoalText("", (ObjectiveText(),)), kept, GoalText("Cope", (ObjectiveText(),)))

        assert written(typed) == (kept, GoalText("Cope"))
