"""Numbers that a word before them makes an identifier: records, insurance, accounts, licenses."""

import re
from collections.abc import Iterator

from groupnotes.deid.findings import Category, Finding
from groupnotes.deid.identifiers.cues import announced_in
from groupnotes.deid.reading import Reading

_SSN = re.compile(
    r"(?<![\w.\-])(?!000|666|9\d\d[- .]\d{2}[- .]0000)\d{3}(?P<mark> ?[\- .] "
    r"?)\d{2}(?P=mark)\d{4}(?!\d)(?:-?[a-dm]\d?\b)?(?!\w|-\d)"
)
_SSN_CUE = (
    r"\b(?:ssn?|ss ?#|s\.s\.n?\.?|soc(?:ial)?(?: sec(?:urity)?)?\.?|soc\.? sec\.?|itin"
    r"|tax id)\b(?! (?:worker|work|anxiety|support"
    r"|skills|media|security (?:office|disab|benefit|hearing|judge|check|income|admin)|services"
    r"|phobia|emotional|circle|life|network))"
)
_SSN_CUED = re.compile(
    _SSN_CUE + r"[^.!?\n\d]{0,40}?(?P<number>\d{3}[\- ]?\d{2}[\- ]?\d{4}|\d[\d \-]{7,12}\d)(?![\w])"
)
_SSN_LAST = re.compile(
    _SSN_CUE + r"[^.!?\n\d]{0,30}?(?:\b(?:end(?:s|ing|ed)?|last (?:four|4)|final (?:four|4))\b|\()"
    r"[^.!?\n\d]{0,24}(?P<number>\d{4})(?!\w)"
    r"|\b(?:last|final) (?:four|4)(?: digits)?(?: of)? (?:(?:his|her|their|the) )?(?:ssn?"
    r"|soc(?:ial)?(?: security)?)\b[^.!?\n\d]{0,30}(?P<number_of>\d{4})(?!\w)"
)
_SSN_HIDDEN = re.compile(r"(?<![\w*])[x*#]{3}[- ][x*#]{2}[- ](?P<number>\d{4})(?!\w)")
_HIDDEN = re.compile(r"[x*#]{2}[- ]\d{4}")
_LAST_FOUR = re.compile(
    r"\b(?:last|final) (?:four|4)(?: digits)?(?: of [^.!?\n\d]{2,30}?)?(?: (?:is|are|was|were)|:"
    r"| -)? ?(?P<number>\d{4})(?!\w)"
)
_OF_PHONE = re.compile(r"\b(?:phone|cell|mobile|fax)")
_MBI_LETTER = "ac-hj-kmnp-rt-y"  # 42 CFR leaves out what looks like a digit
_MBI = re.compile(
    rf"(?<!\w)[1-9][{_MBI_LETTER}][0-9{_MBI_LETTER}]\d[ -]?[{_MBI_LETTER}][0-9{_MBI_LETTER}]\d"
    rf"[ -]?[{_MBI_LETTER}]{{2}}\d{{2}}(?!\w)"
)
_CARD = re.compile(
    r"(?<![\w.\-])\d{4}(?:[ \-]\d{4}){3}(?![\w\-])"
    r"|(?<![\w.\-])3[47]\d{2}[ \-]\d{6}[ \-]\d{5}(?![\w\-])"
)
_VIN = re.compile(r"(?<!\w)(?=[a-z]{0,16}\d)(?=\d{0,16}[a-z])[a-hj-npr-z0-9]{17}(?!\w)")
_VIN_PART = r"(?=[a-z]{0,12}\d)[a-z0-9]{2,14}"
_VIN_CUED = re.compile(
    rf"\bvin\b[^.!?\n]{{0,20}}?(?P<number>{_VIN_PART}(?:[ \-]{_VIN_PART}){{1,4}}(?!\w)"
    r"|(?=[a-z]{0,16}\d)[a-z0-9]{7,17}|(?<=ends )\d{4,8}|(?<=ending )\d{4,8}"
    r"|(?<=ends in )\d{4,8}|(?<=ending in )\d{4,8})(?!\w)"
)
_VANITY = re.compile(
    r"\bplates?(?: number)?(?: that)? ?(?:reads?|reading|says|saying|is|was|:|#"
    r"|,)[ \"']{1,3}(?P<number>[a-z0-9]{2,8})(?!\w)"
)
_DOCKET = re.compile(
    r"(?<![\w\-])(?:cr|cv|cf|fa|jv|mh|pr|dv|fc|jc|dr|po)[- ]?(?:19|20)?\d{2}[- ]\d{3,8}(?!\w)"
)
_DOCKET_BY_YEAR = re.compile(
    r"(?<![\w\-])(?:\d{1,2}:)?(?:19|20)?\d{2}-?(?:cr|cv|cf|cm|fa|jv|dr|mh|pr|sc|tr|ct|fc|gs|jc|jd"
    r"|dv|md|po|ca|ci|dp|cc|sa|cp|mj)[a-z]?-?\d{3,8}(?:-[a-z0-9]{1,5})?(?!\w)"
    r"|(?<![\w\-])(?:19|20)?\d{2} (?:cr|cv|cf|cm|fa|jv|dr|mh|dv|jd|jc|jt|or|do) ?\d{4,8}(?!\w)"
)


