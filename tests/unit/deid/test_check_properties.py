"""What holds of the check for any text, any roster and any disguise."""

import random
import sys
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groupnotes.deid import (
    Finding,
    Level,
    Person,
    Roster,
    index,
    others_of,
    replace_all,
    utf16_spans,
)
from groupnotes.deid.folding import fold
from groupnotes.deid.members.forms import is_everyday
from groupnotes.deid.words import FUNCTION_WORDS
from tests.support.rosters import check_names, found_in, of_names, person, roster

NAMES = (
    "Maria", "Zoë", "José", "Siobhán", "Anne-Marie", "O'Brien", "de la Cruz", "Nguyễn", "Björn",
    "Łukasz", "Corinne", "Mei-Ling", "Ирина", "Bo", "D'Angelo", "Ana Sofía",
)  # fmt: skip
SENTENCES = (
    "Members practised the skill.", "Affect was flat;", "- plan:", "(two were late)", "“So be it”",
    "PHQ-9 was 12/27", "café \u2013 naïve", "Ende gut…", "the", "and", "\n", "😀",
)  # fmt: skip
GROUP = of_names(*NAMES)
INDEX = index(GROUP)

contexts = st.lists(st.sampled_from(SENTENCES)).map(" ".join)
gaps = st.sampled_from([" ", "\n", ", ", " (", "“", "/", "_", "\t", "\xa0"])
texts = st.text() | st.lists(
    st.sampled_from([*NAMES, *SENTENCES, "'s", "'", "-\n", " ", ".", "\u0301", "\u200b"])
).map("".join)


def _in_utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def between_letters(hidden: str) -> Callable[[str], str]:
    return lambda name: (
        name[0]
        + "".join(
            f"{hidden if name[place - 1].isalnum() and letter.isalnum() else ''}{letter}"
            for place, letter in enumerate(name[1:], start=1)
        )
    )


def without_marks(name: str) -> str:
    taken_apart = unicodedata.normalize("NFD", name)
    return "".join(letter for letter in taken_apart if not unicodedata.combining(letter))


def full_width(name: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)


LOOK_ALIKES = str.maketrans("aeoiCM", "\u0430\u0435\u043e\u0456\u0421\u041c")

DISGUISES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "upper": str.upper,
    "lower": str.lower,
    "composed": lambda name: unicodedata.normalize("NFC", name),
    "taken apart": lambda name: unicodedata.normalize("NFD", name),
    "without accents": without_marks,
    "zero-width": between_letters("\u200b"),
    "joiner": between_letters("\u2060"),
    "soft hyphen": between_letters("\xad"),
    "full-width": full_width,
    "curly": lambda name: name.replace("'", "\u2019"),
    "no-break": lambda name: name.replace(" ", "\xa0").replace("-", "\u2011"),
    "line break": lambda name: name.replace(" ", "\n"),
    "homoglyph": lambda name: name.translate(LOOK_ALIKES) if name.isascii() else name,
}


class TestDisguisedNames:
    @pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
    @settings(max_examples=30)  # for each disguise
    @given(name=st.sampled_from(NAMES), before=contexts, after=contexts, gap=gaps, ending=st.data())
    def test_a_name_between_word_boundaries_is_found_to_the_letter(
        self,
        disguise: Callable[[str], str],
        name: str,
        before: str,
        after: str,
        gap: str,
        ending: st.DataObject,
    ) -> None:
        written = disguise(name)
        possessive = ending.draw(st.sampled_from(["", "'s", "\u2019s", ".", ","]))
        text = f"{before}{gap}{written}{possessive} {after}"

        (finding,) = check_names(text, INDEX)

        assert found_in(text, [finding]) == [written]
        assert finding.level is Level.BLOCK
        ((start, end),) = utf16_spans(text, [finding])
        assert _in_utf16(text)[2 * start : 2 * end] == _in_utf16(written)

    @pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
    @settings(max_examples=30)  # for each disguise
    @given(name=st.sampled_from(NAMES), before=contexts, after=contexts)
    def test_so_is_one_whose_roster_entry_is_disguised(
        self, disguise: Callable[[str], str], name: str, before: str, after: str
    ) -> None:
        text = f"{before} {name} {after}"

        findings = check_names(text, of_names(disguise(name)))

        assert found_in(text, findings) == [name]

    @given(
        first=st.sampled_from(NAMES), last=st.sampled_from(NAMES), before=contexts, after=contexts
    )
    def test_a_full_name_is_one_finding(
        self, first: str, last: str, before: str, after: str
    ) -> None:
        text = f"{before} {first} {last} {after}"

        (finding,) = check_names(text, roster(person(1, first, last)))

        assert found_in(text, [finding]) == [f"{first} {last}"]


class TestTakenApart:
    LONG = ("Maria", "Gonzalez", "Corinne", "Siobhán", "Björn", "Łukasz", "Nguyễn")
    APART = (" ", "-", ".", "_")

    @given(name=st.sampled_from(LONG), at=st.integers(1, 4), before=contexts, mark=st.booleans())
    def test_a_name_torn_at_the_end_of_a_line_is_found(
        self, name: str, at: int, before: str, *, mark: bool
    ) -> None:
        written = f"{name[:at]}{'-' if mark else ''}\n{name[at:]}"
        text = f"{before} then {written}, who left"

        assert written in found_in(text, check_names(text, of_names(name))) or not mark

    @given(name=st.sampled_from(LONG), gap=st.sampled_from(APART), before=contexts, after=contexts)
    def test_a_name_spelt_letter_by_letter_is_found(
        self, name: str, gap: str, before: str, after: str
    ) -> None:
        written = gap.join(name)
        text = f"{before}, {written}, {after}"

        assert written in found_in(text, check_names(text, of_names(name)))

    @given(
        name=st.sampled_from(LONG),
        at=st.integers(1, 4),
        letter=st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
        edit=st.sampled_from(["drop", "put", "change", "swap"]),
    )
    def test_a_name_with_one_letter_wrong_is_found_unless_it_is_a_word(
        self, name: str, at: int, letter: str, edit: str
    ) -> None:
        written = {
            "drop": name[:at] + name[at + 1 :],
            "put": name[:at] + letter + name[at:],
            "change": name[:at] + letter + name[at + 1 :],
            "swap": name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
        }[edit]
        text = f"Then {written} left."

        assert check_names(text, of_names(name)) or is_everyday(fold(written).text)


