"""The words of a text with their capitals, and where these say something."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from groupnotes.deid.reading import Reading

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?:\n\r•*\"“”;|>→]|(?:^|[ \n])-+(?:$|[ \n])")
_SHORTENED = frozenset(
    """
    dr mr mrs ms mx miss st ste mt ft jr sr prof rev fr sgt lt capt cpt col gen maj hon atty det
    ofc dep supt vs approx appt appts dept inc ltd co corp bros ave blvd rd ln hwy apt
    w eff hx tx dx rx pt pts ext assoc asst
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_CONTRACTIONS = frozenset({"s", "m", "ll", "d", "ve", "re", "t"})
_MOSTLY = 0.8
_LONG_LINE = 12


class Token(NamedTuple):
    """A word in lower case without a possessive 's; places are of the folded text.

    ``high``: it begins with a capital that says something. ``loud``: it is all in capitals.
    ``opens``: it begins a sentence, a line or a quotation, where any word has a capital.
    """

    word: str
    start: int
    end: int
    gap: str
    high: bool
    loud: bool
    opens: bool
    possessive: bool


def tokens_of(reading: Reading) -> list[Token]:
    """Cut a text into its words; capitals of lines that are all in capitals say nothing."""
    tokens: list[Token] = []
    shouted = _shouted_lines(reading)
    before, at = "", 0
    for found in WORD.finditer(reading.plain):
        word, start, end = found[0], found.start(), found.end()
        head, _, tail = word.rpartition("'")
        possessive = bool(head) and tail == "s"
        if head and tail in _CONTRACTIONS:
            word, end = head, start + len(head)
        gap = reading.plain[at:start]
        written = reading.written(start, end)
        says = not any(first <= start < last for first, last in shouted)
        high = says and written[:1].isupper()
        loud = high and len(word) > 1 and written.isupper()
        tokens.append(Token(word, start, end, gap, high, loud, _opens(before, gap, at), possessive))
        before, at = (word if not loud else ""), found.end()
    return tokens


def _opens(before: str, gap: str, at: int) -> bool:
    if not at:
        return True
    if gap.startswith(".") and (before in _SHORTENED or len(before) == 1):
        gap = gap[1:]
    return _SENTENCE_END.search(gap) is not None


def _shouted_lines(reading: Reading) -> Sequence[tuple[int, int]]:
    """Give the lines that are written in capitals, in places of the folded text."""
    if reading.text.islower():
        return ()
    lines, at = [], 0
    for line in reading.plain.split("\n"):
        end = at + len(line)
        if len(line) >= _LONG_LINE and line.strip():
            written = reading.written(at, end)
            letters = sum(map(str.isalpha, written))
            if letters and sum(map(str.isupper, written)) >= _MOSTLY * letters:
                lines.append((at, end))
        at = end + 1
    return lines
