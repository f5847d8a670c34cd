"""Identifiers that are no names, replaced, and the sentence still whole."""

import pytest

from groupnotes.deid import Category, replace_all
from groupnotes.deid.circumstances import SHARED
from groupnotes.deid.folding import fold
from groupnotes.deid.identifiers import identifiers_in
from groupnotes.deid.phrases import PHRASES, SUGGESTIONS
from tests.support.strangers import strangers


def neutral(text: str) -> str:
    found = [*identifiers_in(text, fold(text), SHARED), *strangers(text)]
    return replace_all(text, found)


class TestSuggestions:
    def test_there_is_one_for_every_kind(self) -> None:
        assert SUGGESTIONS.keys() == set(Category)
        assert set(SUGGESTIONS.values()) <= PHRASES.keys()

    @pytest.mark.parametrize(
        "text",
        [
            "works at Tyson Foods", "at Lincoln Middle School", "at Calvary Chapel",
            "at Pinecrest Hospital", "at the 383rd District Court", "her 90th birthday",
            "moved to Tullahoma", "in Pike County",
        ],
    )  # fmt: skip
    def test_what_is_found_can_be_said_otherwise(self, text: str) -> None:
        found = [*identifiers_in(text, fold(text), SHARED), *strangers(text)]

        assert {finding.suggestion for finding in found} <= PHRASES.keys()


class TestSentences:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("Call her at 603-555-0134.", "Call her at a phone number."),
            ("603-555-0134 is her cell, OK?", "A phone number is her cell, OK?"),
            ("her number, 603-555-0134", "her number, a phone number"),
            ("Payment for card 4111 1111 1111 1111 bounced", "Payment for card on file bounced"),
            ("MRN 00123456 was read", "MRN on file was read"),
            ("Docket 2022-CR-51653 is open", "Docket on file is open"),
            ("He wrote to a.b@gmail.com twice", "He wrote to an e-mail address twice"),
            ("She is @kayla_b online", "She is a user name online"),
            ("lives at 12 Maple Street now", "lives at an address now"),
            ("sober since May 3, 2024", "sober since a date"),
            ("The oldest, aged 94, spoke", "The oldest, 90 or older, spoke"),
            ("on her 90th birthday", "on her birthday"),
            ("works at Tyson Foods again", "works at an employer again"),
            ("He goes to Lincoln Middle School", "He goes to a school"),
            ("moved to Tullahoma last fall", "moved to a town last fall"),
            ("her sister Tasha called", "her sister another person called"),
            ("thanked Dr. Yazzie for it", "thanked another person for it"),
        ],
    )
    def test_the_phrase_fits(self, text: str, said: str) -> None:
        assert neutral(text) == said

    def test_a_line_in_capitals_stays_so(self) -> None:
        assert neutral("SHE CALLED 603-555-0134 AGAIN") == "SHE CALLED A PHONE NUMBER AGAIN"

    def test_a_note_in_small_letters_stays_so(self) -> None:
        assert neutral("she left. 603-555-0134 rang.") == "she left. a phone number rang."

    def test_after_replacing_nothing_of_it_is_found(self) -> None:
        text = "Call 603-555-0134 about card 4111 1111 1111 1111 before May 3, 2024."

        assert neutral(neutral(text)) == neutral(text)
