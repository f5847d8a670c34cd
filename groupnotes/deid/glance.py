"""Tell at a glance that texts name nobody, as nearly every text that is saved does."""

import re
from collections.abc import Iterable
from itertools import chain, pairwise

from groupnotes.deid.folding import fold
from groupnotes.deid.index import WORD
from groupnotes.deid.roster import Roster

_BETWEEN_WORDS = re.compile(r"[^\w\n]|_")


def may_name(texts: Iterable[str], roster: Roster) -> bool:
    """Say whether ``check`` could find anything in one of ``texts``: no is certain, yes is not.

    It takes a small part of the time that it takes to prepare the roster.
    """
    begun = _beginnings(roster)
    return any(not begun.isdisjoint(_read(text)) for text in texts)


def _beginnings(roster: Roster) -> set[str]:
    """Give every word with which a way to write one of the names can begin, and some more."""
    names = chain.from_iterable(
        (person.first, person.last, person.preferred, *person.aliases) for person in roster.persons
    )
    folded = fold("\n".join(" ".join(name.split()) for name in names)).text
    return {*WORD.findall(folded), *_BETWEEN_WORDS.sub("", folded).split("\n")}


def _read(text: str) -> set[str]:
    """Give the words of a text, of what may be a plural the singular, and what a line end tore."""
    lines = [words for line in fold(text).text.split("\n") if (words := WORD.findall(line))]
    read = set(chain.from_iterable(lines))
    read.update(before[-1] + after[0] for before, after in pairwise(lines))
    for word in [word for word in read if word.endswith("s")]:
        read.update((word[:-1], word[:-2]))
    return read
