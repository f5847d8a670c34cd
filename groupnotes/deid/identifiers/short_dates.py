"""Dates of month and day in numbers, "5/3", told from scores and shares."""

import datetime as dt
import re
from collections.abc import Iterator

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.reading import Reading

_PAIR = re.compile(
    r"(?<![\w.$#%])(?<!\d[/:\-])(?P<month>0?[1-9]|1[0-2])(?P<mark>[/\-])(?P<day>0?[1-9]|[12]\d|3[01])(?![\w%])(?![/\-:]\d)(?!\.\d)"
)
_BEFORE = 48
_AFTER = 28
_SURE = re.compile(
    r"\b(?:since|until|till|dob|d\.o\.b\.?|born(?: on)?|birth ?date|birthday|bday|dated|date(?: of \w+)?|appointments?"
    r"|appt|court(?: date)?|hearing|sentenced|arraign\w+|intake|admit(?:ted|s)?|admission|discharged?|d/c(?:'?d)?"
    r"|anniversary|surgery|procedure|due(?: date| on| by)?|effective|scheduled|rescheduled|next (?:session|group|appt|visit|meeting)"
    r"|last (?:session|group|seen|use|used|drink|relapse|visit|appt)|relapsed?|started|starting|began|begins?|clean(?: date)?|sober(?: date)?"
    r"|sobriety date|overdosed?|died|passed(?: away)?|loss|death|wedding|married|release(?:d| date)?|week of|wk of|on or about|eta|lmp"
    r"|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|tomorrow|yesterday|today|tonight|expires?|through|thru)"
    r"(?: (?:is|was|on|for|at|the|of|from|in|to|by|night|morning|evening|afternoon|session|group|back|again|date|had been|will be)){0,4}"
    r"[ :,.(\-]{1,3}\Z"
)
_LIKELY = re.compile(r"\b(?:on|by|after|before|and|from|to|between|thru|through|of|for)[ (]{1,2}\Z")
_OTHER_SHARE = re.compile(r"\d{1,2}/\d{1,2} ?(?:,|and|&|-|to|or) ?\Z")
_A_DAY_OF_HISTORY = (9, 11)
_LINE_HEAD = re.compile(r"(?:^|\n)[ \t*•\-]{0,4}\Z")
_HEAD_END = re.compile(r"(?: ?(?:[:\-)]|[a-z]{3,9}:)| (?:group|session|note|pt\b))")
_SCORE = re.compile(
    r"\b(?:phq|gad|pcl|bdi|bai|audit|dast|moca|mmse|epds|ymrs|madrs|y-?bocs|ors|srs|suds?|gaf|score[sd]?|scoring|rat(?:e|es|ed|ing|ings)"
    r"|mood|anxiety|pain|distress|cravings?|urges?|sleep|energy|anger|depression|stress|motivation|confidence|intensity|importance|readiness"
    r"|level|scale|scaled|attend(?:ed|ance|ees)?|participat\w+|complet\w+|present|quiz|engage\w*|comfort|hope(?:fulness)?|appetite|irritability"
    r"|worry|fear|panic|sadness|shame|guilt|self-?esteem|focus|connection|cohesion|item|percent|answered|correct|out of|about a|roughly|at a"
    r"|belief|down|up|dropped|increased?|decreased?|improved|reduced|average[ds]?|discomfort|loneliness|tension|satisfaction|progress|functioning|check-?ins?)\b"
)
_SHARE_AFTER = re.compile(
    r" ?(?:of\b|members?\b|present|attended|participants?|clients?|pts?\b|people|completed|cup|tsp|inch|mile|hours?|days?|sessions?|meals?"
    r"|pain\b|distress|intensity|mood|anxiety|craving|urge|groups?\b|time\b|finished|shared|reported|returned|did\b|said\b|were\b|endorsed|agreed|marked|ready|confidence"
    r"|depression|tonight|before|after\b|at (?:the )?(?:start|end|peak|worst|best|baseline|check)|by the end|down|up\b|score|on (?:the )?(?:phq|gad|scale|suds|mood|craving|anxiety|pain)|weeks?|items|correct)"
)
_USUAL_WHOLES = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 21, 27, 30})
"""What scores and shares are of: a 7 of 10, the PHQ-9's 27, the GAD-7's 21, the group's 8."""


def short_dates_in(reading: Reading, own: frozenset[dt.date]) -> Iterator[Finding]:
    """Find them by the words around: those surely of a date, or none of a score."""
    for match in reading.at_numbers(_PAIR):
        month, day = int(match["month"]), int(match["day"])
        if any((date.month, date.day) == (month, day) for date in own):
            continue
        level = _level(reading.plain, match)
        if level is not None:
            yield reading.finding(match.span(), Category.DATE, "date.short", level)


def _level(text: str, match: re.Match[str]) -> Level | None:
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    sentence = re.split(r"[.!?;\n](?:\s|$)", before)[-1]
    dashed = match["mark"] == "-"
    share = _SHARE_AFTER.match(text, match.end()) is not None
    if _SURE.search(before) and not share:
        return Level.BLOCK if not _SCORE.search(sentence) or not dashed else Level.REVIEW
    if dashed:
        return None
    if _LINE_HEAD.search(before) and _HEAD_END.match(text, match.end()):
        return Level.BLOCK
    score = share or _SCORE.search(
        sentence + text[match.end() : match.end() + _AFTER].split(".")[0]
    )
    if score:
        return None
    month, day = int(match["month"]), int(match["day"])
    is_usual = day in _USUAL_WHOLES and month <= day
    if (month, day) == _A_DAY_OF_HISTORY:
        return None
    if _LIKELY.search(before) and not (is_usual and _OTHER_SHARE.search(before)):
        return Level.REVIEW if is_usual else Level.BLOCK
    return None if is_usual else Level.REVIEW
