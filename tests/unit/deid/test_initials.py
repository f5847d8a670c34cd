"""Initials of people of the roster, and abbreviations that are none."""

import pytest

from groupnotes.deid import Category, Level
from tests.support.rosters import check_names, found, person, roster, rules

GROUP = roster(
    person(1, "Jamal", "Davis"),
    person(2, "Mei", "Kealoha"),
    person(3, "Anne-Marie", "de la Cruz"),
    person(4, "Paul", "Tran"),
    person(5, "Simone", "Ilic"),
    person(6, "Rosa", "St. Clair"),
    person(7, "Nhi", "Le"),
    person(8, "Nuala", "O'Brien"),
    person(9, "Beth", "Loomis"),
)


class TestInitials:
    @pytest.mark.parametrize(
        ("text", "initials"),
        [
            ("Then J.D. spoke.", "J.D."),
            ("Then J. D. spoke.", "J. D."),
            ("Then J D spoke.", "J D"),
            ("Then JD spoke.", "JD"),
            ("JD's turn", "JD"),
            ("J-D spoke", "J-D"),
            ("AC and AMC met", "AC"),
            ("A.M.C. met", "A.M.C."),
            ("feedback to M.K.", "M.K."),
            ("R.St.C. won", "R.St.C."),
            ("N.L. left", "N.L."),
            ("Then N. O'B. spoke.", "N. O'B."),
        ],
    )
    def test_they_are_found(self, text: str, initials: str) -> None:
        assert initials in found(text, GROUP)

    def test_one_that_is_an_abbreviation_is_told_by_the_next(self) -> None:
        text = "Out: BL (dentist), M.K. (court)."

        assert found(text, GROUP) == ["BL", "M.K."]

    def test_one_that_is_said_of_kin_is_no_credential(self) -> None:
        rn = roster(person(1, "Rhea", "Nolan"))

        assert found("The aunt of RN, who called, is ill.", rn) == ["RN"]
        assert found("A note of RN was filed.", rn) == []

    def test_they_have_their_category_and_block(self) -> None:
        (finding,) = check_names("Then J.D. spoke.", GROUP)

        assert finding.category is Category.INITIALS
        assert finding.level is Level.BLOCK
        assert finding.rule == "roster.initials"
        assert finding.suggestion == "a member"

    @pytest.mark.parametrize(
        "text",
        [
            "GROUP NOTE. THEN JD SPOKE.",
            "group note. then jd spoke.",
            "then j.d. spoke",
            "told pt jd to wait",
            "then j d spoke",
        ],
    )
    def test_also_where_capitals_tell_nothing(self, text: str) -> None:
        assert len(found(text, GROUP)) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "Pt reported SI/HI.",
            "The PT was here; SI denied.",
            "pt asked for pt.",
            "si and hi denied",
            "GROUP NOTE. PT DENIED SI.",
            "20 MK daily",
        ],
    )
    def test_abbreviations_are_none(self, text: str) -> None:
        assert found(text, GROUP) == []

    @pytest.mark.parametrize("text", ["at 8 a.m.", "at 8 A.M. sharp", "e.g. this", "the U.S. Army"])
    def test_hours_and_latin_are_none(self, text: str) -> None:
        client = roster(
            person(1, "Ana", "Mora"), person(2, "Eva", "Galan"), person(3, "Uma", "Sethi")
        )

        assert found(text, client) == []

    def test_their_abbreviation_in_a_sentence_about_a_person_is_found(self) -> None:
        client = roster(person(1, "Hana", "Aoki"), person(2, "Carl", "Diaz"))

        assert found("Role play was done by HA and a volunteer.", client) == ["HA"]
        assert found("Writer redirected CD twice.", client) == ["CD"]
        assert found("Psychoeducation on HA and CD.", client) == []

    @pytest.mark.parametrize(
        ("text", "found_too"),
        [("Scores: J.D. 8, AC 15", "AC"), ("Snack - JD: 100; PT: 5", "JD"), ("JD/MK paired", "MK")],
    )
    def test_those_in_a_table_of_people_are(self, text: str, found_too: str) -> None:
        assert found_too in found(text, GROUP)

    @pytest.mark.parametrize("text", ["Form F-JD 3", "form JD-12", "item #JD", "JD 12"])
    def test_those_of_a_code_are_none(self, text: str) -> None:
        assert found(text, GROUP) == []

    def test_two_first_names_have_initials_of_their_own(self) -> None:
        assert found("Then JP spoke.", roster(person(1, "Jean-Pierre", "Roy"))) == ["JP"]

    def test_one_who_goes_by_initials_is_found_apart(self) -> None:
        client = roster(person(1, "Jean", "Roy", preferred="JC"))

        assert found("J C left early", client) == ["J C"]


class TestOneInitial:
    @pytest.mark.parametrize(
        ("text", "initials"),
        [
            ("When client J. spoke", ["J."]),
            ("Pt J. shared", ["J."]),
            ("peer M said", ["M"]),
            ("J. shared a story", ["J."]),
            ("J shared a story", ["J"]),
            ("J. and M. paired up", ["J.", "M."]),
            ("J & M paired up", ["J", "M"]),
            ("J., M. and P. paired up", ["J.", "M.", "P."]),
            ("Mr. D. left", ["D."]),
            ("J.'s homework", ["J."]),
            ("checked in with J. today", ["J."]),
        ],
    )
    def test_it_is_found_beside_what_tells_a_person(self, text: str, initials: list[str]) -> None:
        assert found(text, GROUP) == initials

    @pytest.mark.parametrize(
        "text",
        [
            "Vitamin D helps",
            "hepatitis J. It",
            "Step M. Next",
            "plan J",
            "A. Members met. M - Mood: P. fair",
            "Mr. X. left",
            "their p.o. works",
            "mostly A's and J's",
            "grade J",
        ],
    )
    def test_elsewhere_a_letter_is_no_one(self, text: str) -> None:
        assert found(text, GROUP) == []

    def test_one_registered_by_a_letter_is_found_so(self) -> None:
        assert rules("Client Q. spoke.", roster(person(1, "Q"))) == ["roster.initial"]
