"""An encounter's number can be typed and said, and is nothing but chance."""

from __future__ import annotations

import re
import secrets
from collections import Counter

import pytest

from groupnotes.notes.encounters import SYMBOLS, new_number

MANY = 2_000


def test_it_is_three_groups_of_four_symbols() -> None:
    assert re.fullmatch(rf"[{SYMBOLS}]{{4}}-[{SYMBOLS}]{{4}}-[{SYMBOLS}]{{4}}", new_number())


@pytest.mark.parametrize("alike", ["0O", "0Q", "1I", "1L", "2Z", "5S", "6G", "8B", "UV"])
def test_no_symbol_is_taken_for_another(alike: str) -> None:
    assert not set(alike) <= set(SYMBOLS)


def test_it_spells_no_word() -> None:
    assert not set("AEIOU") & set(SYMBOLS)


def test_numbers_do_not_repeat_and_use_every_symbol_in_every_place() -> None:
    made = [new_number().replace("-", "") for _ in range(MANY)]

    assert len(set(made)) == MANY
    for place in zip(*made, strict=True):
        # Even chance gives 80 of each; less than a quarter of that has odds below 1 in 10^15.
        assert min(Counter(place)[symbol] for symbol in SYMBOLS) > 20


def test_every_number_that_chance_can_draw_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = [0, 1, len(SYMBOLS), len(SYMBOLS) ** 12 - 1]
    monkeypatch.setattr(secrets, "randbelow", lambda _: drawn.pop())

    assert sorted(new_number() for _ in range(4)) == [
        "0000-0000-0000",
        "0100-0000-0000",
        "1000-0000-0000",
        "YYYY-YYYY-YYYY",
    ]
