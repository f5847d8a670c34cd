"""Bring a text to the form in which names are compared, and know where each letter came from.

Folded away are case, accents (composed or not), full-width and other compatibility forms,
zero-width characters, soft hyphens and other invisible ones, and letters of other scripts that
stand in for Latin ones; apostrophes, dashes and blanks become one of each.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat

from groupnotes.deid.lookalikes import is_foreign, undisguised

_KEPT = frozenset("\t\n\r")
_NOT_PLAIN = re.compile(r"[^\t\n\r\x20-\x7e]+")
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("’‘‛ʼʻʹˈ′´`ꞌ", "'"),  # noqa: RUF001 - the look-alikes are the point
        **dict.fromkeys("‐‑‒–—―−", "-"),  # noqa: RUF001 - as above
        # Letters that Unicode does not take apart and people type without the stroke.
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",  # noqa: RUF001 - as above
    }
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``origins`` gives for each of its characters the index it came from."""

    text: str
    origins: Sequence[int]
    original_length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Say which code points of the original a non-empty stretch stands for.

        What was dropped right behind it belongs to it, so that no accent is left hanging.
        """
        stop = self.origins[end] if end < len(self.origins) else self.original_length
        return self.origins[start], max(stop, self.origins[end - 1] + 1)


def fold(text: str) -> Folded:
    """Fold a text in one pass, in time linear in its length."""
    if text.isascii() and text.isprintable():
        return _plain(text)
    if is_foreign(text):
        return _fold_disguised(text)
    parts: list[str] = []
    origins: list[int] = []
    at = 0
    for run in _NOT_PLAIN.finditer(text):
        parts.append(text[at : run.start()].lower())
        origins.extend(range(at, run.start()))
        for place, character in enumerate(run[0], start=run.start()):
            folded = _fold_character(character)
            parts.append(folded)
            origins.extend(repeat(place, len(folded)))
        at = run.end()
    if not at:
        return _plain(text)
    parts.append(text[at:].lower())
    origins.extend(range(at, len(text)))
    return Folded("".join(parts).replace("`", "'"), origins, len(text))


def _fold_disguised(text: str) -> Folded:
    """Fold in two steps, for a look-alike is known by its case and by the letters beside it."""
    parts: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        shown = character if character.isascii() else _shown(character)
        parts.append(shown)
        origins.extend(repeat(place, len(shown)))
    folded: list[str] = []
    places: list[int] = []
    for place, character in zip(origins, undisguised("".join(parts)), strict=True):
        plain = _fold_character(character) if character not in _KEPT else character
        folded.append(plain)
        places.extend(repeat(place, len(plain)))
    return Folded("".join(folded), places, len(text))


def _plain(text: str) -> Folded:
    return Folded(text.lower().replace("`", "'"), range(len(text)), len(text))


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    """Take a character apart and drop what cannot be seen, its case kept."""
    parts = unicodedata.normalize("NFKD", character)
    return "".join(part if part.isascii() else _visible(part) for part in parts)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    alike = character.translate(_ALIKE)
    folded = unicodedata.normalize("NFKD", alike).casefold().translate(_ALIKE)
    return "".join(_visible(part) for part in unicodedata.normalize("NFKD", folded))


def _visible(character: str) -> str:
    """Drop marks and what cannot be seen; a blank of any kind is a space, a line end a line end."""
    if character in "\v\f\x85\u2028\u2029":
        return "\n"
    if character.isspace():
        return " "
    hidden = unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf", "Cc", "Cs"}
    return "" if hidden else character
