"""Whom a check finds in a text, and whom not."""

from uuid import UUID

import pytest

from groupnotes.deid import (
    Category,
    Finding,
    Level,
    Relation,
    Roster,
    check,
    index,
    others_of,
)
from tests.support.rosters import found_in, of_names, person, roster

GROUP = roster(
    person(1, "Maria", "Gonzalez", preferred="Mia"),
    person(2, "Desmond", "O'Brien", aliases=("Dez",)),
    person(3, "Anne-Marie", "de la Cruz"),
    person(4, "Zoë", "Nuñez"),
)


def found(text: str, among: Roster = GROUP) -> list[str]:
    return found_in(text, check(text, among))


def rules(text: str, among: Roster = GROUP) -> list[str]:
    return [finding.rule for finding in check(text, among)]


class TestFinding:
    def test_it_says_where_by_which_rule_and_what_to_do(self) -> None:
        assert check("Then Maria spoke.", GROUP) == [
            Finding(5, 10, Category.NAME_ROSTER, "roster.first", Level.BLOCK, "a member")
        ]

    def test_it_never_holds_the_name(self) -> None:
        (finding,) = check("Then Maria Gonzalez spoke.", GROUP)

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
        assert check("Members practised the STOP skill and gave feedback.", GROUP) == []

    @pytest.mark.parametrize("text", ["", " ", "\n", "…", "\u200b"], ids=ascii)
    def test_a_text_without_words_has_none(self, text: str) -> None:
        assert check(text, GROUP) == []

    def test_an_empty_roster_finds_no_one(self) -> None:
        assert check("Maria spoke.", roster()) == []

    def test_a_prepared_roster_finds_the_same(self) -> None:
        text = "Maria O'Brien and Anne-Marie; the Nuñezes."

        assert check(text, index(GROUP)) == check(text, GROUP)


class TestCaseAndPlace:
    @pytest.mark.parametrize("name", ["Maria", "maria", "MARIA", "mArIa"])
    def test_any_case(self, name: str) -> None:
        assert found(f"then {name} left") == [name]

    @pytest.mark.parametrize(
        "text",
        ["Maria", "Maria.", "(Maria)", "“Maria”", "Maria,", "@Maria", "x_Maria_x", "and/Maria"],
    )
    def test_between_any_word_boundaries(self, text: str) -> None:
        assert found(text) == ["Maria"]

    @pytest.mark.parametrize(
        "text", ["Mariachi", "Santamaria", "Maria2", "Mari", "mezzo", "a mia2", "semimia"]
    )
    def test_a_part_of_a_word_is_no_name(self, text: str) -> None:
        assert found(text) == []


class TestEndings:
    @pytest.mark.parametrize("ending", ["'s", "\u2019s", "'S", "'", "'d", "'ll", "\u2019ve"])
    def test_what_follows_an_apostrophe_is_outside(self, ending: str) -> None:
        assert found(f"It was Maria{ending} turn.") == ["Maria"]

    @pytest.mark.parametrize(
        "plural", ["Gonzalezes", "Gonzalezs", "Marias", "O'Briens", "Anne-Maries", "Cruzes", "Zoës"]
    )
    def test_a_plural_is_found_whole(self, plural: str) -> None:
        assert found(f"the {plural} came") == [plural]

    @pytest.mark.parametrize("word", ["Mariaes", "Gonzalezas", "Zoëx"])
    def test_another_ending_makes_another_word(self, word: str) -> None:
        assert found(f"the {word} came") == []

    def test_the_possessive_of_a_plural_too(self) -> None:
        assert found("the Gonzalezes' home") == ["Gonzalezes"]

    @pytest.mark.parametrize(
        ("first", "word"),
        [("Thi", "this"), ("Ye", "yes"), ("Do", "does"), ("Ha", "has"), ("Thu", "thus")],
    )
    def test_a_plural_that_is_an_everyday_word_is_not_one(self, first: str, word: str) -> None:
        assert found(f"we talked {word} over", of_names(first)) == []

    @pytest.mark.parametrize(("name", "word"), [("Ed", "eds"), ("Can", "cans")])
    def test_neither_two_letters_nor_an_everyday_word_have_a_plural(
        self, name: str, word: str
    ) -> None:
        assert found(f"two {word} of soup", of_names(name)) == []

    def test_digits_have_no_plural(self) -> None:
        assert found("born in the 1900s", of_names("1900")) == []


