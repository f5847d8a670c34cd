"""What a page calls the state of an individual note."""

import pytest

from groupnotes.notes.states import (
    DisplayStatus,
    NoteStatus,
    display_status,
)

DRAFT, SIGNED, SET_ASIDE = NoteStatus.DRAFT, NoteStatus.SIGNED, NoteStatus.SET_ASIDE


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
            "Awaiting review",
            "Signed",
            "Set aside",
            "Entered in error",
        ]
