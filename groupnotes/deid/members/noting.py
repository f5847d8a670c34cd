"""What is noted of a client right behind the bare name: "Hope back today", "Rose 4/10".

Notes leave out the verb. A word that is also a name stands so only at the head of a sentence, a
line or an item, and what follows is then no noun that it would go before.
"""

from groupnotes.deid.lexicon import is_verb
from groupnotes.deid.members import grammar
from groupnotes.deid.members.asides import has_aside
from groupnotes.deid.members.deeds import does_something
from groupnotes.deid.members.shorthand import is_abbreviated, is_placed
from groupnotes.deid.members.surroundings import Surroundings
from groupnotes.deid.members.weights import Weight
from groupnotes.deid.members.word_kinds import VERBS

# ruff: noqa: SIM905 - as prose the lists are read and kept in order

_STANDING = frozenset(
    """
    back off gone due absent excused late home tearful discharged pending newly recently currently
    ns noshow
    """.split()
)
"""Said of a client without a verb, and of hardly anything else that has no article."""
_AFTER_OUT = frozenset("of sick today tonight for with on at until til till all again this".split())
_AFTER_CAME = frozenset(
    "by over anyway off alone early straight dressed prepared today tonight".split()
)
_GO_ON = {
    "up": frozenset("since all at most half early late again pacing twice".split()),
    "next": frozenset({"to", "up"}),
}
_DUTIES = frozenset(
    "shift work duty blackout pass leave probation parole paper meds crutches restriction"
    " bedrest".split()
)
_HEADED = frozenset({":", "-", "->", "=", "-->", "=>", "→"})
_PHONE = 7
_SCALES = frozenset("phq gad epds pcl bdi bai madrs audit dast suds sud cssrs ces ors srs".split())


def weigh_note(around: Surroundings, first: int, after: int) -> Weight:
    """Weigh what follows a word that begins a sentence; all of it leaves a doubt."""
    if not around.begins_sentence(first):
        return Weight.NONE
    told = has_aside(around, after)
    if not told and around.words[first].text not in grammar.MODALS:
        told = (
            _stands(around, first, after)
            or _is_scored(around, after)
            or _is_in_late(around, after)
            or is_abbreviated(around, first, after)
            or is_placed(around, first, after)
            or does_something(around, first, after)
        )
    return Weight.WEAK if told else Weight.NONE


def heads_note(around: Surroundings, first: int, after: int) -> str:
    """Tell by what sign a name is parted from what is noted of it: ":", "-" or "4/10"."""
    if after >= len(around.words) or not around.begins_sentence(first):
        return ""
    gap, end = around.words[after].gap, around.words[after - 1].end
    spaced = around.words[after].start > end + 1
    if gap[:1] == ":" or (spaced and gap in _HEADED):
        return "label"
    return "number" if not gap and around.words[after].text.isdigit() else ""


def _stands(around: Surroundings, first: int, after: int) -> bool:
    """Tell "Hope back today", "Smiley out of", "Rivers next to speak", "Frank not feeling it"."""
    word, state = around.words[first].text, around.following(after)
    then = around.following(after + 1)
    if state == "out":
        return word not in VERBS and (then in _AFTER_OUT or not (then or is_verb(word)))
    if state in _GO_ON:
        return then in _GO_ON[state] and (state == "next" or word not in VERBS)
    if state == "not":
        return then.endswith("ing")
    if state == "came":
        return then in _AFTER_CAME
    if state == "on":
        return then in _DUTIES and word not in VERBS - {"mark"}
    on_duty = state == "off" and then in _DUTIES
    return on_duty or (state in _STANDING and (state == "back" or word not in VERBS))


def _is_in_late(around: Surroundings, after: int) -> bool:
    """Tell "Chance in late, quiet" from "hope in early recovery"."""
    late = around.following(after) == "in" and around.following(after + 1) in {"late", "early"}
    return late and not around.following(after + 2)


def _is_scored(around: Surroundings, after: int) -> bool:
    """Tell "Misty 4/10", "Dawn PHQ-9 12" and "Grant 207 555 0198"."""
    words = around.words
    if around.following(after) in _SCALES:
        return any(word.text.isdigit() for word in words[after + 1 : after + 3])
    if after + 1 >= len(words) or words[after].gap or not words[after].text.isdigit():
        return False
    share = words[after + 1].gap == "/" and words[after + 1].text.isdigit()
    digits = sum(len(word.text) for word in words[after : after + 3] if word.text.isdigit())
    return not words[after].new_line and (share or digits >= _PHONE)
