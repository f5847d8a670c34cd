"""What stands between a draft and a signature."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

import pytest

from groupnotes.notes.readiness import (
    IndividualContent,
    Missing,
    ObjectiveProgress,
    has_text,
    missing,
    too_early,
)
from groupnotes.notes.vocabulary import EngagementLevel, EngagementQuality, Rating, RiskLevel

SLEEP, WORRY = UUID(int=1), UUID(int=2)
COMPLETE = IndividualContent(
    engagement_level=EngagementLevel.ACTIVE,
    response="Named two triggers and practised the skill.",
    diagnoses_addressed=(UUID(int=9),),
    progress=(
        ObjectiveProgress(SLEEP, Rating.IMPROVING, "Slept six hours on four nights."),
        ObjectiveProgress(WORRY),
    ),
    risk_level=RiskLevel.NONE,
    plan="Continue weekly.",
)


def fields(content: IndividualContent) -> list[str]:
    return [item.field for item in missing(content)]


class TestMissing:
    def test_a_complete_note_misses_nothing(self) -> None:
        assert missing(COMPLETE) == []

    def test_an_empty_note_misses_all_in_the_order_of_the_form(self) -> None:
        empty = IndividualContent(progress=(ObjectiveProgress(SLEEP),))

        assert missing(empty) == [
            Missing("engagement_level", "Choose how much this client took part."),
            Missing("response", "Add what this client said or did."),
            Missing(
                "diagnoses_addressed", "Choose at least one diagnosis that this session addressed."
            ),
            Missing("progress", "Rate this client's progress on at least one objective."),
            Missing("risk_level", "Choose whether you found a risk to this client or to others."),
            Missing("plan", "Add what happens next for this client."),
        ]

    @pytest.mark.parametrize(
        ("without", "field"),
        [
            (replace(COMPLETE, engagement_level=None), "engagement_level"),
            (replace(COMPLETE, response=""), "response"),
            (replace(COMPLETE, diagnoses_addressed=()), "diagnoses_addressed"),
            (replace(COMPLETE, progress=(ObjectiveProgress(SLEEP),)), "progress"),
            (replace(COMPLETE, risk_level=None), "risk_level"),
            (replace(COMPLETE, plan=""), "plan"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_each_is_needed(self, without: IndividualContent, field: str) -> None:
        assert fields(without) == [field]

    @pytest.mark.parametrize("blank", [" ", "\n\t", "\xa0", "\u200b", "\xad\ufeff"], ids=ascii)
    def test_text_that_nobody_can_see_is_no_text(self, blank: str) -> None:
        assert fields(replace(COMPLETE, response=blank, plan=blank)) == ["response", "plan"]

    def test_the_groups_response_and_qualities_may_stay_empty(self) -> None:
        bare = replace(COMPLETE, group_response="", engagement_qualities=())

        assert missing(bare) == []


class TestProgress:
    def test_a_client_without_open_objectives_needs_none(self) -> None:
        assert missing(replace(COMPLETE, progress=())) == []

    def test_each_rating_needs_its_evidence(self) -> None:
        rated = (
            ObjectiveProgress(SLEEP, Rating.IMPROVING),
            ObjectiveProgress(WORRY, Rating.NO_CHANGE, "  "),
        )

        found = missing(replace(COMPLETE, progress=rated))

        assert [(item.field, item.objective_id) for item in found] == [
            ("evidence", SLEEP),
            ("evidence", WORRY),
        ]
        assert found[0].sentence == "Add what you saw or heard that shows this rating."

    def test_evidence_without_a_rating_asks_for_one(self) -> None:
        rows = (*COMPLETE.progress[:1], ObjectiveProgress(WORRY, None, "Worried less."))

        found = missing(replace(COMPLETE, progress=rows))

        assert found == [
            Missing(
                "rating",
                "Choose a rating for the evidence you wrote, or clear the evidence.",
                WORRY,
            )
        ]


class TestRisk:
    def test_a_risk_needs_its_action(self) -> None:
        found = missing(replace(COMPLETE, risk_level=RiskLevel.PRESENT))

        assert found == [Missing("risk_action", "Add what was done about the risk.")]

    def test_a_risk_with_its_action_is_complete(self) -> None:
        content = replace(
            COMPLETE, risk_level=RiskLevel.PRESENT, risk_action="Safety plan reviewed."
        )

        assert missing(content) == []

    def test_an_action_contradicts_no_risk(self) -> None:
        content = replace(COMPLETE, risk_action="Safety plan reviewed.")

        assert missing(content) == [
            Missing(
                "risk_level",
                "Choose “Risk present” for the action you wrote, or clear the action.",
            )
        ]

    def test_an_action_without_a_choice_asks_for_the_choice_once(self) -> None:
        content = replace(COMPLETE, risk_level=None, risk_action="Safety plan reviewed.")

        assert fields(content) == ["risk_level"]


class TestHasText:
    def test_what_the_fan_out_gives_is_not_text(self) -> None:
        fresh = IndividualContent(
            diagnoses_addressed=(UUID(int=9),), progress=(ObjectiveProgress(SLEEP),)
        )

        assert not has_text(fresh)

    @pytest.mark.parametrize(
        "begun",
        [
            IndividualContent(engagement_level=EngagementLevel.NONE),
            IndividualContent(engagement_qualities=(EngagementQuality.GUARDED,)),
            IndividualContent(response="x"),
            IndividualContent(group_response="x"),
            IndividualContent(progress=(ObjectiveProgress(SLEEP, Rating.ACHIEVED),)),
            IndividualContent(progress=(ObjectiveProgress(SLEEP, None, "x"),)),
            IndividualContent(risk_level=RiskLevel.NONE),
            IndividualContent(risk_action="x"),
            IndividualContent(plan="x"),
        ],
        ids=[
            "level",
            "quality",
            "response",
            "group",
            "rating",
            "evidence",
            "risk",
            "action",
            "plan",
        ],
    )
    def test_anything_entered_is(self, begun: IndividualContent) -> None:
        assert has_text(begun)


class TestTooEarly:
    STOP = dt.datetime(2026, 3, 3, 23, 30, tzinfo=dt.UTC)

    def test_a_note_is_not_signed_while_the_session_runs(self) -> None:
        found = too_early(self.STOP, self.STOP - dt.timedelta(seconds=1))

        assert found == Missing("session", "Sign this note after the session has ended.")

    @pytest.mark.parametrize("later", [dt.timedelta(), dt.timedelta(days=1)])
    def test_from_the_stop_on_it_is(self, later: dt.timedelta) -> None:
        assert too_early(self.STOP, self.STOP + later) is None
