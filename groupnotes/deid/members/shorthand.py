"""What shorthand notes put behind a name without a verb: "Ivy +SI", "Reed w/d x2", "Chance?".

Notes also leave the verb out where they say what someone is or where: "June, usher, seated",
"June at the piano, others singing".
"""

import re

from groupnotes.deid.members import grammar
from groupnotes.deid.members.surroundings import Surroundings
from groupnotes.deid.members.word_kinds import ADJECTIVES, VERBS

# ruff: noqa: SIM905 - as prose the lists are read and kept in order

_SYMPTOMS = frozenset(
    """
    si hi shi sib nssi avh ah vh etoh thc ua uds wd ns dc ama awol uti covid tremor tremors nausea
    ideation cravings hallucinations
    """.split()
)
_SLASHED = frozenset({("w", "d"), ("d", "c"), ("s", "p"), ("n", "s"), ("c", "o"), ("r", "o")})
_TIMES = re.compile(r"x\d{1,2}\Z")
_SIGNS = frozenset({"+", "-", "(+", "(-", "?"})
_ANSWERS = frozenset("no ns absent here gone sick late out awol unknown still not never".split())
_ROLES = frozenset(
    """
    usher deacon deaconess elder chaplain pastor choir cook nurse teacher driver farmer welder medic
    secretary treasurer chair cochair alternate greeter timekeeper scribe captain foreman veteran
    widow widower retiree grandmother grandfather mother father mom dad parent caregiver newcomer
    plumber mechanic roofer painter janitor clerk cashier barber waitress waiter trucker rancher
    logger miner picker packer student senior junior sophomore freshman sergeant corporal marine
    """.split()
)
_SPOTS = frozenset(
    """
    piano organ drums guitar keyboard door doorway window desk table phone mic microphone stove sink
    wheel hallway lobby corner chair couch sofa van truck car line porch gate fence kitchen clinic
    nurse nurses bench steps stairs lot dock barn board mat floor rail pulpit altar pew podium
    screen monitor walker crutches bed cot bunk cell shower bathroom restroom er icu nicu infirmary
    """.split()
)
_CHANNELS = frozenset("chat zoom video phone webcam telehealth teams audio screen".split())
_AT = frozenset({"at", "on", "in", "by", "near", "behind", "outside"})
_BY = frozenset({"in", "by", "via", "on", "from"})
_THE = frozenset({"the", "a", "an", "his", "her", "our", "their"})
_MOST_BETWEEN = 2
_NOT_PLACED = VERBS | ADJECTIVES
_WHO = _ROLES | grammar.KIN | grammar.PERSON_NOUNS


def is_symptom(word: str) -> bool:
    return word in _SYMPTOMS


def is_abbreviated(around: Surroundings, first: int, after: int) -> bool:
    """Tell the abbreviations of what a client has, does or does not."""
    if after >= len(around.words) or around.words[after].new_line:
        return False
    behind, apart = around.words[after], around.words[after].start > around.words[after - 1].end + 1
    if behind.gap == "?":
        return apart and behind.text in _ANSWERS and around.words[first].text not in VERBS
    if behind.text in _SYMPTOMS and (behind.gap in _SIGNS or behind.gap == ""):
        return behind.gap != "-" or apart
    if behind.gap:
        return False
    if _TIMES.match(behind.text):
        return True
    beyond = around.words[after + 1] if after + 1 < len(around.words) else None
    slashed = beyond is not None and beyond.gap == "/"
    return slashed and beyond is not None and (behind.text, beyond.text) in _SLASHED


def is_placed(around: Surroundings, first: int, after: int) -> bool:
    """Tell who someone is, between commas, and where someone is, with no verb behind."""
    if after >= len(around.words):
        return False
    placed = around.words[first].text not in _NOT_PLACED
    if around.words[after].gap == ",":
        return _is_parent(around, after) or (placed and _is_role(around, after))
    return placed and _is_at_spot(around, after)


def _is_at_spot(around: Surroundings, after: int) -> bool:
    """Tell "June at the piano," and "Clay in chat:"."""
    if _is_on_channel(around, after):
        return True
    if around.following(after) not in _AT or around.following(after + 1) not in _THE:
        return False
    for place in range(after + 2, after + 3 + _MOST_BETWEEN):
        if around.following(place) in _SPOTS:
            return _is_parted(around, place + 1)
    return False


def _is_on_channel(around: Surroundings, after: int) -> bool:
    """Tell 'Clay in chat: "same here"' and "Joy by phone, tired"."""
    told = around.following(after) in _BY and around.following(after + 1) in _CHANNELS
    behind = after + 2
    parted = behind >= len(around.words) or around.words[behind].gap[:1] in {":", ",", ";", "."}
    return told and (parted or around.words[behind].new_line)


def _is_parent(around: Surroundings, at: int) -> bool:
    """Tell ", father of four, taught"."""
    at += around.words[at].text in _THE
    told = at < len(around.words) and around.words[at].text in grammar.KIN
    closed = at + 3 < len(around.words) and around.words[at + 3].gap[:1] in {",", ";", "."}
    return told and closed and around.following(at + 1) == "of" and bool(around.following(at + 2))


def _is_role(around: Surroundings, at: int) -> bool:
    """Tell ", usher, seated" and ", a deaconess, was"."""
    words = around.words
    if words[at].text in _THE:
        at += 1
    for place in range(at, min(len(words), at + 1 + _MOST_BETWEEN)):
        if place > at and words[place].gap:
            return False
        if words[place].text in _WHO:
            return place + 1 < len(words) and words[place + 1].gap[:1] in {",", ";", "."}
    return False


def _is_parted(around: Surroundings, at: int) -> bool:
    """Tell the end of what has no verb: a comma, a full stop, "w/"."""
    if at >= len(around.words):
        return True
    word = around.words[at]
    return word.new_line or word.gap[:1] in {",", ".", ";"} or word.text in {"w", "with"}
