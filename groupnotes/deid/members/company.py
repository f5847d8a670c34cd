"""Names that are told by those beside them: "Heather, Mei-Ling and Thuy"."""

from collections.abc import Set as AbstractSet

from groupnotes.deid.members.grammar import ASSERTING, KIN, PERSON_NOUNS
from groupnotes.deid.members.mentions import Mention
from groupnotes.deid.members.surroundings import Surroundings
from groupnotes.deid.members.word_kinds import is_abstract, is_finite

_AND = frozenset({"&", "/", "+", ">", "->", "→"})
_AMONG = frozenset({"both", "of", "the", "all", "his", "her", "two"})
_MOST_AMONG = 4
_NEAR, _LONGEST_ASIDE = 8, 9
_PARTED = frozenset(".(:;!?")
_ALSO = frozenset({"and", "n"})
_OF_BOTH = frozenset({"both", "each", "all"})
_TOGETHER = frozenset({"", ",", "&", "/", "+", ";", ">", "->", "→", "|", "·", "<"})


def is_listed(around: Surroundings, mention: Mention, surely: AbstractSet[int]) -> bool:
    """Tell one of a list of people; ``surely`` are the places of words that are names."""
    return _is_listed_behind(around, mention, surely) or _is_listed_before(around, mention, surely)


def _is_listed_behind(around: Surroundings, mention: Mention, surely: AbstractSet[int]) -> bool:
    words, before = around.words, mention.first - 1
    if before < 0 or words[mention.first].gap not in _TOGETHER:
        return False
    if words[before].text in _ALSO:
        return before - 1 in surely
    if words[before].text == "then" and words[before].gap == "," and not words[mention.first].gap:
        return _is_last(around, mention) and any(
            place in surely for place in range(max(0, before - _NEAR), before)
        )
    return bool(words[mention.first].gap) and before in surely


def _is_last(around: Surroundings, mention: Mention) -> bool:
    """Tell the last word of a sentence: "Ana cried, then Patience."."""
    return around.follows_point(mention.after - 1)


def _is_listed_before(around: Surroundings, mention: Mention, surely: AbstractSet[int]) -> bool:
    words, after = around.words, mention.after
    if after >= len(words):
        return False
    gap = words[after].gap
    if gap in {"(", ".("}:
        after = _behind_brackets(around, after)
        gap = words[after].gap.removeprefix(")") if after else ""
    elif len(words[after - 1].text) == 1:
        gap = gap.removeprefix(".")
    if gap not in _TOGETHER:
        return False
    if words[after].text in _ALSO:
        other = after + 1
        while other < len(words) and words[other].text in _AMONG and other - after < _MOST_AMONG:
            other += 1
        return other in surely
    return bool(gap) and after in surely


def _behind_brackets(around: Surroundings, at: int) -> int:
    """Give the word behind the brackets of "BL (surgery), L.V."; 0 if there is none."""
    for place in range(at + 1, min(len(around.words), at + _LONGEST_ASIDE)):
        gap = around.words[place].gap
        if gap.startswith(")"):
            return place
        if around.words[place].new_line or not _PARTED.isdisjoint(gap):
            return 0
    return 0


def are_two(around: Surroundings, left: Mention, right: Mention) -> bool:
    """Tell "Cross & Long gave a ride" and "may and red were seen" from "hope and faith"."""
    if left.holders & right.holders or not around.begins_sentence(left.first):
        return False
    if not _are_joined(around, left, right):
        return False
    at = right.after + (around.following(right.after) in _OF_BOTH)
    verb = around.following(at)
    be = around.following(at) in {"are", "were"}
    if be and around.following(at + 1).removesuffix("s") in PERSON_NOUNS | KIN:
        return True
    if all(is_abstract(around.words[one.first].text) for one in (left, right)):
        return verb in ASSERTING
    capitals = all(around.is_name_capital(one.first) for one in (left, right))
    return capitals or is_finite(verb) or verb == "not"


def _are_joined(around: Surroundings, left: Mention, right: Mention) -> bool:
    words = around.words
    if right.first == left.after:
        return words[right.first].gap in _AND
    return right.first == left.after + 1 and words[left.after].text in _ALSO
