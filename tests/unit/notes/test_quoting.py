"""Which texts look like a transcript, and which only quote what shows something."""

# ruff: noqa: RUF001 - quotation marks are what this is about

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.notes.quoting import AT_LENGTH, passages, quotes_at_length

SPEECH = (
    "I don't know why I went back there. My father never asked where we slept, and when he did "
    "it was to shout. I kept the key for eleven years. Last week I threw it into the river and "
    "stood there until it was dark, and nobody came, and that was the best thing about it."
)
ORDINARY = (
    'Named two situations in which she had felt "stuck", and rehearsed what to say to her '
    "manager. Said that it was “easier than at home”. Practised the breathing exercise with a "
    "partner and gave him feedback; was attentive throughout and did not interrupt others. "
    "Reported that she used the skill on two days of the week, which is one more than before."
)
MARKS = [
    '""',
    "“”",
    "„“",
    "„”",
    "””",
    "«»",
    "»«",
    "»»",
    "‹›",
    "›‹",
    "‘’",
    "‚‘",
    "‚’",
    "''",
    "「」",
    "『』",
    "＂＂",
    "〝〞",
    "〝〟",
]


def quoted(words: str, marks: str = "“”") -> str:
    return f"{marks[0]}{words}{marks[-1]}"


class TestAtLength:
    @pytest.mark.parametrize("marks", MARKS)
    def test_a_long_passage_in_any_marks(self, marks: str) -> None:
        assert quotes_at_length(f"She said: {quoted(SPEECH, marks)} Then the hour was over.")

    @pytest.mark.parametrize("marks", MARKS)
    def test_the_same_words_without_one_of_the_marks_quote_nothing(self, marks: str) -> None:
        assert not quotes_at_length(f"She said: {marks[0]} {SPEECH}")
        assert not quotes_at_length(f"She said: {SPEECH}{marks[-1]}")

    def test_a_long_passage_in_a_much_longer_note(self) -> None:
        assert quotes_at_length(ORDINARY * 20 + quoted(SPEECH))

    def test_many_short_passages_that_are_most_of_the_text(self) -> None:
        assert quotes_at_length(" Then: ".join([quoted("I had nobody to call that night.")] * 9))

    def test_many_short_passages_in_a_note_that_says_what_they_show(self) -> None:
        assert not quotes_at_length(ORDINARY * 20)

    def test_speech_over_several_paragraphs(self) -> None:
        first, second = SPEECH[:130], SPEECH[130:]

        assert quotes_at_length(f"“{first}\n\n“{second}”")
        assert not quotes_at_length(f"“{first}\n\n{second}”")

    def test_speech_over_several_lines(self) -> None:
        assert quotes_at_length(quoted(SPEECH.replace(". ", ".\n")))

    @pytest.mark.parametrize("text", ["", "Calm.", ORDINARY, quoted(SPEECH[:100])])
    def test_not_a_text_without_a_long_quotation(self, text: str) -> None:
        assert not quotes_at_length(text)

    @pytest.mark.parametrize(("length", "is_long"), [(AT_LENGTH - 1, False), (AT_LENGTH, True)])
    def test_from_its_length_on(self, length: int, is_long: bool) -> None:
        assert quotes_at_length(quoted("x" * length) + " and more" * 100) is is_long

    def test_half_of_the_text_is_most_of_it(self) -> None:
        quotations = quoted("x" * 120) + quoted("x" * 120)

        assert quotes_at_length(quotations + "y" * (240 - 4))
        assert not quotes_at_length(quotations + "y" * (240 - 3))


class TestPassages:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("It's the clients' own: they don't want it.", []),
            ('The mirror was 12" wide.', []),
            ("She said 'I can't' and left.", ["I can't"]),
            ("He said “my mother’s ‘rules’ again”.", ["my mother’s ‘rules’ again"]),
            ("“One.” and “two”", ["One.", "two"]),
            ("„Eins“ und »zwei«, ‚drei‘", ["Eins", "zwei", "drei"]),
            ("『はい』と「いいえ」", ["はい", "いいえ"]),
            ("“never closed", []),
            ("“”", [""]),
        ],
    )
    def test_they_are_what_stands_between_marks(self, text: str, found: list[str]) -> None:
        assert list(passages(text)) == found

    @given(st.text(alphabet=st.sampled_from("a' \n\"“”„«»‹›‘’‚「」.")))
    def test_they_stand_in_the_text_one_after_another(self, text: str) -> None:
        at = 0
        for passage in passages(text):
            at = text.index(passage, at) + len(passage)

    @pytest.mark.parametrize("sign", sorted({marks[0] for marks in MARKS}))
    def test_a_text_full_of_marks_takes_no_time(self, sign: str) -> None:
        begun = time.perf_counter()

        quotes_at_length(f"{sign}a " * 300_000)

        assert time.perf_counter() - begun < 5
