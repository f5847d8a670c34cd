"""The rules on people of the roster: nobody by name in any form, by initials, or by a number."""

from typing import NamedTuple

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.folding import Folded
from groupnotes.deid.index import RosterIndex
from groupnotes.deid.lexicon import is_last_name
from groupnotes.deid.members.belongings import Place, belongings_in
from groupnotes.deid.members.forms import is_everyday
from groupnotes.deid.members.initialing import initialed
from groupnotes.deid.members.joining import joined
from groupnotes.deid.members.matching import matches, within_words
from groupnotes.deid.members.mentions import Mention, is_silent, rule_of
from groupnotes.deid.members.surroundings import Surroundings
from groupnotes.deid.members.things import no_things
from groupnotes.deid.members.weighing import weighed
from groupnotes.deid.members.word_kinds import CAPITALISED
from groupnotes.deid.phrases import SUGGESTIONS
from groupnotes.deid.tokens import words_of


class Seen(NamedTuple):
    """What the roster explains of a text; ``allowed`` are staff and those whom it is about."""

    findings: list[Finding]
    allowed: list[tuple[int, int]]


def names_in(text: str, folded: Folded, roster: RosterIndex) -> Seen:
    """Find the people of a roster, the names of one person side by side as one finding."""
    around = Surroundings(text, folded, words_of(folded.text))
    seen = Seen([], [])
    mentions = _mentions(around, roster)
    for mention, level in zip(mentions, weighed(around, mentions), strict=True):
        if is_silent(mention, roster):
            if not _is_of_another(around, mention):
                seen.allowed.append(_span(around, mention))
        elif level is not None:
            seen.findings.append(_named(around, mention, level, roster))
    for place in belongings_in(folded.text, around.words, roster.belongings):
        if not place.belonging.holders & roster.own:
            seen.findings.append(_belonging(folded, place))
        else:
            seen.allowed.append(folded.span(place.start, place.end))
    return seen


def _is_of_another(around: Surroundings, mention: Mention) -> bool:
    """Tell "Leland Crow Feather" from Lindy of the staff, by the capital that goes on."""
    behind = mention.after
    following = around.following(behind)
    if mention.after - mention.first > 1 or not around.is_name_capital(mention.first):
        return False
    if not following or not around.is_name_capital(behind) or following in CAPITALISED:
        return False
    only_alike = ".misspelt" in mention.rule or mention.rule.startswith("roster.nick")
    surname = is_last_name(following) and not is_everyday(following)
    return not around.written(behind).isupper() and (only_alike or surname)


def _mentions(around: Surroundings, roster: RosterIndex) -> list[Mention]:
    text, words = around.folded.text, around.words
    found = joined(around, matches(text, words, roster), roster)
    mentions = no_things(around, found)
    taken = bytearray(len(words))
    for one in found:
        for place in range(one.first, one.after):
            taken[place] = 1
    mentions += initialed(around, taken, roster)
    mentions += [
        Mention(one.first, one.after, rule_of(one.name, one.ending), one.name.holders, sure=True)
        for one in within_words(text, words, taken, roster)
    ]
    return sorted(mentions, key=lambda one: one.first)


def _named(around: Surroundings, mention: Mention, level: Level, roster: RosterIndex) -> Finding:
    start, end = _span(around, mention)
    holder = min(mention.holders - roster.staff)
    category = Category.NAME_ROSTER
    suggestion = roster.phrases[holder]
    if mention.rule.startswith("roster.initial"):
        category = Category.INITIALS
    elif mention.rule.startswith("roster.employer"):
        if mention.after == mention.first + 1:
            level = Level.REVIEW
        category, suggestion = Category.ORG, SUGGESTIONS[Category.ORG]
    return Finding(start, end, category, mention.rule, level, suggestion)


def _span(around: Surroundings, mention: Mention) -> tuple[int, int]:
    start, end = around.words[mention.first].start, _end(around, mention)
    return around.folded.span(start, end)


def _end(around: Surroundings, mention: Mention) -> int:
    """Take the last point of "T.J." and of "Maria G." with the name."""
    last = around.words[mention.after - 1]
    before = around.words[mention.after - 2] if mention.after - mention.first > 1 else last
    dotted = len(last.text) == 1 and (
        last.gap in {".", "'"} or mention.dotted or len(before.text) > 1
    )
    pointed = around.follows_point(mention.after - 1)
    return last.end + 1 if dotted and pointed else last.end


def _belonging(folded: Folded, place: Place) -> Finding:
    start, end = folded.span(place.start, place.end)
    one = place.belonging
    level = Level.BLOCK if one.sure else Level.REVIEW
    return Finding(start, end, one.category, one.rule, level, SUGGESTIONS[one.category])