class TestNamesOfSeveralWords:
    @pytest.mark.parametrize(
        "text",
        [
            "Anne-Marie",
            "anne marie",
            "AnneMarie",
            "Anne\u2013Marie",
            "Anne -Marie",
            "Anne\nMarie",
            "Anne-\nMarie",
            "de la Cruz",
            "DELACRUZ",
            "O'Brien",
            "O\u2019Brien",
            "OBrien",
            "o brien",
        ],
        ids=ascii,
    )
    def test_the_whole_is_one_finding_however_joined(self, text: str) -> None:
        assert found(f"saw {text} today") == [text]

    @pytest.mark.parametrize("text", ["de las Cruz", "de las Cruzes"])
    def test_with_another_word_within_it_is_not_the_whole(self, text: str) -> None:
        assert found(text) == [text.rsplit(maxsplit=1)[-1]]

    @pytest.mark.parametrize("part", ["Anne", "Marie", "Cruz", "Brien"])
    def test_each_part_is_found(self, part: str) -> None:
        assert found(f"saw {part} today") == [part]

    @pytest.mark.parametrize("word", ["de", "la", "De La", "o"])
    def test_a_particle_alone_is_no_one(self, word: str) -> None:
        assert found(f"crème {word} crème") == []

    def test_a_generation_alone_is_no_one(self) -> None:
        family = roster(person(1, "John", "Sims Jr. III"))

        assert found("John Sims Jr. III, jr high, iii", family) == ["John Sims Jr. III"]

    def test_a_surname_that_is_a_particle_is_found(self) -> None:
        assert found("then Van spoke", of_names("Van")) == ["Van"]

    def test_a_number_in_a_name_alone_is_no_one(self) -> None:
        rapper = roster(person(1, "Curtis", aliases=("50 Cent",)))

        assert found("50 minutes; 50 Cent", rapper) == ["50 Cent"]

    def test_a_sentence_that_ends_between_two_words_keeps_them_apart(self) -> None:
        assert found("He saw Anne. Marie left.") == ["Anne", "Marie"]
        assert found("He saw Mae. Jo left.", of_names("Mae Jo")) == ["Mae", "Jo"]

    def test_a_full_stop_that_shortens_does_not(self) -> None:
        assert found("Then St. Clair.", of_names("St. Clair")) == ["St. Clair"]


class TestFullNames:
    @pytest.mark.parametrize(
        "name",
        [
            "Maria Gonzalez",
            "maria gonzalez",
            "Mia Gonzalez",
            "Maria\nGonzalez",
            "Maria\xa0Gonzalez",
            "Maria L. Gonzalez",
            "Maria L Gonzalez",
            "Maria de la C. Gonzalez",
            "Gonzalez, Maria",
            "Gonzalez Maria",
            "Dez O'Brien",
            "Anne-Marie de la Cruz",
            "Anne de la Cruz",
            "Anne Cruz",
            "Cruz, Anne-Marie",
        ],
        ids=ascii,
    )
    def test_names_of_one_person_side_by_side_are_one_finding(self, name: str) -> None:
        assert found(f"saw {name} today") == [name]

    def test_a_preferred_name_between_is_part_of_it(self) -> None:
        assert found("Maria Mia Gonzalez spoke") == ["Maria Mia Gonzalez"]

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Maria, Gonzalez", ["Maria", "Gonzalez"]),
            ("Maria Desmond", ["Maria", "Desmond"]),
            ("Maria. Gonzalez left", ["Maria", "Gonzalez"]),
            ("Maria and Gonzalez", ["Maria", "Gonzalez"]),
            ("Maria's Gonzalez", ["Maria", "Gonzalez"]),
            ("Maria a b c d Gonzalez", ["Maria", "Gonzalez"]),
            ("Maria a, b Gonzalez", ["Maria", "Gonzalez"]),
            ("Gonzalez, Desmond", ["Gonzalez", "Desmond"]),
            ("Gonzalez; Maria", ["Gonzalez", "Maria"]),
            ("Maria, Mia", ["Maria", "Mia"]),
            ("Gonzalez, Gonzalez", ["Gonzalez", "Gonzalez"]),
        ],
    )
    def test_other_neighbours_stay_apart(self, text: str, names: list[str]) -> None:
        assert found(text) == names

    def test_a_surname_shared_by_two_joins_each_of_them(self) -> None:
        family = roster(person(1, "Ana", "Ruiz"), person(2, "Leo", "Ruiz"))

        assert found("Ana Ruiz met Leo Ruiz and Ruiz", family) == ["Ana Ruiz", "Leo Ruiz", "Ruiz"]


