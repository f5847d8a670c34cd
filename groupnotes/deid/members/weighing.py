"""Decide what becomes of a mention that may be no one: block, review or nothing."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from groupnotes.deid.findings import Level
from groupnotes.deid.lexicon import first_name_rank, is_third_person
from groupnotes.deid.members import grammar
from groupnotes.deid.members.abbreviations import NEVER
from groupnotes.deid.members.company import are_two, is_listed
from groupnotes.deid.members.discourse import told_elsewhere
from groupnotes.deid.members.evidence import is_written_as_name, weigh
from groupnotes.deid.members.forms import is_everyday
from groupnotes.deid.members.mentions import Mention
from groupnotes.deid.members.noting import heads_note
from groupnotes.deid.members.shorthand import is_symptom
from groupnotes.deid.members.spanish import is_doubtful_spanish
from groupnotes.deid.members.surroundings import Case, Surroundings
from groupnotes.deid.members.topics import is_among_ideas
from groupnotes.deid.members.weights import Weight
from groupnotes.deid.members.word_kinds import MOMENTS, is_abstract, is_finite
from groupnotes.deid.words import FUNCTION_WORDS, SUFFIXES

_USUAL = 3_000
_FEWEST_ROWS = 3
_ARROWS = frozenset({"→", "->", "-->", "=>", "-", "=", ">"})
_QUOTES = frozenset("\"“'‘")  # noqa: RUF001 - as people type them
_SINGLE = "roster.initial"
_ELSEWHERE = frozenset({"work", "court", "school", "home", "dialysis"})
_GIVEN = frozenset({"roster.first", "roster.preferred"})
_OF_IDEAS = frozenset(
    {"theme", "sense", "feeling", "spirit", "idea", "topic", "lack", "notion", "meaning", "gift"}
    | {"season", "sign", "practice", "kind", "sort", "concept", "absence", "value", "source"}
)
_ROUNDS = 2
_TELLING = 5  # letters of a word that is none, with a capital


def weighed(around: Surroundings, mentions: Sequence[Mention]) -> list[Level | None]:
    """Give the level of each mention, in their order; None where it is taken for a word."""
    surely = {place for one in mentions if one.sure for place in range(one.first, one.after)}
    surely |= _of_table(around, mentions)
    levels = [_level_of_sure(around, one) if one.sure else None for one in mentions]
    for _ in range(_ROUNDS):  # who is told by one beside them, who is told by one beside them
        for at, mention in enumerate(mentions):
            if levels[at] is None:
                levels[at] = _level(around, mention, surely)
                if levels[at] is Level.BLOCK:
                    surely.update(range(mention.first, mention.after))
    _tell_pairs(around, mentions, levels)
    for at in told_elsewhere(around, mentions, levels):
        if not is_among_ideas(around, mentions[at]):
            levels[at] = Level.REVIEW
    return levels


def _tell_pairs(
    around: Surroundings, mentions: Sequence[Mention], levels: list[Level | None]
) -> None:
    """Give review to two who do something together: "Cross & Long gave a ride"."""
    for left, right in pairwise(range(len(mentions))):
        undecided = levels[left] is None or levels[right] is None
        if undecided and are_two(around, mentions[left], mentions[right]):
            levels[left] = levels[left] or Level.REVIEW
            levels[right] = levels[right] or Level.REVIEW


def _level_of_sure(around: Surroundings, mention: Mention) -> Level:
    """Give review to a name spelt otherwise in small letters, where no one is spoken of."""
    if (
        _is_before_things(around, mention)
        or is_doubtful_spanish(around, mention)
        or _is_spoken_of_as_thing(around, mention)
    ):
        return Level.REVIEW
    otherwise = mention.rule.endswith((".plural", ".misspelt"))
    if not otherwise or around.case is Case.UPPER or around.is_capital(mention.first):
        return Level.BLOCK
    told = (
        weigh(around, mention.first, mention.after)
        or around.following(mention.after) in grammar.OWNED
        or around.before(mention.first) == "the"
        or around.begins_sentence(mention.first)
    )
    return Level.BLOCK if told else Level.REVIEW


def _is_before_things(around: Surroundings, mention: Mention) -> bool:
    """Tell "in water, rosa petals": in small letters, where others have capitals."""
    if around.case is not Case.MIXED or around.is_capital(mention.first) or mention.pair:
        return False
    things = around.following(mention.after)
    if around.is_capital(mention.after):
        return False
    plural = things.endswith("s") and is_everyday(things) and not is_third_person(things)
    return plural and not around.begins_sentence(mention.first) and things not in FUNCTION_WORDS


def _is_spoken_of_as_thing(around: Surroundings, mention: Mention) -> bool:
    """Tell "the noor in the room" and "sense of amal", in small letters: words of any language."""
    first, after = mention.first, mention.after
    if around.case is not Case.MIXED or around.is_capital(first) or mention.rule not in _GIVEN:
        return False
    following = around.following(after)
    person = following in grammar.ASSERTING or following in grammar.PERSON_NOUNS
    if after - first > 1 or mention.pair or person or around.is_owner(after):
        return False
    before = around.before(first)
    return before == "the" or (before == "of" and around.before(first - 1) in _OF_IDEAS)


def _level(around: Surroundings, mention: Mention, surely: AbstractSet[int]) -> Level | None:
    listed = is_listed(around, mention, surely)
    if mention.rule.startswith("roster.initial"):
        if listed or _is_tabled(around, mention, surely):
            return Level.BLOCK
        if _is_quoted_speaker(around, mention):
            return Level.BLOCK
        told = mention.pair or (mention.weight and surely) or _heads_line(around, mention)
        told = told or _is_elsewhere(around, mention)
        return Level.REVIEW if told else None
    weight = weigh(around, mention.first, mention.after)
    if weight is not Weight.STRONG and is_among_ideas(around, mention):
        return None
    if _is_surely_named(around, mention, weight, listed=listed):
        return Level.REVIEW if _is_name_itself(around, mention) else Level.BLOCK
    word = around.words[mention.first].text
    pair = mention.pair and word not in grammar.MODALS
    doubtful = weight or listed or pair or _is_doubtful(around, mention)
    return Level.REVIEW if doubtful else None


def _is_surely_named(
    around: Surroundings, mention: Mention, weight: Weight, *, listed: bool
) -> bool:
    first, after = mention.first, mention.after
    if around.is_disguised(first, after) or _is_suffixed(around, mention):
        return True
    known = mention.pair or not is_everyday(around.words[first].text)
    told = weight is Weight.STRONG or (weight and mention.pair)
    if told and known and around.begins_sentence(first):
        return True
    if not around.is_name_capital(first):
        return False
    if weight is Weight.STRONG or listed:
        return True
    if around.is_quoted(first, after) and not weight:
        return False
    word = around.words[first].text
    telling = len(word) >= _TELLING and not is_everyday(word)
    return telling or is_written_as_name(around, first, after)


def _is_name_itself(around: Surroundings, mention: Mention) -> bool:
    """Tell "Elsa", who may be someone else, though it is near to a name of a client."""
    rank = first_name_rank(around.words[mention.first].text)
    return mention.rule.endswith(".misspelt") and rank is not None and rank < _USUAL


def _is_doubtful(around: Surroundings, mention: Mention) -> bool:
    """Tell what a reader has to look at, though the words around do not speak of a person."""
    word, capital = around.words[mention.first].text, around.is_name_capital(mention.first)
    if around.is_quoted(mention.first, mention.after):
        return capital and mention.rule.startswith(("roster.alias", "roster.nick"))
    if around.is_enclosed(mention.first, mention.after):
        return capital
    if is_everyday(word):
        if capital and around.before(mention.first) == "the" and _is_surname(mention):
            return not around.is_capital(mention.after)
        return _is_label(around, mention) or (capital and _is_without_apostrophe(around, mention))
    if mention.rule.endswith(".plural"):
        return True
    return capital and not around.written(mention.first).isupper()


def _is_surname(mention: Mention) -> bool:
    return mention.rule.startswith("roster.last")


def _is_without_apostrophe(around: Surroundings, mention: Mention) -> bool:
    """Tell "Angels pen ran dry"."""
    owned, verb = around.following(mention.after), around.following(mention.after + 1)
    return (
        mention.rule.endswith(".plural")
        and is_everyday(owned)
        and owned not in FUNCTION_WORDS
        and not is_finite(owned)
        and is_finite(verb)
    )


def _of_table(around: Surroundings, mentions: Sequence[Mention]) -> set[int]:
    """Give the places of initials with a number each, "TP 6, SO 4, GW 7", if they are many."""
    rows = [
        one.first
        for one in mentions
        if one.rule.startswith("roster.initial") and _cell(around, one.after) == "number"
    ]
    return set(rows) if len(rows) >= _FEWEST_ROWS else set()


def _is_tabled(around: Surroundings, mention: Mention, surely: AbstractSet[int]) -> bool:
    """Tell one of a table of people: "S.F. 8, NL 15", "SB: 100; IF: 100"."""
    kind = _cell(around, mention.after)
    return bool(kind) and any(_cell(around, place + 1) == kind for place in surely)


def _heads_line(around: Surroundings, mention: Mention) -> bool:
    """Tell "TB: passed", though TB is an illness too."""
    word = around.words[mention.first].text
    if mention.after - mention.first > 1 or len(word) == 1 or is_symptom(word) or word in NEVER:
        return False
    capitals = around.is_name_capital(mention.first) and around.written(mention.first).isupper()
    return capitals and heads_note(around, mention.first, mention.after) == "label"


def _is_elsewhere(around: Surroundings, mention: Mention) -> bool:
    """Tell "RK at work." where a sentence has no more."""
    first, after = mention.first, mention.after
    if around.following(after) != "at" or around.following(after + 1) not in _ELSEWHERE:
        return False
    capitals = around.is_name_capital(first) and around.written(first).isupper()
    alone = not around.following(after + 2) and len(around.words[first].text) > 1
    return capitals and alone and around.begins_sentence(first)


def _is_quoted_speaker(around: Surroundings, mention: Mention) -> bool:
    """Tell 'HS: "I did"'."""
    if heads_note(around, mention.first, mention.after) != "label":
        return False
    return around.words[mention.after].gap[-1:] in _QUOTES and len(mention.rule) > len(_SINGLE)


def _cell(around: Surroundings, at: int) -> str:
    """Tell what stands behind a name in a table: a number, or anything behind a colon or arrow."""
    if at >= len(around.words):
        return ""
    word = around.words[at]
    if word.gap in {"", ".", ":"} and word.text.isdigit():
        return "number"
    if word.gap[:1] == ":":
        return "colon"
    spaced = word.start > around.words[at - 1].end + 1
    return "arrow" if spaced and word.gap in _ARROWS and around.begins_sentence(at - 1) else ""


def _is_label(around: Surroundings, mention: Mention) -> bool:
    """Tell the name before what is noted of one client: "rusty: shingles", "Grant - no change"."""
    if mention.after >= len(around.words) or not around.begins_sentence(mention.first):
        return False
    last, behind = around.words[mention.after - 1], around.words[mention.after]
    apart = behind.gap in _ARROWS and behind.start > last.end + 1
    word = around.words[mention.first]
    told = not is_abstract(word.text) or (
        word.text in MOMENTS and around.written(mention.first).isupper()
    )
    return (behind.gap == ":" or apart) and told


def _is_suffixed(around: Surroundings, mention: Mention) -> bool:
    """Tell "Will Jr."."""
    return around.following(mention.after) in SUFFIXES and mention.after - mention.first == 1
