"""A character that cannot be shown is marked; every other is left alone."""

import struct
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.disclosure import glyphs
from groupnotes.disclosure.cmap import coverage

_ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


class TestPrintable:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Nguyễn Thị Ánh Tuyết",
            "Łukasz Żółć, Dvořák, Ångström, Þór, Ñandú, Gülşen İnönü",
            "Αλέξανδρος Παπαδόπουλος",
            "Александр Щербаков, Ђорђе, Їжак",
            "שָׁלוֹם",
            "عَلِيّ الحسيني",
            "“quoted” \u2013 dash — ellipsis… • § ¶ © ½ € £",
            "≤ ≥ ≠ ± → ← ↑ ↓ ✓ ✗ ☐ ☑ ★ ☎",
            "🙂 😢 😡 👍 ❤",
            unicodedata.normalize("NFD", "Nguyễn Žižek Ängström"),
        ],
    )
    def test_it_leaves_names_and_signs_in_use_as_typed(self, text: str) -> None:
        assert glyphs.printable(text) == text

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("李明", "[U+674E][U+660E]"),
            ("नाम", "[U+0928][U+093E][U+092E]"),
            ("a\x01b", "a[U+0001]b"),
            ("a\x7fb", "a[U+007F]b"),
            ("a\ue000b", "a[U+E000]b"),
            ("a\uffffb", "a[U+FFFF]b"),
            ("a\U000e0041b", "a[U+E0041]b"),
            ("a\ufeffb", "a[U+FEFF]b"),
            ("👩\u200d👧", "[U+1F469][U+200D][U+1F467]"),
        ],
        ids=["han", "devanagari", "control", "delete", "private", "none", "tag", "bom", "family"],
    )
    def test_it_marks_what_no_font_shows(self, text: str, shown: str) -> None:
        assert glyphs.printable(text) == shown

    @pytest.mark.parametrize("code", [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C])
    def test_it_marks_what_would_reorder_the_line(self, code: int) -> None:
        text = f"no {chr(code)}risk"

        assert glyphs.printable(text) == f"no [U+{code:04X}]risk"

    def test_it_marks_signs_that_the_font_of_the_letter_lacks(self) -> None:
        hebrew_with_devanagari_sign = "\u05d0\u0951"

        assert glyphs.printable(hebrew_with_devanagari_sign) == "\u05d0[U+0951]"

    def test_it_marks_the_signs_of_a_pile_that_would_cover_other_lines(self) -> None:
        shown = glyphs.printable("z" + "\u0301" * 9 + "ebra")

        assert shown == "z" + "\u0301" * 6 + "[U+0301]" * 3 + "ebra"

    @given(_ANY_TEXT)
    def test_it_loses_no_character(self, text: str) -> None:
        shown = glyphs.printable(text)

        for character in text:
            assert character in shown or f"[U+{ord(character):04X}]" in shown

    @given(_ANY_TEXT)
    def test_it_has_nothing_to_add_the_second_time(self, text: str) -> None:
        once = glyphs.printable(text)

        assert glyphs.printable(once) == once


class TestClusters:
    @given(_ANY_TEXT)
    def test_they_join_to_the_text(self, text: str) -> None:
        assert "".join(glyphs.clusters(text)) == text

    def test_signs_stay_with_their_letter(self) -> None:
        assert list(glyphs.clusters("ae\u0302\u0301x")) == ["a", "e\u0302\u0301", "x"]


class TestFonts:
    def test_both_weights_show_the_same_characters(self) -> None:
        regular = coverage(glyphs.FOLDER / "NotoSans-Regular.ttf")

        assert coverage(glyphs.FOLDER / "NotoSans-SemiBold.ttf") == regular

    def test_the_digits_of_a_digest_have_glyphs(self) -> None:
        monospaced = coverage(glyphs.FOLDER / "NotoSansMono-Regular.ttf")

        assert set(map(ord, "0123456789abcdef")) <= monospaced

    def test_the_licence_of_the_fonts_is_beside_them(self) -> None:
        assert "SIL OPEN FONT LICENSE" in (glyphs.FOLDER / "OFL.txt").read_text(encoding="utf-8")


def _font(path: Path, *subtables: bytes, tag: bytes = b"cmap") -> Path:
    """Write the least font file that has a character map."""
    starts = [4 + 8 * len(subtables)]
    for subtable in subtables:
        starts.append(starts[-1] + len(subtable))
    records = b"".join(struct.pack(">HHL", 3, 1, start) for start in starts[:-1])
    table = struct.pack(">HH", 0, len(subtables)) + records + b"".join(subtables)
    directory = struct.pack(">4s3L", tag, 0, 28, len(table))
    path.write_bytes(struct.pack(">LHHHH", 0x00010000, 1, 0, 0, 0) + directory + table)
    return path


def _segments(lasts: list[int], firsts: list[int], deltas: list[int], tail: list[int]) -> bytes:
    words = [*lasts, 0, *firsts, *deltas, *tail]
    head = [4, 14 + 2 * len(words), 0, 2 * len(lasts), 0, 0, 0]
    return struct.pack(f">{7 + len(words)}H", *head, *words)


class TestCoverage:
    def test_it_reads_segments_mapped_by_a_difference(self, tmp_path: Path) -> None:
        table = _segments([0x42, 0xFFFF], [0x41, 0xFFFF], [0xFFC0, 1], [0, 0])

        assert coverage(_font(tmp_path / "a.ttf", table)) == {0x41, 0x42}

    def test_it_reads_segments_mapped_by_a_list_with_holes(self, tmp_path: Path) -> None:
        table = _segments([0x43, 0xFFFF], [0x41, 0xFFFF], [0, 1], [4, 0, 7, 0, 9])

        assert coverage(_font(tmp_path / "a.ttf", table)) == {0x41, 0x43}

    def test_it_reads_groups_beyond_the_first_plane(self, tmp_path: Path) -> None:
        table = struct.pack(">HHLLL3L", 12, 0, 28, 0, 1, 0x1F600, 0x1F602, 5)

        assert coverage(_font(tmp_path / "a.ttf", table)) == {0x1F600, 0x1F601, 0x1F602}

    def test_it_leaves_out_what_is_mapped_to_no_glyph(self, tmp_path: Path) -> None:
        table = struct.pack(">HHLLL3L", 12, 0, 28, 0, 1, 0x40, 0x42, 0)

        assert coverage(_font(tmp_path / "a.ttf", table)) == {0x41, 0x42}

    def test_it_joins_the_tables_and_passes_over_other_forms(self, tmp_path: Path) -> None:
        groups = struct.pack(">HHLLL3L", 12, 0, 28, 0, 1, 0x61, 0x61, 5)
        segments = _segments([0x41, 0xFFFF], [0x41, 0xFFFF], [0xFFC0, 1], [0, 0])
        variations = struct.pack(">HLL", 14, 10, 0)

        assert coverage(_font(tmp_path / "a.ttf", variations, groups, segments)) == {0x41, 0x61}

    def test_it_refuses_a_file_that_maps_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="no table cmap"):
            coverage(_font(tmp_path / "a.ttf", tag=b"glyf"))
