"""Names in notes without telling capitals: by the lists of names and towns, with care."""

from collections.abc import Iterator

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.lexicon import (
    first_name_rank,
    is_last_name,
    is_rare_word,
    is_third_person,
    is_word,
    last_name_rank,
)
from groupnotes.deid.members.spanish import NAME_WORDS
from groupnotes.deid.strangers.citing import is_cited
from groupnotes.deid.strangers.flat_organizations import flat_organization
from groupnotes.deid.strangers.flat_places import flat_place
from groupnotes.deid.strangers.names import (
    is_compound,
    is_given_name,
    is_name,
    is_surname,
    is_town,
    is_unknown,
)
from groupnotes.deid.strangers.scene import Scene
from groupnotes.deid.strangers.words import KIN, PERSON_VERBS

_SHORTEST, _LONG, _VERY_USUAL = 3, 6, 3_000
_ARTICLES = frozenset({"a", "an", "any", "some", "this", "that", "each", "every", "no", "the"})


def lowered_in(scene: Scene) -> Iterator[Finding]:
    """Find people, places and organizations among words without capitals."""
    low = [place for place, token in enumerate(scene.tokens) if not token.high]
    flat = [place for place in low if scene.tokens[place].flat]
    for judge, places in ((flat_organization, flat), (flat_place, flat), (_person, low)):
        for place in places:
            found = judge(scene, place) if scene.word(place).isalpha() else None
            if found is not None and _may_stand(scene, place, found):
                yield found


def _may_stand(scene: Scene, place: int, found: Finding) -> bool:
    """Leave alone what is for everyone; an employer and a school are known by their heads."""
    if place in scene.allowed.of_practice or scene.is_known(place):
        return False
    if found.category is Category.ORG:
        return True
    several = found.end - found.start > len(scene.word(place))
    return scene.is_free(place, announced=several and found.category is Category.PLACE)


def _person(scene: Scene, place: int) -> Finding | None:
    word = scene.word(place)
    if len(word) < _SHORTEST or word in KIN or not is_name(word):
        return None
    if scene.word(place - 1) in _ARTICLES or (word in NAME_WORDS and not scene.tokens[place].flat):
        return None
    if _is_full_name(scene, place):
        return None if is_cited(scene.tokens, place, place + 2) else _found(scene, place, place + 2)
    told = not is_cited(scene.tokens, place, place + 1) and _is_told(scene, place)
    return _found(scene, place, place + 1) if told else None


def _is_told(scene: Scene, place: int) -> bool:
    word = scene.word(place)
    if _is_only_a_name(scene, place) or _is_apposed(scene, place):
        return True
    acts = is_surname(word) and _acts(scene, place)
    return acts or (is_given_name(word) and _is_spoken_of(scene, place))


def _is_only_a_name(scene: Scene, place: int) -> bool:
    """Tell what hardly anything but a person is called, where capitals say nothing."""
    word = scene.word(place)
    rank = first_name_rank(word)
    family = last_name_rank(word)
    given = (
        rank is not None and rank < _VERY_USUAL and len(word) > _SHORTEST and not is_town((word,))
    )
    given = given and (family is None or family > _VERY_USUAL)
    return given and scene.tokens[place].flat and not is_rare_word(word)


def _found(scene: Scene, first: int, after: int) -> Finding:
    return scene.finding(first, after, Category.NAME_OTHER, "person.low", Level.REVIEW)


def _is_full_name(scene: Scene, place: int) -> bool:
    following = scene.word(place + 1)
    known = is_surname(following) or (is_last_name(following) and not is_word(following))
    unheard = len(following) >= _LONG and is_unknown(following) and not is_compound(following)
    known = known or (unheard and scene.tokens[place].flat)
    if not is_given_name(scene.word(place)) or not known:
        return False
    return scene.tokens[place + 1].gap == " " and scene.is_free(place + 1)


def _acts(scene: Scene, place: int) -> bool:
    if place + 1 >= len(scene.tokens):
        return False
    following, then = scene.tokens[place + 1], scene.word(place + 2)
    does = is_third_person(following.word) and then in _ONES_OWN
    comes = following.word == "from" and then in _ONES_OWN
    return following.gap == " " and (following.word in PERSON_VERBS or does or comes)


_ONES_OWN = frozenset({"the", "his", "her", "their", "my", "our", "a", "him", "them", "me", "us"})


def _is_apposed(scene: Scene, place: int) -> bool:
    """Tell "delgadillo, his old cellie" and "charmaine, who left"."""
    if place + 1 >= len(scene.tokens) or scene.tokens[place + 1].gap != ", ":
        return False
    return scene.word(place + 1) in {"his", "her", "their", "who", "whose", "my"}


_WITH = frozenset(
    [
        "with",
        "w",
        "into",
        "told",
        "met",
        "saw",
        "called",
        "texted",
        "visited",
        "texting",
        "calling",
        "hugged",
        "dating",
        "dated",
        "married",
        "misses",
        "missing",
        "loves",
        "hates",
        "seeing",
        "sees",
        "meeting",
        "meets",
        "from",
        "of",
        "for",
        "between",
        "than",
        "like",
        "to",
        "about",
        "by",
    ]
)


def _is_spoken_of(scene: Scene, place: int) -> bool:
    """Tell a name by what it does or has: "tonya denies", "tonya's", "with tonya"."""
    if scene.tokens[place].possessive or scene.word(place - 1) in _WITH:
        return True
    return _acts(scene, place)
