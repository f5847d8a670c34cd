"""How surely a word is used as a person's name, by how it is written and by the words around it."""

from enum import IntEnum

from groupnotes.deid import grammar
from groupnotes.deid.forms import is_everyday
from groupnotes.deid.surroundings import Case, Surroundings
from groupnotes.deid.word_kinds import (
    ABSTRACTLY,
    ADJECTIVES,
    ADVERBS,
    BUSY,
    CAPITALISED,
    HANDLED,
    OBJECTS,
    TIMES,
    TOPICS,
    VERBS,
    WILLED,
    is_abstract,
    is_finite,
    is_loose,
    is_under_way,
)

_MOST_OF_A_LINE = 0.6
_FEWEST_OF_A_HEADING = 3
_FARTHEST = 12


class Weight(IntEnum):
    """How much speaks for a person."""

    NONE = 0
    WEAK = 1
    STRONG = 2


def weigh(around: Surroundings, first: int, after: int) -> Weight:
    """Weigh what the words around those from ``first`` up to ``after`` tell of a person."""
    before = around.before(first)
    if before in grammar.DETERMINERS and not around.is_name_capital(first):
        return Weight.NONE
    return max(_weigh_before(around, first, after), _weigh_after(around, first, after))


def is_written_as_name(around: Surroundings, first: int, after: int) -> bool:
    """Tell "when An spoke" from "an hour", "An hour", "AN HOUR", "An Hour of Peace"."""
    written = around.written(first)
    if around.case is not Case.MIXED or not written[0].isupper():
        return False
    if (written.isupper() and len(written) > 1) or around.words[first].text in CAPITALISED:
        return False
    if around.begins_sentence(first) or is_in_heading(around, first):
        return False
    if around.before(first) in grammar.ARTICLES and not is_finite(around.following(after)):
        return False
    return not _is_titled(around, first, after)


def _weigh_before(around: Surroundings, first: int, after: int) -> Weight:
    word = around.words[first].text
    before = around.before(first, frozenset({"", "."}))
    if before in grammar.TITLES and (around.words[first].gap == "." or around.is_capital(first)):
        return Weight.STRONG
    if around.before(first, frozenset({":"})) in grammar.PERSON_HEADS:
        return Weight.STRONG
    if around.is_quoted(first, after) and around.before_quote(first) in grammar.CALLED:
        return Weight.STRONG
    before = around.before(first)
    if not before or word in grammar.MODALS:
        return Weight.NONE
    return _weigh_word_before(around, before, first, after)


def _weigh_word_before(around: Surroundings, before: str, first: int, after: int) -> Weight:
    capital = around.is_name_capital(first)
    bare = not is_loose(around.words[first].text)
    if before in grammar.ADDRESSED_ONLY:
        return Weight.STRONG
    if before in grammar.ADDRESSED:
        return Weight.STRONG if bare or capital else Weight.NONE
    if before in grammar.PERSON_NOUNS or before in grammar.KIN:
        if capital:
            return Weight.STRONG
        following = around.following(after)
        if is_finite(following):
            return Weight.STRONG
        return Weight.WEAK if bare or not following else Weight.NONE
    phrases = _phrases_before(around, first)
    if phrases & grammar.STRONG_PHRASES:
        return Weight.STRONG
    if before in {"was", "is"} and around.before(first - 1) in grammar.PERSON_NOUNS:
        return Weight.WEAK
    if before in grammar.SAID and (bare or not around.following(after)):
        return Weight.WEAK
    if capital and before in grammar.PREPOSITIONS:
        return Weight.WEAK
    return Weight.NONE


def _phrases_before(around: Surroundings, first: int) -> set[tuple[str, ...]]:
    phrases = set()
    phrase: tuple[str, ...] = ()
    for at in range(first, max(first - 3, 0), -1):
        before = around.before(at)
        if not before:
            break
        phrase = (before, *phrase)
        phrases.add(phrase)
    return phrases


def _weigh_after(around: Surroundings, first: int, after: int) -> Weight:
    word = around.words[first].text
    if around.is_owner(after):
        return _weigh_owner(around, first, around.following(after + 1))
    following = around.following(after)
    if not following:
        return _weigh_apposition(around, first, after)
    if following in ADVERBS or (following.endswith("ly") and is_everyday(following)):
        if following == "who":
            return Weight.STRONG
        after += 1
        following = around.following(after)
    if word in grammar.MODALS and following in grammar.BARE_VERBS:
        return Weight.NONE
    if following in {"and", "or"}:
        return _weigh_company(around, after + 1)
    if following in grammar.NEAREST and word not in ADJECTIVES and word not in VERBS:
        return Weight.WEAK
    return _weigh_verb(around, word, following, after)