class TestInitialsAsAName:
    TJ = roster(person(1, "Thomas", "Lee", preferred="T.J."))

    @pytest.mark.parametrize("name", ["T.J.", "TJ", "T J", "t.j.", "T. J.", "T-J"])
    def test_one_who_goes_by_initials_is_found(self, name: str) -> None:
        assert found(f"then {name} spoke", self.TJ) == [name]

    def test_the_last_point_is_theirs_only_where_the_others_are(self) -> None:
        assert found("Thanked TJ. Then T J. Left T.J", self.TJ) == ["TJ", "T J", "T.J"]

    def test_a_surname_follows(self) -> None:
        assert found("T.J. Lee spoke", self.TJ) == ["T.J. Lee"]


class TestDisguises:
    @pytest.mark.parametrize(
        "written",
        [
            "Nunez",
            "Nun\u0303ez",
            "NUN\u0303EZ",
            "Nu\u200bñez",
            "Nu\xadñez",
            "N\u2060u\ufeffnez",
            "\uff2e\uff35\uff2e\uff25\uff3a",
        ],
        ids=ascii,
    )
    def test_the_same_name_written_otherwise_is_found(self, written: str) -> None:
        assert found(f"saw {written} today") == [written]

    def test_accents_may_be_in_the_text_alone(self) -> None:
        assert found("saw María today") == ["María"]

    @pytest.mark.parametrize("torn", ["Gon-\nzalez", "Gon\nzalez", "Gon- \r\n  zalez"], ids=ascii)
    def test_a_name_torn_by_a_line_break_is_found(self, torn: str) -> None:
        assert found(f"saw {torn} today") == [torn]
        assert rules(f"saw {torn} today") == ["roster.last"]

    @pytest.mark.parametrize("apart", ["Gon zalez", "Gon-zalez", "Gon.\nzalez"], ids=ascii)
    def test_without_a_line_break_it_is_two_words(self, apart: str) -> None:
        assert found(f"saw {apart} today") == []

    def test_a_name_too_short_to_tear_is_two_words(self) -> None:
        assert found("saw Des-\nta and Ze-\nno", of_names("Desta", "Zeno")) == ["Des-\nta"]

    def test_a_torn_particle_is_still_no_one(self) -> None:
        assert found("saw Van-\nder today", roster(person(1, "Jo", "Vander Meer"))) == []

    @pytest.mark.parametrize(
        ("text", "name"),
        [("an\nabelia", "Anabelia"), ("mari\nan", "Marian"), ("is\na", "Isa"), ("to\nby", "Toby")],
        ids=ascii,
    )
    def test_everyday_words_across_a_line_break_make_no_name(self, text: str, name: str) -> None:
        assert found(f"saw {text} today", of_names(name)) == []

    @pytest.mark.parametrize(
        ("text", "name"), [("an-\nabelia", "Anabelia"), ("mari-\nan", "Marian")], ids=ascii
    )
    def test_a_hyphen_at_the_line_break_joins_any_halves(self, text: str, name: str) -> None:
        assert found(f"saw {text} today", of_names(name)) == [text]

    def test_names_in_other_scripts_are_found(self) -> None:
        assert found("сказала ИРИНА, अनीता, 李雷.", of_names("Ирина", "अनीता", "李雷")) == [
            "ИРИНА",
            "अनीता",
            "李雷",
        ]


class TestContractions:
    @pytest.mark.parametrize(
        "text", ["don't", "Don\u2019t go", "WON'T", "we're", "u're", "they've", "we'll"]
    )
    def test_a_contraction_is_no_name(self, text: str) -> None:
        assert found(text, of_names("Don", "Won", "Re", "Ve", "Ll")) == []

    @pytest.mark.parametrize(
        "text", ["Don'll", "Don t", "Don 'twas", "'Re", "x 'Re", "a Re", "qu'Don", "said'Don"]
    )
    def test_the_name_itself_is(self, text: str) -> None:
        assert len(found(text, of_names("Don", "Re"))) == 1


