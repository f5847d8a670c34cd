"""Decide what becomes of a mention that may be no one: block, review or nothing."""

from collections.abc import Iterable, Sequence

from groupnotes.deid import grammar
from groupnotes.deid.evidence import Weight, is_written_as_name, weigh
from groupnotes.deid.findings import Level
from groupnotes.deid.forms import is_everyday
from groupnotes.deid.mentions import Mention
from groupnotes.deid.surroundings import Surroundings
from groupnotes.deid.word_kinds import is_loose
from groupnotes.deid.words import SUFFIXES

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
    first, after = mention.first, mention.after
    if mention.rule.startswith("roster.initial"):
        listed = _is_listed(around, mention, surely)
        return Level.BLOCK if listed else Level.REVIEW if mention.weight else None
    if around.is_disguised(first, after):
        return Level.BLOCK
    weight = weigh(around, first, after)
    capital = around.is_name_capital(first)
    quoted = around.is_quoted(first, after) and not weight
    if is_written_as_name(around, first, after) and not quoted:
        return Level.BLOCK
    if _is_listed(around, mention, surely) or _is_suffixed(around, mention):
        return Level.BLOCK if capital else Level.REVIEW
    if weight is Weight.STRONG and capital:
        return Level.BLOCK
    word = around.words[first].text
    if weight or (mention.pair and word not in grammar.MODALS):
        return Level.REVIEW
    return Level.REVIEW if _is_doubtful(around, mention, capital=capital, quoted=quoted) else None


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
    gap = around.words[mention.after].gap
    return gap in {":", "-"} and not is_loose(around.words[mention.first].text)


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
    if after < len(words) and words[after].gap in _TOGETHER:
        if words[after].text == "and":
            return after + 1 in known
        return bool(words[after].gap) and after in known
    return False
