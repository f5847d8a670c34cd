"""Names that are part of the name of a thing: "South Dakota", "Ruth-less", "an earl grey"."""

from collections.abc import Sequence
from itertools import pairwise

from groupnotes.deid.lexicon import is_name_word, is_word
from groupnotes.deid.members.grammar import ADDRESSED, PERSON_NOUNS
from groupnotes.deid.members.mentions import Mention
from groupnotes.deid.members.spanish import is_spanish_word
from groupnotes.deid.members.surroundings import Surroundings
from groupnotes.deid.members.word_kinds import is_loose
from groupnotes.deid.states import STATES
from groupnotes.deid.tokens import Word

_BEHIND_HYPHEN = frozenset(
    """
    like less ish esque style type free scented colored coloured haired throated eyed shaped themed
    flavored print inspired
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_WORDS = frozenset({"word", "words", "term", "phrase", "noun", "adjective", "verb"})
_OPENS = frozenset({"", '"', "'", ':"', "\u201c", "\u2018"})
_MEANS = frozenset({"means", "meaning", "meant"})
_LANGUAGES = frozenset(
    """
    english spanish french german italian portuguese latin greek hebrew arabic turkish persian farsi
    russian polish ukrainian swahili hindi urdu tagalog mandarin chinese japanese korean vietnamese
    navajo cherokee lakota ojibwe gaelic irish welsh yiddish sanskrit amharic somali yoruba igbo
    creole
    """.split()  # noqa: SIM905 - as above
)
_SUBJECTS = frozenset(
    """
    i you he she they we it anyone anybody someone somebody everyone everybody nobody there this
    that these those my your his her their our all
    """.split()  # noqa: SIM905 - as above
)
_DEFINING = frozenset({"when", "what"})
_LETTERS = frozenset({"capital", "big", "small", "little", "lowercase", "uppercase"})
_LINES = frozenset({"hotline", "helpline", "lifeline", "warmline", "quitline"})
_CRISIS = frozenset({"988", "911", "211", "741741", "crisis", "hotline", "lifeline", "suicide"})
_NEAR_LINE = 9
_HYPHENS = frozenset("-\u2010\u2011")
_PARTED = frozenset(",;:!?()")
_SHORTEST_PART = 3
_LONGEST_PHRASE = 5
_HYPHEN = frozenset({"", "-"})
_TWO_WORDS = frozenset(tuple(name.split()) for name in STATES if " " in name)


def no_things(around: Surroundings, mentions: Sequence[Mention]) -> list[Mention]:
    """Leave out what is of things; two clients side by side are no "Romeo and Juliet"."""
    things = [is_of_a_thing(around, one) for one in mentions]
    for at, (left, right) in enumerate(pairwise(mentions)):
        if things[at] and things[at + 1] and _are_two(around, left, right):
            things[at] = things[at + 1] = False
    return [one for one, thing in zip(mentions, things, strict=True) if not thing]


def _are_two(around: Surroundings, left: Mention, right: Mention) -> bool:
    between = [word.text for word in around.words[left.after : right.first]]
    listed = not between and around.words[right.first].gap in {"&", ",", "/", "+"}
    return (listed or between == ["and"]) and not left.holders & right.holders


def is_of_a_thing(around: Surroundings, mention: Mention) -> bool:
    """Tell a single name that belongs to what is no person."""
    if mention.after != mention.first + 1:
        return False
    word = around.words[mention.first].text
    return (
        _is_of_public_phrase(around, mention.first)
        or (around.before(mention.first, _HYPHEN), word.removesuffix("s")) in _TWO_WORDS
        or (word, around.following(mention.after)) in _TWO_WORDS
        or _has_ending(around, mention)
        or _is_of_compound(around, mention)
        or _is_a_word_spoken_of(around, mention)
        or _is_counted(around, mention)
        or _asks_or_wishes(around, mention)
        or _names_line(around, mention.after)
        or _heads_count(around, mention)
        or _is_without_verb(around, mention)
        or is_spanish_word(around, mention)
    )


def _is_of_public_phrase(around: Surroundings, at: int) -> bool:
    """Tell a word of "Mary Poppins", of "Bill W." and of "Kübler-Ross"."""
    from groupnotes.deid.strangers.allowing import public_phrases  # noqa: PLC0415 - read at first use

    known = public_phrases().longer
    for first in range(max(0, at - _LONGEST_PHRASE + 1), at + 1):
        spelt = _without_possessives(around, first)
        for phrase in known.get((spelt[0].text, spelt[1].text), ()) if len(spelt) > 1 else ():
            words = spelt[: len(phrase)]
            if tuple(word.text for word in words) == phrase and around.words[at] in words:
                return True
    return False


def _without_possessives(around: Surroundings, first: int) -> list[Word]:
    """Give the words of one line from a place on, but for each 's."""
    words = [around.words[first]]
    for word in around.words[first + 1 : first + 2 * _LONGEST_PHRASE]:
        if word.new_line or not _PARTED.isdisjoint(word.gap):
            break
        if word.text != "s" or word.gap != "'":
            words.append(word)
    return words


def _has_ending(around: Surroundings, mention: Mention) -> bool:
    """Tell "Ruth-less" and "brooke-like" from "Anne-Marie"."""
    words, behind = around.words, mention.after
    return (
        behind < len(words)
        and words[behind].gap == "-"
        and words[behind].text in _BEHIND_HYPHEN
        and words[behind].start == words[mention.first].end + 1
    )


def _is_of_compound(around: Surroundings, mention: Mention) -> bool:
    """Tell "Ivy-covered" and "dawn-to-dusk" from "Anne-Marie" and "Hope-Delgado"."""
    words, behind = around.words, mention.after
    if behind >= len(words) or words[behind].gap != "-":
        return False
    part = words[behind]
    joined = part.start == words[mention.first].end + 1
    start, _ = around.folded.span(part.start - 1, part.end)
    joined = joined and around.text[start] in _HYPHENS
    plain = is_word(part.text) and not is_name_word(part.text) and not around.is_capital(behind)
    return joined and plain and (len(part.text) >= _SHORTEST_PART or part.text == "to")


def _is_a_word_spoken_of(around: Surroundings, mention: Mention) -> bool:
    """Tell "the word sole", "in Spanish, rosa", "noor = light" and "chuy is no word in"."""
    words, first, after = around.words, mention.first, mention.after
    if around.following(after) == "is" and around.following(after + 1) in {"a", "no", "the"}:
        return around.following(after + 2) in _WORDS
    if _is_defined(around, first, after):
        return True
    if around.is_capital(first) and not around.is_quoted(first, after):
        return False
    before = words[first - 1].text if first else ""
    if before in _WORDS and words[first].gap in _OPENS and not words[first].new_line:
        return True
    if before in _LANGUAGES and words[first].gap in _OPENS | {",", ":", ',"'}:
        return first > 1 and words[first - 2].text == "in" and not around.following(after)
    behind = words[after] if after < len(words) else None
    return behind is not None and (behind.gap == "=" or around.following(after) in _MEANS)


def _is_defined(around: Surroundings, first: int, after: int) -> bool:
    """Tell "Rich is when you stop counting" and "Art with a capital A"."""
    verb, then = around.following(after), around.following(after + 1)
    if verb in {"with", "w"} and then == "a":
        return around.following(after + 2) in _LETTERS
    return verb == "is" and then in _DEFINING and is_loose(around.words[first].text)


def _is_without_verb(around: Surroundings, mention: Mention) -> bool:
    """Tell "Frank talk all round" and "sage nods all around", where nobody does a thing."""
    everyone = around.following(mention.after + 1), around.following(mention.after + 2)
    return everyone in {("all", "round"), ("all", "around")}


def _is_counted(around: Surroundings, mention: Mention) -> bool:
    """Tell "an earl grey" and "no mike": in small letters, and with an article."""
    article = around.before(mention.first) in {"a", "an", "no"}
    return article and not around.is_capital(mention.first)


def _asks_or_wishes(around: Surroundings, mention: Mention) -> bool:
    """Tell "Will they eat?" and "May I be safe" from "told Will they" and "Will. They"."""
    if around.words[mention.first].text not in {"will", "may"}:
        return False
    told = around.before(mention.first) in ADDRESSED | PERSON_NOUNS
    return not told and around.following(mention.after) in _SUBJECTS


def _names_line(around: Surroundings, behind: int) -> bool:
    """Tell "the Trevor Project" and, beside a number for everyone, "Trevor line"."""
    following = around.following(behind)
    if following in _LINES:
        return True
    near = {word.text for word in around.words[max(0, behind - _NEAR_LINE) : behind + _NEAR_LINE]}
    return following == "line" and not near.isdisjoint(_CRISIS)


def _heads_count(around: Surroundings, mention: Mention) -> bool:
    """Tell "Miles walked: 3, 0, 2" and "Weeks attended: 8" from "Miles: walked"."""
    words, verb = around.words, mention.after
    if not words[mention.first].text.endswith("s") or verb + 1 >= len(words):
        return False
    counted = words[verb + 1].gap[:1] in {":", "="} and words[verb + 1].text.isdigit()
    return counted and around.following(verb).endswith(("ed", "en", "t"))
