"""Whether a text quotes the client at length: then it may be a psychotherapy note. Pure.

45 CFR 164.501 speaks of notes "documenting or analyzing the contents of conversation". A
progress note may well quote a sentence as evidence; what it should not be is a transcript.
Two measures, each a hint and no more:

* one passage as long as a block quotation, for which the Publication Manual of the American
  Psychological Association takes 40 words: 240 characters at six a word in English, space
  included. Counted in characters, so that languages without spaces are measured too;
* passages which come to that length together and are half of the text or more. Less than
  half is a note that says what it shows with short quotations, as it should.

A mark that is not closed in its paragraph quotes nothing: an inch sign or a slip must not
make a quotation of the rest of the text. Where speech runs over several paragraphs, each of
them opens again and only the last one closes.
"""

# ruff: noqa: RUF001 - quotation marks are what this is about

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

AT_LENGTH = 240  # characters within quotation marks
SHARE = 0.5  # of the text, for passages that are each shorter

# What opens a quotation and what closes it, in the ways that languages have of it.
_PAIRS = {
    '"': '"',
    "“": "”",
    "„": "“”",
    "”": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "‘": "’",
    "‚": "‘’",
    "'": "'",
    "「": "」",
    "『": "』",
    "＂": "＂",
    "〝": "〞〟",
}
_PARAGRAPHS = re.compile(r"\n\s*\n")
# Signs that are apostrophes too: a quotation begins after no letter and ends before none.
_APOSTROPHES = frozenset("'’‘")


def quotes_at_length(text: str) -> bool:
    """Say whether ``text`` quotes at length; of what is no text, or short, it does not."""
    if len(text) < AT_LENGTH:
        return False
    lengths = [len(passage) for passage in passages(text)]
    if not lengths:
        return False
    together = sum(lengths)
    is_mostly_quoted = together >= AT_LENGTH and together >= SHARE * len(text)
    return is_mostly_quoted or max(lengths) >= AT_LENGTH


def passages(text: str) -> Iterator[str]:
    """Yield what stands between quotation marks, in order; one within another is part of it."""
    paragraphs = [part.strip() for part in _PARAGRAPHS.split(text)]
    for paragraph, following in itertools.zip_longest(paragraphs, paragraphs[1:], fillvalue=""):
        yield from _passages(paragraph, goes_on=following[:1])


def _passages(paragraph: str, *, goes_on: str) -> Iterator[str]:
    """Yield the passages of a paragraph; ``goes_on`` is the sign that begins the next one."""
    at = 0
    unclosed: set[str] = set()  # what is not closed from here is not closed from further on
    while at < len(paragraph):
        mark = paragraph[at]
        if mark not in unclosed and _opens(paragraph, at):
            end = _end(paragraph, at)
            if end is None and mark == goes_on:
                end = len(paragraph)
            if end is None:
                unclosed.add(mark)
            else:
                yield paragraph[at + 1 : end]
                at = end
        at += 1


def _opens(text: str, at: int) -> bool:
    mark = text[at]
    if mark not in _PAIRS:
        return False
    if mark not in _APOSTROPHES:
        return True
    return not (at and text[at - 1].isalnum())


def _end(text: str, start: int) -> int | None:
    """Return where the passage that opens at ``start`` is closed, if it is."""
    closing = _PAIRS[text[start]]
    for at in range(start + 1, len(text)):
        if text[at] in closing and not _is_apostrophe(text, at):
            return at
    return None


def _is_apostrophe(text: str, at: int) -> bool:
    """Say whether a sign stands within a word, as in ``don’t``."""
    return (
        text[at] in _APOSTROPHES
        and text[at - 1].isalnum()
        and at + 1 < len(text)
        and text[at + 1].isalnum()
    )
