"""A text and its words, asked about the words beside one of them."""

from collections.abc import Sequence
from enum import Enum

from groupnotes.deid.folding import Folded
from groupnotes.deid.lazily import once
from groupnotes.deid.sentences import begins_sentence
from groupnotes.deid.tokens import Word

_QUOTES = frozenset("\"'“”‘’«»")  # noqa: RUF001 - as people type them
_MOST_UPPER = 4
_PLAIN = frozenset({""})
_LATIN = 0x24F
_LONGEST_HEADING = 3


class Case(Enum):
    """How a text is typed; capitals tell nothing where there are none, or nothing else."""

    MIXED = "mixed"
    LOWER = "lower"
    UPPER = "upper"


def case_of(text: str) -> Case:
    """Tell how a text is typed: "PHQ" and "DBT" alone are no use of capitals."""
    upper = sum(map(str.isupper, text))
    lower = sum(map(str.islower, text))
    if upper > _MOST_UPPER * lower:
        return Case.UPPER
    if lower and upper and any(_begins_high(word) for word in text.split()):
        return Case.MIXED
    return Case.LOWER if lower else Case.MIXED


def _begins_high(word: str) -> bool:
    letters = word.lstrip("\"'“‘([-•*")  # noqa: RUF001 - as people type them
    alone = len(letters) == 1 and letters != "I"
    return letters[:1].isupper() and (alone or letters[1:2].islower())


class Surroundings:
    """A text with its words; they are asked for by their place."""

    def __init__(self, text: str, folded: Folded, words: Sequence[Word]) -> None:
        self.text = text
        self.folded = folded
        self.words = words
        self._capitals: dict[int, bool] = {}
        self._beginnings: dict[int, bool] = {}

    @once
    def vocabulary(self) -> frozenset[str]:
        """Give the words of the text, to skip what looks for others."""
        return frozenset(word.text for word in self.words)

    @once
    def case(self) -> Case:
        return case_of(self.text)

    def written(self, at: int) -> str:
        """Give a word as it stands in the text."""
        start, end = self.folded.span(self.words[at].start, self.words[at].end)
        return self.text[start:end]

    def is_capital(self, at: int) -> bool:
        known = self._capitals.get(at)
        if known is None:
            known = at < len(self.words) and self.written(at)[:1].isupper()
            self._capitals[at] = known
        return known

    def is_name_capital(self, at: int) -> bool:
        """Tell a capital that means something: the text has small letters too."""
        return self.case is Case.MIXED and self.is_capital(at)

    def is_disguised(self, first: int, after: int) -> bool:
        """Tell words with letters that are hidden, or of another script and read as Latin."""
        start, _ = self.folded.span(self.words[first].start, self.words[first].end)
        _, end = self.folded.span(self.words[after - 1].start, self.words[after - 1].end)
        written = self.text[start:end].rstrip("\u200b\u200c\u200d\u2060\ufeff\xad")
        if written.isascii():
            return False
        plain = self.folded.text[self.words[first].start : self.words[after - 1].end]
        return plain.isascii() and any(_is_of_a_disguise(character) for character in written)

    def begins_sentence(self, at: int) -> bool:
        known = self._beginnings.get(at)
        if known is None:
            start, _ = self.folded.span(self.words[at].start, self.words[at].end)
            known = self._beginnings[at] = begins_sentence(self.text, start)
        return known

    def begins_part(self, at: int) -> bool:
        """Tell what stands behind a dash between blanks: "Topic - Grace"."""
        if at == 0 or self.words[at].gap != "-":
            return False
        start, end = self.words[at].start, self.words[at - 1].end
        return self.folded.text[start - 1] != "-" and self.folded.text[end] != "-"

    def before(self, at: int, gaps: frozenset[str] = _PLAIN) -> str:
        """Give the word right before, "" where a sentence or a part of it ends between."""
        if at <= 0:
            return ""
        word, before = self.words[at], self.words[at - 1].text
        if word.gap == "/" and before == "w":
            return "with"
        return "" if word.gap not in gaps or word.new_line else before

    def before_colon(self, at: int) -> tuple[str, ...]:
        """Give the words of a heading right before a place: "Present (6): "."""
        if at <= 0 or self.words[at].gap[-1:] not in {":", "-"}:
            return ()
        return tuple(word.text for word in self.words[max(0, at - _LONGEST_HEADING) : at])

    def before_quote(self, at: int) -> str:
        """Give the word before one that stands in quotation marks."""
        return self.words[at - 1].text if at and self.words[at].gap in _QUOTES else ""

    def following(self, at: int) -> str:
        """Give the word at a place when nothing but blanks stands before it."""
        if at >= len(self.words) or self.words[at].gap or self.words[at].new_line:
            return ""
        return self.words[at].text

    def is_complaining(self, at: int) -> bool:
        """Tell "c/o", which in a clinician's note somebody does."""
        if self.following(at) != "c" or at + 1 >= len(self.words):
            return False
        return self.words[at + 1].text == "o" and self.words[at + 1].gap == "/"

    def follows_point(self, at: int) -> bool:
        """Tell whether a point stands right behind a word."""
        end = self.words[at].end
        return self.folded.text[end : end + 1] == "."

    def is_owner(self, after: int) -> bool:
        """Tell a possessive: the s behind an apostrophe."""
        if after >= len(self.words):
            return False
        word = self.words[after]
        return word.text == "s" and word.gap in {"'", ".'"}

    def is_enclosed(self, first: int, after: int) -> bool:
        """Tell words that are alone in brackets."""
        start, end = self.words[first].start, self.words[after - 1].end
        return self.folded.text[start - 1 : start] == "(" and self.folded.text[end : end + 1] == ")"

    def is_quoted(self, first: int, after: int) -> bool:
        """Tell words that are alone in quotation marks."""
        start, _ = self.folded.span(self.words[first].start, self.words[first].end)
        _, end = self.folded.span(self.words[after - 1].start, self.words[after - 1].end)
        return self.text[start - 1 : start] in _QUOTES and self.text[end : end + 1] in _QUOTES


def _is_of_a_disguise(character: str) -> bool:
    return character == "\xad" or (
        ord(character) > _LATIN and not "\u0300" <= character <= "\u036f"
    )
