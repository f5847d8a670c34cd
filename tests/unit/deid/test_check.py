"""Whom a check finds in a text, and whom not."""

from uuid import UUID

import pytest

from groupnotes.deid import (
    Category,
    Finding,
    Level,
    Relation,
    index,
    others_of,
)
from tests.support.rosters import GROUP, check_names, found, of_names, person, roster, rules


class TestFinding:
    def test_it_says_where_by_which_rule_and_what_to_do(self) -> None:
        assert check_names("Then Maria spoke.", GROUP) == [
            Finding(5, 10, Category.NAME_ROSTER, "roster.first", Level.BLOCK, "a member")
        ]

    def test_it_never_holds_the_name(self) -> None:
        (finding,) = check_names("Then Maria Gonzalez spoke.", GROUP)

        assert "maria" not in repr(finding).lower()
        assert "gonzalez" not in repr(finding).lower()

    def test_findings_come_in_the_order_of_the_text(self) -> None:
        assert found("Zoë thanked Dez and Mia.") == ["Zoë", "Dez", "Mia"]

    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            ("Maria", "roster.first"),
            ("Gonzalez", "roster.last"),
            ("Mia", "roster.preferred"),
            ("Dez", "roster.alias"),
            ("Anne", "roster.part"),
            ("Cruz", "roster.part"),
            ("Maria Gonzalez", "roster.full"),
            ("the Gonzalezes", "roster.last.plural"),
            ("Marias", "roster.first.plural"),
        ],
    )
    def test_each_rule_has_its_name(self, text: str, rule: str) -> None:
        assert rules(text) == [rule]

    def test_a_clean_text_has_none(self) -> None:
        assert check_names("Members practised the STOP skill and gave feedback.", GROUP) == []

    @pytest.mark.parametrize("text", ["", " ", "\n", "…", "\u200b"], ids=ascii)
    def test_a_text_without_words_has_none(self, text: str) -> None:
        assert check_names(text, GROUP) == []

    def test_an_empty_roster_finds_no_one(self) -> None:
        assert check_names("Maria spoke.", roster()) == []

    def test_a_prepared_roster_finds_the_same(self) -> None:
        text = "Maria O'Brien and Anne-Marie; the Nuñezes."

        assert check_names(text, index(GROUP)) == check_names(text, GROUP)


class TestCaseAndPlace:
    @pytest.mark.parametrize("name", ["Maria", "maria", "MARIA", "mArIa"])
    def test_any_case(self, name: str) -> None:
        assert found(f"then {name} left") == [name]

    @pytest.mark.parametrize(
        "text",
        ["Maria", "Maria.", "(Maria)", "“Maria”", "Maria,", "and/Maria"],
    )
    def test_between_any_word_boundaries(self, text: str) -> None:
        assert found(text) == ["Maria"]

    @pytest.mark.parametrize("text", ["Mariachi", "Santamaria", "mezzo", "semimia", "Mariana"])
    def test_a_part_of_a_word_is_no_name(self, text: str) -> None:
        assert found(text) == []


class TestEverydayWords:
    @pytest.mark.parametrize("name", ["An", "Do", "My", "So"])
    def test_a_name_that_every_note_is_made_of_blocks_where_it_is_written_as_one(
        self, name: str
    ) -> None:
        (finding,) = check_names(f"when {name} spoke", of_names(name))

        assert finding.level is Level.BLOCK

    @pytest.mark.parametrize(
        "text", ["took an hour", "An hour", "Done.\nAn hour", "- An hour", "TOOK AN HOUR"]
    )
    def test_elsewhere_it_is_a_word(self, text: str) -> None:
        assert check_names(text, of_names("An")) == []

    def test_the_full_name_blocks(self) -> None:
        client = roster(person(1, "An", "Nguyen"), person(2, "My", "Do"))

        levels = [
            finding.level for finding in check_names("an nguyen met My Do; nguyen an", client)
        ]

        assert levels == [Level.BLOCK] * 3

    def test_two_everyday_words_in_a_row_do_not(self) -> None:
        client = roster(person(1, "An", "Do"))

        assert check_names("we do an hour", client) == []

    def test_one_word_of_an_alias_is_a_word_until_written_as_a_name(self) -> None:
        client = roster(person(1, "Michael", aliases=("Big Mike",)))
        text = "A big step for big mike, said Mike."

        levels = {text[f.start : f.end]: f.level for f in check_names(text, client)}

        assert levels == {"big mike": Level.BLOCK, "Mike": Level.BLOCK}

    def test_a_word_that_is_someones_own_name_too_blocks(self) -> None:
        michael, mike = person(1, "Michael", aliases=("Big Mike",)), person(2, "Mike")

        for both in (roster(michael, mike), roster(mike, michael)):
            assert [one.level for one in check_names("so mike left", both)] == [Level.BLOCK]

    @pytest.mark.parametrize("name", ["I.T.", "It-Li"])
    def test_so_is_a_word_within_a_name_or_made_of_initials(self, name: str) -> None:
        assert check_names("took it", of_names(name)) == []

    def test_a_short_part_of_a_name_blocks(self) -> None:
        assert [one.level for one in check_names("saw xi", of_names("Xi-Li"))] == [Level.BLOCK]


