"""Names whose letters are hidden, taken apart or put in other scripts."""

import pytest

from groupnotes.deid import Level
from groupnotes.deid.folding import fold
from tests.support.rosters import check_names, found, of_names, person, roster

GROUP = roster(person(1, "Maria", "Gonzalez"), person(2, "Bennie", "Björn"), person(3, "Ирина"))


class TestLettersOfOtherScripts:
    @pytest.mark.parametrize(
        "written",
        [
            "\u041caria",  # Cyrillic capital Em
            "M\u0430ri\u0430",
            "\u0392ennie",  # Greek capital Beta
            "\u0412ennie",
            "\u0412j\u00f6rn",
            "G\u043enzalez",
            "m\u0430r\u0456a",
            "\u041c\u0430r\u0456\u0430",
        ],
        ids=ascii,
    )
    def test_they_are_read_as_latin(self, written: str) -> None:
        (finding,) = check_names(f"then {written} left", GROUP)

        assert (finding.start, finding.end) == (5, 5 + len(written))
        assert finding.level is Level.BLOCK

    @pytest.mark.parametrize("written", ["Ирина", "ирина", "ИРИНА"])
    def test_a_name_of_another_script_stays_one(self, written: str) -> None:
        assert found(f"then {written} left", GROUP) == [written]

    @pytest.mark.parametrize("registered", ["Сара", "ВЕРА", "Вера", "Νίκη"])  # noqa: RUF001
    @pytest.mark.parametrize("written", [str.lower, str.upper, str.title])
    def test_one_made_of_look_alikes_is_found_in_any_case(
        self, registered: str, written: type[str]
    ) -> None:
        name = written(registered)

        assert found(f"then {name} left", of_names(registered)) == [name]

    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("\u041dope", "hope"),
            ("\u043dope", "hope"),
            ("привет \u0440ope", "привет pope"),
            ("ßΝ", "ssn"),
            ("П\u0430", "па"),
        ],
        ids=ascii,
    )
    def test_only_a_word_with_latin_letters_is_latin(self, text: str, folded: str) -> None:
        assert fold(text).text == folded


class TestSpeltApart:
    @pytest.mark.parametrize(
        "written",
        [
            "M a r i a",
            "m a r i a",
            "M-a-r-i-a",
            "M.a.r.i.a",
            "M_a_r_i_a",
            "M a r i a G o n z a l e z",
            "G O N Z A L E Z",
            "M\u00a0a\u00a0r\u00a0i\u00a0a",
        ],
        ids=ascii,
    )
    def test_letters_apart_are_read_together(self, written: str) -> None:
        assert found(f"then {written} left", GROUP) == [written]

    @pytest.mark.parametrize("written", ["M a r", "a b c d e", "m a - r i x", "M, a, r, i"])
    def test_other_letters_are_no_name(self, written: str) -> None:
        assert found(f"then {written} left", GROUP) == []


class TestTorn:
    @pytest.mark.parametrize("written", ["Mar-\nia", "Mar\nia", "Gon-\r\nzalez", "Ben-\n  nie"])
    def test_by_a_line_break(self, written: str) -> None:
        assert found(f"then {written} left", GROUP) == [written]

    def test_a_name_before_the_break_does_not_hide_the_whole(self) -> None:
        assert found("saw Rosa-\nrio today", of_names("Rosario", "Rosa")) == ["Rosa-\nrio"]

    @pytest.mark.parametrize("text", ["the\nodor", "in\nes", "car\nson left"])
    def test_words_on_two_lines_are_none(self, text: str) -> None:
        assert found(f"then {text}", of_names("Theodor", "Ines", "Carson")) == []
