"""What one submit does to the individual notes of a session."""

from itertools import count
from uuid import UUID

import pytest

from groupnotes.notes.fanout import (
    ActiveDiagnosis,
    Attendee,
    Chart,
    Conflict,
    ExistingNote,
    FanOut,
    NewDiagnosis,
    NewNote,
    NewProgress,
    OpenObjective,
    plan_fan_out,
)
from groupnotes.notes.states import NoteStatus

CLINICIAN, OTHER_CLINICIAN = UUID(int=0xC1), UUID(int=0xC2)
ANA, BEN, CLEO = UUID(int=1), UUID(int=2), UUID(int=3)
NO_CHART = Chart()
FIRST_NEW = 0x1000


def attendee(client: UUID, *, attended: bool = True) -> Attendee:
    return Attendee(client, attended, data_key_id=client.int * 10, author_id=CLINICIAN)


def note(number: int, status: NoteStatus = NoteStatus.DRAFT) -> ExistingNote:
    return ExistingNote(UUID(int=number), status)


def plan(
    attendees: list[Attendee],
    existing: dict[UUID, ExistingNote] | None = None,
    chart: Chart = NO_CHART,
) -> FanOut:
    ids = (UUID(int=number) for number in count(FIRST_NEW))
    return plan_fan_out(attendees, chart, existing or {}, lambda: next(ids))


def new(offset: int) -> UUID:
    return UUID(int=FIRST_NEW + offset)


class TestNewNotes:
    def test_each_client_who_attended_gets_one(self) -> None:
        made = plan([attendee(ANA), attendee(BEN)])

        assert made.notes == (
            NewNote(new(0), ANA, CLINICIAN, 10),
            NewNote(new(1), BEN, CLINICIAN, 20),
        )

    def test_the_author_is_the_one_of_that_client(self) -> None:
        made = plan([Attendee(ANA, attended=True, data_key_id=1, author_id=OTHER_CLINICIAN)])

        assert made.notes[0].author_id == OTHER_CLINICIAN

    def test_an_absent_client_gets_none(self) -> None:
        made = plan([attendee(ANA), attendee(BEN, attended=False)])

        assert [row.client_id for row in made.notes] == [ANA]

    def test_a_late_comer_adds_one_and_touches_no_other(self) -> None:
        made = plan([attendee(ANA), attendee(BEN)], {ANA: note(50)})

        assert [row.client_id for row in made.notes] == [BEN]
        assert made.untouched == (UUID(int=50),)

    def test_the_order_of_the_attendees_does_not_matter(self) -> None:
        forth = [attendee(ANA), attendee(BEN), attendee(CLEO)]

        assert plan(forth) == plan(forth[::-1])

    def test_a_client_listed_twice_is_refused(self) -> None:
        with pytest.raises(ValueError, match="once"):
            plan([attendee(ANA), attendee(ANA, attended=False)])

    def test_nobody_attending_makes_nothing(self) -> None:
        assert plan([]) == FanOut()


