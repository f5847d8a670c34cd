"""Staff may be named; who has the name of a client is taken for the client."""

import pytest

from groupnotes.deid import Relation, check
from tests.support.rosters import check_names, found, person, roster

TEAM = roster(
    person(1, "Corinne", "Baxley", relation=Relation.STAFF),
    person(2, "Omar", "Diaz", relation=Relation.STAFF),
    person(3, "Corinne", "Lopez"),
    person(4, "Ana", "Baxley"),
)


class TestStaff:
    @pytest.mark.parametrize(
        "text",
        [
            "Co-led by Omar Diaz, LCSW.",
            "Omar led; Diaz took notes.",
            "Co-led by Corinne Baxley.",
            "Co-led by Corinne Baxley, PsyD.",
            "Seen by Dr. Baxley.",
            "Seen by Baxley, PhD.",
            "Signed: Corinne, RN",
        ],
    )
    def test_they_may_be_named(self, text: str) -> None:
        assert found(text, TEAM) == []

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Corinne shared.", ["Corinne"]),
            ("Corinne Lopez, LCSW", ["Corinne Lopez"]),
            ("Ana Baxley left", ["Ana Baxley"]),
            ("then Baxley left", ["Baxley"]),
            ("Omar Lopez", ["Lopez"]),
        ],
    )
    def test_a_name_that_is_also_a_clients_is_the_clients(
        self, text: str, names: list[str]
    ) -> None:
        assert found(text, TEAM) == names

    def test_a_misspelt_staff_name_is_staff(self) -> None:
        assert found("then Omarr spoke", TEAM) == []

    def test_the_suggestion_is_never_taken_from_staff(self) -> None:
        (finding,) = check_names("Corinne shared.", TEAM)

        assert finding.suggestion == "a member"


class TestNamesakesOfStaff:
    STAFF = roster(person(1, "Lindy", "Carmichael", relation=Relation.STAFF))

    @pytest.mark.parametrize(
        "text", ["He read the name Leland Crow aloud.", "It was Lindy Okafor who wrote."]
    )
    def test_a_full_name_of_another_is_found(self, text: str) -> None:
        assert check(text, self.STAFF) != []

    @pytest.mark.parametrize(
        "text", ["Lindy led.", "Lindy Carmichael led.", "We met Lindy Tuesday.", "LINDY LCSW led."]
    )
    def test_their_own_is_left_alone(self, text: str) -> None:
        assert check(text, self.STAFF) == []
