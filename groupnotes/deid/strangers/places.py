"""Tell places below a state among words with capitals."""

from groupnotes.deid.findings import Level
from groupnotes.deid.lexicon import is_spanish, is_word
from groupnotes.deid.members.word_kinds import TIMES
from groupnotes.deid.states import STATE_CODES, STATES
from groupnotes.deid.strangers.citing import is_cited, is_title, may_be_cited
from groupnotes.deid.strangers.names import is_given_name, is_only_town, is_town
from groupnotes.deid.strangers.run import Run
from groupnotes.deid.strangers.words import (
    AT_WORDS,
    GENERIC,
    KIN,
    MOVES,
    PLACE_CUES,
    PLACE_HEADS,
)

_BESIDE = PLACE_CUES | AT_WORDS | {"of", "by", "on", "under", "beside", "along", "behind"}
_SIDES = frozenset(
    """
    east west north south upper lower fort ft mount mt lake port point saint st san santa los las el
    """.split()  # noqa: SIM905 - a short list
)
_SHORTENED = {"mt": "mount", "ft": "fort", "st": "saint", "ste": "sainte"}
_INTO_TOWNS = frozenset(
    "in from near outside left leaving through toward towards visiting to".split()  # noqa: SIM905
)
_IDEAS = TIMES | frozenset(
    """
    recovery unity liberty independence progress hope faith joy grace love harmony freedom justice
    peace patience charity prudence serenity comfort truth trust pride glory victory paradise heaven
    friendship success energy welcome home church school college art music nature reason
    temperance
    constance honor honour mercy wisdom courage clarity balance eden bliss fortune service
    prosperity
    """.split()  # noqa: SIM905 - as prose it is read
)
"""Towns that are spoken of with a capital as topics: "from Hope"."""
_SORTS_OF_PLACES = frozenset({"city", "town", "village", "township", "county", "suburb", "port"})
_FAMILY = frozenset(
    "parents family folks relatives grandparents inlaws people".split()  # noqa: SIM905
)
_PARTS, _LONG_NAME, _LONGEST_LETTERS = 2, 3, 4
_ZIP_LENGTH = 5


def level_of_place(run: Run) -> Level | None:
    """Judge by a head ("County", "Heights"), a state behind, or the list of towns."""
    words = run.words
    telling = [word for word in words if word not in PLACE_HEADS and word not in GENERIC]
    if len(words) > 1 and words[-1] in PLACE_HEADS and (telling or _is_landmark(run)):
        unknown = not all(map(is_word, words))
        cued = run.cue in _BESIDE
        if unknown or cued:
            return Level.BLOCK if cued and unknown else Level.REVIEW
    if _is_before_state(run):
        return Level.BLOCK
    return _level_of_town(run) or _level_of_part(run) or _level_before_head(run)


def _is_landmark(run: Run) -> bool:
    """Tell "under Long Level Bridge" from "in the Park" by its several words."""
    return len(run) >= _LONG_NAME and not run.opens


def _level_before_head(run: Run) -> Level | None:
    """Judge "the Green Hollow platform" and "the Barre roundabout", their head in small letters."""
    if run.opens or run.next_word not in PLACE_HEADS or run.next_word in GENERIC:
        return None
    told = run.cue in _BESIDE or run.scene.word(run.first - 1) == "the"
    telling = [word for word in run.words if word not in GENERIC]
    loud = any(token.loud for token in run.tokens)
    return Level.REVIEW if told and telling and not loud else None


def _level_of_part(run: Run) -> Level | None:
    """Judge "the drive from East Quonset" and "Fort Corliss" by their first word."""
    if (
        len(run) > 1
        and run.words[0] in _SHORTENED
        and is_town((_SHORTENED[run.words[0]], *run.words[1:]))
    ):
        return Level.REVIEW
    sides = run.words[0] in _SIDES and len(run) == _PARTS
    loud = any(token.loud for token in run.tokens)
    told = sides and not loud and run.cue in _BESIDE and run.words[1] not in GENERIC
    return Level.REVIEW if told and not run.opens else None


