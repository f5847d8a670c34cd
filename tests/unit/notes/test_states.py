"""Which state of an individual note may follow which."""

from itertools import product

import pytest

from groupnotes.notes.states import (
    DisplayStatus,
    NoteStatus,
    display_status,
    may_become,
    refusal,
)

DRAFT, SIGNED, SET_ASIDE = NoteStatus.DRAFT, NoteStatus.SIGNED, NoteStatus.SET_ASIDE


class TestTransitions:
    @pytest.mark.parametrize(
        ("now", "then"), [(DRAFT, SIGNED), (DRAFT, SET_ASIDE), (SET_ASIDE, DRAFT)]
    )
    def test_these_are_allowed(self, now: NoteStatus, then: NoteStatus) -> None:
        assert may_become(now, then)
        assert refusal(now, then) is None

    def test_no_other_is(self) -> None:
        allowed = {pair for pair in product(NoteStatus, repeat=2) if may_become(*pair)}

        assert allowed == {(DRAFT, SIGNED), (DRAFT, SET_ASIDE), (SET_ASIDE, DRAFT)}

    @pytest.mark.parametrize("then", NoteStatus)
    def test_a_signed_note_becomes_nothing_else(self, then: NoteStatus) -> None:
        assert not may_become(SIGNED, then)

    def test_every_refusal_says_why(self) -> None:
        refused = [pair for pair in product(NoteStatus, repeat=2) if not may_become(*pair)]

        assert {refusal(*pair) for pair in refused} == {
            "This note is signed and cannot be changed.",
            "This note is signed already.",
            "This note is signed and stays in the record, so the client cannot be marked absent.",
            (
                "This note is set aside because the client is marked absent; "
                "correct the attendance first."
            ),
            "This note is set aside already.",
            "This note is a draft already.",
        }


class TestDisplay:
    def test_an_empty_draft_is_not_started(self) -> None:
        assert display_status(DRAFT, has_text=False, missing=7) is DisplayStatus.NOT_STARTED

    def test_a_draft_with_text_is_in_progress(self) -> None:
        assert display_status(DRAFT, has_text=True, missing=1) is DisplayStatus.IN_PROGRESS

    def test_a_draft_that_misses_nothing_is_ready(self) -> None:
        assert display_status(DRAFT, has_text=True, missing=0) is DisplayStatus.READY

    @pytest.mark.parametrize("missing", [0, 3])
    def test_a_signed_note_is_signed_whatever_it_holds(self, missing: int) -> None:
        assert display_status(SIGNED, has_text=True, missing=missing) is DisplayStatus.SIGNED

    @pytest.mark.parametrize("missing", [0, 3])
    def test_a_note_set_aside_is_never_ready(self, missing: int) -> None:
        assert display_status(SET_ASIDE, has_text=True, missing=missing) is DisplayStatus.SET_ASIDE

    def test_the_labels_are_the_words_of_the_worklist(self) -> None:
        assert [status.label for status in DisplayStatus] == [
            "Not started",
            "In progress",
            "Ready to sign",
            "Signed",
            "Set aside",
        ]
