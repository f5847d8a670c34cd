"""Dates of month and day in numbers, "5/3", told from scores and shares."""

import datetime as dt
import re
from collections.abc import Iterator

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.reading import Reading

_PAIR = re.compile(
    r"(?<![\w.$#%])(?<!\d[/:\-])(?P<month>0?[1-9]|1[0-2])(?P<mark>[/\-.])(?P<day>0?[1-9]|[12]\d"
    r"|3[01])"
    r"(?![\w%])(?![/\-:]\d)(?!\.\d)"
)
_RANGE = re.compile(
    r"(?<![\w.$#%])(?<!\d[/:\-])(?P<month>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|[12]\d|3[01]) ?- ?"
    r"(?P<end>0?[1-9]|1[0-2])/(?P<last>0?[1-9]|[12]\d|3[01])(?![\w%/:\-])"
)
_BEFORE = 64
_NEAR = 16
_AFTER = 28
_GAP = (
    r"(?: (?:is|was|on|for|at|the|of|from|in|to|by|night|morning|evening|afternoon|session|group"
    r"|back"
    r"|again|work|home|school|town|date|had been|will be|set|w/|with)){0,4}[ :,.(\-]{1,3}\Z"
)
_SURE = re.compile(
    r"\b(?:since|until|till|dob|d\.o\.b\.?|born(?: on)?|birth ?date|birthday|bday|dated"
    r"|date(?: of \w+)?"
    r"|appointments?|appts?|court(?: date)?|hearing|sentenced|arraign\w+|intake|admit(?:ted|s)?"
    r"|admission"
    r"|discharged?|d/c(?:'?d)?|anniversary|surgery|procedure|due(?: date| on| by)?|effective"
    r"|scheduled"
    r"|rescheduled|next (?:session|group|appt|visit|meeting)|last (?:session|group|seen|use|used"
    r"|drink|visit|appt)"
    r"|relapsed?|started|starting|began|begins?|clean(?: date)?|sober(?: since| date)?"
    r"|sobriety date"
    r"|overdosed?|died|passed(?: away)?|loss|death|wedding|married|release(?:d| date)?|week of"
    r"|wk of|w/o"
    r"|on or about|eta|lmp|edd|tomorrow|yesterday|today|tonight|expires?|through|thru|continue[sd]?"
    r"|returns?|returned|returning|back|visits?|visiting|arrives?|arrived|leaves|moved|moving|flies"
    r"|deadline|eviction|trial|exam|graduat\w+|deliver\w+|filed|served|signed|as of|eff)" + _GAP
)
_WEEKDAY = re.compile(
    r"\b(?:mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?)?(?:day)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)s?" + _GAP
)
_EVENT = re.compile(
    r"\b(?:anniversary|birthday|bday|deadline|due|court|hearing|appt|appointment|surgery|wedding"
    r"|funeral"
    r"|admitted|discharged?|admission|dob|release)\b[^.!?;\n\d]{0,32}\Z"
)
_ON = re.compile(r"\b(?:on|by)[ (]{1,2}\Z")
_LIKELY = re.compile(r"\b(?:after|before|and|from|to|between|thru|through|of|for)[ (]{1,2}\Z")
_CLOSED = re.compile(r" ?(?:[.;,)!?\n]|$)")
_OTHER_SHARE = re.compile(r"\d{1,2}/\d{1,2} ?(?:,|and|&|-|to|or) ?\Z")
_A_DAY_OF_HISTORY = (9, 11)
_LINE_HEAD = re.compile(r"(?:^|\n)[ \t*•\-]{0,4}\Z")
_HEAD_END = re.compile(r"(?: ?(?:[:\-)]|[a-z]{3,9}:)| (?:group|session|note|pt\b))")
_COUNTED = re.compile(
    r"\b(?:session|sessions|grp|group|wk|week|visit|module|lesson|day|page|pg|class|part|step"
    r"|unit|chapter"
    r"|item|exercise|question|meeting|level|stage|phase|game|round)s?[ #:]{1,2}\Z"
)
_SCORE = re.compile(
    r"\b(?:phq|gad|pcl|bdi|bai|audit|dast|moca|mmse|epds|ymrs|madrs|y-?bocs|ors|srs|suds?|gaf|isi"
    r"|gds|asrs|mdq"
    r"|score[sd]?|scoring|rat(?:e|es|ed|ing|ings)|mood|anxiety|anx|pain|distress|cravings?|urges?"
    r"|sleep|energy"
    r"|anger|depression|dep|stress|motivation|confidence|intensity|importance|readiness|level"
    r"|scale|scaled"
    r"|attend(?:ed|ance|ees)?|participat\w+|complet\w+|present|quiz|engage\w*|comfort"
    r"|hope(?:fulness)?|appetite"
    r"|irritability|worry|fear|panic|sadness|shame|guilt|self-?esteem|focus|connection|cohesion"
    r"|item|percent"
    r"|answered|correct|out of|about a|roughly|at a|belief|down|up|dropped|increased?|decreased?"
    r"|improved"
    r"|reduced|average[ds]?|discomfort|loneliness|tension|satisfaction|progress|functioning"
    r"|check-?ins?)\b"
)
_SHARE_AFTER = re.compile(
    r" ?(?:of\b|members?\b|present|attended|participants?|clients?|pts?\b|people|completed|cup"
    r"|tsp|inch|mile"
    r"|hours?|days?|sessions?|meals?|pain\b|distress|intensity|mood|anxiety|craving|urge"
    r"|groups?\b|time\b"
    r"|finished|shared|reported|returned|did\b|said\b|were\b|endorsed|agreed|marked|ready"
    r"|confidence|breath"
    r"|depression|tonight|before|after\b|at (?:the )?(?:start|end|peak|worst|best|baseline|check)"
    r"|by the end"
    r"|down|up\b|score|on (?:the )?(?:phq|gad|scale|suds|mood|craving|anxiety|pain)|weeks?|items"
    r"|correct|done"
    r"|total|chance|odds|full|adherent|kept)"
)
_USUAL_WHOLES = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 21, 27, 30})
"""What scores and shares are of: a 7 of 10, the PHQ-9's 27, the GAD-7's 21, the group's 8."""


