"""Organizations in notes without telling capitals: "mesa vista logistics", "at kroger"."""

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.lexicon import is_spanish, is_word
from groupnotes.deid.strangers.names import is_compound, is_name, is_town, is_unknown
from groupnotes.deid.strangers.organizations import works_at
from groupnotes.deid.strangers.scene import Scene
from groupnotes.deid.strangers.trades import TRADES
from groupnotes.deid.strangers.words import (
    AT_WORDS,
    GENERIC,
    MOVES,
    NOT_ANNOUNCED,
    ORG_HEADS,
    PERSON_VERBS,
    PLACE_CUES,
    SURE_ORG_HEADS,
    WEAK_HEADS,
    organization_rule,
)

_MOST_WORDS = 5
_SHORTEST_UNKNOWN = 4
_WINDOW = 5
_FIRST_HEADS = frozenset({"casa", "camp", "iglesia", "masjid", "hotel"})
_CENTERS = frozenset({"center", "centre", "ctr"})
_PLAIN_HEADS = frozenset(
    """
    hearing seed feed signs glass law legal finance station books records music rehab childcare
    memorial arts
    """.split()  # noqa: SIM905 - a short list
)
"""Heads that are everyday words: a name only where something is "at" it."""
_SAINTS = frozenset({"st", "saint", "temple", "mt", "mount"})
_SCHOOL_LEVELS = frozenset({"high", "middle", "elementary", "prep", "academy"})
_PROGRAMMES = frozenset(
    "group groups program series team service services unit department club class".split()  # noqa: SIM905
)
_OF_TOWNS = frozenset(
    "court courthouse jail prison library hospital college university".split()  # noqa: SIM905
)
_LODGINGS = frozenset({"house", "manor", "lodge", "shelter", "inn", "motel"})
_DETERMINERS = frozenset(
    "a an any some this that each every no his her their my our your its".split()  # noqa: SIM905
)
_AT = AT_WORDS | {
    "behind",
    "beside",
    "near",
    "past",
    "from",
    "by",
    "with",
    "outside",
    "attends",
    "was",
}
_GOES = frozenset(
    """
    goes go going went gone came drove sent referred transferred admitted back moved over down up
    return returned walked works working job applied commutes bus summons drives note
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_WORK_WINDOW = 6


def flat_organization(scene: Scene, place: int) -> Finding | None:
    """Judge by a head and the words before it, or by the work that someone does there."""
    word = scene.word(place)
    told = scene.word(place - 1) in _AT | {"in", "to", "the", "near"}
    if word in _SAINTS and (told or scene.tokens[place].gap == ", "):
        return _after_head(scene, place)
    if word in _FIRST_HEADS:
        return _after_head(scene, place)
    if word in ORG_HEADS or word in TRADES:
        return _before_head(scene, place)
    if tuple(scene.word(place + step) for step in range(3)) == ("our", "lady", "of"):
        after = place + 4 + (scene.word(place + 3) == "the")
        return _found(scene, place, min(after, len(scene.tokens)))
    return _employer(scene, place) or _institution(scene, place)


def _institution(scene: Scene, place: int) -> Finding | None:
    """Find "delivered at legacy emanuel" and "wrestled at north salem"."""
    if scene.word(place - 1) not in _PREPOSITIONS or scene.tokens[place].opens:
        return None
    if _STAYED.isdisjoint(_words_before(scene, place)):
        return None
    after = place
    while after < min(len(scene.tokens), place + _MOST_OF_NAME) and _goes_on(scene, after, place):
        after += 1
    words = [scene.word(at) for at in range(place, after)]
    known = [is_name(word) or is_town((word,)) or word in _SAINTS for word in words]
    told = len(words) > 1 and any(known) and not GENERIC.issuperset(words)
    return _found(scene, place, after) if told else None


def _goes_on(scene: Scene, at: int, first: int) -> bool:
    token = scene.tokens[at]
    if at > first and (token.opens or token.gap not in {" ", ". ", "-"}):
        return False
    return token.word.isalpha() and token.word not in _ENDS


_PREPOSITIONS = frozenset({"at", "from", "to", "in", "for"})
_MOST_OF_NAME = 3
_TIMES = frozenset(
    """
    last next monday tuesday wednesday thursday friday saturday sunday today tonight yesterday
    january february march april may june july august september october november december
    """.split()  # noqa: SIM905 - as below
)
_ENDS = NOT_ANNOUNCED | PERSON_VERBS | _TIMES
_NEVER_IN_NAMES = PERSON_VERBS | PLACE_CUES | _AT
_STAYED = frozenset(
    """
    delivered inpatient admitted transferred discharged dialysis hospitalized hospitalised surgery
    er detox rehab time years booked locked wrote released enrolled attends graduated sophomore
    junior freshman wrestled wrestles plays played ball mass worships deacon usher funeral wake
    buried arraigned sentenced housed nicu icu ultrasound labs
    """.split()  # noqa: SIM905 - as below
)
"""What happens in a hospital, a prison, a school or a church."""


def _before_head(scene: Scene, place: int) -> Finding | None:
    first = place
    while first > 0 and place - first < _MOST_WORDS and _extends(scene, first):
        first -= 1
    names = [scene.word(at) for at in range(first, place)]
    telling = [name for name in names if name not in GENERIC]
    if not telling or scene.word(first - 1) in _DETERMINERS:
        return None
    if all(at in scene.allowed.surely or scene.is_known(at) for at in range(first, place)):
        return None
    within = any(begun < place < after for begun, after in scene.allowed.phrases)
    beside = _is_at(scene, first) and scene.word(first - 1) != "was"
    plain = scene.word(place) in _PLAIN_HEADS | TRADES and not beside
    if plain or (within and scene.word(place) not in _OF_TOWNS):
        return None
    if _is_named(scene, first, names, place) or _is_numbered_court(names):
        return _found(scene, first, place + 1)
    return None


def _is_named(scene: Scene, first: int, names: list[str], place: int) -> bool:
    """Tell "at prairie view manor" and "drexel university" from "intensive outpatient clinic"."""
    head = scene.word(place)
    unknown = any(is_unknown(name) and len(name) >= _SHORTEST_UNKNOWN for name in names)
    several = len(names) > 1
    sure = head in SURE_ORG_HEADS and head != "high"
    stays = scene.word(first - 1) in AT_WORDS | {"in", "to"}
    if stays and head in _LODGINGS and not MOVES.isdisjoint(_words_before(scene, first)):
        return True
    if _is_at(scene, first):
        telling = len(names) - len(GENERIC.intersection(names))
        weakly = head in _SCHOOL_LEVELS or (telling > 1 and head not in _PROGRAMMES)
        return head not in WEAK_HEADS or unknown or (several and weakly)
    if sure and (unknown or several):
        return True
    if unknown and several and head in _CENTERS:
        return True
    return (head in _OF_TOWNS and any(is_town((name,)) for name in names)) or (
        unknown and several and head not in WEAK_HEADS
    )


def _is_numbered_court(names: list[str]) -> bool:
    return any(name[0].isdigit() and name.endswith(("st", "nd", "rd", "th")) for name in names)


def _is_at(scene: Scene, first: int) -> bool:
    """Tell "at mesa vista" and "goes to drexel" from "hopes to drive school bus"."""
    cue = scene.word(first - 1)
    if cue in {"to", "for"}:
        return scene.word(first - 2) in _GOES or works_at(_words_before(scene, first))
    return cue in _AT


def _words_before(scene: Scene, first: int) -> list[str]:
    words: list[str] = []
    for token in scene.tokens[max(0, first - _WORK_WINDOW) : first]:
        if token.opens:
            words.clear()
        words.append(token.word)
    return words


def _extends(scene: Scene, first: int) -> bool:
    """Tell whether the word before ``first`` can be of the same name."""
    before, token = scene.tokens[first - 1], scene.tokens[first]
    if token.opens or token.gap not in {" ", "-", " & "} or before.high:
        return False
    if before.possessive and is_word(before.word) and before.word not in {"men", "women"}:
        return False
    if scene.is_known(first - 1) or before.word in NOT_ANNOUNCED:
        return False
    if before.word.endswith("ed") and is_word(before.word):
        return False
    return before.word not in _NEVER_IN_NAMES


def _after_head(scene: Scene, place: int) -> Finding | None:
    """Find "camp tolliver" and "casa reynosa"."""
    following = scene.word(place + 1)
    if place + 1 in scene.allowed.surely or is_spanish(following):
        return None
    named = is_name(following) or is_unknown(following) or is_town((following,))
    if (
        not named
        or scene.tokens[place + 1].gap not in {" ", ". "}
        or len(following) < _SHORTEST_UNKNOWN
    ):
        return None
    return _found(scene, place, place + 2)


def _employer(scene: Scene, place: int) -> Finding | None:
    """Find a brand, or what no list knows, where someone works: "nights at kroger"."""
    if scene.word(place - 1) not in {"at", "for", "from", "the", "by"} or scene.tokens[place].opens:
        return None
    if not works_at(_words_before(scene, place)):
        return None
    for first, after in scene.allowed.phrases:
        if first == place:
            return _found(scene, first, after, known=False)
    word = scene.word(place)
    brand = place in scene.allowed.surely and len(word) >= _SHORTEST_UNKNOWN
    new = is_unknown(word) and not is_compound(word) and len(word) > _SHORTEST_UNKNOWN
    if not brand and not (new and scene.word(place - 1) != "the"):
        return None
    return _found(scene, place, place + 1, known=False)


def _found(scene: Scene, first: int, after: int, *, known: bool = True) -> Finding:
    words = [scene.word(place) for place in range(first, after)]
    rule = organization_rule(words) if known else "organization.employer"
    return scene.finding(first, after, Category.ORG, rule, Level.REVIEW)
