"""How surely a word is used as a person's name, by how it is written and by the words around it."""

from collections.abc import Sequence
from enum import Enum, IntEnum
from functools import cached_property

from groupnotes.deid import grammar
from groupnotes.deid.folding import Folded
from groupnotes.deid.forms import is_everyday
from groupnotes.deid.sentences import begins_sentence
from groupnotes.deid.tokens import Word

_ENDS = frozenset(".!?;:•*\n")
_QUOTES = frozenset("\"'“”‘’«»")  # noqa: RUF001 - as people type them
_MOST_OF_A_LINE = 0.6
_FEWEST_OF_A_HEADING = 3


class Case(Enum):
    """How a text is typed; capitals tell nothing where there are none, or nothing else."""

    MIXED = "mixed"
    LOWER = "lower"
    UPPER = "upper"


class Weight(IntEnum):
    """How much speaks for a person."""

    NONE = 0
    WEAK = 1
    STRONG = 2


class Surroundings:
    """A text with its words, asked about some of them."""

    def __init__(self, text: str, folded: Folded, words: Sequence[Word]) -> None:
        self.text = text
        self.folded = folded
        self.words = words

    @cached_property
    def case(self) -> Case:
        return case_of(self.text)

    def written(self, at: int) -> str:
        """Give a word as it stands in the text."""
        start, end = self.folded.span(self.words[at].start, self.words[at].end)
        return self.text[start:end]

    def is_capital(self, at: int) -> bool:
        return self.written(at)[:1].isupper()

    def begins_sentence(self, at: int) -> bool:
        return begins_sentence(self.text, self.folded.span(self.words[at].start, self.words[at].end)[0])

    def before(self, at: int, gaps: frozenset[str] = frozenset({""})) -> str:
        """Give the word right before, "" where a sentence or a part of it ends between."""
        word = self.words[at]
        if at == 0 or word.gap not in gaps or word.new_line:
            return ""
        return self.words[at - 1].text

    def following(self, at: int) -> str:
        """Give the word at a place when nothing but blanks stands before it."""
        if at >= len(self.words) or self.words[at].gap or self.words[at].new_line:
            return ""
        return self.words[at].text

    def follows_point(self, at: int) -> bool:
        """Tell whether a point stands right behind a word."""
        end = self.words[at].end
        return self.folded.text[end : end + 1] == "."

    def is_owner(self, after: int) -> bool:
        """Tell a possessive: the s behind an apostrophe."""
        if after >= len(self.words):
            return False
        word = self.words[after]
        return word.text == "s" and word.gap == "'"


def case_of(text: str) -> Case:
    """Tell how a text is typed, by most of its letters."""
    upper = sum(map(str.isupper, text))
    lower = sum(map(str.islower, text))
    if upper > 4 * lower:
        return Case.UPPER
    return Case.LOWER if upper * 50 < lower and not upper > 2 else Case.MIXED


def weigh(around: Surroundings, first: int, after: int) -> Weight:
    """Weigh what the words around those from ``first`` up to ``after`` tell of a person."""
    return max(_weigh_before(around, first), _weigh_after(around, first, after))


def is_written_as_name(around: Surroundings, first: int, after: int) -> bool:
    """Tell "when An spoke" from "an hour", "An hour", "AN HOUR", "An Hour of Peace"."""
    if around.case is not Case.MIXED:
        return False
    written = around.written(first)
    if not written[0].isupper() or (written.isupper() and len(written) > 1):
        return False
    if around.begins_sentence(first) or is_in_heading(around, first):
        return False
    return not (_is_month(around, first, after) or _is_titled(around, first, after))


def _weigh_before(around: Surroundings, first: int) -> Weight:
    word = around.words[first].text
    before = around.before(first, frozenset({"", "."}))
    if before in grammar.TITLES and (around.words[first].gap == "." or around.is_capital(first)):
        return Weight.STRONG
    before = around.before(first)
    if not before or word in grammar.MODALS:
        return Weight.NONE
    capital = around.is_capital(first) and around.case is Case.MIXED
    if before in grammar.ADDRESSED_ONLY:
        return Weight.STRONG
    if before in grammar.PERSON_NOUNS or before in grammar.KIN:
        return Weight.STRONG if capital else Weight.WEAK
    phrases = _phrases_before(around, first)
    if phrases & grammar.STRONG_PHRASES:
        return Weight.STRONG
    if capital and (before in grammar.ADDRESSED or phrases & grammar.ADDRESSING_PHRASES):
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
    if around.is_owner(after):
        owned = around.following(after + 1)
        return Weight.STRONG if owned in grammar.OWNED else Weight.NONE
    following = around.following(after)
    if not following:
        return Weight.NONE
    modal = around.words[first].text in grammar.MODALS
    if modal and following in grammar.BARE_VERBS:
        return Weight.NONE
    then = around.following(after + 1)
    if following in grammar.ASSERTING:
        return Weight.WEAK if then in {"by", "among", "across"} else Weight.STRONG
    if following in {"was", "is"}:
        return Weight.WEAK if then in grammar.STATES else Weight.NONE
    if following in grammar.SPEAKING:
        return Weight.NONE if then in {"by", "as", "among", "to", "up", "in"} else Weight.WEAK
    if following in {"and", "or"}:
        return _weigh_company(around, after + 1)
    return Weight.NONE


_DETERMINERS = frozenset("a an another the two three other one some several her his their".split())


def _weigh_company(around: Surroundings, at: int) -> Weight:
    """Weigh "and a volunteer", "and another member"."""
    following = around.following(at)
    if following in _DETERMINERS:
        following = around.following(at + 1)
    return Weight.STRONG if following in grammar.PERSON_NOUNS else Weight.NONE


def _is_month(around: Surroundings, first: int, after: int) -> bool:
    word = around.words[first].text
    if word not in grammar.MONTHS and word not in grammar.SEASONS:
        return False
    following = around.words[after].text if after < len(around.words) else ""
    return (
        around.before(first) in grammar.TEMPORAL
        or around.before(first, frozenset({"-"})) == "mid"
        or following[:1].isdigit()
    )


def _is_titled(around: Surroundings, first: int, after: int) -> bool:
    """Tell the name of a thing, "Serenity Prayer", from that of a person."""
    following = around.following(after)
    if following and around.is_capital(after) and is_everyday(following):
        return True
    before = around.before(first, frozenset({"", "-"}))
    return bool(
        before
        and around.is_capital(first - 1)
        and not around.begins_sentence(first - 1)
        and before not in grammar.TITLES
        and before not in grammar.PERSON_NOUNS
        and is_everyday(before)
    )


def is_in_heading(around: Surroundings, at: int) -> bool:
    """Tell a line in which most words have a capital."""
    first = after = at
    while first > 0 and not around.words[first].new_line and at - first < 12:
        first -= 1
    while after + 1 < len(around.words) and not around.words[after + 1].new_line and after - at < 12:
        after += 1
    line = range(first, after + 1)
    capitals = sum(around.is_capital(one) for one in line)
    return len(line) >= _FEWEST_OF_A_HEADING and capitals > _MOST_OF_A_LINE * len(line)


def is_quoted(around: Surroundings, first: int, after: int) -> bool:
    """Tell a word that is alone in quotation marks."""
    start, _ = around.folded.span(around.words[first].start, around.words[first].end)
    _, end = around.folded.span(around.words[after - 1].start, around.words[after - 1].end)
    return around.text[start - 1 : start] in _QUOTES and around.text[end : end + 1] in _QUOTES
