"""Make one mention of the names and initials of one person that stand together."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from groupnotes.deid.index import RosterIndex
from groupnotes.deid.members import grammar
from groupnotes.deid.members.forms import is_everyday
from groupnotes.deid.members.matching import Match
from groupnotes.deid.members.mentions import Mention, rule_of
from groupnotes.deid.members.surroundings import Case, Surroundings
from groupnotes.deid.members.word_kinds import is_finite
from groupnotes.deid.tokens import Word, adjoins
from groupnotes.deid.words import PARTICLES

_SURNAME_RULES = ("roster.last", "roster.part")
_EMPLOYER = "roster.employer"
_MOST_BETWEEN = 3
_PRONOUNS = frozenset("ai")


def joined(around: Surroundings, found: Iterable[Match], roster: RosterIndex) -> list[Mention]:
    """Join "Ana de la Cruz", "Cruz, Ana", "Ana C.", "A. Cruz" and "ana.cruz"."""
    mentions: list[Mention] = []
    for match in found:
        mention = Mention(
            first=match.first,
            after=match.after,
            rule=rule_of(match.name, match.ending),
            holders=match.name.holders,
            sure=not match.cautious,
            pair=len(match.name.words) > 1,
        )
        before = mentions[-1] if mentions else None
        again = before is not None and _is_verb_of(around, before, mention)
        if before is not None and not again and _is_one_person(around.words, before, mention):
            mentions[-1] = _as_one(around, before, mention)
        else:
            mentions.append(mention)
    return [_without_staff(around, _with_initials(around, one, roster), roster) for one in mentions]


def _as_one(around: Surroundings, left: Mention, right: Mention) -> Mention:
    capitals = around.case is Case.MIXED and all(
        around.is_capital(one.first) for one in (left, right)
    )
    return left._replace(
        after=right.after,
        rule="roster.full",
        holders=left.holders & right.holders,
        sure=left.sure or right.sure or capitals,
        pair=True,
    )


def _is_verb_of(around: Surroundings, left: Mention, right: Mention) -> bool:
    """Tell "Will will" and "Hope hopes" from Rose Rose."""
    name, word = around.words[left.after - 1].text, around.words[right.first].text
    same = left.after == right.first and name in {word, word.removesuffix("s")}
    return same and is_everyday(name) and not around.is_name_capital(right.first)


def _is_one_person(words: Sequence[Word], left: Mention, right: Mention) -> bool:
    between = words[left.after : right.first]
    if not left.holders & right.holders or len(between) > _MOST_BETWEEN:
        return False
    if left.rule.startswith(_EMPLOYER) or right.rule.startswith(_EMPLOYER):
        return False
    first, *others = pairwise(words[left.after - 1 : right.first + 1])
    return (
        all(len(word.text) == 1 or word.text in PARTICLES for word in between)
        and (adjoins(*first) or _is_tied(*first) or _is_reversed(words, left, right))
        and all(adjoins(before, word) for before, word in others)
    )


def _is_tied(before: Word, word: Word) -> bool:
    """Tell "maria.gonzalez" and "maria_gonzalez" from the end of a sentence."""
    return word.gap in {".", "_"} and word.start == before.end + 1


def _is_reversed(words: Sequence[Word], left: Mention, right: Mention) -> bool:
    """Tell "Cruz, Ana" from the list "Ana, Cruz"."""
    comma = words[left.after].gap == ","
    return comma and _is_surname(left.rule) and not _is_surname(right.rule)


def _is_surname(rule: str) -> bool:
    return rule.startswith(_SURNAME_RULES)


def _with_initials(around: Surroundings, mention: Mention, roster: RosterIndex) -> Mention:
    """Take "G." of "Maria G." and "M." of "M. Gonzalez" with the name."""
    if mention.rule.startswith(_EMPLOYER):
        return mention
    words, initials = around.words, roster.initials
    after = mention.after
    if after < len(words) and len(words[after].text) == 1 and not words[after].new_line:
        last = initials.last.get(words[after].text, frozenset()) & mention.holders
        if last and words[after].gap in {"", "_"} and _is_initial(around, after):
            sure = mention.sure or around.is_name_capital(after) or around.follows_point(after)
            return mention._replace(
                after=after + 1, rule="roster.full", holders=last, sure=sure, pair=True
            )
        first = initials.first.get(words[after].text, frozenset()) & mention.holders
        if first and words[after].gap == "," and _is_initial(around, after):
            return mention._replace(after=after + 1, rule="roster.full", holders=first, sure=True)
    before = mention.first - 1
    if before >= 0 and len(words[before].text) == 1 and not words[mention.first].new_line:
        first = initials.first.get(words[before].text, frozenset()) & mention.holders
        if first and words[mention.first].gap in {"", ".", "_"} and _is_initial(around, before):
            return mention._replace(first=before, rule="roster.full", holders=first, sure=True)
    return mention


def _is_initial(around: Surroundings, at: int) -> bool:
    """Tell an initial from the words "a" and "I", and from a letter of a list."""
    if around.follows_point(at):
        return True
    letter = around.words[at].text
    if letter in _PRONOUNS or around.is_owner(at):
        return False
    if around.is_capital(at) or around.case is Case.LOWER:
        return True
    following = around.following(at + 1)
    return around.is_owner(at + 1) or following == "and" or is_finite(following)


def _without_staff(around: Surroundings, mention: Mention, roster: RosterIndex) -> Mention:
    """Take it for staff where it is written as they are: "Dr. Baxley", "Baxley, PsyD"."""
    staff = mention.holders & roster.staff
    if not staff or staff == mention.holders:
        return mention
    behind = mention.after
    credential = (
        behind < len(around.words)
        and around.words[behind].text in grammar.CREDENTIALS
        and around.words[behind].gap in {"", ","}
    )
    title = around.before(mention.first, frozenset({"", "."})) in {"dr", "doctor", "nurse", "prof"}
    return mention._replace(holders=staff) if credential or title else mention
