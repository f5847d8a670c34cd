"""Which characters the fonts of a record can show, and a visible mark for each other one.

A character without a glyph must neither vanish nor stop the record, and one that hides or
reorders text must not make the page read otherwise than what was signed.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from groupnotes.disclosure.cmap import coverage

FOLDER = Path(__file__).parent / "fonts"
FAMILIES = {  # in the order in which they are asked for a character
    "Noto Sans": "NotoSans-Regular.ttf",
    "Noto Sans Hebrew": "NotoSansHebrew-Regular.ttf",
    "Noto Sans Arabic": "NotoSansArabic-Regular.ttf",
    "Noto Sans Math": "NotoSansMath-Regular.ttf",
    "Noto Sans Symbols 2": "NotoSansSymbols2-Regular.ttf",
    "Noto Sans Symbols": "NotoSansSymbols-Regular.ttf",
    "Noto Emoji": "NotoEmoji-Regular.ttf",
}
MONOSPACED = "Noto Sans Mono"

_REORDERING = frozenset([0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_BYTE_ORDER_MARK = 0xFEFF  # PDF/UA-1 does not allow it in text
_REFUSED = _REORDERING | {_BYTE_ORDER_MARK}
_JOINERS = "\u200c\u200d"
_MOST_ON_ONE = 6  # more combining marks on one letter would cover the lines around it


def printable(text: str) -> str:
    """Return `text` with a mark like [U+4E2D] for each character that cannot be shown."""
    if not _unusual().search(text):
        return text
    return "".join(map(_shown, clusters(text)))


def clusters(text: str) -> Iterator[str]:
    """Split into letters with what is set on them: one font must show the whole of each."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _is_set_on_letter(text[at]):
            yield text[start:at]
            start = at


def _is_set_on_letter(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character).startswith("M")


def _shown(cluster: str) -> str:
    letter, signs = cluster[0], cluster[1:]
    able = [font for font in _coverages() if ord(letter) in font]
    if not able:
        return "".join(map(_mark, cluster))
    font = max(able, key=lambda each: sum(ord(sign) in each for sign in signs))
    kept = [sign for sign in signs if ord(sign) in font][:_MOST_ON_ONE]
    left = list(signs)
    for sign in kept:
        left.remove(sign)
    return "".join([letter, *kept, *map(_mark, left)])


def _mark(character: str) -> str:
    return f"[U+{ord(character):04X}]"


@cache
def _coverages() -> tuple[frozenset[int], ...]:
    """Read which characters each font shows, once a process."""
    return tuple(coverage(FOLDER / name) - _REFUSED for name in FAMILIES.values())


@cache
def _unusual() -> re.Pattern[str]:
    """Find the first place where the main font alone does not do; most texts have none."""
    shown = sorted(_coverages()[0])
    signs = [code for code in shown if _is_set_on_letter(chr(code))]
    return re.compile(f"[^{_in_class(shown)}]|[{_in_class(signs)}]{{{_MOST_ON_ONE + 1}}}")


def _in_class(codes: list[int]) -> str:
    return "".join(f"\\U{code:08x}" for code in codes)
