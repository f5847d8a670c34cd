"""The home addresses of the people on a roster, the street's type and direction left open."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from groupnotes.deid.folding import fold
from groupnotes.deid.tokens import WORD, Word, Words

_DIRECTIONS = frozenset(
    [
        "n",
        "s",
        "e",
        "w",
        "ne",
        "nw",
        "se",
        "sw",
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
    ]
)
_TYPES = frozenset(
    [
        "street",
        "st",
        "avenue",
        "ave",
        "av",
        "boulevard",
        "blvd",
        "road",
        "rd",
        "lane",
        "ln",
        "drive",
        "dr",
        "court",
        "ct",
        "circle",
        "cir",
        "place",
        "pl",
        "terrace",
        "ter",
        "parkway",
        "pkwy",
        "highway",
        "hwy",
        "way",
        "trail",
        "trl",
        "square",
        "sq",
        "loop",
        "alley",
        "aly",
        "run",
        "row",
        "path",
        "pike",
        "crossing",
        "xing",
        "plaza",
        "plz",
        "route",
        "rte",
        "point",
        "pt",
    ]
)
_MOST_WORDS = 12

T = TypeVar("T")


class Street(NamedTuple):
    """A house in a street, or a street alone, which then has its type."""

    number: str
    names: Words
    type: str

    @property
    def begin(self) -> str:
        """Give the word with which it begins in a text."""
        return self.number or self.names[0]


def street_of(address: str) -> Iterator[Street]:
    """Read the first line of an address; what is no street and no post-office box gives nothing."""
    line = fold(address).text.replace("\n", ",").partition(",")[0]
    words = WORD.findall(line)[:_MOST_WORDS]
    if words[:2] == ["po", "box"] or words[:3] == ["p", "o", "box"]:
        if words[-1].isdigit():
            yield Street("box", (words[-1],), "")
        return
    if len(words) < 2 or not words[0][0].isdigit():
        return
    number, *rest = words
    names = [word for word in rest if word not in _DIRECTIONS]
    at = next((at for at, word in enumerate(names) if at and word in _TYPES), len(names))
    if not names[:at]:
        return
    yield Street(number, tuple(names[:at]), "")
    if at < len(names) and not names[0][0].isdigit():
        yield Street("", tuple(names[:at]), names[at])


def streets_in(
    words: Sequence[Word], known: Mapping[str, Sequence[tuple[Street, T]]]
) -> Iterator[tuple[int, int, T]]:
    """Find streets in the words of a text, by the word with which each begins."""
    for at, word in enumerate(words):
        for street, belonging in known.get(word.text, ()):
            if after := _after(words, at, street):
                yield word.start, words[after - 1].end, belonging


def _after(words: Sequence[Word], at: int, street: Street) -> int:
    """Give the word behind the street that begins at ``at``, or 0."""
    place = at + 1 if street.number else at
    while place < len(words) and words[place].text in _DIRECTIONS:
        place += 1
    end = place + len(street.names)
    if tuple(word.text for word in words[place:end]) != street.names:
        return 0
    typed = end < len(words) and words[end].text in _TYPES and words[end].gap == ""
    if not street.number and not typed:
        return 0
    return end + 1 if typed else end
