"""What stands behind a name and tells a person: "said", "was tearful", "'s homework"."""

from groupnotes.deid.members import grammar
from groupnotes.deid.members.surroundings import Surroundings
from groupnotes.deid.members.weights import Weight
from groupnotes.deid.members.word_kinds import (
    ABSTRACTLY,
    ADJECTIVES,
    ADVERBS,
    BUSY,
    HANDLED,
    MASS,
    MODAL_VERBS,
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

_BEGIN_ASIDES = frozenset({"she", "he", "they", "the", "her", "his", "our", "who"})
_BE = frozenset({"was", "is"})
_BEHIND_PASSIVES = frozenset(
    {"by", "as", "among", "across", "in", "with", "w", "during", "for", "and"}
)
_AND = frozenset({"&", "+"})
_LABELS = frozenset({":", "-", "=", "->", "→", "=>", "-->"})
_WHEN = frozenset({"at", "before", "over", "in"})  # grace is said so, and people say no thing so
_OF_MANY = frozenset({"by", "among", "across"})
_QUOTES = frozenset("\"“'‘")  # noqa: RUF001 - as people type them


def weigh_predicate(around: Surroundings, first: int, after: int) -> Weight:
    """Weigh the words right behind those from ``first`` up to ``after``."""
    if around.is_owner(after):
        return _weigh_owner(around, first, after + 1)
    following = around.following(after)
    if not following:
        return _weigh_apposition(around, first, after)
    if following == "who":
        return Weight.STRONG
    if following in ADVERBS or following.endswith("ly"):
        after += 1
        following = around.following(after)
    if following in {"and", "or"}:
        return _weigh_company(around, after + 1)
    if following in grammar.NEAREST:
        word = around.words[first].text
        return Weight.NONE if word in ADJECTIVES or word in VERBS else Weight.WEAK
    return _weigh_verb(around, first, after)


def _weigh_verb(around: Surroundings, first: int, at: int) -> Weight:
    word, verb, then = around.words[first].text, around.following(at), around.following(at + 1)
    if not verb or (word in grammar.MODALS and verb in grammar.BARE_VERBS):
        return Weight.NONE
    if verb in grammar.ASSERTING or around.is_complaining(at):
        graces = verb == "said" and word in MASS and then in _WHEN
        return Weight.when(then not in _OF_MANY and not graces, Weight.WEAK)
    if verb in MODAL_VERBS:
        willed = then in WILLED if is_loose(word) else bool(then)
        return Weight.WEAK if willed else Weight.NONE
    if verb[0].isdigit():
        first_word = around.begins_sentence(at - 1)
        return Weight.WEAK if first_word and not is_loose(word) else Weight.NONE
    return max(_weigh_state(word, verb, then), _weigh_deed(around, word, at))


def _weigh_state(word: str, verb: str, then: str) -> Weight:
    """Weigh "hope tearful", "rose was late", "ruby not home", "pearl on time"."""
    if (verb == "not" and then in grammar.STATES) or (verb, then) == ("no", "show"):
        return Weight.WEAK
    alone = verb in grammar.STATES and verb not in grammar.ONLY_BEHIND_BE
    if alone or (verb == "on" and then == "time"):
        return Weight.when(not is_loose(word), Weight.WEAK)
    if verb in _BE and then in grammar.STATES:
        return Weight.when(not is_abstract(word), Weight.WEAK)
    return Weight.NONE


def _weigh_deed(around: Surroundings, word: str, at: int) -> Weight:
    verb, then = around.following(at), around.following(at + 1)
    if is_under_way(verb):
        return _weigh_under_way(around, word, verb, at)
    if verb == "to" and then and not is_loose(word) and around.begins_sentence(at - 1):
        return Weight.WEAK
    if not is_finite(verb):
        return Weight.NONE
    passive = verb in TOPICS and (not then or then in _BEHIND_PASSIVES)
    if is_abstract(word):
        return Weight.WEAK if not passive and _is_a_persons(verb, then) else Weight.NONE
    return Weight.WEAK if passive else Weight.STRONG


def _is_a_persons(verb: str, then: str) -> bool:
    """Tell what is said of one who has the name of an idea, and not of the idea."""
    return then != "its" and (
        (verb not in ABSTRACTLY and not (verb in {"plays", "played"} and then in {"a", "no"}))
        or verb in TOPICS
        or (verb in HANDLED and then in OBJECTS)
        or (verb in {"started", "began", "ended"} and then == "by")
        or (verb == "is" and then in BUSY)
        or (verb == "has" and is_finite(then) and then not in ABSTRACTLY)
    )


def _weigh_under_way(around: Surroundings, word: str, verb: str, at: int) -> Weight:
    """Weigh "iris holding," and "hope driving up to see her"."""
    if around.before(at - 1):
        return Weight.NONE
    alone = not around.following(at + 1)
    return Weight.WEAK if verb in BUSY or (alone and not is_loose(word)) else Weight.NONE


def _weigh_owner(around: Surroundings, first: int, at: int) -> Weight:
    """Weigh "Mark's homework" and "hope's power"."""
    word, owned, verb = around.words[first].text, around.following(at), around.following(at + 1)
    if owned in grammar.OWNED and owned not in grammar.OF_IDEAS:
        return Weight.STRONG
    did = is_finite(verb) and verb not in ABSTRACTLY
    if not owned or owned in grammar.OF_IDEAS or (word in TIMES and not did):
        return Weight.WEAK if around.is_name_capital(first) else Weight.NONE
    return Weight.when(not is_abstract(word), Weight.WEAK)


def _weigh_apposition(around: Surroundings, first: int, after: int) -> Weight:
    """Weigh "Rose, who has five", "Peg, 91," and what somebody says, Gold: "I did"."""
    if after >= len(around.words):
        return Weight.NONE
    gap, text = around.words[after].gap, around.words[after].text
    if gap in _LABELS or gap[:1] == ":":
        return _weigh_label(around, first, after)
    told = (
        (gap == "," and text in {"who", "whose", "whom"})
        or (gap == "(" and text in _BEGIN_ASIDES)
        or (gap in _AND and text in grammar.PERSON_NOUNS)
    )
    aged = gap in {",", "("} and text.isdigit() and len(text) == 2
    return Weight.when(told, Weight.WEAK if aged else Weight.NONE)


def _weigh_label(around: Surroundings, first: int, after: int) -> Weight:
    """Weigh what is said by one and noted of one: 'Gold: "I did"', "Hope: tearful"."""
    gap = around.words[after].gap
    if len(gap) > 1 and gap[-1] in _QUOTES:
        return Weight.when(not is_loose(around.words[first].text), Weight.WEAK)
    noted = around.begins_sentence(first) and _is_noted(around, after)
    return Weight.WEAK if noted else Weight.NONE


def _is_noted(around: Surroundings, at: int) -> bool:
    """Tell what is noted of one client, with nobody named again: "Hope: tearful, left early"."""
    word = around.words[at].text
    spoke = is_finite(word) and word not in TOPICS and word not in ABSTRACTLY
    return word in grammar.STATES or spoke


def _weigh_company(around: Surroundings, at: int) -> Weight:
    """Weigh "and a volunteer", "and another member"."""
    following = around.following(at)
    if following in grammar.DETERMINERS:
        following = around.following(at + 1)
    return Weight.when(following in grammar.PERSON_NOUNS, Weight.NONE)
