"""Names in notes without telling capitals: by the lists of names and towns, with care."""

from collections.abc import Iterator

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.lexicon import is_word
from groupnotes.deid.states import STATE_CODES, STATES
from groupnotes.deid.strangers.names import (
    is_compound,
    is_given_name,
    is_name,
    is_surname,
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
    ORG_HEADS,
    PERSON_VERBS,
    PLACE_CUES,
    PLACE_HEADS,
    SURE_ORG_HEADS,
    WEAK_HEADS,
)

_MOST_WORDS = 5
_OF_TOWNS = frozenset("st saint san santa fort ft mount mt el los las new lake port".split())  # noqa: SIM905
_WHERE = PLACE_CUES | AT_WORDS | {"by"}
_ARTICLES = frozenset({"a", "an", "any", "some", "this", "that", "each", "every", "no", "the"})


def lowered_in(scene: Scene) -> Iterator[Finding]:
    """Find people, places and organizations among words without capitals."""
    low = [place for place, token in enumerate(scene.tokens) if not token.high]
    flat = [place for place in low if scene.tokens[place].flat]
    for judge, places in ((_organization, flat), (_town, flat), (_person, low)):
        for place in places:
            found = judge(scene, place) if scene.word(place).isalpha() else None
            if found is not None and scene.is_free(place):
                yield found


def _organization(scene: Scene, place: int) -> Finding | None:
    """Find "mesa vista logistics": words before a head of which one is no plain word."""
    word = scene.word(place)
    if word in _FIRST_HEADS:
        return _after_head(scene, place)
    if word not in ORG_HEADS:
        return None
    first = place
    while first > 0 and place - first < _MOST_WORDS and _extends(scene, first):
        first -= 1
    names = [scene.word(at) for at in range(first, place)]
    if not names:
        return None
    cue = scene.word(first - 1)
    unknown = any(is_unknown(name) and len(name) > 3 for name in names)
    sure = word in SURE_ORG_HEADS and word != "high"
    telling = [name for name in names if name not in GENERIC]
    if not telling or cue in _ARTICLES - {"the"} or cue in _POSSESSIVES:
        return None
    plain = not unknown and (not sure or len(names) < 2)
    named = word not in WEAK_HEADS or unknown or len(telling) > 1
    if (_is_at(scene, first) and named) or (sure and not plain):
        return scene.finding(first, place + 1, Category.ORG, "organization.low", Level.REVIEW)
    return None


_FIRST_HEADS = frozenset({"casa", "camp", "iglesia", "masjid", "hotel"})


def _after_head(scene: Scene, place: int) -> Finding | None:
    """Find "camp tolliver" and "casa reynosa"."""
    following = scene.word(place + 1)
    if not is_name(following) or not _is_one_place(scene, place, 2):
        return None
    return scene.finding(place, place + 2, Category.ORG, "organization.low", Level.REVIEW)


def _is_at(scene: Scene, first: int) -> bool:
    """Tell "at mesa vista" and "goes to drexel" from "hopes to drive school bus"."""
    cue = scene.word(first - 1)
    if cue in {"to", "for"}:
        return scene.word(first - 2) in _GOES
    return cue in AT_WORDS or cue in {"from", "by", "with", "outside", "attends", "was"}


