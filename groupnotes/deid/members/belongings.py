"""The numbers, addresses and dates of the people on a roster, found however they are written."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from groupnotes.deid.findings import Category
from groupnotes.deid.folding import fold
from groupnotes.deid.members.birthdays import Birthdays, birthdays_in, birthdays_of
from groupnotes.deid.members.streets import Street, street_of, streets_in
from groupnotes.deid.roster import Person
from groupnotes.deid.tokens import Word

_RUN = re.compile(r"\d(?:[ ().\-/]{0,3}\d)+")
_GROUP = re.compile(r"\d+")
_NOT_ID = re.compile(r"[^a-z0-9]+")
_BOX = re.compile(r"[\w.+'-]+")
_ZIP = re.compile(r"\b(\d{5})(?:-\d{4})?\W*\Z")
_SHORTEST_NUMBER = 5
_SHORTEST_BOX = 5
_LOCAL = 7  # digits of a telephone number without its area code


class Belonging(NamedTuple):
    """A number of one or more people; ``sure`` where it can hardly be anything else."""

    category: Category
    rule: str
    holders: frozenset[int]
    sure: bool = True


class Place(NamedTuple):
    """Where in the folded text something stands that belongs to someone."""

    start: int
    end: int
    belonging: Belonging


class Belongings(NamedTuple):
    """What belongs to whom: numbers by their digits, others by their letters and digits."""

    numbers: Mapping[str, Belonging]
    ids: Mapping[str, Belonging]
    boxes: Mapping[str, Belonging]
    streets: Mapping[str, Sequence[tuple[Street, Belonging]]]
    birthdays: Birthdays


def belongings_of(persons: Mapping[int, Person]) -> Belongings:
    """Collect what belongs to people who are known by their number."""
    numbers: dict[str, Belonging] = {}
    ids: dict[str, Belonging] = {}
    boxes: dict[str, Belonging] = {}
    streets: dict[str, list[tuple[Street, Belonging]]] = {}
    for holder, person in persons.items():
        for key, one in _numbers(person, frozenset((holder,))):
            _add(numbers if key.isdigit() else ids, key, one)
        for mail in person.emails:
            whole = fold(mail).text.strip()
            belonging = Belonging(Category.EMAIL, "roster.email", frozenset((holder,)))
            local, at_sign, host = whole.partition("@")
            if not (local and at_sign and host):
                continue
            _add(boxes, whole, belonging)
            if len(local) >= _SHORTEST_BOX:
                _add(boxes, local, belonging)
        for street in street_of(person.address):
            belonging = Belonging(
                Category.ADDRESS, "roster.address", frozenset((holder,)), bool(street.number)
            )
            streets.setdefault(street.begin, []).append((street, belonging))
    return Belongings(numbers, ids, boxes, streets, birthdays_of(persons))


def _add(known: dict[str, Belonging], key: str, one: Belonging) -> None:
    other = known.get(key)
    known[key] = one if other is None else other._replace(holders=other.holders | one.holders)


def _numbers(person: Person, holders: frozenset[int]) -> Iterator[tuple[str, Belonging]]:
    for phone in person.phones:
        digits = "".join(_GROUP.findall(fold(phone).text))[-10:]
        for key in {digits, digits[-_LOCAL:]}:
            if len(key) >= _LOCAL:
                yield key, Belonging(Category.PHONE, "roster.phone", holders)
    for number in person.member_ids:
        key = _NOT_ID.sub("", fold(number).text)
        if _is_telling(key):
            yield key, Belonging(Category.MEMBER_ID, "roster.member_id", holders)
    key = _NOT_ID.sub("", fold(person.mrn).text)
    if _is_telling(key):
        yield key, Belonging(Category.MRN, "roster.mrn", holders)
    if code := _ZIP.search(fold(person.address).text):
        yield code[1], Belonging(Category.ZIP, "roster.zip", holders, sure=False)


def _is_telling(key: str) -> bool:
    return len(key) >= _SHORTEST_NUMBER and not key.isalpha()


def belongings_in(text: str, words: Sequence[Word], known: Belongings) -> Iterator[Place]:
    """Find in a folded text what belongs to someone."""
    if known.numbers:
        yield from _numbers_in(text, known.numbers)
    if known.ids:
        yield from _ids_in(words, known.ids)
    if known.boxes and "@" in text:
        yield from _boxes_in(text, known.boxes)
    if known.streets:
        for start, end, belonging in streets_in(words, known.streets):
            yield Place(start, end, belonging)
    for start, end, holders, sure in birthdays_in(text, known.birthdays):
        yield Place(start, end, Belonging(Category.DATE, "roster.birthday", holders, sure))


def _numbers_in(text: str, numbers: Mapping[str, Belonging]) -> Iterator[Place]:
    for run in _RUN.finditer(text):
        if run.end() - run.start() < _SHORTEST_NUMBER:
            continue
        groups = [group.span() for group in _GROUP.finditer(text, *run.span())]
        digits = "".join(text[start:end] for start, end in groups)
        if len(digits) >= _SHORTEST_NUMBER:
            yield from _numbers_within(digits, groups, numbers)


def _numbers_within(
    digits: str, groups: Sequence[tuple[int, int]], numbers: Mapping[str, Belonging]
) -> Iterator[Place]:
    """Look for whole numbers in the digits of a run, which may be several numbers in a row."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    at = 0
    for start, end in groups:
        starts[at] = start
        at += end - start
        ends[at] = end
    if digits[0] == "1":  # the country's
        starts.setdefault(1, groups[0][0] + 1)
    for number, belonging in numbers.items():
        found = digits.find(number)
        while found >= 0:
            if found in starts and found + len(number) in ends:
                yield Place(starts[found], ends[found + len(number)], belonging)
            found = digits.find(number, found + len(number))


