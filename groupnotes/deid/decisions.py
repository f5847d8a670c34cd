"""What was decided about words that a check found; pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from groupnotes.deid.findings import Finding, Level
from groupnotes.deid.folding import fold


@dataclass(frozen=True, slots=True)
class Decisions:
    """The words of one text, made ``alike``, that identify nobody or must stay, as its writer says.

    Words that were ``dismissed`` are passed over where they are only to be reviewed; those that
    were ``kept``, with a reason, wherever they stand in the text.
    """

    dismissed: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()

    def open_in(self, text: str, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings about which nothing was decided."""
        return [finding for finding in findings if not self._settles(text, finding)]

    def _settles(self, text: str, finding: Finding) -> bool:
        words = alike(text[finding.start : finding.end])
        return words in self.kept or (finding.level is Level.REVIEW and words in self.dismissed)


def alike(words: str) -> str:
    """Return words as decisions compare them: folded, whatever the blanks between them."""
    return " ".join(fold(words).text.split())
