"""Every name of a roster, prepared once so that a text is checked in one pass over its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from groupnotes.deid.roster import Person, Relation, Roster
from groupnotes.deid.tokens import Words

# What reads a roster and a text is imported with the first of them: starting does not wait for it.
if TYPE_CHECKING:
    from groupnotes.deid.members.belongings import Belongings
    from groupnotes.deid.members.initials import Initials

BEGINNING = 3
"""Letters by which a name that is spelt apart is looked for."""

_KEPT_ROSTERS = 64
_LONGEST = 40  # letters of a name looked for apart or within a word


class Name(NamedTuple):
    """A folded name, word by word, and whose it is.

    A ``cautious`` name is an ordinary word until it is written as a name.
    """

    words: Words
    rule: str
    holders: frozenset[int]
    cautious: bool


class Reading(NamedTuple):
    """How a word reads as a name though it is spelt otherwise; ``ending`` is added to the rule."""

    name: Name
    ending: str
    cautious: bool


@dataclass(frozen=True, slots=True)
class RosterIndex:
    """What points at the people of a roster; they are known by their number, ``holder``.

    ``by_first_word`` has the names, the longest first. ``phrases`` says what to call each holder;
    who is not in it is staff, and may be named. ``own`` are those whom the text is about.
    """

    by_first_word: Mapping[str, Sequence[Name]]
    phrases: Mapping[int, str]
    staff: frozenset[int]
    own: frozenset[int]
    initials: Initials
    belongings: Belongings
    spellings: Sequence[str]
    sounds: Mapping[str, Sequence[str]]
    longest: int
    beginnings: frozenset[str]
    ids: Sequence[UUID]
    readings: dict[str, tuple[Reading, ...]] = field(default_factory=dict, compare=False)
    """What words were read as before, which spares reading them again."""

    def about(self, client_id: UUID | None) -> RosterIndex:
        """Give the same for the individual note of one client, who may be named in it."""
        if client_id is None:
            return self
        own = frozenset(holder for holder, one in enumerate(self.ids) if one == client_id)
        return replace(self, own=own, phrases=_phrases_for_others(self.phrases))


def index(roster: Roster) -> RosterIndex:
    """Prepare a roster, or give it as it was prepared before.

    The last rosters are kept in memory, names and all, so that the texts of one group are checked
    without preparing it again. Who is on the roster twice, as one whom the text is about too, is
    the same person.
    """
    everyone = sorted({*roster.persons, *roster.own}, key=_order)
    prepared = _prepared(tuple(everyone))
    if not roster.own:
        return prepared
    whom = {person.id for person in roster.own}
    own = frozenset(holder for holder, one in enumerate(prepared.ids) if one in whom)
    return replace(prepared, own=own, phrases=_phrases_for_others(prepared.phrases))


def _order(person: Person) -> tuple[bool, bool, int, str, str]:
    """Put clients first, for a name that is theirs and a contact's is called theirs."""
    staff, contact = person.relation is Relation.STAFF, person.relation is Relation.CONTACT
    return staff, contact, person.id.int, person.first, person.last


def _phrases_for_others(phrases: Mapping[int, str]) -> Mapping[int, str]:
    return {
        holder: "another member" if phrase == "a member" else phrase
        for holder, phrase in phrases.items()
    }


@lru_cache(maxsize=_KEPT_ROSTERS)
def _prepared(persons: tuple[Person, ...]) -> RosterIndex:
    from groupnotes.deid.members.belongings import belongings_of  # noqa: PLC0415 - as above
    from groupnotes.deid.members.initials import initials_of  # noqa: PLC0415

    names = _names(persons)
    by_first_word = _by_first_word(names)
    spellings = sorted({name.words[0] for name in names if _may_be_misspelt(name)})
    clients = {h: one for h, one in enumerate(persons) if one.relation is not Relation.STAFF}
    return RosterIndex(
        by_first_word=by_first_word,
        phrases={
            holder: "another person" if one.relation is Relation.CONTACT else "a member"
            for holder, one in clients.items()
        },
        staff=frozenset(range(len(persons))) - clients.keys(),
        own=frozenset(),
        initials=initials_of(clients),
        belongings=belongings_of(clients),
        spellings=spellings,
        sounds=_by_sound(spellings),
        longest=min(max((len(name.words[0]) for name in names), default=0), _LONGEST),
        beginnings=frozenset(name.words[0][:BEGINNING] for name in names),
        ids=[person.id for person in persons],
    )


_SHORTEST_MISSPELT = 3
_SHORTEST_MISSPELT_NICKNAME = 5


def _may_be_misspelt(name: Name) -> bool:
    only = name.words[0]
    if len(name.words) > 1 or not only.isalpha() or name.rule == "roster.joined":
        return False
    shortest = _SHORTEST_MISSPELT if name.rule != "roster.nick" else _SHORTEST_MISSPELT_NICKNAME
    return len(only) >= shortest and not (name.rule == "roster.nick" and name.cautious)


def _by_sound(spellings: Iterable[str]) -> Mapping[str, Sequence[str]]:
    from groupnotes.deid.members.sounds import sound_of  # noqa: PLC0415 - as above

    grouped: dict[str, list[str]] = {}
    for spelling in spellings:
        if sound := sound_of(spelling):
            grouped.setdefault(sound, []).append(spelling)
    return grouped


def _names(persons: Sequence[Person]) -> list[Name]:
    from groupnotes.deid.members.forms import forms_of  # noqa: PLC0415 - as above

    names: dict[Words, Name] = {}
    for holder, person in enumerate(persons):
        alone = frozenset((holder,))
        for words, rule, cautious in forms_of(person):
            known = names.get(words)
            if known is None:
                names[words] = Name(words, rule, alone, cautious)
            else:
                names[words] = Name(
                    words, known.rule, known.holders | alone, known.cautious and cautious
                )
    return list(names.values())


def _by_first_word(names: Iterable[Name]) -> Mapping[str, Sequence[Name]]:
    grouped: dict[str, list[Name]] = {}
    for name in names:
        grouped.setdefault(name.words[0], []).append(name)
    for group in grouped.values():
        if len(group) > 1:
            group.sort(key=lambda name: -len(name.words))
    return grouped
