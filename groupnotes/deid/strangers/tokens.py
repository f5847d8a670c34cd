"""The words of a text with their capitals, and where these say something."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from groupnotes.deid.reading import Reading

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?:\n\r•*\"“”;|>→]|[ \n]-+[ \n]")
_SHORTENED = frozenset(
    """
    dr mr mrs ms mx miss st ste mt ft jr sr prof rev fr sgt lt capt cpt col gen maj hon atty det
    ofc dep supt lic sra srta insp cmdr gov sen hna hno rte vs approx appt appts dept inc ltd co
    corp bros ave blvd rd ln hwy apt
    w eff hx tx dx rx pt pts ext assoc asst
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_CONTRACTIONS = frozenset({"s", "m", "ll", "d", "ve", "re", "t"})
_MOSTLY = 0.8
_LONG_LINE = 12


class Token(NamedTuple):
    """A word in lower case without a possessive 's; places are of the folded text.

    ``high``: it begins with a capital that says something. ``loud``: it is all in capitals.
    ``flat``: it stands where capitals say nothing. ``opens``: it begins a sentence, a line or a
    quotation, where any word has a capital.
    """

    word: str
    start: int
    end: int
    gap: str
    high: bool
    loud: bool
    opens: bool
    possessive: bool
    flat: bool


def bare(word: str) -> tuple[str, str]:
    """Part a word from its 's or its contracted verb: "maria" and "s", "i" and "ll"."""
    head, _, tail = word.rpartition("'")
    return (head, tail) if head and tail in _CONTRACTIONS else (word, "")


def tokens_of(reading: Reading) -> list[Token]:
    """Cut a text into its words; capitals of lines that are all in capitals say nothing."""
    tokens: list[Token] = []
    text, plain = reading.text, reading.plain
    low = reading.is_low
    shouted = () if low else _shouted_lines(reading)
    straight = isinstance(reading.folded.origins, range)
    before, at = "", 0
    for found in WORD.finditer(plain):
        start, end = found.span()
        word, tail = bare(found[0]) if "'" in found[0] else (found[0], "")
        gap = plain[at:start]
        at, end = end, start + len(word)
        high = loud = False
        flat = low or (bool(shouted) and _is_within(start, shouted))
        if not flat:
            written = text[start:end] if straight else reading.written(start, end)
            high = written[:1].isupper()
            loud = high and end - start > 1 and written.isupper()
        opens = gap != " " and _opens(before, gap, start)
        tokens.append(Token(word, start, end, gap, high, loud, opens, tail == "s", flat))
        before = "" if loud else word
    return tokens if _uses_capitals(tokens) else [token._replace(flat=True) for token in tokens]


def _uses_capitals(tokens: Sequence[Token]) -> bool:
    """Tell a note whose sentences begin with capitals from one typed without them."""
    opening = [token.high for token in tokens if token.opens and not token.flat]
    return sum(opening) * 2 >= len(opening)


def _is_within(place: int, lines: Sequence[tuple[int, int]]) -> bool:
    return any(first <= place < last for first, last in lines)


def _opens(before: str, gap: str, start: int) -> bool:
    if len(gap) == start:
        return True
    if gap.startswith(".") and (before in _SHORTENED or len(before) == 1):
        gap = gap[1:]
    return _SENTENCE_END.search(gap) is not None


def _shouted_lines(reading: Reading) -> Sequence[tuple[int, int]]:
    """Give the lines that are written in capitals, in places of the folded text."""
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
