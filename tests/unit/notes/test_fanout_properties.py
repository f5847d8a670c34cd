"""What holds of the fan-out for any attendance, any charts and any notes that are there."""

from itertools import count
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from groupnotes.notes.fanout import (
    ActiveDiagnosis,
    Attendee,
    Chart,
    ExistingNote,
    FanOut,
    OpenObjective,
    plan_fan_out,
)
from groupnotes.notes.states import NoteStatus

ALLOWED = {
    (NoteStatus.DRAFT, NoteStatus.SET_ASIDE),
    (NoteStatus.SET_ASIDE, NoteStatus.DRAFT),
}
clients = st.integers(1, 8).map(lambda number: UUID(int=number))
things = st.integers(0x100, 0x108).map(lambda number: UUID(int=number))
places = st.integers(1, 3)

attendances = st.lists(
    st.builds(
        Attendee,
        client_id=clients,
        attended=st.booleans(),
        data_key_id=st.integers(1, 99),
        author_id=things,
    ),
    unique_by=lambda attendee: attendee.client_id,
)
charts = st.builds(
    Chart,
    diagnoses=st.lists(st.builds(ActiveDiagnosis, clients, things, places)),
    objectives=st.lists(st.builds(OpenObjective, clients, things, places, places)),
)
existing_notes = st.dictionaries(clients, st.sampled_from(NoteStatus)).map(
    lambda statuses: {
        client: ExistingNote(UUID(int=client.int + 0x500), status)
        for client, status in statuses.items()
    }
)


def plan(
    attendees: list[Attendee], chart: Chart, existing: dict[UUID, ExistingNote], first: int = 0x1000
) -> FanOut:
    ids = (UUID(int=number) for number in count(first))
    return plan_fan_out(attendees, chart, existing, lambda: next(ids))


def carried_out(made: FanOut, existing: dict[UUID, ExistingNote]) -> dict[UUID, ExistingNote]:
    """Do what the plan says, through allowed transitions only."""
    status = {note.note_id: note.status for note in existing.values()}
    wanted = {
        **dict.fromkeys(made.set_aside, NoteStatus.SET_ASIDE),
        **dict.fromkeys(made.bring_back, NoteStatus.DRAFT),
    }
    for note_id, then in wanted.items():
        assert (status[note_id], then) in ALLOWED
    after = {
        client: ExistingNote(note.note_id, wanted.get(note.note_id, note.status))
        for client, note in existing.items()
    }
    return after | {row.client_id: ExistingNote(row.id, NoteStatus.DRAFT) for row in made.notes}


@given(attendances, charts, existing_notes)
def test_planning_again_on_the_result_finds_nothing_to_do(
    attendees: list[Attendee], chart: Chart, existing: dict[UUID, ExistingNote]
) -> None:
    made = plan(attendees, chart, existing)
    after = carried_out(made, existing)

    again = plan(attendees, chart, after, first=0x9000)

    assert again.conflicts == made.conflicts
    assert (again.notes, again.set_aside, again.bring_back) == ((), (), ())


@given(attendances, charts, existing_notes)
def test_every_attendee_ends_with_one_note_and_no_one_else_with_a_draft(
    attendees: list[Attendee], chart: Chart, existing: dict[UUID, ExistingNote]
) -> None:
    present = {attendee.client_id for attendee in attendees if attendee.attended}

    after = carried_out(plan(attendees, chart, existing), existing)

    assert present <= after.keys()
    assert all(after[client].status is not NoteStatus.SET_ASIDE for client in present)
    drafts = {client for client, note in after.items() if note.status is NoteStatus.DRAFT}
    assert drafts <= present


@given(attendances, charts, existing_notes)
def test_every_note_that_exists_has_exactly_one_fate(
    attendees: list[Attendee], chart: Chart, existing: dict[UUID, ExistingNote]
) -> None:
    made = plan(attendees, chart, existing)

    fates = [*made.set_aside, *made.bring_back, *made.untouched]
    fates += [conflict.note_id for conflict in made.conflicts]
    assert sorted(fates) == sorted(note.note_id for note in existing.values())


@given(attendances, charts, existing_notes)
def test_no_signed_note_is_ever_changed(
    attendees: list[Attendee], chart: Chart, existing: dict[UUID, ExistingNote]
) -> None:
    signed = {n.note_id for n in existing.values() if n.status is NoteStatus.SIGNED}

    made = plan(attendees, chart, existing)

    assert signed.isdisjoint({*made.set_aside, *made.bring_back})


@given(attendances, charts, existing_notes)
def test_a_new_note_holds_nothing_of_another_client(
    attendees: list[Attendee], chart: Chart, existing: dict[UUID, ExistingNote]
) -> None:
    made = plan(attendees, chart, existing)

    client_of = {row.id: row.client_id for row in made.notes}
    key_of = {attendee.client_id: attendee.data_key_id for attendee in attendees}
    diagnoses = {(row.client_id, row.diagnosis_id) for row in chart.diagnoses}
    objectives = {(row.client_id, row.objective_id) for row in chart.objectives}
    assert {(client_of[row.note_id], row.diagnosis_id) for row in made.diagnoses} <= diagnoses
    assert {(client_of[row.note_id], row.objective_id) for row in made.progress} <= objectives
    assert all(row.data_key_id == key_of[row.client_id] for row in made.notes)
    assert all(row.data_key == key_of[client_of[row.note_id]] for row in made.progress)


@given(attendances, charts, existing_notes)
def test_a_new_note_holds_all_of_its_clients_chart_in_places_from_one(
    attendees: list[Attendee], chart: Chart, existing: dict[UUID, ExistingNote]
) -> None:
    made = plan(attendees, chart, existing)

    for note in made.notes:
        offered = [row for row in made.diagnoses if row.note_id == note.id]
        to_rate = [row for row in made.progress if row.note_id == note.id]
        assert {row.diagnosis_id for row in offered} == {
            row.diagnosis_id for row in chart.diagnoses if row.client_id == note.client_id
        }
        assert {row.objective_id for row in to_rate} == {
            row.objective_id for row in chart.objectives if row.client_id == note.client_id
        }
        assert [row.position for row in offered] == list(range(1, len(offered) + 1))
        assert [row.position for row in to_rate] == list(range(1, len(to_rate) + 1))


@given(attendances, charts, existing_notes)
def test_the_plan_is_the_same_in_whatever_order_the_rows_come(
    attendees: list[Attendee], chart: Chart, existing: dict[UUID, ExistingNote]
) -> None:
    shuffled = Chart(chart.diagnoses[::-1], chart.objectives[::-1])
    turned = dict(reversed(existing.items()))

    assert plan(attendees[::-1], shuffled, turned) == plan(attendees, chart, existing)


@given(attendances, charts, existing_notes)
def test_no_id_is_given_twice(
    attendees: list[Attendee], chart: Chart, existing: dict[UUID, ExistingNote]
) -> None:
    made = plan(attendees, chart, existing)

    ids = [row.id for row in made.notes]
    ids += [row.id for row in made.diagnoses]
    ids += [row.id for row in made.progress]
    assert len(set(ids)) == len(ids)
