"""A run of words with capitals, and the words around it."""

from dataclasses import dataclass, replace

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.lazily import once
from groupnotes.deid.strangers.scene import Scene
from groupnotes.deid.strangers.tokens import Token

_WITH_POSSESSIVE = frozenset(
    """
    women's men's children's veteran's lowe's macy's kohl's wendy's denny's mcdonald's arby's
    applebee's chili's culver's domino's levi's michael's sam's trader joe's dick's carl's
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
"""What is a name with its 's, and none without."""
_WINDOW = 5
_PASSED_OVER = frozenset({"the", "a", "her", "his", "their", "our", "old"})


@dataclass(frozen=True)
class Run:
    """Words with capitals from ``first`` up to, not including, ``after``."""

    scene: Scene
    first: int
    after: int

    @once
    def tokens(self) -> list[Token]:
        return list(self.scene.tokens[self.first : self.after])

    @once
    def words(self) -> tuple[str, ...]:
        return tuple(token.word for token in self.tokens)

    @property
    def opens(self) -> bool:
        """Tell a run that begins a sentence, where any word has a capital."""
        return self.scene.tokens[self.first].opens

    @property
    def next_word(self) -> str:
        return self.scene.word(self.after)

    @property
    def next_token(self) -> Token | None:
        tokens = self.scene.tokens
        return tokens[self.after] if self.after < len(tokens) else None

    @once
    def cue(self) -> str:
        """Give the word before, in the same clause; articles are passed over."""
        scene = self.scene
        place = self.first - 1
        while place >= 0 and scene.word(place) in _PASSED_OVER:
            place -= 1
        between = range(place + 1, self.first + 1)
        if place < 0 or any(scene.tokens[inner].opens for inner in between):
            return ""
        return scene.word(place)

    @once
    def before(self) -> list[str]:
        """Give the words of the clause before, the nearest last."""
        words: list[str] = []
        for token in self.scene.tokens[max(0, self.first - _WINDOW) : self.first]:
            if token.opens:
                words.clear()
            words.append(token.word)
        return words

    def __bool__(self) -> bool:
        return self.after > self.first

    def __len__(self) -> int:
        return self.after - self.first

    def finding(self, category: Category, rule: str, level: Level) -> Finding:
        found = self.scene.finding(self.first, self.after, category, rule, level)
        last = self.tokens[-1]
        if last.possessive and f"{last.word}'s" in _WITH_POSSESSIVE:
            return replace(found, end=self.scene.reading.folded.span(last.start, last.end + 2)[1])
        return found
