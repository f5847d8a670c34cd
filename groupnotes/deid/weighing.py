"""Decide what becomes of a mention that may be no one: block, review or nothing."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from groupnotes.deid import grammar
from groupnotes.deid.evidence import Weight, is_written_as_name, weigh
from groupnotes.deid.findings import Level
from groupnotes.deid.forms import is_everyday
from groupnotes.deid.mentions import Mention
from groupnotes.deid.surroundings import Surroundings
from groupnotes.deid.word_kinds import is_abstract, is_finite
from groupnotes.deid.words import SUFFIXES

_TOGETHER = frozenset({"", ",", "&", "/", "+"})


def weighed(around: Surroundings, mentions: Sequence[Mention]) -> list[Level | None]:
    """Give the level of each mention, in their order; None where it is taken for a word."""
    surely = {place for one in mentions if one.sure for place in range(one.first, one.after)}
    levels: list[Level | None] = [Level.BLOCK if one.sure else None for one in mentions]
    for _ in range(_ROUNDS):  # who is told by one beside them, who is told by one beside them
        for at, mention in enumerate(mentions):
            if levels[at] is None:
                levels[at] = _level(around, mention, surely)
                if levels[at] is Level.BLOCK:
                    surely.update(range(mention.first, mention.after))
    for left, right in pairwise(range(len(mentions))):
        if levels[left] is None and levels[right] is None:
            if _are_two(around, mentions[left], mentions[right]):
                levels[left] = levels[right] = Level.REVIEW
    return levels


_ROUNDS = 2


def _are_two(around: Surroundings, left: Mention, right: Mention) -> bool:
    """Tell "Cross & Long gave a ride" and "may and red were seen" from "hope and faith"."""
    words = around.words
    if left.holders & right.holders or not around.begins_sentence(left.first):
        return False
    between = words[left.after].text if right.first == left.after + 1 else ""
    if between != "and" and not (right.first == left.after and words[right.first].gap == "&"):
        return False
    if all(is_abstract(words[one.first].text) for one in (left, right)):
        return False
    capitals = all(around.is_name_capital(one.first) for one in (left, right))
    return capitals or is_finite(around.following(right.after))


def _level(around: Surroundings, mention: Mention, surely: set[int]) -> Level | None:
    first, after = mention.first, mention.after
    if mention.rule.startswith("roster.initial"):
        if _is_listed(around, mention, surely):
            return Level.BLOCK
        return Level.REVIEW if mention.weight and surely else None
    if around.is_disguised(first, after):
        return Level.BLOCK
    weight = weigh(around, first, after)
    capital = around.is_name_capital(first)
    quoted = around.is_quoted(first, after) and not weight
    if is_written_as_name(around, first, after) and not quoted:
        return Level.BLOCK
    if _is_suffixed(around, mention):
        return Level.BLOCK
    if _is_listed(around, mention, surely):
        return Level.BLOCK if capital else Level.REVIEW
    if weight is Weight.STRONG and capital:
        return Level.BLOCK
    word = around.words[first].text
    if capital and not quoted and not is_everyday(word) and len(word) >= _TELLING:
        return Level.BLOCK
    if weight or (mention.pair and word not in grammar.MODALS):
        return Level.REVIEW
    return Level.REVIEW if _is_doubtful(around, mention, capital=capital, quoted=quoted) else None


_TELLING = 5  # letters of a word that is none, with a capital


def _is_doubtful(around: Surroundings, mention: Mention, *, capital: bool, quoted: bool) -> bool:
    """Tell what a reader has to look at, though the words around do not speak of a person."""
    word = around.words[mention.first].text
    if quoted:
        return capital and mention.rule.startswith(("roster.alias", "roster.nick"))
    if around.is_enclosed(mention.first, mention.after):
        return capital
    if is_everyday(word):
        return _is_label(around, mention)
    if mention.rule.endswith(".plural"):
        return True
    return capital and not around.written(mention.first).isupper()


def _is_label(around: Surroundings, mention: Mention) -> bool:
    """Tell the name before what is noted of one client: "rusty: shingles", "Grant - no change"."""
    if mention.after >= len(around.words) or not around.begins_sentence(mention.first):
        return False
    word, behind = around.words[mention.after - 1], around.words[mention.after]
    apart = behind.gap == "-" and behind.start > word.end + 1
    return (behind.gap == ":" or apart) and not is_abstract(around.words[mention.first].text)


def _is_suffixed(around: Surroundings, mention: Mention) -> bool:
    """Tell "Will Jr."."""
    return around.following(mention.after) in SUFFIXES and mention.after - mention.first == 1


def _is_listed(around: Surroundings, mention: Mention, surely: Iterable[int]) -> bool:
    """Tell one of a list of people: "Heather, Mei-Ling and Thuy"."""
    known = surely if isinstance(surely, set) else set(surely)
    words = around.words
    before, after = mention.first - 1, mention.after
    if before >= 0 and words[mention.first].gap in _TOGETHER:
        if words[before].text == "and":
            before -= 1
        elif not words[mention.first].gap:
            before = -1
    if before >= 0 and before in known:
        return True
    behind = words[after].gap if after < len(words) else "."
    if len(words[after - 1].text) == 1:
        behind = behind.lstrip(".")
    if behind in _TOGETHER:
        if words[after].text == "and":
            return after + 1 in known
        return bool(behind) and after in known
    return False
