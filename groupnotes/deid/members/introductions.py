"""What stands before a name and tells that a person comes: "Mr.", "thanked", "client"."""

from groupnotes.deid.members import grammar
from groupnotes.deid.members.surroundings import Surroundings
from groupnotes.deid.members.weights import Weight
from groupnotes.deid.members.word_kinds import is_finite, is_loose

_POINTED = frozenset({"", "."})
_LONGEST_PHRASE = 3
_LONGEST_LIST = 12
_JOINING = frozenset({"", ",", "/", "&", "+", ";", ">", "->", "→", "|", "•", "·"})


def weigh_introduction(around: Surroundings, first: int, after: int) -> Weight:
    """Weigh the words right before the one at ``first``."""
    return max(rule(around, first, after) for rule in _RULES)


def _titled(around: Surroundings, first: int, _after: int) -> Weight:
    title = around.before(first, _POINTED) in grammar.TITLES
    told = title and (around.words[first].gap == "." or around.is_capital(first))
    return Weight.when(told, Weight.NONE)


def _listed(around: Surroundings, first: int, _after: int) -> Weight:
    """Weigh "Graduate: Grant", "Present (6): Hope, Will" and "Roll: Joy Ivy Olive"."""
    heading = around.before_colon(_head_of_list(around, first))
    told = any(
        word in grammar.PERSON_HEADS and all(behind[-1:].isdigit() for behind in heading[at + 1 :])
        for at, word in enumerate(heading)
    )
    return Weight.when(told, Weight.NONE)


def _head_of_list(around: Surroundings, first: int) -> int:
    """Go back over a list of single words with capitals, to the one behind its heading."""
    at = first
    while at > 0 and first - at < _LONGEST_LIST and not around.words[at].new_line:
        gap = around.words[at].gap
        if gap[-1:] == ":" or gap not in _JOINING or not around.is_name_capital(at - 1):
            break
        at -= 1
    return at


def _called(around: Surroundings, first: int, after: int) -> Weight:
    """Weigh 'prefers "Gene"'."""
    quoted = around.is_quoted(first, after) and around.before_quote(first) in grammar.CALLED
    return Weight.when(quoted, Weight.NONE)


def _addressed(around: Surroundings, first: int, _after: int) -> Weight:
    before = _before(around, first)
    if before in grammar.ADDRESSED_ONLY:
        return Weight.STRONG
    bare = around.is_name_capital(first) or not is_loose(around.words[first].text)
    return Weight.when(before in grammar.ADDRESSED and bare, Weight.NONE)


def _told_who(around: Surroundings, first: int, after: int) -> Weight:
    """Weigh "client hope" and "his sister hope"."""
    before = _before(around, first)
    if before not in grammar.PERSON_NOUNS and before not in grammar.KIN:
        return Weight.NONE
    following = around.following(after)
    if around.is_name_capital(first) or is_finite(following):
        return Weight.STRONG
    bare = not is_loose(around.words[first].text)
    return Weight.WEAK if bare or not following else Weight.NONE


def _after_phrase(around: Surroundings, first: int, _after: int) -> Weight:
    """Weigh "checked in with hope"."""
    if not _before(around, first):
        return Weight.NONE
    phrase: tuple[str, ...] = ()
    for at in range(first, max(first - _LONGEST_PHRASE, 0), -1):
        before = around.before(at)
        if not before:
            break
        phrase = (before, *phrase)
        if phrase in grammar.STRONG_PHRASES:
            return Weight.STRONG
    return Weight.NONE


def _said_of_one(around: Surroundings, first: int, after: int) -> Weight:
    """Weigh "the quietest member was hope" and "... said hope."."""
    before = _before(around, first)
    if before in {"was", "is"} and around.before(first - 1) in grammar.PERSON_NOUNS:
        return Weight.WEAK
    bare = not is_loose(around.words[first].text) or not around.following(after)
    if before in grammar.SAID and bare:
        return Weight.WEAK
    capital = around.is_name_capital(first)
    return Weight.WEAK if capital and before in grammar.PREPOSITIONS else Weight.NONE


def _before(around: Surroundings, first: int) -> str:
    """Give the word before, unless what follows it may be a verb: "client will"."""
    return "" if around.words[first].text in grammar.MODALS else around.before(first)


def _apposed(around: Surroundings, first: int, after: int) -> Weight:
    """Weigh "the other husband, Mark, told"."""
    words = around.words
    if first < _SHORTEST_PHRASE or words[first].gap != "," or after >= len(words):
        return Weight.NONE
    who, whose = words[first - 1].text, around.before(first - 1)
    one = who in grammar.KIN or (who in grammar.PERSON_NOUNS and not who.endswith("s"))
    told = one and whose in _ONE_OF and words[after].gap[:1] in {",", "."}
    return Weight.WEAK if told else Weight.NONE


def _greeted(around: Surroundings, first: int, after: int) -> Weight:
    """Weigh "Welcome back, Grace!" and "Good job Sky."."""
    words = around.words
    if not first or words[first].gap not in {"", ","} or not around.is_name_capital(first):
        return Weight.NONE
    start = max(0, first - _LONGEST_PHRASE)
    said = tuple(word.text for word in words[start:first])
    told = any(said[at:] in _GREETINGS for at in range(len(said)))
    parted = after >= len(words) or words[after].new_line or words[after].gap[:1] in _CLOSING
    return Weight.WEAK if told and parted else Weight.NONE


_GREETINGS = frozenset(
    tuple(phrase.split())
    for phrase in (
        "welcome", "welcome back", "welcome home", "thank you", "thanks", "good job", "great job",
        "nice job", "nice work", "good work", "well done", "way to go", "congrats", "goodbye",
        "congratulations", "happy birthday", "good luck", "bye", "hello", "hi", "hey", "miss you",
        "love you", "proud of you", "see you", "rip", "rest in peace", "good morning", "good night",
        "come on", "go", "sorry", "i am sorry", "i'm sorry", "get well", "feel better",
    )
)  # fmt: skip
_CLOSING = frozenset(".!?,;:\"”)’'")
_SHORTEST_PHRASE = 2
_ONE_OF = frozenset("the his her their my our other another younger older oldest youngest".split())  # noqa: SIM905
_RULES = (
    _apposed,
    _titled,
    _listed,
    _called,
    _addressed,
    _told_who,
    _after_phrase,
    _said_of_one,
    _greeted,
)
