"""Ordinary words told from names."""

import pytest

from groupnotes.deid.lexicon import (
    first_name_rank,
    is_first_name,
    is_last_name,
    is_name_word,
    is_rare_word,
    is_word,
    last_name_rank,
)


class TestWords:
    @pytest.mark.parametrize(
        "word",
        [
            "hope",
            "practised",
            "practiced",
            "grieving",
            "colour",
            "monday",
            "didn",
            "children",
            "telehealth",
            "psychoeducation",
            "pt",
            "grp",
            "dx",
            "relapsed",
            "medicaid",
            "ptsd",
        ],
    )
    def test_english_and_clinical_words_are_words(self, word: str) -> None:
        assert is_word(word)

    @pytest.mark.parametrize("name", ["maria", "john", "gonzalez", "judith", "tom", "linehan"])
    def test_names_are_none_even_if_a_dictionary_has_them(self, name: str) -> None:
        assert not is_word(name)

    @pytest.mark.parametrize("word", ["reparent", "undershirts", "nonattender", "spence"])
    def test_rare_and_made_words_are_known_apart(self, word: str) -> None:
        assert is_rare_word(word)

    @pytest.mark.parametrize("word", ["flurb", "gonzalez", "coe", "rereg"])
    def test_what_no_one_writes_is_not_even_rare(self, word: str) -> None:
        assert not is_rare_word(word)


class TestNames:
    @pytest.mark.parametrize("name", ["maria", "judith", "hope", "chloe", "jayden", "saoirse"])
    def test_first_names_of_many_origins_are_known(self, name: str) -> None:
        assert is_first_name(name)

    @pytest.mark.parametrize("name", ["gonzalez", "smith", "baker", "yazzie", "patel", "okafor"])
    def test_last_names_are_known(self, name: str) -> None:
        assert is_last_name(name)

    @pytest.mark.parametrize("word", ["hope", "mark", "baker", "frank", "will"])
    def test_a_word_can_be_a_name_too(self, word: str) -> None:
        assert is_name_word(word)

    @pytest.mark.parametrize("word", ["maria", "gonzalez", "telehealth", "because"])
    def test_most_are_only_one_of_them(self, word: str) -> None:
        assert not is_name_word(word)

    def test_the_usual_name_comes_before_the_rare_one(self) -> None:
        usual, rare = first_name_rank("maria"), first_name_rank("saoirse")

        assert usual is not None
        assert rare is not None
        assert usual < rare

    def test_what_is_no_name_has_no_rank(self) -> None:
        assert first_name_rank("because") is None
        assert last_name_rank("because") is None
        assert last_name_rank("smith") == 0
