"""Words with capitals where only names have them, read together with what is around."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.lexicon import is_name_word, is_rare_word, is_word
from groupnotes.deid.states import STATE_CODES, STATES
from groupnotes.deid.strangers.names import is_given_name, is_name, is_surname, is_town, is_unknown
from groupnotes.deid.strangers.scene import Scene
from groupnotes.deid.strangers.tokens import Token
from groupnotes.deid.strangers.words import (
    AT_WORDS,
    GENERIC,
    KIN,
    MOVES,
    ORG_HEADS,
    PARTICLES,
    PERSON_VERBS,
    PLACE_CUES,
    PLACE_HEADS,
    SURE_ORG_HEADS,
    TITLES,
    WEAK_HEADS,
    WORK_CUES,
    organization_rule,
)

_JOINED = frozenset({" ", "-", " & ", "&", "'", "\n", ". ", " + "})
_SHORTENED = TITLES | {"st", "ste", "mt", "ft", "jr", "sr"}
_INNER = frozenset({"of", "the", "and", "for", "on", "in", "at"}) | PARTICLES
_LONGEST_ACRONYM = 6
_WINDOW = 5


class Run(NamedTuple):
    """Words with capitals from ``first`` up to, not including, ``after``."""

    first: int
    after: int


def runs_in(scene: Scene) -> Iterator[Finding]:
    """Find names, places and organizations by their capitals."""
    for run in _runs(scene):
        whole = _trimmed(scene, run)
        if whole.after <= whole.first or _is_for_everyone(scene, whole):
            yield from _employer(scene, whole)
            continue
        found = _whole(scene, whole)
        if found is not None:
            yield found
            continue
        for part in _parts(scene, run):
            found = _judged(scene, _trimmed(scene, part))
            if found is not None:
                yield found


def _is_for_everyone(scene: Scene, run: Run) -> bool:
    """Tell "Superior Court" from "Washington Superior Court", which is one of them."""
    if any(scene.is_free(place) for place in range(*run)):
        return False
    headed = any(scene.word(place) in ORG_HEADS for place in range(run.first + 1, run.after))
    within = any(first <= run.first and run.after <= last for first, last in scene.allowed.phrases)
    return within or not headed


def _runs(scene: Scene) -> Iterator[Run]:
    """Cut out the runs of words with capitals; names that are found already part them."""
    place, count = 0, len(scene.tokens)
    while place < count:
        if not _is_high(scene, place):
            place += 1
            continue
        after = place + 1
        while after < count and (end := _continued(scene, after)) > after:
            after = end
        yield Run(place, after)
        place = after


def _parts(scene: Scene, run: Run) -> Iterator[Run]:
    """Cut a run at what is allowed in it."""
    first = run.first
    for place in range(*run):
        if not scene.is_free(place):
            if place > first:
                yield Run(first, place)
            first = place + 1
    if run.after > first:
        yield Run(first, run.after)


def _is_high(scene: Scene, place: int) -> bool:
    token = scene.tokens[place]
    if _is_ordinal(token.word):
        return _is_court(scene, place, min(len(scene.tokens), place + 4))
    return token.high and token.word[0].isalpha() and not scene.is_known(place)


def _is_ordinal(word: str) -> bool:
    return word.endswith(("st", "nd", "rd", "th")) and word[0].isdigit()


def _continued(scene: Scene, place: int) -> int:
    """Give where a run that has come to ``place`` goes on to; ``place`` if it ends here."""
    token, before = scene.tokens[place], scene.tokens[place - 1]
    if token.opens or token.gap not in _JOINED:
        return place
    if token.gap == ". " and len(before.word) > 1 and before.word not in _SHORTENED:
        return place
    if _is_high(scene, place):
        return place + 1
    inner = place
    while inner < len(scene.tokens) and inner - place < 2 and scene.word(inner) in _INNER:  # noqa: PLR2004
        inner += 1
    joins = scene.word(place) not in {"and", "in", "at", "for"} or _has_head(scene, place - 1)
    if inner == place or inner >= len(scene.tokens) or not joins:
        return place
    following = scene.tokens[inner]
    return inner + 1 if _is_high(scene, inner) and following.gap == " " else place


def _has_head(scene: Scene, place: int) -> bool:
    return scene.word(place) in ORG_HEADS


def _employer(scene: Scene, run: Run) -> Iterator[Finding]:
    """Find a brand where someone works: "her manager at Waffle House"."""
    if run.after > run.first and _works_at(_before(scene, run)):
        loud = all(scene.tokens[place].loud for place in range(*run))
        if not loud and not any(scene.is_known(place) for place in range(*run)):
            yield scene.finding(*run, Category.ORG, "organization.employer", Level.BLOCK)


def _whole(scene: Scene, run: Run) -> Finding | None:
    """Judge a run with what is allowed in it: "Washington Superior Court", "Otter Creek Dental"."""
    words = [scene.word(place) for place in range(*run)]
    if all(len(word) == 1 for word in words):
        return None
    organization = _organization(scene, run, words)
    if organization is not None:
        return scene.finding(*run, Category.ORG, organization_rule(words), organization)
    place = _place(scene, run, words)
    if place is None:
        return None
    rule = "place.town" if is_town(tuple(words)) else "place"
    return scene.finding(*run, Category.PLACE, rule, place)


def _trimmed(scene: Scene, run: Run) -> Run:
    """Leave off a word that only begins the sentence, titles and relations before the name."""
    first, after = run
    while first < after:
        token = scene.tokens[first]
        if _is_court(scene, first, after):
            break
        opens = token.opens and is_word(token.word) and not _leads_name(scene, first, after)
        if not opens and token.word not in TITLES and token.word not in KIN:
            break
        if token.word in TITLES and is_name(token.word):
            break
        first += 1
    while after > first and scene.word(after - 1) in _INNER:
        after -= 1
    return Run(first, after)


def _is_court(scene: Scene, first: int, after: int) -> bool:
    """Tell "383rd District Court" and "23rd Precinct"."""
    return _is_ordinal(scene.word(first)) and any(
        scene.word(place) in {"court", "precinct", "district"} for place in range(first, after)
    )


def _leads_name(scene: Scene, first: int, after: int) -> bool:
    """Tell "First Baptist Church" and "Grace Novak" at the start of a sentence."""
    rest = range(first + 1, after)
    word = scene.word(first)
    if is_name_word(word) and any(is_surname(scene.word(place)) for place in rest):
        return True
    return any(scene.word(place) in SURE_ORG_HEADS for place in rest)


def _judged(scene: Scene, run: Run) -> Finding | None:
    """Judge a run of free words: a person, or what no list knows."""
    if run.after <= run.first:
        return None
    found = _whole(scene, run)
    if found is not None:
        return found
    words = [scene.word(place) for place in range(*run)]
    if all(len(word) == 1 for word in words):
        return None
    person = _person(scene, run, words)
    if person is not None:
        return scene.finding(*run, Category.NAME_OTHER, "person", person)
    if _is_unheard(scene, run, words) and _is_where_names_are(scene, run):
        category = Category.PLACE if _cue(scene, run) in PLACE_CUES else Category.NAME_OTHER
        return scene.finding(*run, category, "unknown", Level.REVIEW)
    return None


def _cue(scene: Scene, run: Run) -> str:
    """Give the word before a run in the same clause, articles passed over."""
    place = run.first - 1
    while place >= 0 and scene.word(place) in {"the", "a", "her", "his", "their", "our", "old"}:
        place -= 1
    if place < 0 or any(scene.tokens[inner].opens for inner in range(place + 1, run.first + 1)):
        return ""
    return scene.word(place)


def _before(scene: Scene, run: Run) -> list[str]:
    """Give the words of the clause before a run, the nearest last."""
    first = max(0, run.first - _WINDOW)
    words = []
    for place in range(first, run.first):
        if scene.tokens[place].opens:
            words.clear()
        words.append(scene.word(place))
    return words


def _organization(scene: Scene, run: Run, words: Sequence[str]) -> Level | None:
    heads = [word for word in words[1:] if word in ORG_HEADS] + [
        word for word in words[:1] if word in _FIRST_HEADS
    ]
    telling = [
        word
        for word in words
        if word not in GENERIC and word not in ORG_HEADS and word not in _INNER and len(word) > 1
    ]
    if tuple(words[:2]) == ("our", "lady"):
        return Level.BLOCK
    before = _before(scene, run)
    works = not WORK_CUES.isdisjoint(before) or _works_at(before)
    if heads and (telling or len(words) > 2) and not _is_description(scene, run, words):  # noqa: PLR2004
        sure = any(word in SURE_ORG_HEADS for word in words) or works or any(map(is_unknown, words))
        if not telling or not (sure or _is_placed(scene, run, words)):
            return None
        return Level.BLOCK if sure else Level.REVIEW
    if scene.tokens[run.first].opens or all(token.loud for token in scene.tokens[slice(*run)]):
        return None
    if works and not all(map(is_word, words)):
        return Level.BLOCK
    at = _cue(scene, run) in AT_WORDS
    if (works or at) and len(words) > 1 and not all(word in GENERIC for word in words):
        return Level.REVIEW
    return None


def _is_placed(scene: Scene, run: Run, words: Sequence[str]) -> bool:
    """Tell an organization of plain words by what is around or by its length."""
    if _cue(scene, run) in _AT_ORGANIZATIONS or scene.word(run.first - 1) == "the":
        return words[-1] not in WEAK_HEADS or _cue(scene, run) in AT_WORDS
    opens = scene.tokens[run.first].opens
    return not opens and len(words) > 2 and words[-1] not in WEAK_HEADS  # noqa: PLR2004


def _works_at(before: Sequence[str]) -> bool:
    """Tell "works nights at" and "her job with the"."""
    before = list(before)
    while before and before[-1] in {"the", "a", "an", "his", "her", "their", "our", "local"}:
        before.pop()
    return (
        bool(before)
        and before[-1] in {"at", "for", "with", "from", "by"}
        and not _WORK.isdisjoint(before)
    )


_AT_ORGANIZATIONS = AT_WORDS | frozenset(
    """
    from to for by with outside behind past near via of attends attending joined left
    """.split()  # noqa: SIM905 - as below
)
_FIRST_HEADS = frozenset({"masjid", "casa", "camp", "iglesia", "hotel", "st", "saint", "temple"})
_WORK = frozenset(
    """
    work works worked working job jobs shift shifts hired fired employed laid terminated boss manager
    supervisor cashier waitress server cook barista employer paycheck promotion interview interviewed
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)


