"""Words with capitals where only names have them, read together with what is around."""

from collections.abc import Iterator

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.lexicon import is_name_word, is_word
from groupnotes.deid.strangers.citing import is_cited, is_title, may_be_cited
from groupnotes.deid.strangers.names import is_name, is_surname, is_town
from groupnotes.deid.strangers.organizations import FIRST_HEADS, level_of_organization, works_at
from groupnotes.deid.strangers.people import is_unheard, level_of_person
from groupnotes.deid.strangers.places import is_namesake, level_of_place
from groupnotes.deid.strangers.run import Run
from groupnotes.deid.strangers.scene import Scene
from groupnotes.deid.strangers.words import (
    GENERIC,
    KIN,
    ORG_HEADS,
    PARTICLES,
    PLACE_CUES,
    PLACE_HEADS,
    SURE_ORG_HEADS,
    TITLES,
    WEAK_HEADS,
    organization_rule,
)

_JOINED = frozenset({" ", "-", " & ", "&", "'", "\n", ". ", " + "})
_SHORTENED = TITLES | {"st", "ste", "mt", "ft", "jr", "sr"}
_INNER = frozenset({"of", "the", "and", "for", "on", "in", "at"}) | PARTICLES
_ONLY_AFTER_HEADS = frozenset({"and", "in", "at", "for"})
_MOST_INNER = 2
_LONGEST = 12
_NAMED_AFTER = frozenset(
    """
    act law bill syndrome disease scale inventory test index method model rounds day week month
    award prize protocol procedure technique effect study diet challenge questionnaire interview
    checklist curve paradox principle rule code amendment prayer step steps tradition model theory
    """.split()  # noqa: SIM905 - as below
)
"""What is named after someone: "Camp Lejeune Act", "Zarit Burden Interview"."""
_BY_EMPLOYERS = frozenset({"hired", "fired", "rehired", "promoted"})
_AGENCIES = frozenset(
    """
    va vha dod dmv irs ssa cps dcf dcfs dss dhs hhs hud doc nami samhsa ymca aa na ca iop php usda
    army navy marines er ed icu ot pt home hr
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
"""What is no employer, or one of so many that it tells nothing."""


def runs_in(scene: Scene) -> Iterator[Finding]:
    """Find names, places and organizations by their capitals."""
    for run in _runs(scene):
        whole = _trimmed(run)
        if not whole or _is_for_everyone(whole):
            yield from _employer(whole)
            if whole and is_namesake(whole):
                yield whole.finding(Category.PLACE, "place.town", Level.REVIEW)
            continue
        found = _whole(whole)
        if found is not None:
            yield found
            continue
        for part in map(_trimmed, _parts(run)):
            found = _judged(part) if part else None
            if found is not None:
                yield found


def _whole(run: Run) -> Finding | None:
    """Judge a run with what is allowed in it: "Washington Superior Court"."""
    words = run.words
    if all(len(word) == 1 for word in words):
        return None
    if is_title(run.scene.tokens, run.first, run.after):
        return None
    judges = (_as_organization, _as_place)
    if words[-1] in PLACE_HEADS and words[-1] not in ORG_HEADS:
        judges = (_as_place, _as_organization)
    return judges[0](run) or judges[1](run)


def _as_organization(run: Run) -> Finding | None:
    level = level_of_organization(run)
    rule = organization_rule(run.words)
    if rule == "organization" and works_at(run.before):
        rule = "organization.employer"
    return None if level is None else run.finding(Category.ORG, rule, level)


def _as_place(run: Run) -> Finding | None:
    level = level_of_place(run)
    rule = "place.town" if is_town(run.words) else "place"
    return None if level is None else run.finding(Category.PLACE, rule, level)


def _judged(run: Run) -> Finding | None:
    """Judge a run of free words: a person too, or what no list knows."""
    found = _whole(run)
    if found is not None or all(len(word) == 1 for word in run.words):
        return found
    if is_cited(run.scene.tokens, run.first, run.after):
        return None
    person = level_of_person(run)
    if person is not None:
        if may_be_cited(run.scene.tokens, run.first, run.after):
            person = Level.REVIEW
        return run.finding(Category.NAME_OTHER, "person", person)
    if is_unheard(run):
        category = Category.PLACE if run.cue in PLACE_CUES else Category.NAME_OTHER
        return run.finding(category, "unknown", Level.REVIEW)
    return None


def _employer(run: Run) -> Iterator[Finding]:
    """Find a brand where someone works: "her manager at Waffle House"."""
    told = bool(run) and (works_at(run.before) or _employs(run))
    if not told or not _AGENCIES.isdisjoint(run.words):
        return
    own = run.scene.allowed.of_practice
    if run.cue not in {"at", "for"}:  # "learned to cook from Julia Child"
        own |= run.scene.allowed.people
    places = range(run.first, run.after)
    if own.isdisjoint(places) and not any(map(run.scene.is_known, places)):
        level = Level.BLOCK if works_at(run.before) else Level.REVIEW
        yield run.finding(Category.ORG, "organization.employer", level)


def _employs(run: Run) -> bool:
    """Tell "Cracker Barrel hired her" and "Red Lobster let him go"."""
    if run.next_word == "let":
        return run.scene.word(run.after + 2) == "go"
    return run.next_word in _BY_EMPLOYERS


def _is_for_everyone(run: Run) -> bool:
    """Tell "Superior Court" from "Washington Superior Court", which is one of them."""
    if len(run) > 1 and run.words[-1] in _NAMED_AFTER:
        return True
    free = [place for place in range(run.first, run.after) if run.scene.is_free(place)]
    if len(free) < len(run) and run.words[-1] in WEAK_HEADS:  # "Al-Anon Family Group"
        return all(run.scene.word(place) in GENERIC for place in free)
    if free:
        return False
    phrases = run.scene.allowed.phrases
    within = any(first <= run.first and run.after <= last for first, last in phrases)
    return within or ORG_HEADS.isdisjoint(run.words[1:])


def _runs(scene: Scene) -> Iterator[Run]:
    """Cut out the runs of words with capitals; names that are found already part them."""
    place, count = 0, len(scene.tokens)
    while place < count:
        token = scene.tokens[place]
        if not (token.high or token.word[0].isdigit()) or not _is_high(scene, place):
            place += 1
            continue
        after = place + 1
        last = min(count, place + _LONGEST)
        while after < last and (end := _continued(scene, after)) > after:
            after = end
        yield Run(scene, place, after)
        place = after


def _parts(run: Run) -> Iterator[Run]:
    """Cut a run at what is allowed in it."""
    first = run.first
    for place in range(run.first, run.after):
        if not run.scene.is_free(place):
            if place > first:
                yield Run(run.scene, first, place)
            first = place + 1
    if run.after > first:
        yield Run(run.scene, first, run.after)


def _is_high(scene: Scene, place: int) -> bool:
    token = scene.tokens[place]
    if _is_ordinal(token.word):
        return _is_court(Run(scene, place, min(len(scene.tokens), place + 4)))
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
    return _past_inner_words(scene, place)


def _past_inner_words(scene: Scene, place: int) -> int:
    """Go over "of the" in "Our Lady of the Wells"; "and" and "in" join organizations only."""
    inner = place
    while inner - place < _MOST_INNER and scene.word(inner) in _INNER:
        inner += 1
    if inner == place or inner >= len(scene.tokens):
        return place
    if scene.word(place) in _ONLY_AFTER_HEADS and scene.word(place - 1) not in ORG_HEADS:
        return place
    return inner + 1 if _is_high(scene, inner) and scene.tokens[inner].gap in {" ", "-"} else place


def _trimmed(run: Run) -> Run:
    """Leave off a word that only begins the sentence, titles and relations before the name."""
    scene, first, after = run.scene, run.first, run.after
    while first < after and _is_before_name(Run(scene, first, after)):
        first += 1
        while first < after and scene.word(first) in _INNER and not scene.is_high(first):
            first += 1
    while after > first and scene.word(after - 1) in _INNER and not scene.is_high(after - 1):
        after -= 1
    return Run(scene, first, after)


def _is_before_name(run: Run) -> bool:
    word = run.words[0]
    if _is_court(run) or (word in TITLES and is_name(word)):
        return False
    if word in FIRST_HEADS and any(map(is_name, run.words[1:])):
        return False
    opening = run.opens and is_word(word) and not _leads_name(run)
    return opening or word in TITLES or word in KIN


def _is_court(run: Run) -> bool:
    """Tell "383rd District Court" and "23rd Precinct"."""
    words = run.words
    return _is_ordinal(words[0]) and not {"court", "precinct", "district"}.isdisjoint(words)


def _leads_name(run: Run) -> bool:
    """Tell "First Baptist Church" and "Grace Novak" at the start of a sentence."""
    word, *rest = run.words
    if is_name_word(word) and any(map(is_surname, rest)):
        return True
    return not SURE_ORG_HEADS.isdisjoint(rest)
