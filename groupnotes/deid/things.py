"""Names that are part of the name of a thing: "South Dakota", "Ruth-less", "an earl grey"."""

from collections.abc import Mapping, Sequence
from functools import cache

from groupnotes.deid.mentions import Mention
from groupnotes.deid.states import STATES
from groupnotes.deid.strangers.allowing import public_phrases
from groupnotes.deid.surroundings import Surroundings
from groupnotes.deid.tokens import WORD, Words

_BEHIND_HYPHEN = frozenset(
    """
    like less ish esque style type free scented colored coloured haired throated eyed shaped themed
    flavored print inspired
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_LONGEST_PHRASE = 5
_HYPHEN = frozenset({"", "-"})
_TWO_WORDS = frozenset(tuple(name.split()) for name in STATES if " " in name)


def is_of_a_thing(around: Surroundings, mention: Mention) -> bool:
    """Tell a single name that belongs to what is no person."""
    if mention.after != mention.first + 1:
        return False
    word = around.words[mention.first].text
    return (
        _is_of_public_phrase(around, mention.first)
        or (around.before(mention.first, _HYPHEN), word.removesuffix("s")) in _TWO_WORDS
        or (word, around.following(mention.after)) in _TWO_WORDS
        or _has_ending(around, mention)
        or _is_counted(around, mention)
    )


def _is_of_public_phrase(around: Surroundings, at: int) -> bool:
    """Tell a word of "Mary Poppins", of "Bill W." and of "Kübler-Ross"."""
    known = _public_phrases()
    words = around.words
    for first in range(max(0, at - _LONGEST_PHRASE + 1), at + 1):
        for phrase in known.get(words[first].text, ()):
            after = first + len(phrase)
            if after > at and tuple(word.text for word in words[first:after]) == phrase:
                return not any(word.new_line for word in words[first + 1 : after])
    return False


@cache
def _public_phrases() -> Mapping[str, Sequence[Words]]:
    """Give the phrases of several words, cut as the words of a text are."""
    grouped: dict[str, list[Words]] = {}
    for phrases in public_phrases().values():
        for phrase in phrases:
            words = tuple(WORD.findall(" ".join(phrase)))
            if 1 < len(words) <= _LONGEST_PHRASE:
                grouped.setdefault(words[0], []).append(words)
    return grouped


def _has_ending(around: Surroundings, mention: Mention) -> bool:
    """Tell "Ruth-less" and "brooke-like" from "Anne-Marie"."""
    words, behind = around.words, mention.after
    return (
        behind < len(words)
        and words[behind].gap == "-"
        and words[behind].text in _BEHIND_HYPHEN
        and words[behind].start == words[mention.first].end + 1
    )


def _is_counted(around: Surroundings, mention: Mention) -> bool:
    """Tell "an earl grey" and "no mike": in small letters, and with an article."""
    article = around.before(mention.first) in {"a", "an", "no"}
    return article and not around.is_capital(mention.first)
