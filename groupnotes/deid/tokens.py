"""The words of a folded text."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+")

Words = tuple[str, ...]


class Word(NamedTuple):
    """A word with what stands before it: ``gap`` without its blanks, and whether a line ended."""

    text: str
    start: int
    end: int
    gap: str
    new_line: bool


def words_of(text: str) -> list[Word]:
    """Cut a folded text into its words."""
    words = []
    at = 0
    for found in WORD.finditer(text):
        start, end = found.span()
        if start - at == 1:
            gap = text[at]
            words.append(Word(found[0], start, end, "" if gap == " " else gap.strip(), gap == "\n"))
        else:
            gap = text[at:start]
            words.append(Word(found[0], start, end, gap.strip(), "\n" in gap))
        at = end
    return words


def adjoins(before: Word, word: Word) -> bool:
    """Tell whether two words can be of one name: a full stop only shortens, as in "J. D."."""
    return word.gap in {"", "-"} or (word.gap == "." and len(before.text) <= 2)


def are_one_name(words: Sequence[Word]) -> bool:
    """Tell whether words that stand together can be one name of several words."""
    return all(word.gap == "'" or adjoins(before, word) for before, word in pairwise(words))
