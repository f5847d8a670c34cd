"""The words of a text as the rules on strangers share them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.reading import Reading
from groupnotes.deid.strangers.allowing import Allowance
from groupnotes.deid.strangers.tokens import Token

Known = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Scene:
    """A text in words, which of them are allowed, and which someone else's rule has found."""

    reading: Reading
    tokens: Sequence[Token]
    allowed: Allowance
    known: Known

    def is_free(self, place: int, *, announced: bool = False) -> bool:
        """Tell a word that is neither allowed nor found already.

        Where a name is ``announced`` an author or a brand that people are called too is one, and
        so is a namesake of someone famous.
        """
        allowed = self.allowed
        if announced:
            stands = place in allowed.surely and place not in allowed.people
        else:
            stands = place in allowed.surely or place in allowed.likely
        if stands:
            return False
        return not self.is_known(place)

    def is_known(self, place: int) -> bool:
        """Tell a word that the roster or an identifier explains."""
        token = self.tokens[place]
        return self.known(*self.reading.folded.span(token.start, token.end))

    def word(self, place: int) -> str:
        """Give a word by number; beyond the ends of the text there is none."""
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""

    def is_high(self, place: int) -> bool:
        return 0 <= place < len(self.tokens) and self.tokens[place].high

    def finding(
        self, first: int, after: int, category: Category, rule: str, level: Level
    ) -> Finding:
        span = self.tokens[first].start, self.tokens[after - 1].end
        return self.reading.finding(span, category, rule, level)
