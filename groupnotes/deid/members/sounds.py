"""How a name sounds: "Kaitlin" and "Catelyn" alike."""

import re
from itertools import groupby

_SPELT = (
    (re.compile(r"^(?:kn|gn|pn)"), "n"),
    (re.compile(r"^wr"), "r"),
    (re.compile(r"^ps"), "s"),
    (re.compile(r"^x"), "s"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"bh"), "v"),
    (re.compile(r"sch|sh|ch|cz|sz"), "x"),
    (re.compile(r"ck|c(?=[aouklrt]|$)|q"), "k"),
    (re.compile(r"c(?=[eiy])|z"), "s"),
    (re.compile(r"g(?=[eiy])|dg"), "j"),
    (re.compile(r"gh|(?<=[aeiouy])h|(?<=[bcdgkprt])h|w(?=r)"), ""),
)
_VOWELS = re.compile(r"(?<=.)[aeiouyhw]+")
_FEWEST = 3
_SHORTEST = 4


def sound_of(word: str) -> str:
    """Give what is left of a folded word when it is only heard; "" where that tells too little."""
    if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
        return ""
    for spelt, heard in _SPELT:
        word = spelt.sub(heard, word)
    if word[:1] in "aeiouy":
        word = "a" + word[1:]
    heard = "".join(letter for letter, _ in groupby(_VOWELS.sub("", word)))
    return heard if len(heard) >= _FEWEST else ""
