"""Letters of other scripts that look like Latin ones, and the words that are disguised with them.

The pairs are those of Unicode's confusables.txt (UTS 39) that a reader takes for the Latin letter
in ordinary type; case counts, for a Cyrillic capital Ve looks like B and the small one does not.
"""

import re
from functools import cache

# ruff: noqa: RUF001 - the look-alikes are the point
_CYRILLIC = ("АВЕЅІЈКМНОРСТУХҮҺԚԜаеѕіјорсухүһԛԝґᴦкмтвн", "ABESIJKMHOPCTYXYhQWaesijopcyxyhqwrrkmtbh")
_GREEK = ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳαιοκνρυχϲ", "ABEZHIKMNOPTYXCjaioknpuxc")
_ARMENIAN = ("ՕՍԼաոհսօցզ", "OULwnhuogq")
_LATIN_LIKE = ("ɑɡɩʟɴʀʏᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜱ", "agilnryacdejkmoptuvwzs")

_LATIN = str.maketrans(
    "".join(pair[0] for pair in (_CYRILLIC, _GREEK, _ARMENIAN, _LATIN_LIKE)),
    "".join(pair[1] for pair in (_CYRILLIC, _GREEK, _ARMENIAN, _LATIN_LIKE)),
)
"""The letters by what they stand for within a word that has Latin letters too."""

_ALONE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲ",
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXoc",
)
"""Those that are taken for Latin ones also in a word that is made of nothing else."""

_LETTERS = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile("[A-Za-z\u00df-\u024f\u1e9e]")


def is_foreign(text: str) -> bool:
    """Tell a text with a character of a script whose letters could be taken for Latin ones."""
    return _foreign().search(text) is not None


@cache  # made when a text first wants it: it takes longer than all else here
def _foreign() -> re.Pattern[str]:
    return re.compile(
        "[^\x00-\u024f\u02b0-\u0344\u0346-\u036f\u1e00-\u1eff\u2000-\u20ff\u2150-\u2bff"
        "\u3000-\ud7ff\ue000-\uffef\U0001f000-\U0001faff]"
    )


def undisguised(text: str) -> str:
    """Write the disguised words of a text in Latin letters, one for one.

    A word of another script is kept as it is: only one that has Latin letters as well, or that
    has nothing but look-alikes, is taken for Latin.
    """
    return _LETTERS.sub(_in_latin, text)


def _in_latin(word: re.Match[str]) -> str:
    letters = word[0]
    if letters.isascii():
        return letters
    if _PLAIN.search(letters):
        return letters.translate(_LATIN)
    alone = letters.translate(_ALONE)
    return alone if alone.isascii() else letters
