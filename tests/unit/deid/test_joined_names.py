"""Names in user names, e-mail addresses and files, and with an initial."""

import pytest

from tests.support.rosters import check_names, found_in, person, roster

MARIA = roster(person(1, "Maria", "Gonzalez"), person(2, "Sean", "O'Connor"))


def found(text: str) -> list[str]:
    return found_in(text, check_names(text, MARIA))


class TestInitialAndName:
    @pytest.mark.parametrize(
        "name",
        [
            "Maria G.",
            "Maria G",
            "maria g.",
            "MARIA G.",
            "M. Gonzalez",
            "M Gonzalez",
            "m. gonzalez",
            "Gonzalez, M.",
            "Sean O.",
            "S. O'Connor",
        ],
    )
    def test_they_are_one_finding(self, name: str) -> None:
        assert found(f"then {name} left") == [name]

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("then Maria I think", ["Maria"]),
            ("Maria a friend", ["Maria"]),
            ("Maria K. left", ["Maria"]),
            ("K. Gonzalez left", ["Gonzalez"]),
            ("Maria. G-tube", ["Maria"]),
        ],
    )
    def test_another_letter_is_not_taken_with_it(self, text: str, names: list[str]) -> None:
        assert found(text) == names


class TestJoined:
    @pytest.mark.parametrize(
        "name",
        [
            "mgonzalez",
            "MGonzalez",
            "mariag",
            "MariaG",
            "gonzalezm",
            "mariagonzalez",
            "MariaGonzalez",
            "gonzalezmaria",
            "maria.gonzalez",
            "maria_gonzalez",
            "maria-gonzalez",
            "mgonzalez84",
            "maria2",
            "m4ria",
            "oconnors",
            "SeanOConnor",
        ],
    )
    def test_a_name_joined_is_found_whole(self, name: str) -> None:
        assert found(f"saw {name} online") == [name]

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("mail mgonzalez@example.com", "mgonzalez"),
            ("luvmaria_84 posted", "luvmaria"),
            ("see mariagonzalezintake.pdf", "mariagonzalezintake"),
            ("see gonzalez_2024.docx", "gonzalez"),
            ("write x@gonzalez.example", "gonzalez"),
        ],
    )
    def test_so_it_is_within_an_address_and_a_file_name(self, text: str, name: str) -> None:
        assert name in found(text)

    @pytest.mark.parametrize("text", ["mariachi", "a gonz", "marigold", "marina bay", "oconn"])
    def test_another_word_is_not_one(self, text: str) -> None:
        assert found(f"the {text} music") == []
