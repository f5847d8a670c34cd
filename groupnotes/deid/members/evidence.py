"""How surely a word is used as a person's name, by how it is written and by the words around it."""

from groupnotes.deid.lexicon import is_verb
from groupnotes.deid.members import grammar
from groupnotes.deid.members.forms import is_everyday
from groupnotes.deid.members.introductions import weigh_introduction
from groupnotes.deid.members.noting import weigh_note
from groupnotes.deid.members.predicates import weigh_predicate
from groupnotes.deid.members.surroundings import Case, Surroundings
from groupnotes.deid.members.weights import Weight
from groupnotes.deid.members.word_kinds import (
    ADJECTIVES,
    CAPITALISED,
    MASS,
    MODAL_VERBS,
    is_abstract,
    is_finite,
)

_MOST_OF_A_LINE = 0.6
_FEWEST_OF_A_HEADING = 3
_FARTHEST = 12
_ACTIVITIES = frozenset(
    """
    therapy class classes group supplies project projects room show teacher studio history table
    journal lesson lessons hour night activity activities festival fair museum exhibit world
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
"""What art and music have: "Art therapy" is no Art's."""
_BEFORE_ADJECTIVES = frozenset(
    "is be was being are were so very too more as feel feels".split()  # noqa: SIM905
)
_BEFORE_NOUNS = frozenset({"the", "a", "an", "this", "that", "every", "each", "no"})
_BEGIN_CLAUSES = grammar.SAID | frozenset(
    """
    that how because think thinks thought feel feels felt believe believes knows knew until when if
    where why whether but so
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_FELT = frozenset({"feels", "thinks", "believes", "wants", "wanted"})
"""What is said of hope as well."""
_DONE_BY_PEOPLE = grammar.ASSERTING - _FELT
_HYPHEN = frozenset({"", "-"})


def weigh(around: Surroundings, first: int, after: int) -> Weight:
    """Weigh what the words around those from ``first`` up to ``after`` tell of a person."""
    before, following = around.before(first), around.following(after)
    counted = before in grammar.DETERMINERS
    if before == "that":  # "he joked that hope drove"
        counted = not is_finite(following) and following not in MODAL_VERBS
    if not around.is_name_capital(first) and (
        counted or _is_of_noun_phrase(around, first) or _is_idea_of_clause(around, first, after)
    ):
        return Weight.NONE
    rules = (weigh_introduction, weigh_predicate, weigh_note)
    return max(rule(around, first, after) for rule in rules)


def _is_idea_of_clause(around: Surroundings, first: int, after: int) -> bool:
    """Tell "she said hope feels dangerous" from "she said hope left": small among capitals."""
    verb, then = around.following(after), around.following(after + 1)
    if around.case is not Case.MIXED or around.words[first].text not in MASS or not verb:
        return False
    if around.before(first) not in _BEGIN_CLAUSES:
        return False
    person = verb in _DONE_BY_PEOPLE or then in grammar.STATES
    return not person and verb not in grammar.STATES and not around.is_owner(after)


def _is_of_noun_phrase(around: Surroundings, first: int) -> bool:
    """Tell "the velvet rose was", "9 min flat" and "pain that is sharp took us"."""
    before, word = around.before(first), around.words[first].text
    if before.isdigit() and around.words[first - 1].gap not in {":", "/", "-"}:
        return True
    asked = before == "how" and not around.following(first + 1).endswith("ing")
    adjective = word in ADJECTIVES and (asked or before in _BEFORE_ADJECTIVES)
    if adjective or (word in MASS and before == "of") or _is_object(around, first):
        return True
    if around.before(first - 1) not in _BEFORE_NOUNS or not before:
        return False
    acts = around.following(first + 1) in grammar.ASSERTING
    person = acts or before in grammar.PERSON_NOUNS or before in grammar.KIN
    return not person and is_everyday(before) and not is_finite(before)


def _is_object(around: Surroundings, first: int) -> bool:
    """Tell "to count miles walked" from "Miles walked out": in small letters, behind a verb."""
    word, before = around.words[first].text, around.before(first)
    plural = word.endswith("s") and is_abstract(word)
    verb = is_verb(before) and before not in grammar.SAID and before not in grammar.ADDRESSED
    return plural and verb and around.case is Case.MIXED


def is_written_as_name(around: Surroundings, first: int, after: int) -> bool:
    """Tell "when An spoke" from "An hour", "An Hour of Peace": what has a capital that counts."""
    written = around.written(first)
    if (written.isupper() and len(written) > 1) or around.words[first].text in CAPITALISED:
        return False
    if around.before(first) in grammar.ARTICLES and not is_finite(around.following(after)):
        return False
    return not (
        around.begins_sentence(first)
        or around.begins_part(first)
        or is_in_heading(around, first)
        or _is_titled(around, first, after)
    )


def _is_titled(around: Surroundings, first: int, after: int) -> bool:
    """Tell the name of a thing, "Serenity Prayer", from that of a person."""
    following = around.following(after)
    if following in _ACTIVITIES and around.words[first].text in MASS:
        return True
    if following and around.is_capital(after) and is_everyday(following):
        return not is_finite(following)
    before = around.before(first, _HYPHEN)
    return (
        len(before) > 1
        and is_everyday(before)
        and around.is_capital(first - 1)
        and not around.begins_sentence(first - 1)
        and before not in grammar.TITLES
        and before not in grammar.PERSON_NOUNS
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