def _weigh_verb(around: Surroundings, word: str, verb: str, at: int) -> Weight:
    then = around.following(at + 1)
    if verb in grammar.ASSERTING:
        return Weight.WEAK if then in {"by", "among", "across"} else Weight.STRONG
    if verb == "not":
        return Weight.WEAK if then in grammar.STATES else Weight.NONE
    if verb in grammar.STATES or (verb == "on" and then == "time"):
        return Weight.WEAK if is_loose(word) else Weight.STRONG
    if verb in {"was", "is"} and then in grammar.STATES:
        return Weight.WEAK if is_abstract(word) else Weight.STRONG
    if verb in {"will", "would", "should", "can", "could"}:
        willed = then in WILLED if is_loose(word) else bool(then)
        return Weight.WEAK if willed else Weight.NONE
    if is_under_way(verb):
        return _weigh_under_way(around, word, verb, at)
    if verb == "to" and then and not is_loose(word) and around.begins_sentence(at - 1):
        return Weight.WEAK
    if not is_finite(verb):
        return Weight.NONE
    passive = verb in TOPICS and (not then or then in _BEHIND_PASSIVES)
    if is_abstract(word):
        return _weigh_abstract(verb, then, passive=passive)
    return Weight.WEAK if passive else Weight.STRONG


_BEHIND_PASSIVES = frozenset({"by", "as", "among", "across", "in", "with", "during", "for", "and"})


def _weigh_under_way(around: Surroundings, word: str, verb: str, at: int) -> Weight:
    """Weigh "iris holding," and "hope driving up to see her"."""
    if around.before(at - 1):
        return Weight.NONE
    alone = not around.following(at + 1)
    return Weight.WEAK if verb in BUSY or (alone and not is_loose(word)) else Weight.NONE


def _weigh_abstract(verb: str, then: str, *, passive: bool) -> Weight:
    """Weigh what is said of an idea, or of one who is called so."""
    if passive:
        return Weight.NONE
    if verb in HANDLED and then in OBJECTS:
        return Weight.WEAK
    if verb in {"started", "began", "ended"} and then == "by":
        return Weight.WEAK
    if verb in TOPICS or (verb == "is" and then in BUSY):
        return Weight.WEAK
    if verb == "has" and is_finite(then) and then not in ABSTRACTLY:
        return Weight.WEAK
    return Weight.NONE if verb in ABSTRACTLY else Weight.WEAK


def _weigh_owner(around: Surroundings, first: int, owned: str) -> Weight:
    """Weigh "Mark's homework" and "hope's power"."""
    word = around.words[first].text
    if owned in grammar.OWNED and owned not in grammar.OF_IDEAS:
        return Weight.STRONG
    if not owned or owned in grammar.OF_IDEAS or word in TIMES:
        return Weight.WEAK if around.is_name_capital(first) else Weight.NONE
    return Weight.WEAK if is_abstract(word) else Weight.STRONG


def _weigh_apposition(around: Surroundings, first: int, after: int) -> Weight:
    """Weigh "Rose, who has five", "Peg, 91," and what somebody says: 'Gold: "I did".'"""
    if after >= len(around.words):
        return Weight.NONE
    gap, text = around.words[after].gap, around.words[after].text
    if gap == "," and text in {"who", "whose", "whom"}:
        return Weight.STRONG
    if gap in {",", "("} and text.isdigit() and len(text) == 2:
        return Weight.WEAK
    if gap in {"(", ", "} and text in {"she", "he", "they"}:
        return Weight.STRONG
    if len(gap) > 1 and gap[0] == ":" and gap[-1] in "\"“'‘":  # noqa: RUF001 - as people type them
        return Weight.STRONG if not is_loose(around.words[first].text) else Weight.WEAK
    return Weight.NONE


def _weigh_company(around: Surroundings, at: int) -> Weight:
    """Weigh "and a volunteer", "and another member"."""
    following = around.following(at)
    if following in grammar.DETERMINERS:
        following = around.following(at + 1)
    return Weight.STRONG if following in grammar.PERSON_NOUNS else Weight.NONE


def _is_titled(around: Surroundings, first: int, after: int) -> bool:
    """Tell the name of a thing, "Serenity Prayer", from that of a person."""
    following = around.following(after)
    if following and around.is_capital(after) and is_everyday(following):
        return not is_finite(following)
    before = around.before(first, frozenset({"", "-"}))
    return bool(
        before
        and around.is_capital(first - 1)
        and not around.begins_sentence(first - 1)
        and before not in grammar.TITLES
        and before not in grammar.PERSON_NOUNS
        and is_everyday(before)
        and len(before) > 1
    )


def is_in_heading(around: Surroundings, at: int) -> bool:
    """Tell a line in which most words have a capital."""
    words = around.words
    first = after = at
    while first > 0 and not words[first].new_line and at - first < _FARTHEST:
        first -= 1
    while after + 1 < len(words) and not words[after + 1].new_line and after - at < _FARTHEST:
        after += 1
    line = range(first, after + 1)
    capitals = sum(around.is_capital(one) for one in line)
    return len(line) >= _FEWEST_OF_A_HEADING and capitals > _MOST_OF_A_LINE * len(line)
