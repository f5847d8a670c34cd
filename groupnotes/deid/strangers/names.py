"""What a single word says of itself: a name, a town, a word, or unknown."""

from functools import cache

from groupnotes.deid.lexicon import (
    first_name_rank,
    is_first_name,
    is_last_name,
    is_rare_word,
    is_word,
    last_name_rank,
    words_of_list,
)

_USUAL_FIRST, _USUAL_LAST, _MANY = 9_000, 12_000, 2_500
_SHORTEST_TOWN = 5
_WITH_PREFIX = ("mc", "mac", "o'", "d'", "al-", "fitz")


def is_name(word: str) -> bool:
    """Tell a name that is no ordinary word."""
    return (is_first_name(word) or is_last_name(word)) and not is_word(word)


def is_given_name(word: str) -> bool:
    """Tell a first name that is usual, and neither a word nor anything else."""
    rank = first_name_rank(word)
    return rank is not None and rank < _USUAL_FIRST and not is_word(word) and len(word) > 2


def is_surname(word: str) -> bool:
    rank = last_name_rank(word)
    return rank is not None and rank < _USUAL_LAST and not is_word(word) and len(word) > 2


def is_name_too(word: str) -> bool:
    """Tell a word that many people are called: Hope, Mark, Baker; "speaker" is not."""
    first, last = first_name_rank(word), last_name_rank(word)
    return is_word(word) and (
        (first is not None and first < _USUAL_FIRST) or (last is not None and last < _MANY)
    )


def is_unknown(word: str) -> bool:
    """Tell what no list of words has; a name can be one."""
    if is_word(word) or not word.isalpha():
        return "'" in word and word.startswith(_WITH_PREFIX)
    return not is_rare_word(word) or is_last_name(word)


def is_compound(word: str) -> bool:
    """Tell two words written as one: "glovebox", "flowsheet"."""
    return any(is_word(word[:cut]) and is_word(word[cut:]) for cut in range(3, len(word) - 2))


def is_town(words: tuple[str, ...]) -> bool:
    return " ".join(words) in _towns()


def is_only_town(words: tuple[str, ...]) -> bool:
    """Tell a town whose name is nothing else, "Kalamazoo": no word, no name, nothing famous."""
    if not is_town(words) or len(" ".join(words)) < _SHORTEST_TOWN:
        return False
    if len(words) > 1:  # "eau claire", but neither "rose hill" nor "glen ellen"
        return not all(map(is_word, words)) and not all(map(is_name_of_any, words))
    word = words[0]
    return not (is_word(word) or is_rare_word(word) or is_name_of_any(word) or is_compound(word))


def begins_town(word: str) -> bool:
    """Tell at once a word that no name of a town begins with."""
    return word in _town_beginnings()


def is_name_of_any(word: str) -> bool:
    return is_first_name(word) or is_last_name(word)


@cache
def _town_beginnings() -> frozenset[str]:
    return frozenset(town.partition(" ")[0] for town in _towns())


@cache
def _towns() -> frozenset[str]:
    return frozenset(words_of_list("towns"))
