"""What people are called for short: by the library's table, our own, and by rule.

The tables are read at first use.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from groupnotes.deid import lexicon
from groupnotes.deid.folding import fold

_TABLE = Path(__file__).with_name("diminutives.txt")
_ENDINGS = {"a": ("ita", "illa"), "o": ("ito", "illo")}
_ALIKE_AT_END = ("ie", "ey", "i", "y")
_VOWELS = frozenset("aeiouy")
_SHORTEST_CLIPPED = 3
_LONGEST_CLIPPED = 6
_SHORTEST_NAME = 5
_MOST_CANONICAL = 3


class Nickname(NamedTuple):
    """A folded nickname; one that is ``listed`` is known for the name, another only made so."""

    name: str
    listed: bool


@lru_cache(maxsize=4096)
def nicknames_of(name: str) -> tuple[Nickname, ...]:
    """Give what a person of this folded given name may be called, and what a short form stands for.

    The library lists "dob" and "hob" for Robert: what is a word and no given name is left out.
    """
    listed = set(_listed(name)) - {name}
    words = lexicon.is_word, lexicon.is_spanish
    made = {one for one in _made(name) if not any(is_one(one) for is_one in words)}
    made -= listed | {name}
    return tuple(
        [Nickname(one, listed=True) for one in sorted(listed)]
        + [Nickname(one, listed=False) for one in sorted(made)]
    )


def _is_possible(nickname: str) -> bool:
    is_word = lexicon.is_word(nickname) or lexicon.is_rare_word(nickname)
    return lexicon.is_first_name(nickname) or not is_word


def _listed(name: str) -> Iterator[str]:
    full, short = _tables()
    yield from full.get(name, ())
    canonical = short.get(name, ())
    yield from canonical
    if name not in full and len(canonical) <= _MOST_CANONICAL:
        for one in canonical:
            yield from full.get(one, ())


@cache
def _tables() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """Give the nicknames of each name and the names of each nickname."""
    from nicknames import name_triplets  # noqa: PLC0415 - only a check wants it

    full: defaultdict[str, set[str]] = defaultdict(set)
    short: defaultdict[str, set[str]] = defaultdict(set)
    pairs = [
        (one.name1, one.name2) for one in name_triplets() if one.relationship == "has_nickname"
    ]
    kept = ((name, nickname) for name, nickname in pairs if _is_possible(nickname))
    for name, nickname in (*kept, *_own_pairs()):
        full[name].add(nickname)
        short[nickname].add(name)
    return (
        {name: frozenset(nicknames) for name, nicknames in full.items()},
        {nickname: frozenset(names) for nickname, names in short.items()},
    )


def _own_pairs() -> Iterator[tuple[str, str]]:
    for line in _TABLE.read_text("utf-8").splitlines():
        name, colon, nicknames = line.partition(":")
        if colon and not line.startswith("#"):
            yield from ((name, fold(one.strip()).text) for one in nicknames.split(","))


def _made(name: str) -> Iterator[str]:
    """Make the Spanish diminutives ("Miguelito") and the clipped forms ("Des", "Tammy")."""
    if not name.isascii() or not name.isalpha():
        return
    for ending in _ALIKE_AT_END:
        if name.endswith(ending) and len(name) > _SHORTEST_CLIPPED:
            stem = name.removesuffix(ending)
            yield from (stem + other for other in _ALIKE_AT_END if other != ending)
            break
    stem = name.rstrip("aeiou")
    if len(stem) >= _SHORTEST_CLIPPED:
        yield from (stem + ending for ending in _ENDINGS.get(name[-1], ("ito", "ita")))
    yield from _lengthened(name)
    if len(name) < _SHORTEST_NAME:
        yield from (name + "ie", name + name[-1] + "y", name + name[-1] + "ie")
        return
    clipped = _clipped(name)
    double = clipped if clipped[-1] == clipped[-2] else clipped + clipped[-1]
    yield from (double + "y", double + "ie")
    for length in range(_SHORTEST_CLIPPED, min(len(name), _LONGEST_CLIPPED)):
        yield from (name[:length] + ending for ending in ("", "y", "ie", "i", "s"))


def _lengthened(name: str) -> Iterator[str]:
    """Make "Milagritos" and "Carmencita"."""
    if name.endswith(("os", "as", "es")) and len(name) > _SHORTEST_NAME:
        yield name[:-2] + ("itos" if name.endswith("os") else "itas")
    if name.endswith(("n", "e", "r")):
        yield from (name + "cito", name + "cita")


def _clipped(name: str) -> str:
    """Cut a name behind the consonant that closes its first syllable: "Desmond", "Des"."""
    voiced = False
    for at, letter in enumerate(name):
        if letter in _VOWELS and at:
            voiced = True
        elif voiced:
            return name[: at + 1]
    return name
