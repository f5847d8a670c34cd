"""What is near to a name of the roster and no one's: abbreviations, authors, words of Spanish."""

import pytest

from groupnotes.deid import Level
from tests.support.rosters import check_names, of_names, person, roster

GROUP = roster(
    person(1, "Ramon", "Ecker"),
    person(2, "Carla", "Sims"),
    person(3, "Nadia", "Quist", preferred="Nadia"),
    person(4, "Clarence", "Adams"),
    person(5, "Xio", "Perez"),
    person(6, "Quentin", "Bell"),
    person(7, "Beth", "Moca"),
)


class TestOthersWords:
    @pytest.mark.parametrize(
        "text",
        [
            "Homework A.R.E. questions on page 57.",
            "A reading from C. S. Lewis. Tea.",
            "Then Q&A with the nurse.",
            "Pt A: calm. Pt B: refused, watched.",
            "Nadie habló por un minuto.",
            "Next class begins at noon.",
            "Leaves on a stream x10 minutes.",
            "The MMSE and ders were given.",
        ],
    )
    def test_they_are_left_alone(self, text: str) -> None:
        assert check_names(text, GROUP) == []

    @pytest.mark.parametrize("text", ["C. S. came late.", "Client Q. left.", "Nadia spoke."])
    def test_so_the_clients_are_not(self, text: str) -> None:
        assert len(check_names(text, GROUP)) == 1

    def test_a_usual_name_near_a_nickname_is_for_review(self) -> None:
        group = of_names("Eleanor")
        found = check_names("We drew the model of Ellis on the board.", group)
        assert [one.level for one in found] in ([], [Level.REVIEW])
