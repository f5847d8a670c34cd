"""What is said of someone aside, between commas: "Will, released in May, told us how"."""

from groupnotes.deid.members.grammar import STATES
from groupnotes.deid.members.surroundings import Surroundings
from groupnotes.deid.members.word_kinds import ABSTRACTLY, TOPICS, is_finite

_AS_ASIDE = frozenset({"who", "whose", "ever", "always", "usually", "still", "now", "as", "once"})
_WHERE = frozenset({"on", "by", "via", "from", "in", "at"})
_BEGINNING = _AS_ASIDE | STATES | _WHERE
_BE = frozenset({"was", "is"})
_CALLING = frozenset({"call", "calls", "called", "known"})
_LONGEST, _NEAR = 9, 6


def has_aside(around: Surroundings, after: int) -> bool:
    """Tell by what stands behind a word that begins a sentence, up to ``after``."""
    if after >= len(around.words):
        return False
    if around.words[after].gap == "(":
        return _acts_behind_brackets(around, after)
    if around.words[after].gap != ",":
        return _is_told_of_later(around, after)
    return _is_called(around, after) or (_begins_aside(around, after) and _ends(around, after))


def _acts_behind_brackets(around: Surroundings, after: int) -> bool:
    """Tell "Crystal (by phone) agreed"."""
    for word in around.words[after + 1 : after + _LONGEST]:
        if word.gap == ")":
            return is_finite(word.text) and (word.text not in ABSTRACTLY or word.text == "said")
        if word.gap not in {"", ",", "'", "-", "/"}:
            return False
    return False


def _is_called(around: Surroundings, after: int) -> bool:
    """Tell "Genie, as his sister calls him, was asleep"."""
    words = around.words[after : after + _LONGEST]
    return words[0].text == "as" and any(word.text in _CALLING for word in words)


def _begins_aside(around: Surroundings, after: int) -> bool:
    begins = around.words[after].text
    if begins in _BEGINNING:
        return True
    return is_finite(begins) and begins.endswith("ed")


def _ends(around: Surroundings, after: int) -> bool:
    """Tell what someone does behind the next comma, or what is said behind a colon."""
    for at, word in enumerate(around.words[after + 1 : after + _LONGEST], after + 1):
        if word.gap[:1] == ",":
            if word.text in _BE:
                state = around.following(at + 1)
                return state in STATES or (is_finite(state) and state not in TOPICS)
            return is_finite(word.text) and word.text not in ABSTRACTLY - TOPICS
        if word.gap[:1] in {":", '"'}:
            return True
        if word.gap not in {"", "'", "-"}:
            return False
    return False


def _is_told_of_later(around: Surroundings, after: int) -> bool:
    """Tell "Joy was mentioned, who left last term"."""
    for place in range(after, min(len(around.words), after + _NEAR)):
        word = around.words[place]
        if word.gap:
            told = word.gap == "," and word.text in {"who", "whom"}
            return told and bool(around.following(place + 1))
        if around.is_name_capital(place):
            return False
    return False
