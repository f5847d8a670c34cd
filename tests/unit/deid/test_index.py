"""A roster that is prepared once."""

from uuid import UUID

from groupnotes.deid import Roster, index, others_of
from tests.support.rosters import check_names, found_in, person, roster

ANA, LEO = person(1, "Ana", "Ruiz"), person(2, "Leo", "Bird")


class TestIndex:
    def test_the_same_roster_is_prepared_once(self) -> None:
        assert index(roster(ANA, LEO)) is index(Roster((LEO, ANA)))

    def test_another_roster_is_prepared_anew(self) -> None:
        changed = person(1, "Ana", "Diaz")

        assert found_in("Diaz", check_names("Diaz", roster(ANA, LEO))) == []
        assert found_in("Diaz", check_names("Diaz", roster(changed, LEO))) == ["Diaz"]

    def test_one_index_serves_the_notes_of_all_its_clients(self) -> None:
        group = roster(ANA, LEO)
        text = "Ana thanked Leo"

        for client, names in ((ANA, ["Leo"]), (LEO, ["Ana"])):
            own = index(group).about(client.id)
            assert found_in(text, check_names(text, own)) == names
            assert check_names(text, own) == check_names(text, index(others_of(group, client.id)))

    def test_about_nobody_it_is_the_same(self) -> None:
        prepared = index(roster(ANA))

        assert prepared.about(None) is prepared
        assert found_in("Ana", check_names("Ana", prepared.about(UUID(int=9)))) == ["Ana"]

    def test_what_was_read_before_is_read_the_same(self) -> None:
        prepared = index(roster(ANA, LEO))
        text = "Anas and Ruizs, Leoo, Bird84, birdd and others"

        assert check_names(text, prepared) == check_names(text, prepared)