_GOES = frozenset(
    """
    goes go going went gone came drove sent referred transferred admitted back moved over down up
    return returned walked works working job applied commutes bus
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_POSSESSIVES = frozenset({"his", "her", "their", "my", "our", "your", "its"})


def _extends(scene: Scene, first: int) -> bool:
    """Tell whether the word before ``first`` can be of the same name."""
    before, token = scene.tokens[first - 1], scene.tokens[first]
    if token.opens or token.gap not in {" ", "-", " & "} or before.high:
        return False
    if before.possessive and is_word(before.word):
        return False
    if scene.is_known(first - 1) or before.word in NOT_ANNOUNCED:
        return False
    return before.word not in PERSON_VERBS and before.word not in PLACE_CUES


def _town(scene: Scene, place: int) -> Finding | None:
    """Find "in yreka", "moved to st. johns" and "grew up outside hyde park"."""
    cue = scene.word(place - 1 - (scene.word(place - 1) == "the"))
    if cue not in _WHERE or scene.tokens[place].opens:
        return None
    for length in (3, 2, 1):
        words = tuple(scene.word(place + step) for step in range(length))
        if not words[-1] or not _is_one_place(scene, place, length):
            continue
        moved = not MOVES.isdisjoint(scene.word(at) for at in range(place - 4, place))
        plain = all(map(is_word, words)) and words[0] not in _OF_TOWNS
        if is_town(words) and (not plain or (moved and length > 1)):
            return scene.finding(place, place + length, Category.PLACE, "place.low", Level.REVIEW)
        if words[0] in NOT_ANNOUNCED or not all(map(str.isalpha, words)):
            continue
        if length > 1 and words[-1] in PLACE_HEADS and not plain:
            return scene.finding(place, place + length, Category.PLACE, "place.low", Level.REVIEW)
        if length < 3 and not plain and _is_state(scene, place + length):
            return scene.finding(place, place + length, Category.PLACE, "place.low", Level.BLOCK)
    return _unheard_place(scene, place)


def _unheard_place(scene: Scene, place: int) -> Finding | None:
    """Find "moved to ardmore" and "her mom in owyhee", of which no list knows."""
    word = scene.word(place)
    before = [scene.word(at) for at in range(max(0, place - 5), place)]
    told = not (MOVES | KIN).isdisjoint(before)
    if not told or len(word) <= 3 or not is_unknown(word) or is_name(word) or is_compound(word):
        return None
    return scene.finding(place, place + 1, Category.PLACE, "place.unknown", Level.REVIEW)


def _is_state(scene: Scene, place: int) -> bool:
    if place >= len(scene.tokens):
        return False
    if scene.word(place) in STATES:
        return scene.tokens[place].gap in {" ", ", "}
    return scene.word(place) in _SURE_STATE_CODES and scene.tokens[place].gap == ", "


_SURE_STATE_CODES = STATE_CODES - {"in", "or", "me", "hi", "ok", "oh", "id", "de", "la", "pa", "ma"}


def _is_one_place(scene: Scene, place: int, length: int) -> bool:
    if place + length > len(scene.tokens):
        return False
    inner = scene.tokens[place + 1 : place + length]
    return all(token.gap in {" ", ". ", "-"} and not token.opens for token in inner)


def _person(scene: Scene, place: int) -> Finding | None:
    word = scene.word(place)
    if len(word) < 3 or not is_name(word) or scene.word(place - 1) in _ARTICLES:
        return None
    if _is_apposed(scene, place):
        return scene.finding(place, place + 1, Category.NAME_OTHER, "person.low", Level.REVIEW)
    following = scene.word(place + 1)
    beside = place + 1 < len(scene.tokens) and scene.tokens[place + 1].gap == " "
    if is_given_name(word):
        if beside and is_surname(following) and scene.is_free(place + 1):
            return scene.finding(place, place + 2, Category.NAME_OTHER, "person.low", Level.REVIEW)
        if _is_spoken_of(scene, place):
            return scene.finding(place, place + 1, Category.NAME_OTHER, "person.low", Level.REVIEW)
    if is_surname(word) and beside and following in PERSON_VERBS:
        return scene.finding(place, place + 1, Category.NAME_OTHER, "person.low", Level.REVIEW)
    return None


def _is_apposed(scene: Scene, place: int) -> bool:
    """Tell "delgadillo, his old cellie" and "charmaine, who left"."""
    if place + 1 >= len(scene.tokens) or scene.tokens[place + 1].gap != ", ":
        return False
    return scene.word(place + 1) in {"his", "her", "their", "who", "whose", "my"}


_WITH = frozenset("with told met saw called texted visited texting calling hugged".split())  # noqa: SIM905


def _is_spoken_of(scene: Scene, place: int) -> bool:
    """Tell a name by what it does or has: "tonya denies", "tonya's", "with tonya"."""
    if scene.tokens[place].possessive or scene.word(place - 1) in _WITH:
        return True
    if place + 1 >= len(scene.tokens):
        return False
    following = scene.tokens[place + 1]
    return following.gap == " " and following.word in PERSON_VERBS
