"""Tell people who are not on the roster among words with capitals."""

from groupnotes.deid.findings import Level
from groupnotes.deid.lexicon import is_name_word, is_rare_word, is_third_person, is_word
from groupnotes.deid.members.word_kinds import is_finite
from groupnotes.deid.strangers.citing import is_in_brackets, is_title
from groupnotes.deid.strangers.names import is_given_name, is_name, is_surname, is_unknown
from groupnotes.deid.strangers.run import Run
from groupnotes.deid.strangers.tokens import Token
from groupnotes.deid.strangers.words import AT_WORDS, KIN, PARTICLES, PERSON_VERBS, PLACE_CUES

_SHORT_ACRONYM, _LONGEST_ACRONYM = 4, 6
_SHORTEST_NAME = 3
_ARTICLES = frozenset({"a", "an", "some", "any", "more", "no", "each", "every"})
_BESIDE_NAMES = (
    PLACE_CUES | AT_WORDS | frozenset("by of with and desde en con or o told than fr w".split())  # noqa: SIM905
)


def level_of_person(run: Run) -> Level | None:
    """Judge by the lists of names; a full name surely, a part of one by what it does."""
    full = [word for word in run.words if word not in PARTICLES]
    if len(full) > 1 and is_given_name(full[0]) and (is_surname(full[-1]) or is_unknown(full[-1])):
        return Level.BLOCK
    if not full or all(token.loud and len(token.word) <= _SHORT_ACRONYM for token in run.tokens):
        return None
    named = any(is_given_name(word) or is_surname(word) for word in full)
    if named and len(full) > 1 and all(map(_can_be_of_name, full)):
        return Level.REVIEW if run.opens else Level.BLOCK
    return Level.REVIEW if _is_one_name(run, full[0], named=named) else None


def _can_be_of_name(word: str) -> bool:
    return len(word) == 1 or is_name(word) or is_name_word(word)


def _is_one_name(run: Run, word: str, *, named: bool) -> bool:
    if len(run) == 1 and run.scene.word(run.first - 1) in _ARTICLES:
        return False  # "has a Foley"
    if not run.opens:
        cited = is_in_brackets(run.scene.tokens, run.first, run.after)
        return is_given_name(word) or (named and not cited)
    if _is_someones(run, word):
        return True
    if run.next_word in {"is", "was"} and run.scene.word(run.after + 2) == "day":
        return False  # "Domingo is the day they call home"
    acts = run.next_word in PERSON_VERBS or _does(run)
    return (acts and (named or is_name(word))) or (is_given_name(word) and _is_spoken_of(run))


def _is_someones(run: Run, word: str) -> bool:
    """Tell "Odete, his wife, bought it", whoever has such a name."""
    following = run.next_token
    if following is None or following.gap != ", " or is_word(word) or len(run) > 1:
        return False
    return following.word in _OWNERS and run.scene.word(run.after + 1) in KIN


def _is_spoken_of(run: Run) -> bool:
    """Tell a name that begins a sentence by what it does: "Tasha called", "Tasha's plan"."""
    if len(run) > 1 or run.tokens[-1].possessive:
        return True
    following = run.next_token
    if following is None:
        return False
    if following.word == "from" and run.scene.word(run.after + 1) in _ONES_OWN:
        return True
    if following.word in {"and", "&"} and run.scene.is_high(run.after + 1):
        return True
    if is_finite(following.word) and following.gap == " ":
        return True
    return following.word in PERSON_VERBS or following.gap.startswith((",", " ("))


def _does(run: Run) -> bool:
    """Tell "Tavares cuts his hair": a verb, with what it is done to."""
    then = run.scene.word(run.after + 1)
    return is_third_person(run.next_word) and then in _ONES_OWN


_OWNERS = frozenset({"his", "her", "their", "my", "our"})
_ONES_OWN = frozenset({"the", "his", "her", "their", "my", "our", "a", "him", "them", "me", "us"})


def is_unheard(run: Run) -> bool:
    """Tell a run with a word that no list has, where a capital says that it is a name."""
    return _is_where_names_are(run) and any(_is_new(run, token) for token in run.tokens)


def _is_where_names_are(run: Run) -> bool:
    """Tell "over in Brightmoor" and "tonight, Ondine from" from "got Takis" and "a Glock"."""
    if run.opens or run.scene.word(run.first - 1) in _ARTICLES:
        return False
    tokens = run.scene.tokens
    if is_in_brackets(tokens, run.first, run.after) or is_title(tokens, run.first, run.after):
        return False
    following = run.next_token
    listed = following is not None and following.gap.startswith(",")
    apposed = run.tokens[0].gap.startswith((",", " (")) and not listed
    return run.cue in _BESIDE_NAMES or apposed or run.next_word in PERSON_VERBS


def _is_new(run: Run, token: Token) -> bool:
    word = token.word
    if token.opens or len(word) < _SHORTEST_NAME or is_word(word) or not word.isalpha():
        return False
    if word.endswith("s") and is_word(word[:-1]):
        return False
    if token.loud and (len(word) <= _LONGEST_ACRONYM or not is_name(word)):
        return False
    if (
        any(map(str.isupper, run.scene.reading.written(token.start, token.end)[1:]))
        and len(word) <= _SHORT_ACRONYM
    ):
        return False  # "QTc", "PaO"
    return not _is_camel(run, token) and (is_name(word) or not is_rare_word(word))


def _is_camel(run: Run, token: Token) -> bool:
    """Tell "KakaoTalk" from "DeShawn": brands have a capital within, names after few letters."""
    written = run.scene.reading.written(token.start, token.end)
    inner = [place for place, letter in enumerate(written) if place and letter.isupper()]
    if inner and len(written) <= _SHORT_ACRONYM:
        return True  # "QTc"
    return not token.loud and bool(inner) and inner[0] >= _SHORT_ACRONYM
