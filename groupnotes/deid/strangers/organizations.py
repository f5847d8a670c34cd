"""Tell employers, schools, churches and courts among words with capitals."""

from collections.abc import Sequence

from groupnotes.deid.findings import Level
from groupnotes.deid.lexicon import is_word
from groupnotes.deid.strangers.run import Run
from groupnotes.deid.strangers.trades import TRADES
from groupnotes.deid.strangers.words import (
    AT_WORDS,
    GENERIC,
    ORG_HEADS,
    PARTICLES,
    SURE_ORG_HEADS,
    WEAK_HEADS,
    WORK_CUES,
)

_SMALL = frozenset({"of", "the", "and", "for", "on", "in", "at"}) | PARTICLES
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "their", "our", "local"})
_BEFORE_EMPLOYERS = frozenset({"at", "for", "with", "from", "by"})
_BEFORE_ORGANIZATIONS = AT_WORDS | frozenset(
    """
    pays paid owes owed called emailed sued contacted phoned from to for by with outside
    behind past near via of attends attending joined left against into
    """.split()  # noqa: SIM905 - as below
)
FIRST_HEADS = frozenset({"masjid", "casa", "camp", "iglesia", "hotel", "st", "saint", "temple"})
_WORK = frozenset(
    """
    work works worked working job jobs shift shifts hired fired employed laid terminated boss
    manager supervisor cashier waitress server cook barista employer paycheck promotion interview
    interviewed
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_SEEN = frozenset("follow followup appt appointment intake referral referred eval".split())  # noqa: SIM905
_LEFT = frozenset(
    """
    go fired transferred discharged released wrote writes writing called calls graduated referred
    suspended expelled laid stole bought ordered retired admitted
    """.split()  # noqa: SIM905 - as above
)
_NAMED = frozenset(
    """
    daycare preschool school church employer hospital clinic gym bank pharmacy shelter agency
    bakery diner restaurant cafe bar salon shop store motel hotel cemetery museum
    program workplace jail prison facility dojo temple parish synagogue mosque college
    """.split()  # noqa: SIM905 - as above
)
"""What is called so: "her daycare is Little Otters"."""
_TRADES = frozenset(
    """
    waits waited tables bartends tends flips fries serves served guards sells mops packs loads
    unloads sorts bags bagged hosts bounces temps coaches nurses dancer cdl position line floor
    register dock lost
    start starts started starting drives drove driving welder welds teaches taught cleans
    cooks manages stocks stocking delivers
    hauls driver cleaner mechanic plumber roofer janitor clerk teller aide gig temping temp shelves
    apprentice foreman dispatcher payroll coworker coworkers intern baker waiter server bartender
    """.split()  # noqa: SIM905 - as above
)
"""What people do somewhere, told by "at" or "for" right behind."""
_OF_NATURE = frozenset(
    "harbor terrace village crossing sprouts garden gardens mill haven orchard barn farm".split()  # noqa: SIM905
)
"""Heads that tell a name where another one follows: "Harbor Street Middle School"."""
_SHIPS = frozenset({"uss", "usns", "uscgc", "hms"})
_HALLOWED = frozenset("holy sacred blessed immaculate precious divine".split())  # noqa: SIM905
_HOLY_THINGS = frozenset(
    """
    spirit bible week land communion ghost book scripture scriptures roman friday saturday thursday
    pathways path ground space circle text texts one cow site tradition mass
    """.split()  # noqa: SIM905 - as above
)
_NEAR, _PAIR = 4, 2
_HEADS = ORG_HEADS | TRADES
_MEDIA = frozenset({"learning", "arts", "books", "records", "radio", "law"})
_OF_FIRMS = _HEADS - GENERIC - WEAK_HEADS - _MEDIA
"""Heads that only firms and churches have: before them a head is a name, "Glass City Cabs"."""
_CENTERS = frozenset({"center", "centre", "ctr", "house", "home", "school"})
_RESIDENCES = frozenset({"house", "home", "manor", "lodge"})
_LONG_NAME = 3


def level_of_organization(run: Run) -> Level | None:
    """Judge by a head ("Elementary", "Plumbing"), and by the words of work around."""
    words = run.words
    if words[0] in _SHIPS and len(words) > 1:
        return Level.REVIEW
    if words[:2] == ("our", "lady"):
        return Level.BLOCK
    if _is_hallowed(run) or _is_of_state(run):
        return Level.REVIEW
    works = not WORK_CUES.isdisjoint(run.before) or works_at(run.before)
    if _has_head(words):
        return _level_with_head(run, works=works)
    return _level_without_head(run, works=works)


def _is_hallowed(run: Run) -> bool:
    """Tell "a deacon from Holy Innocents" from "Holy Week": a parish or what it runs."""
    words = run.words
    if len(words) < _PAIR or words[0] not in _HALLOWED or words[1] in _HOLY_THINGS:
        return False
    return not run.opens and run.cue in _BEFORE_ORGANIZATIONS | {"in"} and not run.tokens[0].loud


def _is_of_state(run: Run) -> bool:
    """Tell "studies at Delta State" from "in Washington State"."""
    words = run.words
    if len(words) < _PAIR or words[-1] != "state" or words[0] in {"washington", "new", "solid"}:
        return False
    told = all(token.high and not token.loud for token in run.tokens)
    return told and not run.opens and run.cue in _BEFORE_ORGANIZATIONS and words[0] not in GENERIC


def _level_without_head(run: Run, *, works: bool) -> Level | None:
    words = run.words
    loud = all(token.loud for token in run.tokens)
    if works and not run.opens and not all(map(is_word, words)):
        return Level.REVIEW if loud else Level.BLOCK
    if run.opens or loud:
        return None
    several = len(words) > 1 and not GENERIC.issuperset(words)
    beside = works or run.cue in AT_WORDS or _is_left(run)
    return Level.REVIEW if (beside and several) or _is_called(run) else None


def _is_called(run: Run) -> bool:
    """Tell "her daycare is Little Otters" and "the bakery Crumb & Cradle"."""
    if run.cue in {"is", "was"}:
        return not _NAMED.isdisjoint(run.before)
    close = run.tokens[0].gap == " " and run.scene.word(run.first - 1) == run.cue
    return close and run.cue in _NAMED and len(run) > 1


def works_at(before: Sequence[str]) -> bool:
    """Tell "works nights at" and "her job with the"."""
    words = list(before)
    while words and words[-1] in _DETERMINERS:
        words.pop()
    if not words or words[-1] not in _BEFORE_EMPLOYERS:
        return False
    trade = words[-1] in {"at", "for"} and not _TRADES.isdisjoint(words[-_NEAR:])
    return trade or not _WORK.isdisjoint(words)


def _is_left(run: Run) -> bool:
    """Tell "let go from Bonny Creek", "wrote from Two Rivers", "follow-up with South Cove"."""
    if run.cue in {"with", "to"}:
        return not _SEEN.isdisjoint(run.before)
    return run.cue == "from" and not _LEFT.isdisjoint(run.before)


def _has_head(words: Sequence[str]) -> bool:
    headed = words[0] in FIRST_HEADS or not _HEADS.isdisjoint(words[1:])
    return headed and (bool(_telling(words)) or len(words) >= _LONG_NAME)


def _telling(words: Sequence[str]) -> list[str]:
    """Give the words that common descriptions do not have: not "Women's Process Group"."""
    common = GENERIC | ORG_HEADS | _SMALL
    telling = [word for word in words if word not in common and len(word) > 1]
    if telling or words[-1] not in _OF_FIRMS:
        return telling or [word for word in words[:-1] if word in _OF_NATURE]
    return [word for word in words[:-1] if word not in GENERIC and word not in _SMALL]


def _level_with_head(run: Run, *, works: bool) -> Level | None:
    words = run.words
    if not _telling(words):
        return None
    if works or not SURE_ORG_HEADS.isdisjoint(words) or not all(map(is_word, words)):
        return Level.BLOCK
    return Level.REVIEW if _is_placed(run) else None


def _is_placed(run: Run) -> bool:
    """Tell an organization of plain words by what is around, or by its length."""
    weak = run.words[-1] in WEAK_HEADS
    if run.cue == "is" and not _RESIDENCES.isdisjoint(run.before):
        return True
    if run.words[-1] in _RESIDENCES and run.scene.word(run.first - 1) == "the":
        return True
    if run.words[-1] in _CENTERS and run.cue in {"to", "from", "with"} and len(run) >= _LONG_NAME:
        return True
    if run.cue in _BEFORE_ORGANIZATIONS or run.scene.word(run.first - 1) == "the":
        return not weak or run.cue in AT_WORDS
    return not run.opens and len(run) >= _LONG_NAME and not weak
