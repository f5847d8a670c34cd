"""The numbers of what was added to a note tell whether anything before it is missing."""

from __future__ import annotations

from typing import Any

import pytest

from groupnotes.signing.entry import leaves_none_out


@pytest.mark.parametrize(
    ("number", "numbers", "whole"),
    [
        (1, [1], True),
        (2, [2, 1], True),
        (2, [1, 2, None], True),
        (1, [1, 3], True),
        (2, [2], False),
        (3, [1, 3], False),
        (2, [1, 2, 2], False),
        (2, [1, 1, 2], False),
        (0, [0], False),
        (-1, [-1], False),
        (None, [None, 1], False),
        ("1", ["1"], False),
    ],
)
def test_an_entry_follows_upon_all_before_it(number: Any, numbers: list[Any], whole: bool) -> None:
    assert leaves_none_out(number, numbers) is whole
