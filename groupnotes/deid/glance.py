"""Tell at a glance that texts name nobody, as nearly every text that is saved does."""

import re
from itertools import pairwise

from groupnotes.deid.folding import fold
from groupnotes.deid.index import RosterIndex
from groupnotes.deid.tokens import WORD

# A letter by itself can be an initial, but for "a" and "I" and what an apostrophe leaves over.
_SINGLE = re.compile(
    r"(?<!\w)(?<!\w')(?![ai](?!\.))[^\W\d_](?!\w)|(?<!\w)[ai][\s.\-]+[ai](?!\w)|[@_]|\w\.\w"
)
_DIGIT = re.compile(r"\d")


def is_harmless(text: str, roster: RosterIndex) -> bool:
    """Tell at once a text without a word, letter or number that a rule on the roster begins with.

    Everything else has to be checked.
    """
    from groupnotes.deid.members.spellings import readings_of  # noqa: PLC0415 - only a text wants it

    folded = fold(text).text
    if _SINGLE.search(folded) or (_has_numbers(roster) and _DIGIT.search(folded)):
        return False
    for word in set(WORD.findall(folded)):
        if word in roster.by_first_word or word in roster.initials.whole:
            return False
        if readings_of(word, roster) or word in roster.belongings.streets:
            return False
        if not word.isalpha() and not word.isdigit():
            return False
    return "\n" not in folded or not _is_torn(folded, roster)


def _has_numbers(roster: RosterIndex) -> bool:
    known = roster.belongings
    return bool(known.numbers or known.ids or known.birthdays.dates)


def _is_torn(folded: str, roster: RosterIndex) -> bool:
    lines = [words for line in folded.split("\n") if (words := WORD.findall(line))]
    return any(before[-1] + after[0] in roster.by_first_word for before, after in pairwise(lines))
