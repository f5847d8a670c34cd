"""Sentences with braces around what must be found: "call {555-0134} after six"."""

import re

_BRACES = re.compile(r"[{}]")


def unmarked(sentence: str) -> tuple[str, list[str]]:
    """Give the sentence without its braces, and what stood in them."""
    return _BRACES.sub("", sentence), re.findall(r"{([^}]*)}", sentence)


def letters(stretch: str) -> str:
    """Give the letters and digits, which are what must not stay readable."""
    return "".join(filter(str.isalnum, stretch))
