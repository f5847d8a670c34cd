"""Dates of month and day in numbers, "5/3", told from scores and shares by the words around."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.identifiers.date_words import (
    BETWEEN,
    COUNTED,
    EVENTS,
    LIKELY,
    SCORES,
    SHARE_AFTER,
    SURE,
    WEEKDAYS,
)
from groupnotes.deid.identifiers.weekdays import from_weekday
from groupnotes.deid.reading import Reading

_PAIR = re.compile(
    r"(?<![\w.$#%])(?<!\d[/:\-])(?P<month>0?[1-9]|1[0-2])(?P<mark>[/\-.])"
    r"(?P<day>0?[1-9]|[12]\d|3[01])(?![\w%])(?![/\-:]\d)(?!\.\d)"
)
_RANGE = re.compile(
    r"(?<![\w.$#%])(?<!\d[/:\-])(?P<month>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|[12]\d|3[01]) ?- ?"
    r"(?P<end>0?[1-9]|1[0-2])/(?P<last>0?[1-9]|[12]\d|3[01])(?![\w%/:\-])"
)
_BEFORE, _AFTER, _EVENT_WORDS, _MOST_BETWEEN, _NEAR_WORDS = 64, 28, 8, 4, 2
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?;\n](?:\s|$)")
_CLOSED = re.compile(r" ?(?:[.;,)!?\n]|$)")
_OTHER_SHARE = re.compile(r"\d{1,2}/\d{1,2} ?(?:,|and|&|-|to|or) ?\Z")
_NEXT_SHARE = re.compile(r" ?(?:,|and|&|;) ?\d{1,2}/\d{1,2}\b")
_TO_SAME_WHOLE = re.compile(r" ?(?:to|then|->|→|,|and|&) ?(?:a )?\d{1,2}/(?P<whole>\d{1,2})\b")
_FROM_SAME_WHOLE = re.compile(r"\b\d{1,2}/(?P<whole>\d{1,2}) ?(?:to|then|->|→|,|and|&) ?(?:a )?\Z")
_SPAN = re.compile(
    r"\b(?:from|between) (?P<first>(?P<month>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|[12]\d|3[01]))"
    r" ?(?:to|and|thru|through|til|till|until|-) ?"
    r"(?P<second>(?P<end>0?[1-9]|1[0-2])/(?P<last>0?[1-9]|[12]\d|3[01]))(?![\w%/:\-])"
)
_SPAN_WORDS = frozenset({"from", "between"})
_SHARES = re.compile(r"(?:\d{1,2}/\d{1,2} ?(?:,|and|&|;) ?)+\Z")
_ANNOUNCING = LIKELY | SURE | {"on", "by"}
_SURE_OR_WEEKDAY = SURE | WEEKDAYS
_TOP = 12
_BESIDE = re.compile(r"[ :,.(\-]{1,3}\Z")
_FAR_SCORES = SCORES - {"up", "down"}
_AVERAGES = frozenset({"mean", "avg", "average", "median", "index", "total", "score", "gpa"})
_LAST_HOUR = 12
_HISTORY = re.compile(r"\b(?:of|after|since|during|post|about|watched)[ \-]\Z")
_A_DAY_OF_HISTORY = (9, 11)
_IN_TURN = COUNTED - {"visit", "meeting"}
_LINE_HEAD = re.compile(r"(?:^|\n)[ \t*•\-]{0,4}\Z")
_HEAD_END = re.compile(r" ?(?:[:\-)]|[a-z]{3,9}:)| (?:group|session|note|pt\b)")
_USUAL_WHOLES = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 21, 27, 30})
"""What scores and shares are of: a 7 of 10, the PHQ-9's 27, the GAD-7's 21, the group's 8."""


class _Around(NamedTuple):
    """What stands around a pair of numbers; ``words`` are those before it in its sentence."""

    month: int
    day: int
    before: str
    words: Sequence[str]
    after: str

    @property
    def is_usual(self) -> bool:
        return self.day in _USUAL_WHOLES and self.month <= self.day


def short_dates_in(reading: Reading, own: frozenset[dt.date]) -> Iterator[Finding]:
    """Find them by the words around: those surely of a date, or none of a score."""
    for match in reading.at_numbers(_RANGE):
        if match["day"] != match["last"]:
            yield reading.finding(match.span(), Category.DATE, "date.range")
    yield from _spans_in(reading)
    for match in reading.at_numbers(_PAIR):
        around = _around(reading.plain, match)
        if any((date.month, date.day) == (around.month, around.day) for date in own):
            continue
        level = _level(around) if match["mark"] == "/" else _level_of_other_mark(around, match)
        if level is not None:
            yield reading.finding(from_weekday(reading, match), Category.DATE, "date.short", level)


