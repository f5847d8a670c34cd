"""A roster that is prepared once."""

from uuid import UUID

from groupnotes.deid import INDIVIDUAL_NOTE, Roster, check, index, others_of
from tests.support.rosters import found_in, person, roster

ANA, LEO = person(1, "Ana", "Ruiz"), person(2, "Leo", "Bird")


class TestIndex:
    def test_the_same_roster_is_prepared_once(self) -> None:
        assert index(roster(ANA, LEO)) is index(Roster((LEO, ANA)))

    def test_another_roster_is_prepared_anew(self) -> None:
        changed = person(1, "Ana", "Diaz")

        assert found_in("Diaz", check("Diaz", roster(ANA, LEO))) == []
        assert found_in("Diaz", check("Diaz", roster(changed, LEO))) == ["Diaz"]

    def test_one_index_serves_the_notes_of_all_its_clients(self) -> None:
        group = roster(ANA, LEO)
        text = "Ana thanked Leo"

        for client, names in ((ANA, ["Leo"]), (LEO, ["Ana"])):
            own = index(group).about(client.id)
            assert found_in(text, check(text, own, INDIVIDUAL_NOTE)) == names
            assert check(text, own) == check(text, index(others_of(group, client.id)))

    def test_about_nobody_it_is_the_same(self) -> None:
        prepared = index(roster(ANA))

        assert prepared.about(None) is prepared
        assert found_in("Ana", check("Ana", prepared.about(UUID(int=9)))) == ["Ana"]

    def test_what_was_read_before_is_read_the_same(self) -> None:
        prepared = index(roster(ANA, LEO))
        text = "Anas and Ruizs, Leoo, Bird84, birdd and others"

        assert check(text, prepared) == check(text, prepared)
