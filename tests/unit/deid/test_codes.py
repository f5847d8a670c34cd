"""Codes that a sign, an unusual cue or their look alone tells."""

import pytest

from groupnotes.deid.circumstances import SHARED
from groupnotes.deid.folding import fold
from groupnotes.deid.identifiers import identifiers_in
from tests.support.marks import letters, unmarked

CODES = [
    "OLN {S12345678} suspended",
    "MC# {448210} on the door",
    "ADC# {188204} on his shirt",
    "Tribal enrollment no. {4471-C}",
    "envelope no. {4471}",
    "The transmitter {8NQ7ZB} beeped",
    "Tablet {DMPX44K2Q} came back",
    "GPS tether {T-8841} died",
    "PSI {24-1882} was read",
    "jacket {44-8821} was pulled",
    "Rx BIN {004336} was wrong",
    "VIN {2HGFA1F5XBH 301224} on the title",
    "picking up {Sat 9/5} at noon",
]

NONE = [
    "Ninety in ninety, or 90-in-90, was the goal.",
    "CYP2D6 and 5HT2A were explained.",
    "The H1N1 and COVID19 shots were given.",
    "Handout no. 12 and worksheet #7 were used.",
    "Room #204 and closet no. 3 were locked.",
    "Group ran 1h30min, 10a-1130a.",
]


class TestCodes:
    @pytest.mark.parametrize("sentence", CODES)
    def test_they_are_found(self, sentence: str) -> None:
        text, stretches = unmarked(sentence)

        found = list(identifiers_in(text, fold(text), SHARED))

        assert letters("".join(text[one.start : one.end] for one in found)) == letters(
            "".join(stretches)
        )

    @pytest.mark.parametrize("text", NONE)
    def test_what_anyone_may_write_is_left_alone(self, text: str) -> None:
        assert list(identifiers_in(text, fold(text), SHARED)) == []