def _ids_in(words: Sequence[Word], ids: Mapping[str, Belonging]) -> Iterator[Place]:
    """Find "H286932245" and "H28-693-2245"."""
    beginnings: dict[str, list[str]] = {}
    for one in ids:
        beginnings.setdefault(one[0], []).append(one)
    for at, word in enumerate(words):
        possible = beginnings.get(word.text[0], ())
        for one in possible:
            if one.startswith(word.text) and (after := _spelt_from(words, at, one)):
                yield Place(word.start, words[after - 1].end, ids[one])


def _spelt_from(words: Sequence[Word], at: int, wanted: str) -> int:
    """Give the word behind the last one that spells ``wanted``, or 0."""
    spelt = ""
    for after, word in enumerate(words[at : at + len(wanted)], start=at + 1):
        if spelt and word.gap not in {"", "-", ".", "/"}:
            return 0
        spelt += word.text
        if spelt == wanted:
            return after
        if not wanted.startswith(spelt):
            return 0
    return 0


def _boxes_in(text: str, boxes: Mapping[str, Belonging]) -> Iterator[Place]:
    for found in _at_signs(text):
        before = len(text[:found]) - len(_tail(text, found))
        after = _BOX.match(text, found + 1)
        end = after.end() if after else found + 1
        while end > found + 1 and text[end - 1] in ".'-+":
            end -= 1
        whole, local = text[before:end], text[before:found]
        belonging = boxes.get(whole) or boxes.get(local)
        if belonging is not None:
            yield Place(before, end, belonging)


_LONGEST_BOX = 64


def _tail(text: str, end: int) -> str:
    """Give what stands right before an at sign."""
    for at in range(end - 1, max(-1, end - 1 - _LONGEST_BOX), -1):
        if _BOX.fullmatch(text[at]) is None:
            return text[at + 1 : end]
    return text[max(0, end - _LONGEST_BOX) : end]


def _at_signs(text: str) -> Iterable[int]:
    found = text.find("@")
    while found >= 0:
        yield found
        found = text.find("@", found + 1)
