"""Ages of 90 and over that are a number alone: "she is 94", "my cousin, 97, drives"."""

import re
from collections.abc import Iterator

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.lexicon import is_first_name
from groupnotes.deid.reading import Reading

_UNITS = "(?:one|two|three|four|five|six|seven|eight|nine)"
_AGE = re.compile(
    r"(?<![\w$#/.:\-+<>=~])(?:9\d|1[01]\d|12[0-5])(?![\w%/+])(?![.,:\-]\d)"
    rf"|(?<![\w\-])(?:ninety(?:[ \-]?{_UNITS})?"
    rf"|noventa(?: y (?:uno|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve))?"
    rf"|(?:a|one) hundred(?: and (?:{_UNITS}|ten))?)(?![\w\-])"
)
_BEHIND = re.compile(
    r"(?! ?[,;] ?\d)(?: ?(?:[,;:!?)\]\"'\u201d\n\-]|\.(?:\D|$)|$)"
    r"| (?:and|but|this|next|last|now|in|when|who|yet|still|today|soon|by|on|with|if|though|years?"
    r"|candles|is|was|has|had|so|because|as|at|he|she|they|her|his|or so|already|come|tomorrow|then"
    r"|before|after|does|did|takes|took|lives?|lived|died|passed|will|would|can)\b)"
)
_BOASTED = re.compile(r",? (?:and|but) (?:never|still|not|counting|holding|going|proud|sharp)\b")
_MADE = ("made ", "makes ")
_LOOKED = re.compile(r" (?:look|seem) (?!at\b)")
_CANDLES = re.compile(r" (?:birthday )?candles\b")
_FILL = (
    r"(?:(?:now|about|around|just|only|all of|the age of|age|her|his|their|a ripe|a ripe old|to"
    r"|past|be|being|of|as|already|almost|nearly|over|still|close to|some|birthday|herself|himself"
    r"|maybe|at) ){0,3}\Z"
)
_PEOPLE = (
    r"(?:(?:great-?)?(?:grand|step)?(?:mother|father|mom|dad|ma|pa|mama|papa|son|daughter|aunt"
    r"|uncle)|mum|granny|grammy|gran|nana|nan|abuel[ao]|tia|tio|oma|opa|nonna|cousin|sister|brother"
    r"|twin|wife|husband|spouse|widow|widower|friend|neighbou?r|landlord|landlady|member|client"
    r"|resident|patient|guest|visitor|veteran|listener|speaker|caller|teacher|priest|nun|pastor"
    r"|eldest|oldest|elder|youngest|senior|woman|man|lady|gentleman|fellow|person|soul|other"
    r"|another|mine|hers|theirs|one|she|he|who|i|matriarch|patriarch|godmother|godfather|in-law)"
)
_SURELY = re.compile(
    rf"\b(?:turn(?:s|ed|ing)?|pushing|going on|liv(?:e|es|ed|ing) (?:to|past)|died|"
    rf"makes? (?:her|him|them|me)|aged|age|ages|(?:will|would|to) be|celebrat\w+) {_FILL}"
    rf"|\b(?:{_PEOPLE}|eldest|oldest)(?:'?s is|'?s| is| was| am|'m) {_FILL}|\bim {_FILL}"
)
_LIKELY = re.compile(
    rf"\b(?:made|make|makes|making) it (?:to|past) {_FILL}"
    rf"|\b(?:see|saw|sees|reach|reached|reaches|hit|past|nearing|approaching|got) {_FILL}"
    rf"|\b{_PEOPLE}(?:'?s)?(?:'?s| is| was|,) {_FILL}"
)
_APPOSED = re.compile(
    rf"\b{_PEOPLE}(?:[ \-](?!and\b)[a-z'\-]{{1,14}}){{0,4}} ?[,(] ?(?:now |then |age |aged )?\Z"
)
_NAMED = re.compile(r"\b(?P<name>[a-z][a-z'\-]{1,20}) ?[,(] ?(?:now|then|already|just|almost) \Z")
_MEASURED = re.compile(
    r"\b(?:scor\w+|phq|gad|pcl|bdi|epds|moca|suds?|bp|hr|pulse|heart|rate\w*|rating|weigh\w*|weight"
    r"|temp\w*|fever|glucose|sugar|sats?|spo|o2|oxygen|percent\w*|rooms?|page|route|interstate"
    r"|highway|exit|psalm|hymn|number|total|count|census|speed|bus|unit|line|channel|mg|dose|bmi"
    r"|quiz|test|exam|grade|price|cost|\$|pounds|lbs|map|systolic|diastolic|iq|item|chapter|verse"
    r"|level|day|days|step|group|session|cpt|code|bet|limit|goal|target)\b[^.!?\n]{0,18}\Z"
)
_OWN = re.compile(r"\b(?:his|her|my|their) [a-z'\-]{2,20}, \Z")
_LOOK_BACK = 56
_HUNDREDS = ("a h", "one h")


def bare_ages_in(reading: Reading) -> Iterator[Finding]:
    """Find them by who or what stands before; of a score, a dose or a room there is none."""
    for match in _AGE.finditer(reading.plain):
        level = _level(reading, match)
        if level is not None:
            yield reading.finding(match.span(), Category.AGE90, "age.bare", level)


def _level(reading: Reading, match: re.Match[str]) -> Level | None:
    plain = reading.plain
    if _CANDLES.match(plain, match.end()):
        return Level.BLOCK
    if _LOOKED.match(plain, match.end()) and plain.endswith(_MADE, 0, match.start()):
        return Level.REVIEW
    if _BEHIND.match(plain, match.end()) is None:
        return None
    before = re.split(
        r"[.!?;\n\"\u201c]", plain[max(0, match.start() - _LOOK_BACK) : match.start()]
    )[-1]
    return None if _MEASURED.search(before) else _level_by_words(reading, before, match)


def _level_by_words(reading: Reading, before: str, match: re.Match[str]) -> Level | None:
    if not before.strip(" \"'\u201c-") and _BOASTED.match(reading.plain, match.end()):
        return Level.REVIEW
    if _SURELY.search(before):
        return Level.REVIEW if match[0].startswith(_HUNDREDS) else Level.BLOCK
    if _is_apposed(reading, before, match):
        return Level.BLOCK
    return Level.REVIEW if _LIKELY.search(before) else None


def _is_apposed(reading: Reading, before: str, match: re.Match[str]) -> bool:
    """Tell "the oldest among us, 91, took" and "Ruth, now ninety-five,"."""
    closing = reading.plain[match.end() : match.end() + 1] in {",", ")", ";", ".", ""}
    apposed = _OWN if match[0][0].isalpha() and not match[0].startswith(_HUNDREDS) else _APPOSED
    if closing and (_APPOSED.search(before) or apposed.search(before)):
        return True
    named = _NAMED.search(before)
    if named is None:
        return False
    start = match.start() - len(before) + named.start("name")
    high = reading.written(start, start + 1).isupper() and not reading.is_high
    return high or is_first_name(named["name"])
