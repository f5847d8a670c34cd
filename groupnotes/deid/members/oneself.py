"""What people count of themselves and do to themselves: "has 60 days", "cut herself"."""

from groupnotes.deid.members.surroundings import Surroundings
from groupnotes.deid.members.word_kinds import ADJECTIVES, MODAL_VERBS, is_abstract

# ruff: noqa: SIM905 - as prose the lists are read and kept in order

_COUNTING = frozenset("has had got reached celebrated celebrates earned hit made".split())
_COUNTS = frozenset("one two three four five six seven eight nine ten thirty sixty ninety".split())
_COUNTED = frozenset(
    """
    days weeks months years kids children sons daughters siblings brothers sisters cats dogs
    meetings
    """.split()
)
_PRONOUNS = frozenset("they she he xe ze them her him".split())
_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
_ALONE = frozenset("ran quit lied sat stood moved slept purged binged used".split())
_FARTHEST = 7


def tells_of_oneself(around: Surroundings, first: int, after: int) -> bool:
    """Tell a person by what follows a word that begins a sentence; ideas count no days."""
    return (
        _has_time(around, after)
        or _is_called_by_pronouns(around, after)
        or _acts_on_oneself(around, after)
        or _will_not(around, first, after)
        or _turns(around, after)
        or _did_so(around, after)
    )


def _has_time(around: Surroundings, after: int) -> bool:
    """Tell "Brandy has 60 days" and "Sage celebrated two years"."""
    verb, count, counted = (around.following(after + step) for step in range(3))
    return verb in _COUNTING and (count.isdigit() or count in _COUNTS) and counted in _COUNTED


def _is_called_by_pronouns(around: Surroundings, after: int) -> bool:
    """Tell "Sage uses they/them" and "River prefers she"."""
    verb, pronoun = around.following(after), around.following(after + 1)
    if verb == "goes" and pronoun == "by":
        pronoun = around.following(after + 2)
    return verb in {"uses", "prefers", "goes"} and pronoun in _PRONOUNS


def _acts_on_oneself(around: Surroundings, after: int) -> bool:
    """Tell "Summer cut herself" and "Patience had no patience with himself"."""
    for place in range(after, after + _FARTHEST):
        word = around.following(place)
        if not word:
            return False
        if word in {"herself", "himself", "themself"}:
            return place > after
    return False


def _will_not(around: Surroundings, first: int, after: int) -> bool:
    """Tell "Rusty will not bend" and "Pat may not come" of who is called by no idea."""
    word = around.words[first].text
    if word not in ADJECTIVES and is_abstract(word):
        return False
    modal, negated = around.following(after), around.following(after + 1)
    return modal in MODAL_VERBS and negated == "not" and bool(around.following(after + 2))


def _turns(around: Surroundings, after: int) -> bool:
    """Tell "Pearl turns 70" of a birthday."""
    age = around.following(after + 1)
    return around.following(after) in {"turns", "turned"} and (age.isdigit() or age in _TENS)


def _did_so(around: Surroundings, after: int) -> bool:
    """Tell "Destiny ran." and "Trinity self-harmed", where nothing more is said."""
    words, verb = around.words, around.following(after)
    if after + 1 >= len(words):
        return verb in _ALONE
    behind = words[after + 1]
    if verb in {"self", "no"} and behind.gap == "-":
        return behind.text.endswith("ed")
    return verb in _ALONE and (behind.gap[:1] in {".", "!", ";"} or behind.new_line)
