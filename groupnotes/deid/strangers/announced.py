"""Names that a word announces, however they are written: "his sister Tasha", "dr. zamora"."""

from collections.abc import Iterator
from enum import Enum

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.lexicon import is_first_name, is_word, last_name_rank
from groupnotes.deid.strangers.names import (
    is_compound,
    is_given_name,
    is_name,
    is_name_too,
    is_surname,
    is_unknown,
)
from groupnotes.deid.strangers.scene import Scene
from groupnotes.deid.strangers.tokens import Token
from groupnotes.deid.strangers.words import (
    KIN,
    NAMING,
    NOT_ANNOUNCED,
    ORG_HEADS,
    PARTICLES,
    PERSON_VERBS,
    ROLES,
    SURE_TITLES,
    TITLES,
)

_MOST_WORDS = 4
_CALLED = frozenset(
    {"aunt", "auntie", "aunty", "uncle", "grandma", "grandpa", "nana", "tia", "tio", "cousin"}
)
_BESIDE = frozenset({" ", ". ", ", ", " (", ": ", " = ", "=", " - ", "\n", ' "', ', "', ' ("', "/"})


class _Sort(Enum):
    """How surely a name follows."""

    TITLE = "title"
    KIN = "kin"
    ROLE = "role"
    NAMED = "named"
    BY = "by"


_SORTS = {
    **dict.fromkeys(ROLES | TITLES, _Sort.ROLE),
    **dict.fromkeys(KIN, _Sort.KIN),
    **dict.fromkeys(SURE_TITLES, _Sort.TITLE),
}
_ANNOUNCERS = _SORTS.keys() | NAMING | {"law", "by", "o", "co", "one"}
_GOING = frozenset({"goes", "going", "went", "known", "go"})
_SPANISH_TITLES = frozenset({"senor", "senora", "don", "dona", "de", "la"})
_BEHIND = {
    "law": (frozenset({"in"}), _Sort.KIN),
    "o": (frozenset({"c"}), _Sort.NAMED),
    "by": (_GOING, _Sort.BY),
}
_ARE = frozenset({"ji", "jan", "is", "was", "are", "were"})
_SHORTEST_NAME = 3
_MOST_TITLES = 3
_MODALS = frozenset({"will", "may", "mark", "hope", "love", "grant", "chase", "drew", "grace"})
_PASSING = frozenset(
    [
        "time",
        "day",
        "days",
        "week",
        "weeks",
        "year",
        "years",
        "month",
        "months",
        "life",
        "it",
        "everything",
        "things",
        "all",
    ]
)
_BEFORE_NICKNAMES = frozenset({"big", "little", "lil", "old", "young", "crazy", "tall"})


def announced_in(scene: Scene) -> Iterator[Finding]:
    """Find who stands right behind a title, a relation, a role or a "named"."""
    after = 0
    for place, token in enumerate(scene.tokens):
        if token.word not in _ANNOUNCERS:
            continue
        sort = _announces(scene, place) if place >= after else None
        if sort is None:
            continue
        first = _begin_of_name(scene, place)
        last = _end_of_name(scene, first, sort)
        if _is_of_public_life(scene, place, first, last):
            continue
        while last > first:
            level = _level(scene, first, last, sort)
            yield scene.finding(first, last, Category.NAME_OTHER, f"person.{sort.value}", level)
            after = last
            first = _next_of_list(scene, last)
            last = _end_of_name(scene, first, _Sort.ROLE) if first else 0


def _is_of_public_life(scene: Scene, place: int, first: int, last: int) -> bool:
    """Tell "Dr. Kelly Wilson" and "Father Thomas Keating", whom everyone knows, by both names."""
    title = scene.tokens[place]
    if title.word == "one":
        return any(begun == first for begun, _ in scene.allowed.phrases)
    if title.word not in TITLES or not (title.high or title.flat):
        return False
    named = (first, last) in scene.allowed.phrases or (place, last) in scene.allowed.phrases
    return named and last - first > 1


def _level(scene: Scene, first: int, last: int, sort: _Sort) -> Level:
    """Block what a list of names has, or what is written with a capital behind a relation."""
    if any(map(is_name, map(scene.word, range(first, last)))):
        return Level.BLOCK
    sure = sort is _Sort.TITLE or (sort is not _Sort.ROLE and scene.tokens[first].high)
    return Level.BLOCK if sure else Level.REVIEW


def _announces(scene: Scene, place: int) -> _Sort | None:
    word = scene.word(place)
    titled = word in NAMING and any(first <= place < last for first, last in scene.allowed.phrases)
    if scene.tokens[place].possessive or titled:  # "My Name Is Bill W."
        return None
    if word in NAMING:
        return _Sort.NAMED if _is_naming(scene, place) else None
    if word in {"co", "one"}:
        told = scene.tokens[place].loud if word == "co" else _is_one_more(scene, place)
        return _Sort.ROLE if told else None
    if word in _BEHIND:
        words, sort = _BEHIND[word]
        return sort if scene.word(place - 1) in words else None
    return _SORTS.get(word)