def short_dates_in(reading: Reading, own: frozenset[dt.date]) -> Iterator[Finding]:
    """Find them by the words around: those surely of a date, or none of a score."""
    for match in reading.at_numbers(_RANGE):
        if match["day"] != match["last"]:
            yield reading.finding(match.span(), Category.DATE, "date.range")
    for match in reading.at_numbers(_PAIR):
        month, day = int(match["month"]), int(match["day"])
        if any((date.month, date.day) == (month, day) for date in own):
            continue
        level = _level(reading.plain, match)
        if level is not None:
            yield reading.finding(match.span(), Category.DATE, "date.short", level)


def _level(text: str, match: re.Match[str]) -> Level | None:
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    if match["mark"] != "/":
        return _level_of_unusual_mark(before, match)
    weight = _for_date(text, match, before) - _for_score(text, match, before)
    if weight >= 2:
        return Level.BLOCK
    return Level.REVIEW if weight >= 1 else None


def _level_of_unusual_mark(before: str, match: re.Match[str]) -> Level | None:
    """Tell "since 6-28" and "visit 6.28" from hours ("Tuesday 10-2"), ranges and decimals."""
    if not _SURE.search(before):
        return None
    if int(match["day"]) in _USUAL_WHOLES and not match["day"].startswith("0"):
        return Level.REVIEW if match["mark"] == "-" else None
    return Level.BLOCK


def _for_date(text: str, match: re.Match[str], before: str) -> float:
    """Weigh what speaks for a date: a cue beside it, an event, a line's head, an odd day."""
    weight = 0.0 if _is_usual(match) else 1.5
    if any(cue.search(before) for cue in (_SURE, _WEEKDAY, _EVENT)):
        weight += 3
    if _ON.search(before):
        weight += 2 if _CLOSED.match(text, match.end()) is None else 3
    elif _LIKELY.search(before):
        weight += 1
    if _LINE_HEAD.search(before) and _HEAD_END.match(text, match.end()):
        weight += 3
    return weight


def _for_score(text: str, match: re.Match[str], before: str) -> float:
    """Weigh what speaks for a score or share: its words around, a usual whole, one beside it."""
    usual = _is_usual(match)
    sentence = re.split(r"[.!?;\n](?:\s|$)", before)[-1]
    after = text[match.end() : match.end() + _AFTER].split(".", maxsplit=1)[0]
    weight = 1.0 if usual else 0.0
    if _SHARE_AFTER.match(text, match.end()):
        weight += 4
    if _SCORE.search(sentence[-_NEAR:]) or _COUNTED.search(before):
        weight += 3
    elif _SCORE.search(sentence + after):
        weight += 2 if usual else 0.5
    if usual and _OTHER_SHARE.search(before):
        weight += 1
    if (int(match["month"]), int(match["day"])) == _A_DAY_OF_HISTORY:
        weight += 2
    return weight


def _is_usual(match: re.Match[str]) -> bool:
    month, day = int(match["month"]), int(match["day"])
    return day in _USUAL_WHOLES and month <= day
