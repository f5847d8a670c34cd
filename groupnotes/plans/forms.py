"""What a browser may send about a treatment plan."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import PasswordField
from wtforms.fields import FieldList, FormField
from wtforms.validators import DataRequired, InputRequired, Length

from groupnotes.accounts.passwords import LONGEST
from groupnotes.plans import outline
from groupnotes.plans.content import GoalText, ObjectiveText, PlanContent
from groupnotes.plans.outline import Goals, Step
from groupnotes.web.forms import BaseForm, DayField, LineField, ProseField, VersionForm

_LIMIT = 20_000  # characters of one part of a plan


class ObjectiveForm(BaseForm):
    """One measurable step."""

    text = ProseField("Objective", limit=_LIMIT)
    target = LineField("Measured by")


class GoalForm(BaseForm):
    """One goal and its steps."""

    text = ProseField("Goal", limit=_LIMIT)
    objectives = FieldList(FormField(ObjectiveForm), max_entries=outline.MOST_OBJECTIVES)


class PlanForm(BaseForm):
    """What a plan says. It may have gaps as long as it is a draft."""

    problem = ProseField("Problem", limit=_LIMIT)
    services = ProseField("Services prescribed", limit=_LIMIT)
    effective_on = DayField("Takes effect", [InputRequired("Type the day it takes effect.")])
    review_due_on = DayField("Review due", [InputRequired("Type the day of the review.")])
    goals = FieldList(FormField(GoalForm), max_entries=outline.MOST_GOALS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._number_rows()

    @classmethod
    def of(cls, content: PlanContent, **more: Any) -> Self:
        """Show ``content``, with an empty goal to start with where there is none."""
        form = cls(
            problem=content.problem,
            services=content.services,
            effective_on=content.effective_on,
            review_due_on=content.review_due_on,
            **more,
        )
        form.show(content.goals or (GoalText(objectives=(ObjectiveText(),)),))
        return form

    def values(self) -> PlanContent:
        """Return what was typed; call after ``validate``."""
        return PlanContent(
            problem=self.problem.data or "",
            services=self.services.data or "",
            effective_on=self.effective_on.data or dt.date.min,
            review_due_on=self.review_due_on.data or dt.date.min,
            goals=self._goals(),
        )

    def rearranged(self, step: Step) -> Self:
        """Return this form, nothing lost, with its rows after ``step``."""
        others = [
            (name, value)
            for name, value in request.form.items(multi=True)
            if not name.startswith("goals-")
        ]
        form = type(self)(MultiDict(others))
        goals = outline.rearranged(self._goals(), step)
        form.show(goals[: outline.MOST_GOALS])
        return form

    def place_after(self, step: Step) -> tuple[int, int | None] | None:
        """Return which row of this form to type in next."""
        return outline.place_after(self._goals(), step)

    def _goals(self) -> Goals:
        entries: list[Any] = self.goals.entries
        return tuple(
            GoalText(
                goal.form.text.data or "",
                tuple(
                    ObjectiveText(row.form.text.data or "", row.form.target.data or "")
                    for row in goal.form.objectives.entries
                ),
            )
            for goal in entries
        )

    def show(self, goals: Goals) -> None:
        """Add rows for these goals below those that are there."""
        for goal in goals:
            steps = goal.objectives[: outline.MOST_OBJECTIVES]
            rows = [{"text": step.text, "target": step.target} for step in steps]
            self.goals.append_entry({"text": goal.text, "objectives": rows})
        self._number_rows()

    def _number_rows(self) -> None:
        """Name each row by its place, so that no two fields have the same label."""
        entries: list[Any] = self.goals.entries
        for number, goal in enumerate(entries, 1):
            goal.form.text.label.text = f"Goal {number}: what the client wants to reach"
            for step, row in enumerate(goal.form.objectives.entries, 1):
                row.form.text.label.text = f"Objective {number}.{step}"
                row.form.target.label.text = f"{number}.{step} is measured by"


class PlanEditForm(PlanForm, VersionForm):
    """A changed draft."""


class SignForm(VersionForm):
    """A signature: the password again."""

    password = PasswordField(
        "Your password",
        [DataRequired("Type your password."), Length(max=LONGEST, message="That is too long.")],
    )

    def typed_password(self) -> str:
        """Return the password exactly as typed."""
        return self.password.data or ""
