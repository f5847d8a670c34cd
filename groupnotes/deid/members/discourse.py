"""What the rest of a note tells of a word: who is named elsewhere, and notes that go by name.

A word that is surely a name in one place is hardly another thing where it begins a sentence. Where
one item after another begins with a name, a word that may be one is one.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from groupnotes.deid.findings import Level
from groupnotes.deid.members import grammar
from groupnotes.deid.members.mentions import Mention
from groupnotes.deid.members.noting import heads_note
from groupnotes.deid.members.surroundings import Surroundings
from groupnotes.deid.members.word_kinds import PRESENT

_NO_NAME_BEFORE = frozenset(
    "is was were are of and or vs as over before after with in to from than at for by".split()  # noqa: SIM905
)
_NEAR = 14
_LONGEST = 40


def told_elsewhere(
    around: Surroundings, mentions: Sequence[Mention], levels: Sequence[Level | None]
) -> list[int]:
    """Give the numbers of mentions that what is told of others makes doubtful."""
    undecided = [at for at, level in enumerate(levels) if level is None]
    surely = {
        around.words[one.first].text
        for one, level in zip(mentions, levels, strict=True)
        if level is Level.BLOCK and one.after - one.first == 1
    }
    named = {at for at, level in enumerate(levels) if level is not None}
    told = []
    for at in undecided:
        if (
            _is_told_again(around, mentions[at], surely)
            or _is_of_list(around, mentions, at)
            or _is_of_series(around, mentions, named, at)
        ):
            told.append(at)
            named.add(at)
    return told


def _is_told_again(around: Surroundings, mention: Mention, surely: set[str]) -> bool:
    opens = around.begins_sentence(mention.first) and mention.after - mention.first == 1
    told = around.words[mention.first].text in surely
    return opens and told and around.following(mention.after) not in _NO_NAME_BEFORE


def _is_of_list(around: Surroundings, mentions: Sequence[Mention], at: int) -> bool:
    """Tell one of several items headed in the same way: "Hope: home pass", "Grant: OP"."""
    mention = mentions[at]
    sign = heads_note(around, mention.first, mention.after)
    return bool(sign) and any(
        not other.holders & mention.holders and heads_note(around, other.first, other.after) == sign
        for other in mentions[max(0, at - _LONGEST) : at + _LONGEST]
    )


def _is_of_series(
    around: Surroundings, mentions: Sequence[Mention], named: AbstractSet[int], at: int
) -> bool:
    """Tell "Olive new meal plan" between what is noted of others in short sentences."""
    mention = mentions[at]
    if not around.begins_sentence(mention.first):
        return False
    behind = around.following(mention.after)
    modal = around.words[mention.first].text in grammar.MODALS
    if behind.endswith("s") and behind not in PRESENT:
        return False  # "Pearl earrings"
    if behind in _NO_NAME_BEFORE or modal or (not behind and around.before_colon(mention.first)):
        return False
    return any(
        not mentions[other].holders & mention.holders
        and around.begins_sentence(mentions[other].first)
        and abs(mentions[other].first - mention.first) <= _NEAR
        for other in (at - 1, at + 1)
        if other in named
    )
