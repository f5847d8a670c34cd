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
# Signs that are apostrophes too: a quotation begins after no letter, and ends in no word.
_APOSTROPHES = frozenset("'’‘")
_OPENING = re.compile(f"[{''.join(_PAIRS)}]")
_CLOSING = {mark: re.compile(f"[{closing}]") for mark, closing in _PAIRS.items()}


def quotes_at_length(text: str) -> bool:
    """Say whether ``text`` quotes at length; of what is no text, or short, it does not."""
    if len(text) < AT_LENGTH:
        return False
    lengths = [len(passage) for passage in passages(text)]
    together = sum(lengths)
    is_mostly_quoted = together >= AT_LENGTH and together >= SHARE * len(text)
    return is_mostly_quoted or max(lengths, default=0) >= AT_LENGTH


def passages(text: str) -> Iterator[str]:
    """Yield what stands between quotation marks, in order; one within another is part of it."""
    paragraphs = [part.strip() for part in _PARAGRAPHS.split(text)]
    for paragraph, following in itertools.zip_longest(paragraphs, paragraphs[1:], fillvalue=""):
        yield from _passages(paragraph, goes_on=following[:1])


def _passages(paragraph: str, *, goes_on: str) -> Iterator[str]:
    """Yield the passages of a paragraph; ``goes_on`` is the sign that begins the next one."""
    at = 0
    unclosed: set[str] = set()  # what is not closed from here is not closed from further on
    while opened := _OPENING.search(paragraph, at):
        mark, at = opened[0], opened.end()
        if mark in unclosed or (mark in _APOSTROPHES and _is_letter(paragraph, at - 2)):
            continue
        end = _end(paragraph, at, mark)
        if end is not None:
            yield paragraph[at:end]
            at = end + 1
        elif mark == goes_on:
            yield paragraph[at:]
            return
        else:
            unclosed.add(mark)


def _end(text: str, start: int, mark: str) -> int | None:
    """Return where a passage that ``mark`` opened is closed, if it is."""
    for closing in _CLOSING[mark].finditer(text, start):
        at = closing.start()
        in_word = _is_letter(text, at - 1) and _is_letter(text, at + 1)
        if closing[0] not in _APOSTROPHES or not in_word:
            return at
    return None


def _is_letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isalnum()
