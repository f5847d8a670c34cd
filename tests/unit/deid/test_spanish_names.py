"""Names that are words of Spanish: a reader decides where it may be the word."""

import pytest

from groupnotes.deid import Level
from tests.support.rosters import check_names, of_names

GROUP = of_names(
    "Soledad", "Luz", "Luna", "Paz", "Angel", "Domingo", "Consuelo", "Dolores", "Refugio",
    "Rosario", "Cruz", "Perla", "Milagros", "Lua", "Esperança", "Noor", "Amal",
)  # fmt: skip


def levels(text: str) -> dict[str, Level]:
    found = check_names(f"Karen's group met. {text}", GROUP)
    return {f"Karen's group met. {text}"[one.start : one.end]: one.level for one in found}


class TestSpanishNames:
    @pytest.mark.parametrize(
        "text",
        [
            "Ella habla de la luz.",
            "The luna was full over the field.",
            "Falta de refugio, dijo alguien.",
            "Theme of soledad in the winter.",
            "Bajo la luna llena they sang.",
            "Last perla de paciencia of the night.",
            "They held the rosario and were quiet.",
            "Made the sign of the cruz first.",
            "Mucha paz, said one.",
            "Cada domingo van a misa.",
            "Da lua ao mar.",
            "Sem esperança, one said.",
            "Domingo is the day they rest.",
        ],
    )
    def test_the_word_is_left_alone(self, text: str) -> None:
        assert levels(text) == {}

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("Domingo no clinic; back on Thursday.", "Domingo"),
            ("Domingo a las dos hay misa.", "Domingo"),
            ("Soledad de dos, she calls it.", "Soledad"),
            ("Quiero paz, dijo uno.", "paz"),
            ("The noor in the room was soft.", "noor"),
            ("A sense of amal grew.", "amal"),
            ("Pidio consuelo y agua.", "consuelo"),
        ],
    )
    def test_what_may_be_either_is_for_review(self, text: str, word: str) -> None:
        assert levels(text) == {word: Level.REVIEW}

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Domingo no vino.", "Domingo"),
            ("Domingo is tired of waiting.", "Domingo"),
            ("We waited for Soledad.", "Soledad"),
            ("soledad said she was late.", "soledad"),
            ("We saw luz today.", "luz"),
            ("Sat with paz at the end.", "paz"),
            ("Luna cried.", "Luna"),
            ("They saw noor after class.", "noor"),
            ("The amal's chair stayed empty.", "amal"),
            ("A sense that Amal left.", "Amal"),
            ("Dolores was tearful.", "Dolores"),
            ("Milagritos spoke first.", "Milagritos"),
        ],
    )
    def test_the_name_blocks(self, text: str, name: str) -> None:
        assert levels(text) == {name: Level.BLOCK}

    @pytest.mark.parametrize(
        "text",
        [
            "hermana de soledad vino.",
            "La luz dijo que ya no.",
            "They know that soledad might leave.",
            "No esta luz hoy.",
        ],
    )
    def test_one_in_small_letters_is_found(self, text: str) -> None:
        assert len(levels(text)) == 1