class TestStartOfANote:
    def test_it_has_the_clients_own_diagnoses_by_rank(self) -> None:
        anxiety, grief, other = UUID(int=71), UUID(int=72), UUID(int=73)
        chart = Chart(
            diagnoses=[
                ActiveDiagnosis(ANA, grief, rank=2),
                ActiveDiagnosis(BEN, other, rank=1),
                ActiveDiagnosis(ANA, anxiety, rank=1),
            ]
        )

        made = plan([attendee(ANA)], chart=chart)

        assert made.diagnoses == (
            NewDiagnosis(new(1), new(0), anxiety, 1),
            NewDiagnosis(new(2), new(0), grief, 2),
        )

    def test_it_has_the_clients_own_objectives_by_goal_and_place(self) -> None:
        first, second, third = UUID(int=83), UUID(int=82), UUID(int=81)
        chart = Chart(
            objectives=[
                OpenObjective(ANA, third, goal_position=2, position=1),
                OpenObjective(ANA, second, goal_position=1, position=2),
                OpenObjective(ANA, first, goal_position=1, position=1),
                OpenObjective(CLEO, UUID(int=84), goal_position=1, position=1),
            ]
        )

        made = plan([attendee(ANA)], chart=chart)

        assert made.progress == (
            NewProgress(new(1), new(0), first, 10, 1),
            NewProgress(new(2), new(0), second, 10, 2),
            NewProgress(new(3), new(0), third, 10, 3),
        )

    def test_ratings_and_evidence_have_no_place_in_the_plan(self) -> None:
        assert set(NewProgress._fields) == {
            "id",
            "note_id",
            "objective_id",
            "data_key",
            "position",
        }

    def test_equal_ranks_and_places_fall_in_the_order_of_ids(self) -> None:
        low, high = UUID(int=71), UUID(int=72)
        chart = Chart(
            diagnoses=[ActiveDiagnosis(ANA, high, 1), ActiveDiagnosis(ANA, low, 1)],
            objectives=[OpenObjective(ANA, high, 1, 1), OpenObjective(ANA, low, 1, 1)],
        )

        made = plan([attendee(ANA)], chart=chart)

        assert [row.diagnosis_id for row in made.diagnoses] == [low, high]
        assert [row.objective_id for row in made.progress] == [low, high]

    def test_what_a_chart_says_twice_stands_once(self) -> None:
        same = UUID(int=71)
        chart = Chart(
            diagnoses=[ActiveDiagnosis(ANA, same, 2), ActiveDiagnosis(ANA, same, 1)],
            objectives=[OpenObjective(ANA, same, 1, 1), OpenObjective(ANA, same, 2, 1)],
        )

        made = plan([attendee(ANA)], chart=chart)

        assert [(row.diagnosis_id, row.position) for row in made.diagnoses] == [(same, 1)]
        assert [(row.objective_id, row.position) for row in made.progress] == [(same, 1)]

    def test_a_note_that_exists_gets_nothing_from_the_chart(self) -> None:
        chart = Chart([ActiveDiagnosis(ANA, UUID(int=71), 1)], [OpenObjective(ANA, ANA, 1, 1)])

        made = plan([attendee(ANA)], {ANA: note(50)}, chart)

        assert (made.diagnoses, made.progress) == ((), ())


class TestCorrectedAttendance:
    def test_a_draft_of_an_absent_client_is_set_aside(self) -> None:
        made = plan([attendee(ANA, attended=False)], {ANA: note(50)})

        assert made == FanOut(set_aside=(UUID(int=50),))

    def test_so_is_the_draft_of_one_no_longer_on_the_list(self) -> None:
        made = plan([], {ANA: note(50)})

        assert made == FanOut(set_aside=(UUID(int=50),))

    def test_a_note_set_aside_comes_back_with_its_client(self) -> None:
        made = plan([attendee(ANA)], {ANA: note(50, NoteStatus.SET_ASIDE)})

        assert made == FanOut(bring_back=(UUID(int=50),))

    def test_a_note_set_aside_stays_so_while_its_client_is_absent(self) -> None:
        made = plan([attendee(ANA, attended=False)], {ANA: note(50, NoteStatus.SET_ASIDE)})

        assert made == FanOut(untouched=(UUID(int=50),))

    def test_a_signed_note_of_an_attendee_is_left_alone(self) -> None:
        made = plan([attendee(ANA)], {ANA: note(50, NoteStatus.SIGNED)})

        assert made == FanOut(untouched=(UUID(int=50),))

    @pytest.mark.parametrize("attendees", [[], [attendee(ANA, attended=False)]])
    def test_a_signed_note_of_an_absent_client_is_a_conflict(
        self, attendees: list[Attendee]
    ) -> None:
        made = plan(attendees, {ANA: note(50, NoteStatus.SIGNED)})

        assert made == FanOut(conflicts=(Conflict(ANA, UUID(int=50)),))

    def test_all_is_listed_in_the_order_of_clients(self) -> None:
        existing = {CLEO: note(51), ANA: note(53), BEN: note(52)}

        assert plan([], existing).set_aside == (UUID(int=53), UUID(int=52), UUID(int=51))
