"""A name replaced, and the sentence still whole."""

from uuid import UUID

import pytest

from groupnotes.deid import (
    Relation,
    others_of,
    replace_all,
    replacement,
)
from tests.support.rosters import check_names, person, roster

GROUP = roster(
    person(1, "Maria", "Gonzalez"),
    person(2, "James", "Ruiz", preferred="T.J."),
    person(3, "Bianca", relation=Relation.CONTACT),
)


def without_names(text: str) -> str:
    return replace_all(text, check_names(text, GROUP))


class TestPhrase:
    @pytest.mark.parametrize(
        ("text", "neutral"),
        [
            ("When Maria spoke, all listened.", "When a member spoke, all listened."),
            ("then maria gonzalez left", "then a member left"),
            ("It was Maria's turn.", "It was a member's turn."),
            ("It was Maria\u2019s turn.", "It was a member\u2019s turn."),
            ("The Maria of last week", "The member of last week"),
            ("Our Maria spoke", "Our member spoke"),
            ("his wife Bianca left", "his wife another person left"),
            ("the Bianca of before", "the other person of before"),
        ],
    )
    def test_it_fits_its_sentence(self, text: str, neutral: str) -> None:
        assert without_names(text) == neutral

    def test_in_an_individual_note_it_is_another_member(self) -> None:
        others = others_of(GROUP, UUID(int=2))
        text = "James thanked Maria for the Gonzalez story."

        assert replace_all(text, check_names(text, others)) == (
            "James thanked another member for the other member story."
        )

    def test_an_article_further_back_is_not_its_article(self) -> None:
        assert without_names("the group and Maria") == "the group and a member"

    def test_the_end_of_a_word_is_no_article(self) -> None:
        assert without_names("bathe Maria") == "bathe a member"


class TestStartOfSentence:
    @pytest.mark.parametrize(
        ("text", "neutral"),
        [
            ("Maria spoke.", "A member spoke."),
            ("All left. Maria stayed.", "All left. A member stayed."),
            ("Why? “Maria knows.”", "Why? “A member knows.”"),
            ("Notes\nMaria spoke.", "Notes\nA member spoke."),
            ("- Maria spoke.", "- A member spoke."),
            ("1. Maria spoke.", "1. A member spoke."),
            ("Plan: Maria to rest.", "Plan: A member to rest."),
            ("He said (Maria too).", "He said (a member too)."),
            ("Bianca left.", "Another person left."),
        ],
    )
    def test_it_has_its_capital(self, text: str, neutral: str) -> None:
        assert without_names(text) == neutral

    def test_a_note_in_small_letters_stays_so(self) -> None:
        assert without_names("maria spoke. james left.") == "a member spoke. a member left."

    def test_a_line_in_capitals_stays_so(self) -> None:
        assert without_names("Group\nMARIA'S MOTHER AND JAMES\nMARIA left") == (
            "Group\nA MEMBER'S MOTHER AND A MEMBER\nA member left"
        )

    def test_a_name_in_capitals_among_others_does_not(self) -> None:
        assert without_names("then MARIA'S mother left") == "then a member's mother left"
        assert without_names("x MARIA") == "x a member"

    def test_a_long_line_in_capitals_is_known_by_what_is_near(self) -> None:
        text = "small " + "CAPITALS " * 20 + "MARIA" + " CAPITALS" * 20 + " small"

        assert "CAPITALS A MEMBER CAPITALS" in without_names(text)


class TestTitle:
    @pytest.mark.parametrize("title", ["Mr.", "Mrs", "Ms.", "Miss", "Mx.", "Dr.", "dr", "Prof."])
    def test_it_goes_with_the_name(self, title: str) -> None:
        assert without_names(f"when {title} Gonzalez spoke") == "when a member spoke"

    def test_at_the_start_of_a_sentence_the_phrase_takes_its_place(self) -> None:
        assert without_names("All left. Mr. Gonzalez stayed.") == "All left. A member stayed."
        assert without_names("Mr. Gonzalez stayed.") == "A member stayed."

    def test_a_word_that_only_ends_so_stays(self) -> None:
        assert without_names("the firms Gonzalez ran") == "the firms a member ran"


class TestEndings:
    @pytest.mark.parametrize(
        ("text", "neutral"),
        [
            ("saw James' mother", "saw a member's mother"),
            ("saw James\u2019 mother", "saw a member\u2019s mother"),
            ("saw James's mother", "saw a member's mother"),
            ("called 'James' by all", "called 'a member' by all"),
            ("saw Maria' mother", "saw a member' mother"),
            ("'James' came", "'A member' came"),
            ("James'll come", "A member'll come"),
            ("Maria'd come", "A member'd come"),
            ("MARIA'SX in small", "A member'SX in small"),
        ],
    )
    def test_an_apostrophe_keeps_its_meaning(self, text: str, neutral: str) -> None:
        assert without_names(text) == neutral

    @pytest.mark.parametrize(
        ("text", "neutral"),
        [
            ("the Gonzalezes came", "the members came"),
            ("the Gonzalezes' home", "the members' home"),
            ("Gonzalezes came", "Members came"),
            ("two Marias came", "two members came"),
            ("both Biancas came", "both other people came"),
            ("about Marias mother", "about a member's mother"),
            ("Marias mother", "A member's mother"),
            ("all of Marias' friends", "all of members' friends"),
        ],
    )
    def test_a_plural_is_one_of_several_or_a_possessive(self, text: str, neutral: str) -> None:
        assert without_names(text) == neutral

    @pytest.mark.parametrize(
        ("text", "neutral"),
        [
            ("thanked T.J. for it", "thanked a member for it"),
            ("thanked T.J. Then left", "thanked a member. Then left"),
            ("thanked T.J.", "thanked a member."),
            ("thanked T.J.\n", "thanked a member.\n"),
            ("thanked T.J.Then left", "thanked a member.Then left"),
            ("thanked T.J., who left", "thanked a member, who left"),
            ("T.J.'s turn", "A member's turn"),
        ],
    )
    def test_the_point_of_initials_may_end_the_sentence_too(self, text: str, neutral: str) -> None:
        assert without_names(text) == neutral


class TestReplacing:
    def test_the_words_for_one_place_are_given(self) -> None:
        text = "Maria thanked the Ruizes."
        maria, ruizes = check_names(text, GROUP)

        assert replacement(text, maria) == "A member"
        assert replacement(text, ruizes) == "members"

    def test_one_is_replaced_and_the_others_stay(self) -> None:
        text = "Maria thanked James."
        _, james = check_names(text, GROUP)

        assert replace_all(text, [james]) == "Maria thanked a member."

    def test_the_order_of_findings_does_not_matter(self) -> None:
        text = "Maria thanked James."

        assert replace_all(text, reversed(check_names(text, GROUP))) == "A member thanked a member."

    def test_nothing_found_changes_nothing(self) -> None:
        assert replace_all("All is well.", []) == "All is well."