def _is_description(scene: Scene, run: Run, words: Sequence[str]) -> bool:
    """Tell "Women's Process Group" and "Intensive Outpatient Program" by their words."""
    return all(word in GENERIC or (word in ORG_HEADS and is_word(word)) for word in words)


def _place(scene: Scene, run: Run, words: Sequence[str]) -> Level | None:
    telling = [word for word in words if word not in PLACE_HEADS and word not in GENERIC]
    if len(words) > 1 and words[-1] in PLACE_HEADS and telling:
        unknown = any(not is_word(word) for word in words)
        cued = _cue(scene, run) in PLACE_CUES | AT_WORDS | {"of", "by", "on"}
        if unknown or cued:
            return Level.BLOCK if cued and unknown else Level.REVIEW
    if _is_before_state(scene, run):
        return Level.BLOCK
    cue = _cue(scene, run)
    named = is_town(tuple(words))
    moved = not MOVES.isdisjoint(_before(scene, run))
    if named and cue in PLACE_CUES and not all(map(is_word, words)):
        return Level.BLOCK if moved or not any(map(is_given_name, words)) else Level.REVIEW
    if named and moved and cue in PLACE_CUES:
        return Level.REVIEW
    return None


def _is_before_state(scene: Scene, run: Run) -> bool:
    """Tell "Salem, OR" and "Toledo, Ohio"."""
    if run.after >= len(scene.tokens):
        return False
    state = scene.tokens[run.after]
    if state.gap not in {", ", " "} or not state.high:
        return False
    following = scene.word(run.after + 1)
    if any(map(str.isdigit, following)) and len(following) != len("97301"):
        return False
    return state.word in STATES or (state.word in STATE_CODES and state.loud)


