"""Tell places below a state among words with capitals."""

from groupnotes.deid.findings import Level
from groupnotes.deid.lexicon import is_word
from groupnotes.deid.states import STATE_CODES, STATES
from groupnotes.deid.strangers.names import is_given_name, is_town
from groupnotes.deid.strangers.run import Run
from groupnotes.deid.strangers.words import AT_WORDS, GENERIC, MOVES, PLACE_CUES, PLACE_HEADS

_BESIDE = PLACE_CUES | AT_WORDS | {"of", "by", "on"}
_SIDES = frozenset(
    """
    east west north south upper lower fort ft mount mt lake port point saint st san santa los las el
    """.split()  # noqa: SIM905 - a short list
)
_PARTS = 2
_ZIP_LENGTH = 5


def level_of_place(run: Run) -> Level | None:
    """Judge by a head ("County", "Heights"), a state behind, or the list of towns."""
    words = run.words
    telling = [word for word in words if word not in PLACE_HEADS and word not in GENERIC]
    if len(words) > 1 and words[-1] in PLACE_HEADS and telling:
        unknown = not all(map(is_word, words))
        cued = run.cue in _BESIDE
        if unknown or cued:
            return Level.BLOCK if cued and unknown else Level.REVIEW
    if _is_before_state(run):
        return Level.BLOCK
    return _level_of_town(run) or _level_of_part(run) or _level_before_head(run)


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
    sides = run.words[0] in _SIDES and len(run) == _PARTS
    loud = any(token.loud for token in run.tokens)
    told = sides and not loud and run.cue in PLACE_CUES and run.words[1] not in GENERIC
    return Level.REVIEW if told and not run.opens else None


def _level_of_town(run: Run) -> Level | None:
    words = run.words
    if run.cue not in PLACE_CUES or not is_town(words):
        return None
    moved = not MOVES.isdisjoint(run.before)
    if all(map(is_word, words)):
        return Level.REVIEW if moved else None
    return Level.BLOCK if moved or not any(map(is_given_name, words)) else Level.REVIEW


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
