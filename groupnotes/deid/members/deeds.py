"""What people do and have, and hardly any idea or thing: "had a rough weekend", "can't come"."""

from groupnotes.deid.lexicon import is_name_word, is_third_person, is_verb
from groupnotes.deid.members import grammar
from groupnotes.deid.members.oneself import tells_of_oneself
from groupnotes.deid.members.surroundings import Surroundings
from groupnotes.deid.members.undergoing import undergoes
from groupnotes.deid.members.word_kinds import (
    ABSTRACTLY,
    HANDLED,
    OBJECTS,
    PRESENT,
    VERBS,
    is_abstract,
    is_finite,
    is_loose,
)
from groupnotes.deid.words import FUNCTION_WORDS

# ruff: noqa: SIM905 - as prose the lists are read and kept in order

_WHERE = frozenset(
    """
    work home school court church class rehab detox jail prison hospital academy college clinic
    dialysis therapy appointment airport doctor shelter er nicu icu
    """.split()
)
_ON = frozenset(
    """
    duty pass blackout restriction leave probation parole watch shift lithium suboxone methadone
    meds medication crutches oxygen bedrest dialysis commitment papers house precautions
    """.split()
)
_SPOTS = frozenset(
    """
    spot mood hurry situation crisis boat position rut bind place way headspace state tears
    withdrawal labor custody detox seclusion segregation surgery chair wheelchair sling cast
    """.split()
)
_KINDS_OF_PEOPLE = (
    grammar.KIN
    | grammar.PERSON_NOUNS
    | frozenset(
        """
        widow widower nurse teacher veteran retiree mechanic driver vegetarian smoker survivor
        caregiver welder paramedic medic cook lawyer engineer farmer
        """.split()
    )
)
_HAD_BY_PEOPLE = frozenset(
    """
    weekend week night day morning afternoon evening shift baby fall fever seizure hearing
    appointment appt visit surgery interview fight argument relapse slip attack dream nightmare
    question conflict migraine headache cold stroke flashback flare procedure scan biopsy birthday
    anniversary breakthrough meltdown talk conversation date
    """.split()
)
_QUALITIES = frozenset(
    """
    rough hard tough good great bad difficult better worse long quiet nice busy terrible horrible
    wonderful big small new painful stressful scary panic job doctor court positive sad tearful
    """.split()
)
_DONE_BY_IDEAS = frozenset(
    """
    something anything nothing everything growing fading building rising changing coming going
    missing becoming returning dying dwindling waning spreading flowing falling ending starting
    beginning happening being getting making giving helping keeping holding bringing taking turning
    showing lacking needing wanting asking calling waiting worth knowing having doing trying letting
    choosing accepting noticing forgiving believing trusting allowing finding seeing learning moving
    burning breaking blooming opening closing running healing hardening drying melting cracking
    """.split()
)
"""What is said of hope and of summer: "hope is growing"; and "love is letting go"."""
_SHORTEST_DOING = 5
_MOST_QUALITIES = 2
_PEOPLE_TOO = frozenset("us them me everyone everybody all".split())
_PRONOUNS = frozenset("her him them us me it".split())
_CANNOT = frozenset(
    """
    can couldn could didn doesn won wouldn don cant couldnt didnt doesnt wont isn wasn hasn hadn
    isnt wasnt hasnt hadnt wouldnt shouldn shouldnt ain aint
    """.split()
)
_PERSONAL = frozenset(
    """
    come make attend talk sleep eat stay sit speak see go feel want believe remember recall say
    drive walk think tell know share join call find get afford leave bring stop stand wait sing
    read write cleared approved permitted eligible ready able sure here there home back allowed
    feeling sleeping eating
    coming going been seen
    """.split()
)
_PERSONAL_STATES = _PERSONAL | grammar.STATES
_PLANNED = frozenset(
    """
    see follow return call meet bring start get talk attend discharge contact check schedule speak
    email text host lead continue complete review finish present step transfer begin
    """.split()
)
_CAUSING = frozenset("got gets helped helps made makes let lets had has".split())
_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
_BEHIND_DEEDS = frozenset(
    "a an the his her their him them it us to that up she he when while because until".split()
)
"""What follows a verb and no plural noun: "Rose bakes the", not "Robin eggs in"."""
_DONE_ALONE = frozenset("enlists resigns relocates deploys confides marries weds".split())
_BEHIND_VERBS = FUNCTION_WORDS - {
    "and",
    "or",
    "is",
    "was",
    "are",
    "were",
    "has",
    "had",
    "will",
    "would",
    "can",
}
_SINGULAR = PRESENT | {"is", "was", "isn", "wasn", "hasn", "doesn"}


