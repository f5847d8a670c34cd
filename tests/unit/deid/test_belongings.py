"""The numbers, addresses, birth dates and employers of people of the roster."""

import datetime as dt
from uuid import UUID

import pytest

from groupnotes.deid import (
    INDIVIDUAL_NOTE,
    Category,
    Finding,
    Level,
    Person,
    Relation,
    Roster,
    check,
    others_of,
)

ANA = Person(
    UUID(int=1),
    "Ana",
    "Ruiz",
    relation=Relation.ATTENDEE,
    birth_date=dt.date(1969, 8, 18),
    phones=("603-555-0100",),
    emails=("ana.r12@example.com",),
    address="9780 SE Juniper Lane, Apt 4, Derby Notch, NH 03038",
    employer="Tyson Foods, Inc.",
    mrn="MR-0931 9174",
    member_ids=("H286932245",),
)
LEO = Person(
    UUID(int=2),
    "Leo",
    "Bird",
    phones=("603-555-0100", "(802) 555-0176"),
    address="PO Box 2218",
    employer="Kroger",
)
GROUP = Roster((ANA, LEO))


def found(text: str, roster: Roster = GROUP) -> list[Finding]:
    """Give what the roster tells of a text."""
    return check(text, roster, INDIVIDUAL_NOTE)


class TestWritings:
    @pytest.mark.parametrize(
        ("written", "category"),
        [
            ("603-555-0100", Category.PHONE),
            ("603.555.0100", Category.PHONE),
            ("603) 555-0100", Category.PHONE),
            ("603 555 0100", Category.PHONE),
            ("6035550100", Category.PHONE),
            ("555-0100", Category.PHONE),
            ("5550176", Category.PHONE),
            ("ana.r12@example.com", Category.EMAIL),
            ("ANA.R12@EXAMPLE.COM", Category.EMAIL),
            ("ana.r12@mail.example", Category.EMAIL),
            ("9780 SE Juniper Lane", Category.ADDRESS),
            ("9780 juniper ln", Category.ADDRESS),
            ("9780 Juniper", Category.ADDRESS),
            ("Box 2218", Category.ADDRESS),
            ("MR-0931 9174", Category.MRN),
            ("mr09319174", Category.MRN),
            ("H286932245", Category.MEMBER_ID),
            ("h28-693-2245", Category.MEMBER_ID),
            ("8/18/1969", Category.DATE),
            ("08-18-69", Category.DATE),
            ("1969-08-18", Category.DATE),
            ("18.08.1969", Category.DATE),
            ("19690818", Category.DATE),
            ("August 18, 1969", Category.DATE),
            ("Aug. 18th 1969", Category.DATE),
            ("18 August 1969", Category.DATE),
            ("18th of August, 1969", Category.DATE),
            ("Tyson Foods", Category.ORG),
            ("TYSON FOODS", Category.ORG),
        ],
    )
    def test_it_blocks_in_any_usual_writing(self, written: str, category: Category) -> None:
        text = f"wrote {written} on it"
        (finding,) = found(text)

        assert text[finding.start : finding.end] == written
        assert finding.category is category
        assert finding.level is Level.BLOCK
        assert finding.rule.startswith("roster.")

    @pytest.mark.parametrize(
        ("written", "category"),
        [
            ("03038", Category.ZIP),
            ("August 18", Category.DATE),
            ("Juniper Ln", Category.ADDRESS),
            ("9781 Juniper Lane", Category.ADDRESS),
            ("Kroger", Category.ORG),
            ("TysonFoods", Category.ORG),
        ],
    )
    def test_what_can_be_another_is_for_review(self, written: str, category: Category) -> None:
        (finding,) = found(f"wrote {written} on it")

        assert finding.category is category
        assert finding.level is Level.REVIEW

    @pytest.mark.parametrize(
        "written",
        [
            "603-555-0199",
            "1603555010012",
            "x5550100555",
            "0931",
            "H28693224",
            "H2869322456",
            "8/18/1970",
            "August 19",
            "1969",
            "juniper berries",
            "other@example.com",
            "scored 12/27",
            "in August",
            "Foods",
            "the box 22",
        ],
    )
    def test_another_is_not_found(self, written: str) -> None:
        assert found(f"wrote {written} on it") == []

    @pytest.mark.parametrize("text", ["born 8/18", "her birthday (8/18)", "turned 30 on 8-18"])
    def test_a_birthday_without_its_year_is_found_where_it_is_said(self, text: str) -> None:
        assert [one.category for one in found(text)] == [Category.DATE]

    def test_a_score_is_no_birthday(self) -> None:
        assert found("homework review 8/18 cards") == []

    def test_an_endless_box_is_no_ones(self) -> None:
        assert found("x" * 100 + "ana.r12@example.com") == []

    def test_numbers_in_a_row_are_told_apart(self) -> None:
        text = "call 802-555-0176 603-555-0100"

        assert [text[f.start : f.end] for f in found(text)] == ["802-555-0176", "603-555-0100"]

    @pytest.mark.parametrize("employer", ["Waffle House", "Target", "Lowe's"])
    def test_an_employer_that_is_a_word_is_found_with_its_capital(self, employer: str) -> None:
        worker = Roster((Person(UUID(int=1), "Ana", employer=employer),))

        assert len(check(f"She works at {employer} now.", worker, INDIVIDUAL_NOTE)) == 1
        assert check("set a target low", worker, INDIVIDUAL_NOTE) == []


class TestWhose:
    @pytest.mark.parametrize("own", ["ana.r12@example.com", "8/18/1969", "Tyson Foods", "03038"])
    def test_what_is_the_clients_own_is_fine_in_their_note(self, own: str) -> None:
        assert found(f"wrote {own} on it", others_of(GROUP, ANA.id)) == []
        assert found(f"wrote {own} on it", others_of(GROUP, LEO.id)) != []

    def test_what_two_share_is_the_clients_own(self) -> None:
        text = "call 603-555-0100 or 802-555-0176"

        assert len(found(text, others_of(GROUP, ANA.id))) == 1
        assert found(text, others_of(GROUP, LEO.id)) == []

    def test_what_belongs_to_staff_is_not_looked_for(self) -> None:
        staff = Person(UUID(int=3), "Kim", relation=Relation.STAFF, phones=("603-555-0142",))

        assert found("call 603-555-0142", Roster((staff,))) == []

    @pytest.mark.parametrize(
        "person",
        [
            Person(UUID(int=1), "Ana", phones=("12",), emails=("@", "a"), address="-", mrn="1"),
            Person(UUID(int=1), "Ana", member_ids=("ABCDEFG", ""), employer="A", address="7"),
            Person(UUID(int=1), "Ana", address="12 Oak", employer="Inc.", emails=("x@",)),
            Person(UUID(int=1), "Ana", address="PO Box Nine"),
            Person(UUID(int=1), "Ana", address="12 N"),
        ],
    )
    def test_what_tells_nothing_is_left_out(self, person: Person) -> None:
        assert found("12 a 1 abcdefg inc @ x@ 7 -", Roster((person,))) == []
