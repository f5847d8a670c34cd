"""Places in notes without telling capitals: "in yreka", "moved to st. johns", "pike county"."""

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.lexicon import is_word
from groupnotes.deid.members.word_kinds import MASS, TIMES
from groupnotes.deid.states import STATE_CODES, STATES
from groupnotes.deid.strangers.names import (
    begins_town,
    is_compound,
    is_name,
    is_only_town,
    is_town,
    is_unknown,
)
from groupnotes.deid.strangers.scene import Scene
from groupnotes.deid.strangers.words import (
    AT_WORDS,
    GENERIC,
    KIN,
    MOVES,
    NOT_ANNOUNCED,
    PLACE_CUES,
    PLACE_HEADS,
)

_WHERE = PLACE_CUES | AT_WORDS | {"by", "desde", "en"}
_OF_TOWNS = frozenset("st saint san santa fort ft mount mt el los las new lake port".split())  # noqa: SIM905
_COUNTIES = frozenset({"county", "parish", "township"})
_SURE_STATE_CODES = STATE_CODES - {"in", "or", "me", "hi", "ok", "oh", "id", "de", "la", "pa", "ma"}
_PLAIN_HEADS = PLACE_HEADS - frozenset(
    """
    park point bridge square plaza mall corner corners road street avenue boulevard highway lane
    exit station garden gardens woods forest beach island islands court terrace crossing landing
    notch gap sound pass peak summit pier dock yards oaks pines acres trace jetty depot platform
    wash fork neighborhood projects district ranch elevator overlook trail campground roundabout
    village commons river hill hills
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
"""Heads that plain words before them make a name, where no article stands."""
_SIDES = frozenset(
    "east west north south upper lower fort ft mount mt lake port new little".split()  # noqa: SIM905
)
_BEFORE_UNHEARD = frozenset(
    """
    arrived late wedding funeral consulate border room job visiting visit postmarked mailed trip
    flight drive office
    """.split()  # noqa: SIM905 - as above
)
_OUT = frozenset({"over", "out", "down", "up", "back"})
_LONGEST, _LONGEST_BEFORE_STATE = 3, 2
_NEAR, _FAR = 4, 7
_SHORTEST = 4
_ARTICLES = frozenset({"the", "a", "an", "my", "her", "his", "their", "our"})
_SETTLING = frozenset(
    "moved moving relocated lives lived living raised born resides settled".split()  # noqa: SIM905
)


def flat_place(scene: Scene, place: int) -> Finding | None:
    """Judge by the word before, and by the list of towns and counties."""
    if scene.word(place + 1) in _COUNTIES and is_town((scene.word(place),)):
        return _found(scene, place, place + 2)
    only = _only_town(scene, place)
    if only is not None:
        return only
    cue = scene.word(place - 1 - (scene.word(place - 1) == "the"))
    if cue not in _WHERE or scene.tokens[place].opens:
        return None
    headed = not PLACE_HEADS.isdisjoint(scene.word(place + step) for step in (1, 2))
    if cue == "by" and is_name(scene.word(place)) and not headed:
        return None  # "a poem by alexander"
    for length in range(_LONGEST, 0, -1):
        found = _of_length(scene, place, length)
        if found is not None:
            return found
    return _unheard(scene, place)


def _only_town(scene: Scene, place: int) -> Finding | None:
    """Find "lubbock is where" and "the city of eau claire", whatever stands around."""
    if not begins_town(scene.word(place)):
        return None
    before = scene.tokens[place - 1] if place else None
    if before is not None and (before.possessive or before.word in _ARTICLES):
        return None  # "grandma's comal"
    for length in (2, 1):
        words = tuple(scene.word(place + step) for step in range(length))
        if _is_one_place(scene, place, length) and is_only_town(words):
            return _found(scene, place, place + length)
    return None


def _of_length(scene: Scene, place: int, length: int) -> Finding | None:
    if not _is_one_place(scene, place, length):
        return None
    words = tuple(scene.word(place + step) for step in range(length))
    plain = all(map(is_word, words)) and not (length > 1 and words[0] in _OF_TOWNS)
    moved = not MOVES.isdisjoint(_before(scene, place, _NEAR))
    if length == 1 and plain:
        moved = _is_moved_to(scene, place)
    headed = plain and _is_headed(scene, place, words)
    if headed or (is_town(words) and (not plain or moved)):
        return _found(scene, place, place + length)
    if plain or words[0] in NOT_ANNOUNCED or not all(map(str.isalpha, words)):
        return None
    sided = length == _LONGEST_BEFORE_STATE and words[0] in _SIDES and not is_word(words[1])
    if sided or (length > 1 and words[-1] in PLACE_HEADS):
        return _found(scene, place, place + length)
    if length <= _LONGEST_BEFORE_STATE and _is_state(scene, place + length):
        return _found(scene, place, place + length, Level.BLOCK)
    return None


def _is_moved_to(scene: Scene, place: int) -> bool:
    """Tell "moved to reading" and "raised in queens" from "moved to tears" and "lives in peace"."""
    near = _before(scene, place, 2)
    if len(near) < 2 or near[0] not in _SETTLING or near[1] not in {"to", "in", "from"}:
        return False
    return scene.word(place) not in MASS | GENERIC | TIMES


def _is_headed(scene: Scene, place: int, words: tuple[str, ...]) -> bool:
    """Tell "at duck hollow lake" from "at the lake" and "at that point"."""
    if len(words) == 1 or words[-1] not in _PLAIN_HEADS or scene.word(place - 1) not in _WHERE:
        return False
    if place in scene.allowed.surely:
        return False
    return not any(word in NOT_ANNOUNCED or word in GENERIC for word in words[:-1])


def _unheard(scene: Scene, place: int) -> Finding | None:
    """Find "moved to ardmore" and "her mom in owyhee", of which no list knows."""
    word = scene.word(place)
    if len(word) < _SHORTEST or not is_unknown(word) or is_name(word):
        return None
    moved = not MOVES.isdisjoint(_before(scene, place, _FAR))
    near = _before(scene, place, _NEAR)
    out = near[-1:] == ["in"] and not _OUT.isdisjoint(near[-2:-1])
    cued = near[-1:] == ["near"] or not _BEFORE_UNHEARD.isdisjoint(near)
    told = not is_compound(word) and (out or cued or not KIN.isdisjoint(near))
    return _found(scene, place, place + 1) if moved or told else None


def _before(scene: Scene, place: int, count: int) -> list[str]:
    return [token.word for token in scene.tokens[max(0, place - count) : place]]


def _is_state(scene: Scene, place: int) -> bool:
    if place >= len(scene.tokens):
        return False
    if scene.word(place) in STATES:
        return scene.tokens[place].gap in {" ", ", "}
    return scene.word(place) in _SURE_STATE_CODES and scene.tokens[place].gap == ", "


def _is_one_place(scene: Scene, place: int, length: int) -> bool:
    if place + length > len(scene.tokens):
        return False
    inner = scene.tokens[place + 1 : place + length]
    return all(token.gap in {" ", ". ", "-"} and not token.opens for token in inner)


def _found(scene: Scene, first: int, after: int, level: Level = Level.REVIEW) -> Finding:
    return scene.finding(first, after, Category.PLACE, "place.town", level)