def is_namesake(run: Run) -> bool:
    """Tell the towns Oregon, Ohio and Columbus from what everyone knows by the same name."""
    if run.opens or run.tokens[-1].possessive or any(token.loud for token in run.tokens):
        return False
    if " ".join(run.words) in STATES and _is_before_state(run):
        return run.tokens[0].word not in {"new", "washington"} and not _is_of_states(run)
    if is_town(run.words) and run.scene.word(run.first - 1) == "of":
        return run.scene.word(run.first - 2) in _SORTS_OF_PLACES
    places = set(range(run.first, run.after))
    known = places <= run.scene.allowed.likely and places.isdisjoint(run.scene.allowed.surely)
    if not known or run.cue not in _INTO_TOWNS or any(map(is_spanish, run.words)):
        return False
    lives = not (MOVES | KIN | _FAMILY).isdisjoint(run.before)
    return lives or (run.cue in {"in", "near"} and is_town(run.words))


def _is_of_states(run: Run) -> bool:
    """Tell one of a list of states: "Oregon, Ohio and Utah"."""
    behind = run.scene.tokens[run.after + 1 : run.after + 3]
    listed = [token.word for token in behind if token.word in STATES]
    return bool(listed) or run.scene.word(run.first - 2) in STATES


def _level_of_town(run: Run) -> Level | None:
    words = run.words
    cited = is_cited(run.scene.tokens, run.first, run.after)
    if not is_town(words) or _is_short_and_loud(run) or (cited and not is_only_town(words)):
        return None
    if run.cue not in PLACE_CUES:
        grown_up = run.cue == "on" and not MOVES.isdisjoint(run.before)  # "on Pine Ridge"
        only = is_only_town(words) and not cited
        return Level.REVIEW if grown_up or only or _is_of_town(run) else None
    moved = not MOVES.isdisjoint(run.before)
    if all(map(is_word, words)):
        return Level.REVIEW if moved or _is_written_as_town(run) else None
    return Level.BLOCK if moved or not any(map(is_given_name, words)) else Level.REVIEW


def _is_short_and_loud(run: Run) -> bool:
    """Tell the letters of "left AMA" from a town."""
    return len(run) == 1 and run.tokens[0].loud and len(run.words[0]) <= _LONGEST_LETTERS


def _is_of_town(run: Run) -> bool:
    """Tell "her aunt Odile of Grand Marais", behind a name or a relation."""
    scene, before = run.scene, run.first - 2
    if run.opens or scene.word(run.first - 1) != "of" or all(map(is_word, run.words)):
        return False
    return scene.is_high(before) or scene.word(before) in KIN


def _is_written_as_town(run: Run) -> bool:
    """Tell "a job in Mobile" and "left Flint" from "in Session Two" and "words from Hope"."""
    if run.opens or any(token.loud for token in run.tokens) or run.scene.is_high(run.after):
        return False
    tokens = run.scene.tokens
    if is_title(tokens, run.first, run.after) or may_be_cited(tokens, run.first, run.after):
        return False
    return len(run) > 1 or (run.cue in _INTO_TOWNS and run.words[0] not in _IDEAS)


def _is_before_state(run: Run) -> bool:
    """Tell "Salem, OR" and "Toledo, Ohio"; a plate or license behind the state is another case."""
    state = run.next_token
    if state is None or state.gap not in {", ", " "}:
        return False
    if state.word.isdigit() and len(state.word) == _ZIP_LENGTH and not run.opens:
        quiet = not any(token.loud for token in run.tokens)
        return quiet and run.scene.is_known(run.after)
    following = run.scene.word(run.after + 1)
    if any(map(str.isdigit, following)) and len(following) != _ZIP_LENGTH:
        return False
    return (state.high and state.word in STATES) or (state.word in STATE_CODES and state.loud)