class TestWho:
    def test_staff_may_be_named(self) -> None:
        team = roster(person(1, "Corinne", "Baxley", relation=Relation.STAFF))

        assert found("Co-led by Corinne Baxley, PsyD.", team) == []

    def test_a_client_of_the_same_name_may_not(self) -> None:
        both = roster(person(1, "Corinne", relation=Relation.STAFF), person(2, "Corinne"))

        assert found("Co-led by Corinne.", both) == ["Corinne"]

    @pytest.mark.parametrize("relation", [Relation.ATTENDEE, Relation.ENROLLED, Relation.FORMER])
    def test_members_are_members_past_and_present(self, relation: Relation) -> None:
        (finding,) = check_names("Leo spoke", roster(person(1, "Leo", relation=relation)))

        assert finding.suggestion == "a member"

    def test_a_contact_is_another_person(self) -> None:
        (finding,) = check_names(
            "his wife Leo", roster(person(1, "Leo", relation=Relation.CONTACT))
        )

        assert finding.suggestion == "another person"

    def test_a_client_goes_before_a_contact_of_the_same_name(self) -> None:
        both = roster(person(1, "Leo", relation=Relation.CONTACT), person(2, "Leo"))

        (finding,) = check_names("Leo spoke", both)

        assert finding.suggestion == "a member"

    @pytest.mark.parametrize("name", ["", " ", "J", "J.", "-", "\u2019", "\u200b"], ids=ascii)
    def test_a_name_of_at_most_one_letter_is_no_word(self, name: str) -> None:
        client = person(1, name, name, preferred=name, aliases=(name,))

        assert found("Vitamin J helps; plan J.", roster(client)) == []

    def test_a_client_of_one_name_only_is_found(self) -> None:
        assert found("Suharto spoke", of_names("Suharto")) == ["Suharto"]


class TestIndividualNote:
    ANA, ANA_DIAZ, LEO = (
        person(1, "Ana", "Ruiz", preferred="Annie"),
        person(2, "Ana", "Diaz"),
        person(3, "Leo", "Ruiz"),
    )
    OTHERS = others_of(roster(ANA, ANA_DIAZ, LEO), UUID(int=1))

    @pytest.mark.parametrize("text", ["Ana", "Ruiz", "Annie", "Ana Ruiz", "Annie's", "the Ruizes"])
    def test_the_clients_own_names_are_fine(self, text: str) -> None:
        assert found(f"{text} spoke", self.OTHERS) == []

    @pytest.mark.parametrize("text", ["Leo", "Diaz", "Leo Ruiz", "Ruiz, Leo", "Ana Diaz"])
    def test_another_client_is_found_by_the_whole_name(self, text: str) -> None:
        assert found(f"thanked {text} today", self.OTHERS) == [text]

    def test_the_own_name_beside_anothers_is_fine(self) -> None:
        assert found("Ana thanked Leo", self.OTHERS) == ["Leo"]

    def test_the_other_is_called_another_member(self) -> None:
        (finding,) = check_names("thanked Leo", self.OTHERS)

        assert finding.suggestion == "another member"

    def test_every_row_of_the_client_is_the_client(self) -> None:
        former = person(1, "Anita", relation=Relation.FORMER)

        assert found("Anita Ana", others_of(roster(former, self.ANA), UUID(int=1))) == []

    def test_for_someone_off_the_roster_all_are_others(self) -> None:
        assert found("Ana", others_of(roster(self.ANA), UUID(int=9))) == ["Ana"]
