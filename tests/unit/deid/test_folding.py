"""How a text is brought to the form in which names are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.deid.folding import fold


class TestForm:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("MARIA", "maria"),
            ("Zoë", "zoe"),
            ("Siobha\u0301n", "siobhan"),
            ("Mar\u200bia", "maria"),
            ("Ma\xadria", "maria"),
            ("\u202eMaria\u202c", "maria"),
            ("Mar\x00ia\x7f", "maria"),
            ("Mar\udc80ia", "maria"),
            ("\uff2d\uff41\uff52\uff49\uff41", "maria"),
            ("\U0001d40c\U0001d41a\U0001d42b\U0001d422\U0001d41a", "maria"),
            ("Søren Łukasz Đặng", "soren lukasz dang"),
            ("Weiß Æsa Œ Þór Guðrún", "weiss aesa oe thor gudrun"),
            ("İrem Iş\u0131l", "irem isil"),
            ("Ana\xa0Ruiz\u2003x", "ana ruiz x"),
            (
                "O\u2019Brien O`Brien O\u02bbahu O\u00b4Neil O\uff07Neil",
                "o'brien o'brien o'ahu o'neil o'neil",
            ),
            ("Anne\u2011Marie\u2013Lou—x \u22121", "anne-marie-lou-x -1"),
            ("a\x0bb\x0cc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
            ("tab\tline\nreturn\r", "tab\tline\nreturn\r"),
            ("李雷 Ирина Νίκος", "李雷 ирина νικοσ"),
        ],
        ids=ascii,
    )
    def test_it_is_folded(self, text: str, folded: str) -> None:
        assert fold(text).text == folded

    @given(st.text())
    def test_folding_again_changes_nothing(self, text: str) -> None:
        once = fold(text).text

        assert fold(once).text == once

    @given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
    def test_composed_or_not_is_the_same(self, text: str) -> None:
        composed = fold(unicodedata.normalize("NFC", text)).text

        assert composed == fold(unicodedata.normalize("NFD", text)).text


class TestSpans:
    def test_plain_text_keeps_its_places(self) -> None:
        assert fold("Maria said").span(0, 5) == (0, 5)

    def test_what_was_dropped_inside_counts(self) -> None:
        assert fold("x Ma\xadr\u200bia y").span(2, 7) == (2, 9)

    def test_a_hanging_accent_belongs_to_its_letter(self) -> None:
        text = "Jose\u0301 came"

        assert fold(text).span(0, 4) == (0, 5)

    def test_a_hanging_accent_at_the_end_of_the_text_too(self) -> None:
        assert fold("Jose\u0301").span(0, 4) == (0, 5)

    def test_what_was_dropped_before_does_not(self) -> None:
        assert fold("\u200bMaria").span(0, 5) == (1, 6)

    def test_one_letter_that_becomes_two_is_one(self) -> None:
        folded = fold("Weiß x")

        assert folded.text == "weiss x"
        assert folded.span(0, 5) == (0, 4)
        assert folded.span(6, 7) == (5, 6)

    def test_a_stretch_within_one_letter_is_that_letter(self) -> None:
        assert fold("\u2474").span(1, 2) == (0, 1)  # "(1)" in one character

    @given(st.text(), st.data())
    def test_every_stretch_lies_in_the_text_and_is_not_empty(
        self, text: str, data: st.DataObject
    ) -> None:
        folded = fold(text)
        if folded.text:
            start = data.draw(st.integers(0, len(folded.text) - 1))
            end = data.draw(st.integers(start + 1, len(folded.text)))

            first, last = folded.span(start, end)

            assert 0 <= first < last <= len(text)

    @given(st.text())
    def test_the_whole_is_all_but_what_was_dropped_in_front(self, text: str) -> None:
        folded = fold(text)
        if folded.text:
            first, last = folded.span(0, len(folded.text))

            assert fold(text[:first]).text == ""
            assert last == len(text)
