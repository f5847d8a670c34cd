"""The words of a practice: what it allows, and what it never wants to see in a text."""

import re
from collections.abc import Iterator
from functools import lru_cache

from groupnotes.deid.circumstances import Circumstances
from groupnotes.deid.findings import Category, Finding
from groupnotes.deid.folding import Folded, fold
from groupnotes.deid.reading import read

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = r"[\W_]{0,3}"


def denied_in(text: str, folded: Folded, circumstances: Circumstances) -> Iterator[Finding]:
    """Find them in any case and disguise, also inside a possessive or a plural."""
    pattern = _pattern(circumstances.practice.denied)
    if pattern is None:
        return
    reading = read(text, folded)
    for match in pattern.finditer(folded.text):
        yield reading.finding(match.span("phrase"), Category.NAME_OTHER, "practice.denied")


def allowed_in(folded: Folded, circumstances: Circumstances) -> list[tuple[int, int]]:
    """Give where its own rooms and programmes stand, in code points of the text as given."""
    pattern = _pattern(circumstances.practice.allowed)
    if pattern is None:
        return []
    return [folded.span(*match.span("phrase")) for match in pattern.finditer(folded.text)]


@lru_cache(maxsize=16)
def _pattern(entries: tuple[str, ...]) -> re.Pattern[str] | None:
    """Make one expression of all entries, the longest first, blind to what joins their words."""
    phrases = [_WORD.findall(fold(entry).text) for entry in entries]
    spelt = [_BETWEEN.join(map(re.escape, words)) for words in phrases if words]
    if not spelt:
        return None
    spelt.sort(key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?P<phrase>{'|'.join(spelt)})(?=(?:e?s)?(?![^\W_]))")
