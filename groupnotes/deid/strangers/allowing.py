"""Names that are no one's identity: drugs, models and their authors, brands, peoples, days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from groupnotes.deid.folding import fold
from groupnotes.deid.lexicon import (
    first_name_rank,
    is_first_name,
    is_word,
    last_name_rank,
    words_of_list,
)
from groupnotes.deid.states import STATES
from groupnotes.deid.strangers.citing import ABOUT_MODELS
from groupnotes.deid.strangers.tokens import WORD, Token, bare


class Phrases(NamedTuple):
    """Names for everyone: single words, and longer ones by their first two words."""

    words: frozenset[str]
    longer: Mapping[tuple[str, str], Sequence[tuple[str, ...]]]


_USUAL_FIRST, _USUAL_LAST = 6_000, 8_000
_AROUND = 6
_BEFORE_MODELS = frozenset(
    """
    per using via adapted reviewed discussed taught practiced introduced explained covered
    presented referenced cited quoted read reading reviewing discussing teaching
    """.split()  # noqa: SIM905 - as above
)
_SPANISH = frozenset(
    """
    una uno un unos unas el la los las mi tu su mis sus si que con sin por para agua nada luna sol
    dios amor mija mijo senor gracias hola yo ella ellos como pero muy mas ya no es esta este eso
    hoy ayer aqui alli casa nino nina hombre mujer dia noche vida paz fe cita miel mesa ropa
    """.split()  # noqa: SIM905 - as above
)
"""Spanish words that are names elsewhere, or stand with a capital in a note half in Spanish."""
_TITLED = frozenset(
    """
    lady king queen prince princess saint pope judge sister father mother uncle aunt captain doctor
    mister general major sergeant lieutenant
    """.split()  # noqa: SIM905 - as above
)
_CALLED_SO = frozenset({"mr", "mrs", "ms", "dr", "officer", "judge"})


class Allowance(NamedTuple):
    """Which of the tokens, by number, are part of a name for everyone.

    Those that are only ``likely`` are not where something announces a name. ``phrases`` are
    those of several words, from the first up to, not including, the last number. What the
    practice allows is no one's employer either. ``people`` are the figures of public life.
    """

    surely: frozenset[int]
    likely: frozenset[int]
    phrases: frozenset[tuple[int, int]]
    of_practice: frozenset[int]
    people: frozenset[int]


def allowed_in(tokens: Sequence[Token], of_practice: Phrases) -> Allowance:
    """Find the phrases of the lists, the longest at each place, and authors beside a model."""
    longer = frozenset(_longer_in(tokens, _public()))
    own_longer = frozenset(_longer_in(tokens, of_practice))
    own = _covered(tokens, of_practice, own_longer)
    surely = own | _covered(tokens, _public(), longer)
    likely = [place for place in range(len(tokens)) if _is_likely(tokens, place, surely)]
    people = {
        place
        for first, after in longer
        if is_first_name(tokens[first].word) and tokens[first].word not in _TITLED
        for place in range(first, after)
    }
    return Allowance(surely, frozenset(likely), longer | own_longer, own, frozenset(people - own))


def _covered(
    tokens: Sequence[Token], phrases: Phrases, longer: frozenset[tuple[int, int]]
) -> frozenset[int]:
    covered = set(_words_in(tokens, phrases))
    for first, after in longer:
        covered.update(range(first, after))
    return frozenset(covered)


def _words_in(tokens: Sequence[Token], phrases: Phrases) -> Iterator[int]:
    for place, token in enumerate(tokens):
        written = (token.word, f"{token.word}'s") if token.possessive else (token.word,)
        if not phrases.words.isdisjoint(written):
            yield place


def _longer_in(tokens: Sequence[Token], phrases: Phrases) -> Iterator[tuple[int, int]]:
    for place, (token, following) in enumerate(pairwise(tokens)):
        for phrase in phrases.longer.get((token.word, following.word), ()):
            if _stands(tokens[place : place + len(phrase)], phrase):
                yield place, place + len(phrase)
                break


def _is_likely(tokens: Sequence[Token], place: int, surely: frozenset[int]) -> bool:
    word = tokens[place].word
    if word in _SPANISH or word in _proper_names():
        return True
    if word not in _contextual():
        return False
    beside = (place - 2, place - 1, place + 1, place + 2)
    return not surely.isdisjoint(beside) or _beside_model(tokens, place)


def phrases_of(entries: Iterable[str]) -> Phrases:
    """Prepare phrases for ``allowed_in``; of a phrase an 's is left off, of a word it is kept."""
    words: set[str] = set()
    longer: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for entry in entries:
        found = WORD.findall(fold(entry).text)
        if len(found) == 1:
            words.add(found[0])
        elif found:
            phrase = tuple(bare(word)[0] for word in found)
            longer.setdefault((phrase[0], phrase[1]), []).append(phrase)
    for group in longer.values():
        group.sort(key=len, reverse=True)
    return Phrases(frozenset(words), longer)


def _stands(tokens: Sequence[Token], phrase: tuple[str, ...]) -> bool:
    return len(tokens) == len(phrase) and all(
        token.word == word for token, word in zip(tokens, phrase, strict=True)
    )


def _beside_model(tokens: Sequence[Token], place: int) -> bool:
    """Tell "Beck's model" and "as in Beck" beside "worksheet" from "his boss Beck"."""
    before = tokens[place - 1].word if place else ""
    if place + 1 < len(tokens) and tokens[place + 1].word in {"v", "vs"}:
        return True
    if before in _CALLED_SO:
        return False
    first = max(0, place - _AROUND)
    around = [token.word for token in tokens[first : place + _AROUND]]
    return before in _BEFORE_MODELS or not ABOUT_MODELS.isdisjoint(around)


def public_phrases() -> Phrases:
    """Give the names for everyone by their first word, the longest first."""
    return _public()


@cache
def _public() -> Phrases:
    entries = {
        entry.strip()
        for name in ("public", "figures", "known_people", "demonyms")
        for entry in _entries(name)
    }
    entries -= _shared_with_people()
    return phrases_of([*entries, *STATES, *words_of_list("drugs")])


@cache
def _contextual() -> frozenset[str]:
    return frozenset(_entries("eponyms")) | _shared_with_people()


@cache
def _proper_names() -> frozenset[str]:
    """Give what a dictionary has with a capital: rivers, gods, painters, no usual surname."""
    return frozenset(words_of_list("proper_names"))


@cache
def _shared_with_people() -> frozenset[str]:
    """Give the single names of the public list that are usual among people too."""
    return frozenset(
        entry
        for entry in _entries("public")
        if " " not in entry and not is_word(entry) and _is_usual_name(entry)
    )


def _is_usual_name(word: str) -> bool:
    first, last = first_name_rank(word), last_name_rank(word)
    return (first is not None and first < _USUAL_FIRST) or (last is not None and last < _USUAL_LAST)


def _entries(name: str) -> Iterable[str]:
    for line in words_of_list(name):
        yield from (entry.strip() for entry in line.split(",") if entry.strip())