def _person(scene: Scene, run: Run, words: Sequence[str]) -> Level | None:
    full = [word for word in words if word not in PARTICLES]
    if len(full) > 1 and is_given_name(full[0]) and (is_surname(full[-1]) or is_unknown(full[-1])):
        return Level.BLOCK
    if all(
        token.loud and len(token.word) <= _LONGEST_ACRONYM - 2
        for token in scene.tokens[slice(*run)]
    ):
        return None
    named = [word for word in full if is_given_name(word) or is_surname(word)]
    opens = scene.tokens[run.first].opens
    if named and len(full) > 1 and all(is_name(w) or is_name_word(w) or len(w) == 1 for w in full):
        return Level.BLOCK if not opens else Level.REVIEW
    if is_given_name(full[0]) and (not opens or _is_spoken_of(scene, run)):
        return Level.REVIEW
    if named and (not opens or scene.word(run.after) in PERSON_VERBS):
        return Level.REVIEW
    if opens and is_name(full[0]) and scene.word(run.after) in PERSON_VERBS:
        return Level.REVIEW
    return None


def _is_spoken_of(scene: Scene, run: Run) -> bool:
    """Tell a name that begins a sentence by what it does: "Tasha called", "Tasha's plan"."""
    if run.after - run.first > 1 or scene.tokens[run.after - 1].possessive:
        return True
    if run.after >= len(scene.tokens):
        return False
    following = scene.tokens[run.after]
    if following.word in {"and", "&"} and is_given_name(scene.word(run.after + 1)):
        return True
    return following.word in PERSON_VERBS or following.gap.startswith((",", " ("))