def _spans_in(reading: Reading) -> Iterator[Finding]:
    """Find "from 5/3 to 5/9", and no rise "from 3/10 to 6/10" on one scale or of a named one."""
    for match in reading.anywhere(_SPAN, _SPAN_WORDS):
        words = _WORD.findall(reading.plain[max(0, match.start() - _BEFORE) : match.start()])
        later = int(match["end"]) - int(match["month"]) in {0, 1}
        if match["day"] != match["last"] and later and SCORES.isdisjoint(words):
            for part in ("first", "second"):
                yield reading.finding(match.span(part), Category.DATE, "date.span")


def _around(text: str, match: re.Match[str]) -> _Around:
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    words = _WORD.findall(_SENTENCE_END.split(before)[-1])
    after = text[match.end() : match.end() + _AFTER]
    return _Around(int(match["month"]), int(match["day"]), before, words, after)


def _level(around: _Around) -> Level | None:
    if _is_of_scores(around):
        return None
    weight = _for_date(around) - _for_score(around)
    if weight >= 2:
        return Level.BLOCK
    return Level.REVIEW if weight >= 1 else None


def _level_of_other_mark(around: _Around, match: re.Match[str]) -> Level | None:
    """Tell "since 6-28" and "visit 6.28" from hours ("Tuesday 10-2"), ranges and decimals."""
    if not _AVERAGES.isdisjoint(around.words) or not SCORES.isdisjoint(around.words[-_NEAR_WORDS:]):
        return None
    padded = match["day"].startswith("0") or around.day > _LAST_HOUR
    if match["mark"] == "-" and around.words[-1:] in (["on"], ["dated"], ["date"]) and padded:
        return Level.BLOCK
    if not _announces(around, SURE) or not _IN_TURN.isdisjoint(around.words[-1:]):
        return None
    if around.day in _USUAL_WHOLES and not match["day"].startswith("0"):
        return Level.REVIEW if match["mark"] == "-" else None
    return Level.BLOCK


def _is_of_scores(around: _Around) -> bool:
    """Tell "urge ratings before/after: 8/4, 6/5": scores are named, and no day is."""
    if SCORES.isdisjoint(around.words) or around.day > _TOP:
        return False
    listed = _OTHER_SHARE.search(around.before) or _NEXT_SHARE.match(around.after)
    if listed is None or not EVENTS.isdisjoint(around.words):
        return False
    head = _SHARES.sub("", around.before)
    cue = _WORD.findall(head)[-1:]
    return not cue or cue[0] not in _ANNOUNCING or head.rstrip().endswith(":")


def _announces(around: _Around, cues: frozenset[str]) -> bool:
    """Tell a cue with only small words between it and the numbers: "due on the 5/3"."""
    if not around.words or _BESIDE.search(around.before) is None:
        return False
    for word in reversed(around.words[-_MOST_BETWEEN - 1 :]):
        if word in cues:
            return True
        if word not in BETWEEN:
            return False
    return False


def _for_date(around: _Around) -> float:
    """Weigh what speaks for a date: a cue beside it, an event, a line's head, an odd day."""
    weight = 0.0 if around.is_usual else 1.5
    last = around.words[-1] if around.words else ""
    if _announces(around, _SURE_OR_WEEKDAY) or not EVENTS.isdisjoint(around.words[-_EVENT_WORDS:]):
        weight += 3
    if last in {"on", "by"}:
        weight += 3 if _CLOSED.match(around.after) else 2
    elif last in LIKELY:
        weight += 1
    if _LINE_HEAD.search(around.before) and _HEAD_END.match(around.after):
        weight += 3
    return weight


def _for_score(around: _Around) -> float:
    """Weigh what speaks for a score or share: its words around, a usual whole, one beside it."""
    usual = around.is_usual
    weight = 1.0 if usual else 0.0
    if SHARE_AFTER.match(around.after):
        weight += 4
    near = _near(around)
    following = _WORD.findall(around.after.split(".")[0])
    if not SCORES.isdisjoint(near) or not COUNTED.isdisjoint(near[-1:]):
        weight += 3
    elif around.words[-1:] and around.words[-1] in SURE:
        pass
    elif not _FAR_SCORES.isdisjoint(around.words) or not _FAR_SCORES.isdisjoint(following):
        weight += 2 if usual else 0.5
    if usual:
        weight += bool(_OTHER_SHARE.search(around.before)) + 4 * _is_of_same_whole(around)
    if (around.month, around.day) == _A_DAY_OF_HISTORY:
        weight += 5 if _HISTORY.search(around.before[-12:]) else 2
    return weight


def _is_of_same_whole(around: _Around) -> bool:
    """Tell "9/27" of "from 9/27 to 4/27": days in a row are hardly ever of one number."""
    beside = (_TO_SAME_WHOLE.match(around.after), _FROM_SAME_WHOLE.search(around.before))
    return any(match is not None and int(match["whole"]) == around.day for match in beside)


def _near(around: _Around) -> Sequence[str]:
    """Give the words right before; of "picked up Sat 9/5" the weekday alone."""
    near = around.words[-_NEAR_WORDS:]
    return near if WEEKDAYS.isdisjoint(near[-1:]) else near[-1:]
