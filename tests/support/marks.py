"""Sentences with braces around what must be found: "call {555-0134} after six"."""

import re

from groupnotes.deid import SHARED, Category, Level
from groupnotes.deid.folding import fold
from groupnotes.deid.identifiers import identifiers_in

_BRACES = re.compile(r"[{}]")


def unmarked(sentence: str) -> tuple[str, list[str]]:
    """Give the sentence without its braces, and what stood in them."""
    return _BRACES.sub("", sentence), re.findall(r"{([^}]*)}", sentence)


def letters(stretch: str) -> str:
    """Give the letters and digits, which are what must not stay readable."""
    return "".join(filter(str.isalnum, stretch))


def assert_blocked(category: Category, sentence: str, written: type[str]) -> None:
    """Hold that each marked letter of ``sentence``, so written, is found, and blocks.

    What is found is of the ``category``, or of several of which that is one.
    """
    text, stretches = unmarked(f"Pt said: {sentence}, and left.")
    text = written(text)

    findings = list(identifiers_in(text, fold(text), SHARED))

    assert {finding.level for finding in findings} == {Level.BLOCK}
    assert category in {finding.category for finding in findings}
    found = letters("".join(text[finding.start : finding.end] for finding in findings))
    assert letters(written("".join(stretches))) in found