_LICENSE_BY_PROFESSION = re.compile(
    r"(?<!\w)(?:lpcc?|lcsw|lmsw|lmft|lmhc|lcpc|rn|lpn|lvn|cna|aprn|crnp|psy|lc?adc|cadc|lac|lcdc"
    r"|cdl|rph)"
    r"[\-# ]{0,2}\d{4,9}(?!\w)"
)
_PROFESSIONS = frozenset(
    "lpc lpcc lcsw lmsw lmft lmhc lcpc rn lpn lvn cna aprn crnp psy ladc lcadc cadc".split()  # noqa: SIM905
)


def numbers_in(reading: Reading) -> Iterator[Finding]:
    yield from _plates_of_letters(reading)
    if not reading.numbers:
        return
    yield from _security_numbers_in(reading)
    for pattern, category, rule in _FORMS:
        for match in reading.at_numbers(pattern):
            yield reading.finding(match.span(), category, rule)
    for match in reading.anywhere(_DOCKET, _DOCKET_WORDS):
        yield reading.finding(match.span(), Category.CASE, "case.docket")
    for match in _licenses_in(reading):
        yield reading.finding(match.span(), Category.LICENSE, "license.profession")
    yield from _vehicles_in(reading)
    yield from _cued(reading)
    for match in reading.anywhere(_LAST_FOUR, _FOUR):
        of_phone = _OF_PHONE.search(match[0])
        category, rule = (Category.PHONE, "phone") if of_phone else (Category.ACCOUNT, "account")
        yield reading.finding(match.span("number"), category, f"{rule}.last_four")


_FORMS = (
    (_MBI, Category.MEMBER_ID, "member_id.medicare"),
    (_CARD, Category.ACCOUNT, "account.card"),
    (_DOCKET_BY_YEAR, Category.CASE, "case.docket"),
)
_FOUR = frozenset({"four", "4"})
_SSN_WORDS = frozenset({"ssn", "ss", "s", "soc", "social", "itin", "tax"})
_DOCKET_WORDS = frozenset({"cr", "cv", "cf", "fa", "jv", "mh", "pr", "dv", "fc", "jc", "dr", "po"})


def _security_numbers_in(reading: Reading) -> Iterator[Finding]:
    for match in reading.at_numbers(_SSN):
        yield reading.finding(match.span(), Category.SSN, "ssn")
    for pattern, words in ((_SSN_CUED, _SSN_WORDS), (_SSN_LAST, _SSN_WORDS | _FOUR)):
        for match in reading.anywhere(pattern, words):
            yield reading.finding(_number_of(match), Category.SSN, "ssn.cued")
    if _HIDDEN.search(reading.plain):
        for match in _SSN_HIDDEN.finditer(reading.plain):
            yield reading.finding(match.span("number"), Category.SSN, "ssn.hidden")


def _number_of(match: re.Match[str]) -> tuple[int, int]:
    return match.span("number") if match["number"] else match.span("number_of")


def _licenses_in(reading: Reading) -> Iterator[re.Match[str]]:
    """Find "LPC-79726" and "RN327272", of which the letters are no word of their own."""
    joined = any(
        word.startswith(("rn", "psy", "l", "cna", "cdl")) and word[-1].isdigit()
        for word in reading.words
    )
    if joined or not _PROFESSIONS.isdisjoint(reading.words):
        yield from _LICENSE_BY_PROFESSION.finditer(reading.plain)


_VIN_LENGTH = 17
_VIN_WORDS = frozenset({"vin"})
_PLATE_WORDS = frozenset({"plate", "plates"})


def _vehicles_in(reading: Reading) -> Iterator[Finding]:
    for match in reading.anywhere(_VIN_CUED, _VIN_WORDS):
        yield reading.finding(match.span("number"), Category.VIN, "vin.cued")
    if all(len(word) != _VIN_LENGTH for word in reading.words):
        return
    for match in _VIN.finditer(reading.plain):
        if sum(map(str.isdigit, match[0])) >= 4:
            yield reading.finding(match.span(), Category.VIN, "vin")


def _plates_of_letters(reading: Reading) -> Iterator[Finding]:
    """Find a plate of letters only, "plate reads GOFAST", where capitals tell it from a word."""
    for match in reading.anywhere(_VANITY, _PLATE_WORDS):
        written = reading.written(*match.span("number"))
        capitals = written.isupper() and not reading.is_high
        if capitals or any(map(str.isdigit, written)):
            yield reading.finding(match.span("number"), Category.PLATE, "plate.vanity")


def _cued(reading: Reading) -> Iterator[Finding]:
    for cue, start, end in announced_in(reading):
        category = cue.category
        yield reading.finding((start, end), category, f"{category.lower()}.cued")
