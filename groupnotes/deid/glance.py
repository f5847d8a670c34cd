"""Tell at a glance that texts name nobody, as nearly every text that is saved does."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, pairwise
from uuid import UUID

from groupnotes.deid.folding import fold
from groupnotes.deid.index import WORD
from groupnotes.deid.roster import Person, Roster

_BETWEEN_WORDS = re.compile(r"[^\w\n]|_")


class Glance:
    """The words with which the name of anyone on a roster can begin.

    It takes a small part of the time that an index of the roster takes to make.
    """

    def __init__(self, roster: Roster) -> None:
        self._begun: defaultdict[UUID, set[str]] = defaultdict(set)
        for person in roster.persons:
            self._begun[person.id].update(*map(_beginnings, _names(person)))

    def may_name(self, texts: Iterable[str], *, but: UUID | None = None) -> bool:
        """Say whether ``check`` could find anyone in ``texts`` but one: no is certain, yes is not.

        The person ``but`` is the one whom the texts are about.
        """
        begun: set[str] = set()
        begun.update(*(words for who, words in self._begun.items() if who != but))
        return not begun.isdisjoint(_read("\n\n".join(texts)))


def _names(person: Person) -> Iterable[str]:
    return person.first, person.last, person.preferred, *person.aliases


def _beginnings(name: str) -> Iterable[str]:
    """Give every word with which a way to write ``name`` can begin, and some more."""
    if name.isascii() and name.isalpha():
        return (name.lower(),)
    folded = fold(" ".join(name.split())).text
    together = _BETWEEN_WORDS.sub("", folded).split("\n")
    return filter(None, (*WORD.findall(folded), *together))


def _read(text: str) -> set[str]:
    """Give the words of a text, of what may be a plural the singular, and what a line end tore."""
    lines = [words for line in fold(text).text.split("\n") if (words := WORD.findall(line))]
    read = set(chain.from_iterable(lines))
    read.update(before[-1] + after[0] for before, after in pairwise(lines))
    for word in [word for word in read if word.endswith("s")]:
        read.update((word[:-1], word[:-2]))
    return read
