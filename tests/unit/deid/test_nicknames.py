"""What people are called for short."""

import pytest

from groupnotes.deid import Level
from tests.support.rosters import check_names, found, found_in, person, roster


class TestNicknames:
    @pytest.mark.parametrize(
        ("first", "nickname"),
        [
            ("Robert", "Bob"),
            ("Katherine", "Katie"),
            ("Christopher", "Topher"),
            ("Alexandra", "Lexi"),
            ("Alexandra", "Sasha"),
            ("Francisco", "Paco"),
            ("Francisco", "Pancho"),
            ("José", "Pepe"),
            ("Guadalupe", "Lupita"),
            ("Ignacio", "Nacho"),
            ("Jesús", "Chuy"),
            ("María", "Mari"),
            ("Małgorzata", "Gosia"),
            ("Katarzyna", "Kasia"),
            ("Oluwaseun", "Seun"),
            ("Mohammed", "Moha"),
            ("Aleksandr", "Sasha"),
            ("Deborah", "Debbie"),
            ("Piotr", "Pete"),
        ],
    )
    def test_a_nickname_is_found(self, first: str, nickname: str) -> None:
        client = roster(person(1, first, "Nowak"))

        assert found(f"Later {nickname} said so.", client) == [nickname]

    @pytest.mark.parametrize(
        ("nickname", "first"),
        [("Bob", "Robert"), ("Katie", "Katherine"), ("Lupe", "Guadalupe"), ("Kasia", "Katarzyna")],
    )
    def test_the_name_that_a_nickname_stands_for_is_found_too(
        self, nickname: str, first: str
    ) -> None:
        assert found(f"Later {first} spoke.", roster(person(1, nickname))) == [first]

    @pytest.mark.parametrize(
        ("first", "made"),
        [
            ("Miguel", "Miguelito"),
            ("Carmen", "Carmencita"),
            ("Desmond", "Des"),
            ("Viktor", "Vik"),
            ("Xiomara", "Xiomi"),
            ("Tamika", "Tammie"),
        ],
    )
    def test_one_that_is_made_by_rule_is_found_with_a_capital(self, first: str, made: str) -> None:
        assert found(f"Then {made} spoke.", roster(person(1, first))) == [made]

    def test_so_is_one_of_a_preferred_name_and_of_a_part(self) -> None:
        client = roster(person(1, "Anne-Katherine", preferred="William"))

        assert found("Then Kate met Willy.", client) == ["Kate", "Willy"]

    @pytest.mark.parametrize(
        ("first", "text"),
        [
            ("Robert", "The DOB was checked; the hob was hot."),
            ("Robert", "A bill came in the mail."),
            ("Marisol", "They saw Mars and the mar on it."),
            ("Samantha", "the same sample"),
            ("Penelope", "lost a penny"),
            ("Virginia", "ginger tea"),
            ("Lashonda", "Las vegas show"),
        ],
    )
    def test_words_are_no_nicknames(self, first: str, text: str) -> None:
        blocked = [f for f in check_names(text, roster(person(1, first))) if f.level is Level.BLOCK]

        assert found_in(text, blocked) == []

    def test_a_nickname_goes_with_the_surname(self) -> None:
        assert found("Then Bob Ruiz left.", roster(person(1, "Robert", "Ruiz"))) == ["Bob Ruiz"]
        assert found("Then Bob R. left.", roster(person(1, "Robert", "Ruiz"))) == ["Bob R."]
