"""Tell ordinary words from names. Words are asked for in lower case with accents folded.

The lists are files of ``vocabulary``, read at first use.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("vocabulary")
_PREFIXES = (
    "anti", "bio", "co", "counter", "cyber", "hyper", "hypo", "inter", "mis", "micro", "multi",
    "neuro", "non", "out", "over", "post", "pre", "psycho", "re", "self", "socio", "sub", "super",
    "tele", "trans", "un", "under",
)  # fmt: skip
_SHORTEST_STEM = 4


def is_word(folded: str) -> bool:
    """Tell an ordinary word of English or of clinical notes, in any inflection.

    Names that are words only on paper ("a john") are none.
    """
    return folded in _words()


def is_rare_word(folded: str) -> bool:
    """Tell a word that few people know, or one made with a prefix ("reparent").

    Many surnames are such words too ("spence"): where a name is likely it is one.
    """
    return folded in _rare_words() or any(
        folded.startswith(prefix)
        and len(folded) >= len(prefix) + _SHORTEST_STEM
        and folded[len(prefix) :] in _words()
        for prefix in _PREFIXES
    )


@lru_cache(maxsize=4096)
def is_verb(folded: str) -> bool:
    """Tell a verb by its regular forms, which the lists have too: "bake", "baking", "baked"."""
    words = _words()
    stems = [folded, folded + folded[-1:]]
    if folded.endswith("e"):
        stems = [folded[:-1]]
    elif folded.endswith("y"):
        stems.append(folded[:-1] + "i")
    going = any(f"{stem}ing" in words for stem in (folded, *stems))
    done = any(f"{stem}ed" in words for stem in stems)
    return len(folded) > 1 and going and (done or folded in words)


def is_third_person(folded: str) -> bool:
    """Tell "bakes" and "carries", of which many are plural nouns as well."""
    if not folded.endswith("s") or folded.endswith("ss"):
        return False
    stems = [folded[:-1], folded[:-2]] if folded.endswith("es") else [folded[:-1]]
    if folded.endswith("ies"):
        stems.append(folded[:-3] + "y")
    return any(map(is_verb, stems))


def is_first_name(folded: str) -> bool:
    """Tell a name that people are given, in the United States or elsewhere."""
    return folded in _first_names()


def is_last_name(folded: str) -> bool:
    return folded in _last_names()


def is_name_word(folded: str) -> bool:
    """Tell a name that is an ordinary word as well: Hope, Mark, Baker."""
    return is_word(folded) and (is_first_name(folded) or is_last_name(folded))


def first_name_rank(folded: str) -> int | None:
    """Give how many first names are more usual; None for what is none."""
    return _first_names().get(folded)


def last_name_rank(folded: str) -> int | None:
    return _last_names().get(folded)


def words_of_list(name: str) -> Iterator[str]:
    """Give the entries of one of the lists, in its order."""
    for line in (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


@cache
def _words() -> frozenset[str]:
    lists = ("english_common", "english_usual", "clinical")
    words = {word for name in lists for word in words_of_list(name)}
    return frozenset(words.difference(words_of_list("name_first")))


def is_spanish(folded: str) -> bool:
    """Tell a usual word of Spanish, in which parts of many notes are written."""
    return folded in _spanish()


@cache
def _spanish() -> frozenset[str]:
    return frozenset(words_of_list("spanish"))


@cache
def _rare_words() -> frozenset[str]:
    return frozenset(words_of_list("english_rare"))


@cache
def _first_names() -> Mapping[str, int]:
    return {name: rank for rank, name in enumerate(words_of_list("first_names"))}


@cache
def _last_names() -> Mapping[str, int]:
    return {name: rank for rank, name in enumerate(words_of_list("last_names"))}