class TestEverydayWords:
    @pytest.mark.parametrize("name", ["Grace", "Hope", "Will", "May", "Mark"])
    @pytest.mark.parametrize("written", [str.lower, str.upper, str.title])
    def test_a_name_that_is_a_word_blocks_in_any_case(self, name: str, written: type[str]) -> None:
        text = f"there was {written(name)} in it"

        assert [finding.level for finding in check(text, of_names(name))] == [Level.BLOCK]

    @pytest.mark.parametrize("name", ["An", "Do", "My", "So"])
    def test_a_name_that_every_note_is_made_of_blocks_where_it_is_written_as_one(
        self, name: str
    ) -> None:
        (finding,) = check(f"when {name} spoke", of_names(name))

        assert finding.level is Level.BLOCK

    @pytest.mark.parametrize(
        "text", ["took an hour", "An hour", "Done.\nAn hour", "- An hour", "TOOK AN HOUR"]
    )
    def test_elsewhere_it_is_for_review(self, text: str) -> None:
        assert [finding.level for finding in check(text, of_names("An"))] == [Level.REVIEW]

    def test_the_full_name_blocks(self) -> None:
        client = roster(person(1, "An", "Nguyen"), person(2, "My", "Do"))

        levels = [finding.level for finding in check("an nguyen met My Do; nguyen an", client)]

        assert levels == [Level.BLOCK] * 3

    def test_two_everyday_words_in_a_row_do_not(self) -> None:
        client = roster(person(1, "An", "Do"))

        assert [finding.level for finding in check("we do an hour", client)] == [Level.REVIEW]

    def test_one_word_of_an_alias_is_for_review_until_written_as_a_name(self) -> None:
        client = roster(person(1, "Michael", aliases=("Big Mike",)))
        text = "A big step for big mike, said Mike."

        levels = {text[f.start : f.end]: f.level for f in check(text, client)}

        assert levels == {"big": Level.REVIEW, "big mike": Level.BLOCK, "Mike": Level.BLOCK}

    def test_a_word_that_is_someones_own_name_too_blocks(self) -> None:
        michael, mike = person(1, "Michael", aliases=("Big Mike",)), person(2, "Mike")

        for both in (roster(michael, mike), roster(mike, michael)):
            assert [finding.level for finding in check("so mike left", both)] == [Level.BLOCK]

    @pytest.mark.parametrize("name", ["I.T.", "It-Li"])
    def test_so_is_an_everyday_word_within_a_name_or_made_of_initials(self, name: str) -> None:
        assert [finding.level for finding in check("took it", of_names(name))] == [Level.REVIEW]

    def test_a_short_part_of_a_name_blocks(self) -> None:
        assert [finding.level for finding in check("saw xi", of_names("Xi-Li"))] == [Level.BLOCK]


class TestWho:
    def test_staff_may_be_named(self) -> None:
        team = roster(person(1, "Corinne", "Baxley", relation=Relation.STAFF))

        assert found("Co-led by Corinne Baxley, PsyD.", team) == []

    def test_a_client_of_the_same_name_may_not(self) -> None:
        both = roster(person(1, "Corinne", relation=Relation.STAFF), person(2, "Corinne"))

        assert found("Co-led by Corinne.", both) == ["Corinne"]

    @pytest.mark.parametrize("relation", [Relation.ATTENDEE, Relation.ENROLLED, Relation.FORMER])
    def test_members_are_members_past_and_present(self, relation: Relation) -> None:
        (finding,) = check("Leo spoke", roster(person(1, "Leo", relation=relation)))

        assert finding.suggestion == "a member"

    def test_a_contact_is_another_person(self) -> None:
        (finding,) = check("his wife Leo", roster(person(1, "Leo", relation=Relation.CONTACT)))

        assert finding.suggestion == "another person"

    def test_a_client_goes_before_a_contact_of_the_same_name(self) -> None:
        both = roster(person(1, "Leo", relation=Relation.CONTACT), person(2, "Leo"))

        (finding,) = check("Leo spoke", both)

        assert finding.suggestion == "a member"

    @pytest.mark.parametrize("name", ["", " ", "J", "J.", "-", "\u2019", "\u200b"], ids=ascii)
    def test_a_name_of_at_most_one_letter_is_left_out(self, name: str) -> None:
        client = person(1, name, name, preferred=name, aliases=(name,))

        assert found(f"J {name} Vitamin J", roster(client)) == []

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
        (finding,) = check("thanked Leo", self.OTHERS)

        assert finding.suggestion == "another member"

    def test_every_row_of_the_client_is_the_client(self) -> None:
        former = person(1, "Anita", relation=Relation.FORMER)

        assert found("Anita Ana", others_of(roster(former, self.ANA), UUID(int=1))) == []

    def test_for_someone_off_the_roster_all_are_others(self) -> None:
        assert found("Ana", others_of(roster(self.ANA), UUID(int=9))) == ["Ana"]