def _is_one_more(scene: Scene, place: int) -> bool:
    """Tell "his lawyer, one Feinberg, called"."""
    token = scene.tokens[place]
    flat = token.flat and is_surname(scene.word(place + 1))
    return token.gap == ", " and (flat or scene.is_high(place + 1))


def _is_naming(scene: Scene, place: int) -> bool:
    """Tell "a girl named Brynlee" and "her name is Sol" from "a name for the feeling"."""
    word = scene.word(place)
    if word in {"named", "nicknamed", "aka", "dubbed", "alias", "called"}:
        following = scene.word(place + 1)
        if following.endswith(("ed", "ing", "ism")) and not is_name(following):
            return False  # "the therapist named disavowed grief"
        return place - 1 not in scene.allowed.surely
    if place + 1 >= len(scene.tokens):
        return False
    gap = scene.tokens[place + 1].gap.strip()
    before = scene.word(place - 1)
    return gap in {":", "=", ","} or scene.word(place + 1) in {"is", "was"} or before in _KINDS


_KINDS = frozenset({"maiden", "street", "middle", "last", "first", "family", "married", "nick"})


def _begin_of_name(scene: Scene, place: int) -> int:
    """Skip what may stand between: "sister is", "boss, the late", "Officer Dr."."""
    first = place + 1
    if scene.word(place) in NAMING and scene.word(first) in {"is", "was"}:
        first += 1
    if scene.word(place) in KIN and scene.word(first) in _ARE and scene.is_high(first + 1):
        first += 1
    for following in range(first, first + _MOST_TITLES):
        titled = scene.word(following) in TITLES and scene.tokens[following].gap in _BESIDE
        if not titled or scene.word(following + 1) in PERSON_VERBS:
            return following
    return first + _MOST_TITLES


def _end_of_name(scene: Scene, first: int, sort: _Sort) -> int:
    """Give where a name that begins at ``first`` ends; ``first`` itself if there is none."""
    place, named = first, False
    while place < min(len(scene.tokens), first + _MOST_WORDS):
        if not (_goes_on(scene, place) if place > first else _begins(scene, place, sort)):
            break
        word = scene.word(place)
        if word in PARTICLES and is_name(scene.word(place + 1)):
            place += 1
            continue
        if word in NOT_ANNOUNCED or not scene.is_free(place, announced=True):
            break
        if not _is_part(scene, place, sort, named=named):
            break
        named, place = True, place + 1
    while place > first and scene.word(place - 1) in PARTICLES:
        place -= 1
    return place if named else first


def _begins(scene: Scene, place: int, sort: _Sort) -> bool:
    token = scene.tokens[place]
    if sort is _Sort.TITLE:
        return token.gap in {" ", ". ", "\n", "."} and not (token.opens and token.gap != "\n")
    return token.gap in _BESIDE and not (token.gap == ". " and token.opens)


def _goes_on(scene: Scene, place: int) -> bool:
    """Tell a word of the same name: no comma, no possessive, no end between."""
    token, before = scene.tokens[place], scene.tokens[place - 1]
    if before.possessive or token.opens:
        return False
    shortened = token.gap in {". ", "."} and len(before.word) <= 2
    return token.gap in {" ", "-", "\n"} or shortened


def _is_part(scene: Scene, place: int, sort: _Sort, *, named: bool) -> bool:
    token = scene.tokens[place]
    word = token.word
    among_ideas = scene.word(place - 1) == "justice" and token.gap != " "  # "Justice, Joy"
    if among_ideas or any(map(str.isdigit, word)):
        return False
    if (token.loud or word in ORG_HEADS) and not is_name(word):
        return False
    if named:
        return _is_more_of_name(token)
    if word in KIN or (sort is _Sort.ROLE and len(word) == 1):
        return False
    if not token.high and token.gap == ", " and not _says_nothing(scene):
        return False
    return _begins_high(scene, place, sort) if token.high else _begins_low(scene, place, sort)


def _is_more_of_name(token: Token) -> bool:
    word = token.word
    if len(word) == 1:
        return word not in {"a", "i"}
    if is_name(word):
        return token.high or word not in PERSON_VERBS
    return token.high and (is_unknown(word) or is_name_too(word))


def _begins_high(scene: Scene, place: int, sort: _Sort) -> bool:
    """Tell "sister Hope" and "sponsor Big Lou" from "Sponsor Contact" and "Dr. Appt"."""
    token, before = scene.tokens[place], scene.tokens[place - 1]
    word = token.word
    known = is_name(word) or is_name_too(word) or is_unknown(word)
    if known or _leads(scene, place) or _is_called(scene, place, sort):
        return True
    if sort is _Sort.KIN and token.gap == " " and is_first_name(word) and not token.opens:
        return True
    if before.word in _SPANISH_TITLES and token.gap == " " and not token.opens:
        contracted = scene.reading.plain.startswith("'", before.end)  # "don't"
        return before.word not in PARTICLES and not contracted
    if before.word == "baby" and token.gap == " ":
        return before.high and not before.opens
    return sort is _Sort.BY or (before.word in _CALLED and token.gap == " ")


