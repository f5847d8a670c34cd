"""License plates, whose forms differ by state: told by "plate", by a vehicle, by their look."""

import re
from collections.abc import Iterator

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.lexicon import is_word
from groupnotes.deid.reading import Reading
from groupnotes.deid.states import STATE_CODES

_BEFORE, _BEHIND = r"(?<![\w\-.$#/])", r"(?![\w\-/%]|\.\d)"
_TWO_PARTS = r"[a-z0-9]{1,4}[ \-·][a-z0-9]{1,5}"
_PLATE = re.compile(rf"{_BEFORE}(?P<plate>{_TWO_PARTS}|[a-z0-9]{{5,8}}){_BEHIND}")
_LONG_PLATE = re.compile(rf"{_BEFORE}(?P<plate>{_TWO_PARTS}[ \-][a-z0-9]{{1,4}}){_BEHIND}")
_CUE = re.compile(
    r"\b(?:plates?|tags?|reg|registration|lic)\b\.?[^.!?\n\d]{0,36}\Z|\bplates?\b[^!?\n]{0,24}\Z"
)
_VEHICLE = re.compile(
    r"\b(?:drives?|driving|drove|car|cars|truck|suv|van|minivan|sedan|vehicle|pick-?up|motorcycle"
    r"|bike|jeep"
    r"|toyota|honda|ford|chevy|chevrolet|nissan|camry|civic|accord|corolla|tacoma|tundra|rav4"
    r"|sentra|altima"
    r"|charger|challenger|mustang|f-?150|silverado|tahoe|suburban|explorer|escape|malibu|impala"
    r"|jetta|prius"
    r"|subaru|outback|forester|kia|hyundai|elantra|sonata|bmw|audi|lexus|mercedes|dodge|chrysler"
    r"|buick|gmc"
    r"|cadillac|volvo|mazda|tesla|volkswagen|vw|acura|infiniti|ranger|wrangler|durango|caravan"
    r"|odyssey|pilot"
    r"|mobile home|trailer|rv|uber|lyft)\b[^.!?\n\d]{0,32}\Z"
)
_BESIDE = re.compile(
    r"\b(?:plates?|tags?)(?: (?:number|no\.?|num|is|was|reads?|says|of))?[ :#,(]{1,3}\Z"
)
_AT_VEHICLE = re.compile(
    r"\b(?:car|truck|suv|van|minivan|sedan|vehicle|pick-?up|motorcycle|jeep|bike|trailer|rig|uber"
    r"|lyft)[ (]{1,2}\Z"
)
_PLATE_AROUND = re.compile(r"[a-z][ \-·]?\d|\d[ \-·]?[a-z]")
_WORD_START = re.compile(r"(?<![\w\-.$#/])[a-z0-9]")
_NEAR = 8
_UNITS = frozenset("min mins hr hrs hours day days wk wks weeks mo mg ml lb lbs am pm x".split())  # noqa: SIM905
_LOOK_BACK = 64
_PARTS = 2
_SHORTEST_CUED, _SHORTEST, _USUAL, _LONGEST = 4, 5, 6, 8
_TOLD_BY = frozenset(
    """
    plate plates tag tags reg registration lic car truck suv van minivan sedan vehicle pick pickup
    motorcycle jeep bike trailer rig uber lyft
    """.split()  # noqa: SIM905 - a short list
)


def plates_in(reading: Reading) -> Iterator[Finding]:
    """Find them: where there are no capitals to tell by, only after "plate" or "tag"."""
    capitals = not reading.is_low and not reading.is_high
    if not capitals and _TOLD_BY.isdisjoint(reading.words):
        return
    after = 0
    for start in _starts(reading):
        for pattern in (_LONG_PLATE, _PLATE) if start >= after else ():
            match = pattern.match(reading.plain, start)
            level = None if match is None else _level(reading, match, capitals=capitals)
            if match is not None and level is not None:
                first, after = _with_state(reading.plain, start), match.end()
                yield reading.finding((first, after), Category.PLATE, "plate", level)
                break


def _starts(reading: Reading) -> Iterator[int]:
    """Give where words begin that have a number in them or near behind."""
    plain, after = reading.plain, 0
    for number in reading.numbers:
        if _PLATE_AROUND.search(plain, max(0, number - _NEAR), number + _NEAR) is None:
            continue
        for word in _WORD_START.finditer(plain, max(after, number - _NEAR), number + 1):
            yield word.start()
            after = word.start() + 1


def _level(reading: Reading, match: re.Match[str], *, capitals: bool) -> Level | None:
    if not _can_be_plate(reading, match, capitals=capitals):
        return None
    parts = re.split(r"[ \-·]", match["plate"])
    length = sum(map(len, parts))
    before = reading.plain[max(0, match.start() - _LOOK_BACK) : match.start()]
    if _is_cued(parts, before):
        return Level.BLOCK
    if not capitals and _is_at_vehicle(parts, before):
        return Level.REVIEW
    fits = capitals and _SHORTEST <= length <= _LONGEST and len(parts) > 1
    if not fits or any(part.isalpha() and len(part) > 1 and is_word(part) for part in parts):
        return None
    if _VEHICLE.search(before) and sum(map(str.isdigit, match["plate"])) > 1:
        return Level.BLOCK
    return _level_by_look(parts)


def _is_cued(parts: list[str], before: str) -> bool:
    """Tell by "plate" or "tag"; right behind it the letters may be a word."""
    if not _UNITS.isdisjoint(parts) or sum(map(len, parts)) < _SHORTEST_CUED:
        return False
    if _BESIDE.search(before):
        return True
    return not is_word(parts[0]) and _CUE.search(before) is not None


def _is_at_vehicle(parts: list[str], before: str) -> bool:
    """Tell "his car 3tz 904" and "the truck (4417 xb)", where capitals do not help."""
    letters = [part for part in parts if not part.isdigit()]
    unknown = _UNITS.isdisjoint(parts) and all(
        len(part) > 1 and not is_word(part) for part in letters
    )
    length = sum(map(len, parts))
    return (
        len(parts) == _PARTS
        and unknown
        and _USUAL - 1 <= length <= _LONGEST
        and _AT_VEHICLE.search(before) is not None
    )


def _can_be_plate(reading: Reading, match: re.Match[str], *, capitals: bool) -> bool:
    """Tell letters and digits that are no words, in capitals where there are any."""
    plate = match["plate"]
    if not any(map(str.isalpha, plate)) or not any(map(str.isdigit, plate)):
        return False
    if capitals:
        written = reading.written(*match.span("plate"))
        before = reading.plain[max(0, match.start() - _LOOK_BACK) : match.start()]
        if written != written.upper() and _BESIDE.search(before) is None:
            return False
    parts = re.split(r"[ \-·]", plate)
    return len(parts) == 1 or parts[0] not in STATE_CODES


def _level_by_look(parts: list[str]) -> Level | None:
    """Tell "ZC4 9KN" and "BXD-338" by their look; most codes have other joints."""
    if len(parts) > 2:
        return None
    mixed = [part for part in parts if not part.isalpha() and not part.isdigit()]
    if len(mixed) == len(parts):
        return Level.BLOCK if sum(map(len, parts)) >= _USUAL else Level.REVIEW
    return Level.REVIEW if not mixed and list(map(len, parts)) == [3, 3] else None


def _with_state(text: str, start: int) -> int:
    """Take in the state before a plate: "NM 882-TRB"."""
    if start >= 3 and text[start - 1] == " " and text[start - 3 : start - 1] in STATE_CODES:
        return start - 3 if start == 3 or not text[start - 4].isalnum() else start
    return start