def _is_where_names_are(scene: Scene, run: Run) -> bool:
    """Tell "over in Brightmoor" and "tonight, Ondine from" from "got Takis" and "a Glock"."""
    first = scene.tokens[run.first]
    before = scene.word(run.first - 1)
    if before in _ARTICLES or first.opens:
        return False
    return (
        run.after - run.first > 1
        or _cue(scene, run) in _BESIDE_NAMES
        or first.gap.startswith((",", " ("))
        or _is_spoken_of(scene, run)
    )


_ARTICLES = frozenset({"a", "an", "some", "any", "more", "no", "each", "every"})
_BESIDE_NAMES = (
    PLACE_CUES
    | AT_WORDS
    | frozenset(
        {
            "by",
            "of",
            "with",
            "and",
            "desde",
            "en",
            "con",
            "or",
            "nr",
            "o",
            "told",
            "than",
            "fr",
            "w",
        }
    )
)


def _is_unheard(scene: Scene, run: Run, words: Sequence[str]) -> bool:
    """Tell a run with a word that no list has, where a capital says that it is a name."""
    tokens = scene.tokens[run.first : run.after]
    for token, word in zip(tokens, words, strict=True):
        if token.opens or len(word) < 3 or is_word(word):  # noqa: PLR2004
            continue
        if _is_camel(scene, token) or "'" in word:
            continue
        if token.loud and (len(word) <= _LONGEST_ACRONYM or not is_name(word)):
            continue
        if is_name(word) or (not is_rare_word(word) and not any(map(str.isdigit, word))):
            return True
    return False


def _is_camel(scene: Scene, token: Token) -> bool:
    """Tell "KakaoTalk" from "DeShawn": brands have a capital within, names after few letters."""
    written = scene.reading.written(token.start, token.end)
    inner = [place for place, letter in enumerate(written) if place and letter.isupper()]
    return not token.loud and bool(inner) and inner[0] > 3  # noqa: PLR2004