def _is_called(scene: Scene, place: int, sort: _Sort) -> bool:
    """Tell "roommate Skeeter" and "a cellie named Peanut": the capital begins nothing else."""
    token, before = scene.tokens[place], scene.tokens[place - 1]
    following = scene.tokens[place + 1] if place + 1 < len(scene.tokens) else None
    if sort is not _Sort.NAMED and token.gap == ", " and following is not None:
        apposed = following.gap == ", " and following.word in PERSON_VERBS
        return apposed and not token.loud and before.word in _PERSONS
    if token.opens or token.loud or token.gap != " " or before.high:
        return False
    if following is not None and following.high and following.gap == " ":
        return False  # "client Rights Handbook"
    if sort is _Sort.NAMED:
        return scene.word(place - 2) in _PERSONS
    return sort is _Sort.ROLE and before.word in _PERSONS


_ONE_OF = frozenset({"a", "an", "one", "some", "the", "another", "this", "that"})
_PERSONS = (KIN | ROLES) - {"late", "bio", "foster", "adoptive", "biological", "driver", "lead"}


def _begins_low(scene: Scene, place: int, sort: _Sort) -> bool:
    word, following = scene.word(place), scene.word(place + 1)
    if len(word) < _SHORTEST_NAME or scene.word(place - 1) in _SPANISH_TITLES:
        return len(word) >= _SHORTEST_NAME and is_given_name(word)
    leads = word in _BEFORE_NICKNAMES or is_first_name(word)
    full = leads and is_name(following) and _goes_on(scene, place + 1)
    if full or (scene.tokens[place].flat and _acts_as_one(scene, place)):
        return True
    if sort is _Sort.BY:
        return _begins_by(scene, place)
    if sort is _Sort.NAMED and scene.word(place - 2) in _PERSONS:
        one = scene.word(place - 3) in _ONE_OF
        return one and len(word) >= _SHORTEST_NAME and not word.endswith("ly")
    if sort is _Sort.KIN and is_name_too(word) and is_first_name(word):
        return word not in _MODALS and following in PERSON_VERBS
    return _is_alone(scene, place, sort)


def _acts_as_one(scene: Scene, place: int) -> bool:
    """Tell "his roommate skeeter got", where capitals say nothing."""
    own = scene.word(place - 2) in {"his", "her", "my", "their", "our"}
    does = scene.word(place + 1) in _ANIMATE
    return own and does and scene.tokens[place].gap == " " and not scene.word(place).endswith("ly")


_ANIMATE = PERSON_VERBS - frozenset(
    """
    is was has had will would doesn didn wasn isn can't won't cant couldnt wont didnt doesnt wasnt
    isnt hasnt helped helps made makes comes came goes went works worked keeps kept gets gives
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)


def _begins_by(scene: Scene, place: int) -> bool:
    """Tell "she goes by moxie" from "she only went by faith" and "time goes by slowly"."""
    before, word = scene.word(place - 3), scene.word(place)
    alone = before == "only" and is_word(word)
    return not alone and before not in _PASSING and not word.endswith("ly")


def _is_alone(scene: Scene, place: int, sort: _Sort) -> bool:
    """Tell a name of one word: behind a role only one of the lists, behind a relation any."""
    word = scene.word(place)
    if sort is _Sort.ROLE:
        return is_given_name(word) or is_surname(word) or _is_unheard(scene, word)
    if word.endswith(("ed", "ing")) and not is_name(word):
        return False
    surname = sort is _Sort.TITLE and is_surname_word(scene, place)
    return surname or is_name(word) or is_unknown(word)


def _is_unheard(scene: Scene, word: str) -> bool:
    """Tell "roommate skeeter" where capitals say nothing."""
    return len(word) > 4 and is_unknown(word) and not is_compound(word) and _says_nothing(scene)


def _says_nothing(scene: Scene) -> bool:
    return not any(token.high for token in scene.tokens)


def is_surname_word(scene: Scene, place: int) -> bool:
    """Tell a word that is a very usual surname: "mr. brown"."""
    rank = last_name_rank(scene.word(place))
    return scene.word(place - 1) in _FOR_ANYONE and rank is not None and rank < _VERY_USUAL


_FOR_ANYONE = frozenset({"mr", "mrs", "ms", "mx", "miss"})
_VERY_USUAL = 1_500


def _leads(scene: Scene, place: int) -> bool:
    """Tell "Big" of "Big Lou" and "Little" of "Little Anne"."""
    following = place + 1
    if following >= len(scene.tokens) or not scene.tokens[following].high:
        return False
    return _goes_on(scene, following) and is_name(scene.word(following))


def _next_of_list(scene: Scene, after: int) -> int:
    """Give where the next of "Gina and Stuart" or "Eli, Rosemarie" begins; 0 if none does."""
    if after >= len(scene.tokens):
        return 0
    token = scene.tokens[after]
    if token.word in {"and", "or"} and token.gap in {" ", ", "}:
        return after + 1 if after + 1 < len(scene.tokens) else 0
    return after if token.gap in {", ", " & ", "/"} and (token.high or is_name(token.word)) else 0
