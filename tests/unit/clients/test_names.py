"""Finding a client by name, however it is typed."""

from __future__ import annotations

import pytest

from groupnotes.clients.names import full_name, is_named, words_of

NAMES = ("Zoë", "Łukasz-O’Brien", "Zo", "Zoey\nZ. Brown")


class TestFullName:
    def test_the_preferred_name_stands_in_quotes(self) -> None:
        assert full_name("Ana", "Alvarez", "Annie") == "Ana “Annie” Alvarez"
        assert full_name("Ana", "Alvarez", None) == "Ana Alvarez"


class TestSearch:
    @pytest.mark.parametrize(
        "typed", ["zoe", "ZOË", "lukasz", "o'brien", "brien zoe", "brown", "", "  zo  "]
    )
    def test_it_finds_any_part_of_any_name(self, typed: str) -> None:
        assert is_named(words_of(typed), NAMES)

    @pytest.mark.parametrize("typed", ["zoe smith", "x", "zoelukasz"])
    def test_every_word_must_occur(self, typed: str) -> None:
        assert not is_named(words_of(typed), NAMES)

    def test_a_missing_name_is_no_name(self) -> None:
        assert not is_named(words_of("none"), ("Ana", None, ""))
