"""Ideas that are listed together: "Faith, Family, Freedom", "Anger, grief, joy"."""

from groupnotes.deid.members.mentions import Mention
from groupnotes.deid.members.surroundings import Surroundings
from groupnotes.deid.members.word_kinds import MASS

# ruff: noqa: SIM905 - as prose the lists are read and kept in order

_IDEAS = frozenset(
    """
    acceptance accuracy achievement adventure attractiveness authority autonomy beauty belonging
    boundaries caring challenge change comfort commitment community compassion complexity compromise
    connection contribution cooperation courage courtesy creativity dependability duty ecology
    excitement faithfulness fame family fitness flexibility forgiveness freedom friendship friends
    fun generosity genuineness god growth health helpfulness honesty humility humor humour
    independence industry integrity intimacy knowledge leadership leisure loyalty mastery
    mindfulness moderation monogamy openness passion pleasure popularity power purpose rationality
    realism respect responsibility risk romance safety security self-acceptance sexuality simplicity
    solitude spirituality stability tolerance tradition trust virtue wealth wisdom
    anger fear sadness guilt shame disgust surprise envy jealousy grief rage anxiety worry
    loneliness hurt regret relief gratitude kindness contentment boredom disappointment curiosity
    happiness confusion despair panic resentment empathy sympathy awe serenity calm hopelessness
    helplessness numbness frustration irritability depression stress pain sleep mood energy
    balance work rest exercise nutrition recovery sobriety support structure routine resilience
    """.split()
)
"""Values and feelings, after the cards that groups sort (Personal Values Card Sort, W. R. Miller
and others, 2001, public domain); nobody is called by those that are not in ``MASS``."""

_TELLING = _IDEAS - MASS
_JOINED = frozenset({",", "&", "/", ";", "+", ":", ", "})
_ALSO = frozenset({"and", "or", "vs", "versus", "n"})
_FARTHEST = 10
_NEAR = 6


def is_among_ideas(around: Surroundings, mention: Mention) -> bool:
    """Tell a word of a list in which another is an idea and no name."""
    if _TELLING.isdisjoint(around.vocabulary):
        return False
    if mention.after - mention.first > 1 or around.words[mention.first].text not in MASS | _IDEAS:
        return False
    listed = _meets_idea(around, mention.first, 1) or _meets_idea(around, mention.first, -1)
    return listed or _is_next_heading(around, mention.first)


def _is_next_heading(around: Surroundings, at: int) -> bool:
    """Tell "Hope: fragile" near "Trust: earned": headings, or items with a number each."""
    words = around.words
    if not around.begins_sentence(at) or at + 1 >= len(words):
        return False
    sign = words[at + 1].gap[:1]
    numbered = at > 0 and words[at].gap == ")"
    near = range(max(0, at - _NEAR), min(len(words) - 1, at + _NEAR))
    return any(
        words[place].text in _TELLING
        and (
            (sign == ":" and words[place + 1].gap[:1] == ":")
            or (numbered and words[place].gap == ")")
        )
        and around.begins_sentence(place)
        for place in near
        if place != at
    )


def _meets_idea(around: Surroundings, at: int, step: int) -> bool:
    """Go along a list while its items are single ideas."""
    words, place = around.words, at
    for _ in range(_FARTHEST):
        place, joint = _next_of_list(around, place, step)
        if not joint:
            return False
        word = words[place].text
        if word in _TELLING:
            return True
        if word not in MASS:
            return False
    return False


def _next_of_list(around: Surroundings, at: int, step: int) -> tuple[int, bool]:
    words, place = around.words, at + step
    if not 0 <= place < len(words):
        return at, False
    gap = words[max(at, place)].gap
    if words[place].text in _ALSO and gap in {"", ","}:
        place, gap = place + step, ","
    if not 0 <= place < len(words) or words[max(at, place)].new_line:
        return at, False
    return place, gap in _JOINED
