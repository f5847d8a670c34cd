"""Words that are also names, where a sentence speaks of the word or of what it means."""

import pytest

from groupnotes.deid import check
from tests.support.rosters import check_names, of_names, person, roster

GROUP = of_names("Rich", "Art", "Frank", "Sage", "Love", "Long", "Mark", "Drew", "Dawn", "Chance")


def found(text: str) -> list[str]:
    text = f"Karen's group met. {text}"
    return [text[one.start : one.end] for one in check_names(text, GROUP)]


class TestWordsSpokenOf:
    @pytest.mark.parametrize(
        "text",
        [
            "Rich is when the fridge is full.",
            "Art is what keeps some going.",
            "His was not Art with a capital, just tape.",
            "Love with a small l, they said.",
            "Frank talk all round.",
            "No more drinks, sage nods all around.",
            "How long is too long, one asked.",
            "Most wrote love spelled with a heart.",
            "Chance in relapse was the theme.",
        ],
    )
    def test_a_word_is_left_alone(self, text: str) -> None:
        assert found(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "Mark, mother of two, laughed.",
            "Love, a father of four, taught him.",
            "drew (just 38, lost his wife) said he is tired.",
            "Art enlists; he leaves soon.",
            "dawn phq-9 17, up from 12.",
            "chance in late, denied use.",
        ],
    )
    def test_one_is_found_by_what_follows(self, text: str) -> None:
        assert found(text) == [text.split(maxsplit=1)[0].strip(",")]


class TestOtherNotes:
    @pytest.mark.parametrize(
        ("text", "marked"),
        [
            ("Supper each season, next in March.", ["March"]),
            ("She is back in May.", ["May"]),
            ("His shimasani, ninety-one, is well.", ["ninety-one"]),
            ("Su abuela, noventa y dos, cocina.", ["noventa y dos"]),
            ("You made ninety look easy.", ["ninety"]),
            ("They made ninety meetings.", []),
            ("Lleva noventa dias sin beber.", []),
            ("We named perfectionism as a trap.", []),
            ("Took the bus, route 49, home.", []),
            ("Return check Tuesday first period.", []),
            ("Odete, his wife, bought it.", ["Odete"]),
            ("Debt to his taya ji Mohinder.", ["Mohinder"]),
            ("Tante Odile comes soon.", ["Odile"]),
            ("QX at work. Five came.", ["QX"]),
            ("A release from PCP Dr. Smith came.", ["Smith"]),
        ],
    )
    def test_dates_ages_and_roads_are_told_apart(self, text: str, marked: list[str]) -> None:
        seen = check(text, roster(person(1, "Quenby", "Xhosa")))
        assert [text[one.start : one.end] for one in seen] == marked
