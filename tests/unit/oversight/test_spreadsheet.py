"""Tables that leave the practice: every spreadsheet reads them, and runs nothing in them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.oversight.spreadsheet import csv_of


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


class TestATable:
    def test_it_is_what_was_given(self) -> None:
        text = csv_of(("A", "B"), [(1, None), ('x"y', "a,b\nc")])

        assert text == '"A","B"\r\n"1",""\r\n"x""y","a,b\nc"\r\n'
        assert cells(text) == [["A", "B"], ["1", ""], ['x"y', "a,b\nc"]]

    @pytest.mark.parametrize(
        "sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "  =", "\uff20"]
    )
    def test_no_cell_is_a_formula(self, sign: str) -> None:
        [[cell]] = cells(csv_of(("A",), [(f"{sign}1+1",)]))[1:]

        assert cell.startswith("'")

    @given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
    def test_whatever_somebody_is_called(self, name: str) -> None:
        [[cell]] = cells(csv_of(("A",), [(name,)]))[1:]

        assert cell in {name, f"'{name}"}
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
