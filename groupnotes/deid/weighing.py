"""Decide what becomes of a mention that may be no one: block, review or nothing."""

from collections.abc import Iterable, Sequence

from groupnotes.deid import grammar
from groupnotes.deid.evidence import (
    Case,
    Surroundings,
    Weight,
    is_quoted,
    is_written_as_name,
    weigh,
)
from groupnotes.deid.findings import Level
from groupnotes.deid.mentions import Mention

_TOGETHER = frozenset({"", ",", "&", "/", "+"})


def weighed(around: Surroundings, mentions: Sequence[Mention]) -> list[Level | None]:
    """Give the level of each mention, in their order; None where it is taken for a word."""
    surely = {place for one in mentions if one.sure for place in range(one.first, one.after)}
    levels: list[Level | None] = []
    for mention in mentions:
        level = Level.BLOCK if mention.sure else _level(around, mention, surely)
        if level is Level.BLOCK:
            surely.update(range(mention.first, mention.after))
        levels.append(level)
    return levels


def _level(around: Surroundings, mention: Mention, surely: set[int]) -> Level | None:
    if mention.rule == "roster.initial":
        return Level.REVIEW
    weight = weigh(around, mention.first, mention.after)
    if is_written_as_name(around, mention.first, mention.after):
        if is_quoted(around, mention.first, mention.after) and not weight:
            return None
        return Level.BLOCK
    capital = around.case is Case.MIXED and around.is_capital(mention.first)
    if _is_listed(around, mention, surely):
        return Level.BLOCK if capital else Level.REVIEW
    if weight is Weight.STRONG and capital:
        return Level.BLOCK
    modal = around.words[mention.first].text in grammar.MODALS
    if weight or (mention.pair and not modal):
        return Level.REVIEW
    return None


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
    if after < len(words) and words[after].gap in _TOGETHER:
        if words[after].text == "and":
            return after + 1 in known
        return bool(words[after].gap) and after in known
    return False
