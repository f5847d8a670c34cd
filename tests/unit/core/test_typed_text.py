"""What may be typed into any form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.core.typed_text import LIMIT, normal, refusal


class TestLineEnds:
    @pytest.mark.parametrize(
        "end", ["\r\n", "\r", "\n", "\v", "\f", "\x85", "\u2028", "\u2029"], ids=repr
    )
    def test_every_kind_becomes_a_line_feed(self, end: str) -> None:
        assert normal(f"one{end}two") == "one\ntwo"

    def test_blank_lines_of_a_browser_stay_as_many(self) -> None:
        assert normal("one\r\n\r\ntwo\r\n") == "one\n\ntwo\n"

    @given(st.text(alphabet=st.sampled_from("a \r\n\v\u2028")))
    def test_normalising_again_changes_nothing(self, text: str) -> None:
        assert normal(normal(text)) == normal(text)


class TestRefusedCharacters:
    def test_a_nul_is_refused_by_name_and_place(self) -> None:
        assert refusal("First line.\nab\0c") == (
            "Remove the NUL character (U+0000) in line 2, at character 3: it cannot be kept."
        )

    def test_a_text_that_begins_with_a_line_break_has_its_lines_counted(self) -> None:
        assert "in line 2, at character 1:" in (refusal("\n\0") or "")

    @pytest.mark.parametrize("code", [0xD83D, 0xDE00], ids=hex)
    def test_a_lone_surrogate_is_refused_by_name(self, code: int) -> None:
        sentence = refusal(f"well {chr(code)}")

        assert sentence == (
            f"Remove the half of a character, a lone surrogate (U+{code:04X}), "
            "at character 6: it cannot be kept."
        )

    @pytest.mark.parametrize("control", ["\x01", "\x08", "\x0b", "\x1b", "\x1f"], ids=ascii)
    def test_what_xml_cannot_carry_is_refused(self, control: str) -> None:
        assert refusal(f"a{control}") == (
            f"Remove the hidden control character (U+{ord(control):04X}) "
            "at character 2: it cannot be kept."
        )

    @pytest.mark.parametrize("code", [0xFFFE, 0xFFFF], ids=hex)
    def test_a_noncharacter_is_refused(self, code: int) -> None:
        assert f"U+{code:04X}" in (refusal(chr(code)) or "")

    def test_the_sentence_itself_can_be_shown(self) -> None:
        sentence = refusal("\ud83d") or ""

        assert refusal(sentence) is None

    @pytest.mark.parametrize(
        "text", ["", "plain", "tab\tand\nline", "Zoë · 李 · 😀 · שלום", "\ue000", "\x7f"], ids=ascii
    )
    def test_what_people_write_is_kept(self, text: str) -> None:
        assert refusal(text) is None

    @given(st.text())
    def test_what_is_kept_can_be_stored_as_utf_8_without_nul(self, text: str) -> None:
        if refusal(normal(text)) is None:
            assert b"\0" not in normal(text).encode()


class TestLength:
    def test_a_million_characters_fit(self) -> None:
        assert refusal("😀" * LIMIT) is None

    def test_one_more_does_not(self) -> None:
        assert refusal("a" * (LIMIT + 1)) == (
            "Shorten this by 1 character: at most 1,000,000 characters fit here."
        )

    def test_a_field_may_have_its_own_limit(self) -> None:
        assert refusal("a" * 1130, limit=120) == (
            "Shorten this by 1,010 characters: at most 120 characters fit here."
        )


class TestOneLine:
    def test_a_line_break_is_refused_where_one_line_is_asked(self) -> None:
        assert refusal("Ana\nRuiz", lines=False) == "Write this on one line, without a line break."

    def test_one_line_is_kept(self) -> None:
        assert refusal("Ana Ruiz", lines=False) is None
