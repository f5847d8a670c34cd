"""Names that are misspelt by one letter or one swap."""

import pytest

from groupnotes.deid import Level
from groupnotes.deid.members.sounds import sound_of
from tests.support.rosters import check_names, found, person, roster, rules

GROUP = roster(
    person(1, "Katherine", "Petrov"),
    person(2, "Desmond", "Yamamoto"),
    person(3, "Melody", "Foster"),
    person(4, "Samir", "Khoury"),
    person(5, "Olu", "Balogun"),
    person(6, "Colby", "Nguyen"),
    person(7, "Zoë", "Nuñez"),
)


class TestMisspellings:
    @pytest.mark.parametrize(
        "written",
        [
            "Katherin",
            "Kathrine",
            "Kahterine",
            "Katherinee",
            "Desmnod",
            "Dezmond",
            "Pertov",
            "Yamsmoto",
            "Yamamotto",
            "Nguen",
            "Nunes",
            "Coblyy",
            "desmod",
            "PERTOV",
        ],
    )
    def test_one_letter_or_one_swap_blocks(self, written: str) -> None:
        (finding,) = check_names(f"then {written} left early", GROUP)

        assert finding.rule.endswith(".misspelt")
        assert finding.level is Level.BLOCK

    def test_the_rule_says_of_what(self) -> None:
        assert rules("then Pertov left", GROUP) == ["roster.last.misspelt"]

    @pytest.mark.parametrize("written", ["Katherin's", "Katherin\u2019s"])
    def test_a_possessive_is_outside(self, written: str) -> None:
        assert found(f"it was {written} turn", GROUP) == ["Katherin"]

    @pytest.mark.parametrize(
        "written", ["Oul", "Samr", "Meldoy"], ids=["three letters", "four", "of a word"]
    )
    def test_a_short_name_and_a_word_are_found_with_a_capital(self, written: str) -> None:
        assert found(f"Then {written} left.", GROUP) == [written]

    @pytest.mark.parametrize(
        "word",
        ["foster", "fosters", "melodic", "diamond", "colb", "an old", "oulx", "memory"],
    )
    def test_an_ordinary_word_is_no_misspelling(self, word: str) -> None:
        blocked = [
            one for one in check_names(f"some {word} here", GROUP) if one.level is Level.BLOCK
        ]

        assert blocked == []

    @pytest.mark.parametrize("written", ["Kathlee", "Petersov", "Yamatomo"])
    def test_two_letters_off_is_another_word(self, written: str) -> None:
        assert rules(f"then {written} left", GROUP) == []


class TestSounds:
    FAMILY = roster(person(1, "Caitlin", "Schwartz"), person(2, "Philip", "Stephens"))

    @pytest.mark.parametrize(
        "written", ["Katelyn", "Kaitlin", "Catelynn", "Shwarts", "Filipp", "Phillipp"]
    )
    def test_a_name_that_only_sounds_so_is_found_with_a_capital(self, written: str) -> None:
        assert found(f"Then {written} left.", self.FAMILY) == [written]

    @pytest.mark.parametrize("word", ["catalyne", "phlops", "shorts", "steps", "flop", "kettling"])
    def test_in_small_letters_it_is_no_one(self, word: str) -> None:
        assert found(f"Then some {word} again.", self.FAMILY) == []

    @pytest.mark.parametrize(
        ("word", "sound"),
        [
            ("caitlin", "ktln"),
            ("katelyn", "ktln"),
            ("philip", "flp"),
            ("knight", ""),
            ("wright", ""),
            ("anna", ""),
            ("ирина", ""),
            ("m4ria", ""),
            ("yvonne", "avn"),
        ],
    )
    def test_a_sound_is_its_consonants(self, word: str, sound: str) -> None:
        assert sound_of(word) == sound
