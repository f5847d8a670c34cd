"""Find people who are not on the roster, places, and organizations.

Where capitals say something, they are read in runs ("Second Wind Bike Shop") with the words
around. In a note all in small letters or all in capitals, the lists of names and towns are
asked, and only beside a word that announces a name.
"""

from collections.abc import Iterator
from functools import lru_cache

from groupnotes.deid.circumstances import Circumstances
from groupnotes.deid.findings import Finding
from groupnotes.deid.folding import Folded
from groupnotes.deid.overlaps import settled
from groupnotes.deid.reading import read
from groupnotes.deid.strangers.allowing import Phrases, allowed_in, phrases_of
from groupnotes.deid.strangers.announced import announced_in
from groupnotes.deid.strangers.lowered import lowered_in
from groupnotes.deid.strangers.runs import runs_in
from groupnotes.deid.strangers.scene import Known, Scene
from groupnotes.deid.strangers.tokens import tokens_of

__all__ = ["strangers_in"]


def strangers_in(
    text: str, folded: Folded, known: Known, circumstances: Circumstances
) -> Iterator[Finding]:
    """Find them in the order of the text; ``known`` tells stretches that need no more finding.

    It is asked in code points of the text as given: what the roster or an identifier explains.
    """
    reading = read(text, folded)
    tokens = tokens_of(reading)
    allowed = allowed_in(tokens, _allowed_by(circumstances.practice.allowed))
    scene = Scene(reading, tokens, allowed, known)
    yield from settled([*announced_in(scene), *runs_in(scene), *lowered_in(scene)])


@lru_cache(maxsize=16)
def _allowed_by(entries: tuple[str, ...]) -> Phrases:
    return phrases_of(entries)