class TestAnyText:
    @given(texts, st.lists(st.text(max_size=8), max_size=4))
    def test_findings_lie_in_order_within_the_text(self, text: str, names: list[str]) -> None:
        findings = check_names(text, of_names(*NAMES, *names))

        ends = [0]
        for finding in findings:
            assert ends[-1] <= finding.start < finding.end <= len(text)
            ends.append(finding.end)

    @given(texts)
    def test_what_is_found_is_always_some_word_of_the_roster(self, text: str) -> None:
        for name in found_in(text, check_names(text, INDEX)):
            assert any(character.isalnum() for character in name)

    @pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
    def test_findings_hold_nothing_of_the_text(self, disguise: Callable[[str], str]) -> None:
        written = disguise("Xochiquetzal")

        held = repr(check_names(f"then {written} called 603-555-0142.", of_names("Xochiquetzal")))

        assert "Finding" in held
        assert not any(part in held.lower() for part in ("xochi", "quetzal", "0142", written))

    @given(texts)
    def test_nothing_is_left_to_block_after_replacing_all(self, text: str) -> None:
        for _ in range(len(text)):
            findings = check_names(text, INDEX)
            if not findings:
                break
            text = replace_all(text, findings)

        assert check_names(text, INDEX) == []

    @given(st.lists(st.sampled_from(sorted(FUNCTION_WORDS))).map(" ".join))
    def test_everyday_words_name_no_one(self, text: str) -> None:
        assert check_names(text, INDEX) == []


class TestAnyRoster:
    @given(st.lists(st.text(max_size=12), max_size=6), texts)
    def test_any_names_make_a_roster(self, names: list[str], text: str) -> None:
        assert isinstance(check_names(text, of_names(*names)), list)

    @given(texts, st.permutations(GROUP.persons))
    def test_the_order_of_the_persons_does_not_matter(
        self, text: str, persons: list[Person]
    ) -> None:
        assert check_names(text, Roster(tuple(persons))) == check_names(text, GROUP)

    @given(texts, st.sampled_from(GROUP.persons))
    def test_in_the_note_of_one_client_all_others_are_found_and_no_one_else(
        self, text: str, client: Person
    ) -> None:
        own = _covered(check_names(text, Roster((client,))))
        others = _covered(check_names(text, others_of(GROUP, client.id)))

        assert own | others == _covered(check_names(text, INDEX))


def _covered(findings: list[Finding]) -> set[int]:
    return {place for one in findings for place in range(one.start, one.end)}


class TestTime:
    SIZES = (2_000, 4_000)

    @pytest.mark.parametrize(
        "part",
        [
            "a ",
            "M a r ",
            "Maria ",
            "Grace, ",
            "maria.",
            "J. ",
            "@",
            "x_",
            "1 ",
            "Anne-",
            "and ",
            "'",
        ],
    )
    def test_twice_the_text_takes_about_twice_the_steps(self, part: str) -> None:
        check_names(part * 100, INDEX)  # reads the lists

        one, two = (_steps(part * (size // len(part))) for size in self.SIZES)

        assert two < 2.5 * one + 100

    def test_ten_thousand_texts_of_any_characters_are_checked(self) -> None:
        chance = random.Random(4)  # noqa: S311 - only which texts
        for _ in range(10_000):
            text = "".join(_any_character(chance) for _ in range(chance.randrange(60)))

            for finding in check_names(text, INDEX):
                assert 0 <= finding.start < finding.end <= len(text)


def _steps(text: str) -> int:
    """Count the calls that a check of a text makes."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        check_names(text, INDEX)
    finally:
        sys.setprofile(None)
    return count


def _any_character(chance: random.Random) -> str:
    plane = chance.choice([0x7F, 0x7F, 0x24F, 0x52F, 0x206F, 0xFFFF, 0x1FFFF, 0x10FFFF])
    return chance.choice([chr(chance.randrange(plane)), " ", chance.choice(NAMES)])


class TestLongTexts:
    @pytest.mark.parametrize(
        "part",
        [
            " ",
            "\n",
            "'",
            "-",
            ".",
            "a ",
            "Anne ",
            "Anne-",
            "de la ",
            "\u0301",
            "\u200b",
            "\U0001d400",
        ],
        ids=ascii,
    )
    def test_a_long_run_of_one_kind_is_checked(self, part: str) -> None:
        text = "Maria " + part * (100_000 // len(part)) + " Maria"

        findings = check_names(text, INDEX)

        assert findings[0].start == 0
        assert findings[-1].end == len(text)

    def test_thousands_of_names_on_one_line_are_replaced(self) -> None:
        text = "Maria thanked Zoë. " * 3_000

        neutral = replace_all(text, check_names(text, INDEX))

        assert neutral == "A member thanked a member. " * 3_000