def does_something(around: Surroundings, first: int, after: int) -> bool:
    """Tell by the verb behind a word that begins a sentence, and by what follows the verb."""
    return (
        _disagrees(around, first, after)
        or _has(around, first, after)
        or _is_somewhere(around, after)
        or _cannot(around, after)
        or undergoes(around, after)
        or _gets_someone(around, after)
        or _is_to(around, first, after)
        or _does(around, first, after)
        or tells_of_oneself(around, first, after)
    )


def _disagrees(around: Surroundings, first: int, after: int) -> bool:
    """Tell "Weeks is asleep" and "Banks works nights", where a plural would take another verb."""
    word = around.words[first].text
    plural = word.endswith("s") and is_abstract(word)
    return plural and around.following(after) in _SINGULAR


def _has(around: Surroundings, first: int, after: int) -> bool:
    """Tell "Amber had made her a bracelet" and "Miles had the wit"."""
    if around.following(after) not in {"had", "has"}:
        return False
    then, behind = around.following(after + 1), around.following(after + 2)
    if then in _PEOPLE_TOO:
        return True
    if is_finite(then) or then == "been":
        return then not in ABSTRACTLY or (then in HANDLED and behind in OBJECTS | _PRONOUNS)
    if then not in OBJECTS and then not in {"another", "no", "four"}:
        return False
    word = around.words[first].text
    thing = is_abstract(word) and not word.endswith("s")
    return not thing or then in {"his", "her"} or _is_had_by_people(around, after + 2)


def _is_had_by_people(around: Surroundings, at: int) -> bool:
    """Tell "a rough weekend" from "a place in recovery"."""
    for place in range(at, at + _MOST_QUALITIES + 1):
        noun = around.following(place)
        if noun in _HAD_BY_PEOPLE or noun not in _QUALITIES:
            return noun in _HAD_BY_PEOPLE
    return False


def _is_somewhere(around: Surroundings, after: int) -> bool:
    """Tell "Heath is at the academy", "Weeks is a widower" and "Hope is 34"."""
    if around.following(after) not in {"is", "was"}:
        return False
    then, place = around.following(after + 1), after + 2
    if then.endswith("ing") and len(then) > _SHORTEST_DOING:
        return then not in _DONE_BY_IDEAS and not is_name_word(then)
    if then.isdigit() or then in _TENS:
        return (then in _TENS or len(then) == 2) and around.following(place) not in {
            "percent",
            "of",
        }
    if then in {"a", "an", "the", "our", "his", "her"}:
        return any(around.following(place + step) in _KINDS_OF_PEOPLE for step in (0, 1))
    spots, steps = (_ON, (0, 1)) if then == "on" else (_SPOTS, (1, 2))
    if then in {"in", "on"} and any(around.following(place + step) in spots for step in steps):
        return True
    place += around.following(place) in {"the", "a"}
    return then in {"at", "in", "from"} and around.following(place) in _WHERE


def _is_to(around: Surroundings, first: int, after: int) -> bool:
    """Tell "Fern to see podiatry" from "Hope to see many"."""
    verb = around.words[first].text in VERBS
    return not verb and around.following(after) == "to" and around.following(after + 1) in _PLANNED


def _gets_someone(around: Surroundings, after: int) -> bool:
    """Tell "Sky got him to sit" from "hope gets us through"."""
    verb, whom, to = (around.following(after + step) for step in range(3))
    return verb in _CAUSING and whom in {"him", "her"} and (to == "to" or is_verb(to))


def _cannot(around: Surroundings, after: int) -> bool:
    """Tell "Sage can't come", "buck didnt want to" and "Dawn would have loved this"."""
    words = around.words
    verb, at = around.following(after), after + 1
    if verb in {"would", "could", "should", "will"} and around.following(at) in {"have", "ve"}:
        done = around.following(at + 1)
        return is_finite(done) and done not in ABSTRACTLY
    if at < len(words) and words[at].text == "t" and words[at].gap == "'":
        at += 1
    elif not verb.endswith("nt"):
        return False
    return verb in _CANNOT and around.following(at) in _PERSONAL_STATES


def _does(around: Surroundings, first: int, after: int) -> bool:
    """Tell "Rose bakes on Fridays" and "Summer brought donuts" from "Jade plants die too"."""
    verb, then = around.following(after), around.following(after + 1)
    if verb == "brought":
        return bool(then) and then not in {"up", "about", "back", "out", "on"}
    word = around.words[first].text
    if word.endswith("s") or (verb in ABSTRACTLY and is_loose(word)):
        return False
    if verb in PRESENT:
        return then in _BEHIND_VERBS
    if not then and after + 1 < len(around.words) and around.words[after + 1].gap == ";":
        return verb in _DONE_ALONE
    return is_third_person(verb) and then in _BEHIND_DEEDS
