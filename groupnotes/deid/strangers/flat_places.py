"""Places in notes without telling capitals: "in yreka", "moved to st. johns", "pike county"."""

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.lexicon import is_word
from groupnotes.deid.states import STATE_CODES, STATES
from groupnotes.deid.strangers.names import is_compound, is_name, is_town, is_unknown
from groupnotes.deid.strangers.scene import Scene
from groupnotes.deid.strangers.words import (
    AT_WORDS,
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
_OUT = frozenset({"over", "out", "down", "up", "back"})
_LONGEST, _LONGEST_BEFORE_STATE = 3, 2
_NEAR, _FAR = 4, 7
_SHORTEST = 4


def flat_place(scene: Scene, place: int) -> Finding | None:
    """Judge by the word before, and by the list of towns and counties."""
    if scene.word(place + 1) in _COUNTIES and is_town((scene.word(place),)):
        return _found(scene, place, place + 2)
    cue = scene.word(place - 1 - (scene.word(place - 1) == "the"))
    if cue not in _WHERE or scene.tokens[place].opens:
        return None
    for length in range(_LONGEST, 0, -1):
        found = _of_length(scene, place, length)
        if found is not None:
            return found
    return _unheard(scene, place)


def _of_length(scene: Scene, place: int, length: int) -> Finding | None:
    if not _is_one_place(scene, place, length):
        return None
    words = tuple(scene.word(place + step) for step in range(length))
    plain = all(map(is_word, words)) and not (length > 1 and words[0] in _OF_TOWNS)
    moved = length > 1 and not MOVES.isdisjoint(_before(scene, place, _NEAR))
    if is_town(words) and (not plain or moved):
        return _found(scene, place, place + length)
    if plain or words[0] in NOT_ANNOUNCED or not all(map(str.isalpha, words)):
        return None
    if length > 1 and words[-1] in PLACE_HEADS:
        return _found(scene, place, place + length)
    if length <= _LONGEST_BEFORE_STATE and _is_state(scene, place + length):
        return _found(scene, place, place + length, Level.BLOCK)
    return None


def _unheard(scene: Scene, place: int) -> Finding | None:
    """Find "moved to ardmore" and "her mom in owyhee", of which no list knows."""
    word = scene.word(place)
    if len(word) < _SHORTEST or not is_unknown(word) or is_name(word):
        return None
    moved = not MOVES.isdisjoint(_before(scene, place, _FAR))
    near = _before(scene, place, _NEAR)
    out = near[-1:] == ["in"] and not _OUT.isdisjoint(near[-2:-1])
    told = not is_compound(word) and (out or not KIN.isdisjoint(near))
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
