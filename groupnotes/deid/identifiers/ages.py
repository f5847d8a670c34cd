"""Ages of 90 and over, in digits and in words."""

import re
from collections.abc import Iterator
from itertools import chain

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.identifiers.bare_ages import bare_ages_in
from groupnotes.deid.lexicon import is_first_name
from groupnotes.deid.reading import Reading

_UNITS = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TENS = r"(?:ten|eleven|twelve|twenty)"
_WORDS = (
    rf"(?:ninety(?:[ \-]?{_UNITS})?"
    rf"|(?:a|one)[ \-]hundred(?:[ \-](?:and[ \-])?(?:{_UNITS}|{_TENS}))?)"
)
_DIGITS = r"(?:9\d|1[01]\d|12[0-5])"
_AGE = rf"(?<![\w.$/#\-])(?P<age>{_DIGITS}|9 \d(?= ?(?:y|year))|{_WORDS})"
_YEARS_OLD = (
    r"(?:[ \-]{0,2}(?:years?|yrs?|y)[ \-]?(?:\'s)?[ \-./]{0,2}(?:olds?|o|young|of age)\b\.?"
    r"|[ \-]?y\.? ?[/.]? ?o\b\.?|[ \-]?yos?\b|[ \-]?y/o\b|[ \-](?:year|yr)s? ?(?:-? ?old)?"
    r"[ \-](?:grand|woman|man|mother|father|lady|gentleman|widow|veteran|male|female|aunt|uncle"
    r"|client|member|patient|pt\b))"
)
_WITH_UNIT = re.compile(_AGE + _YEARS_OLD)
_WITH_SEX = re.compile(rf"{_AGE} ?[-/]? ?(?:m|f|male|female|woman|man)\b(?![\w'/])(?!\.\w)")
_AFTER_AGE = re.compile(
    r"\b(?:aged?|ages|age of|age is|age:|turn(?:s|ed|ing)|going on|pushing|almost|nearly"
    r"|lived to(?: be)?"
    r"|died at|passed at|passed away at|is now|was already|hit|reached|celebrat\w+(?: (?:her|his"
    r"|their))?)"
    rf" ?(?:the age of |about |around |almost |age |to be )?{_AGE}(?![\w%\-])(?!(?:[.,]\d| ?/))"
    r"(?! ?(?:%|percent|days?|minutes?|mins?|hours?|hrs?|meetings?|pounds?|lbs?|mg|degrees?"
    r"|dollars?"
    r"|mph|miles|weeks?|months?|calories|steps|reps|times|people|members|points?|out of|of\b|sober"
    r"|clean|beats|bpm))"
)
_SURE_CUE = re.compile(r"(?:age|turn|going on|pushing|almost|nearly|lived|died|passed)")
_BIRTHDAY = re.compile(
    r"(?<![\w.])(?P<age>(?:9\d|1[01]\d)(?:st|nd|rd|th)"
    r"|ninetieth|ninety[ \-]?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|(?:one )?hundredth|(?:one )?hundred and (?:first|second|third))"
    r" (?:birth ?day|bday|b-day|year of life)\b"
)
_DECADE = re.compile(
    r"\b(?:his|her|their|my|your)[ -](?P<age>(?:early |mid[ -]|late |middle "
    r"|very late )?(?:nineties|90'?s))\b"
    r"|\b(?:in|is|was|now|woman|man|client|member"
    r"|relative)(?: in)?(?<!the) (?P<age_alone>(?:early|mid|late)[ \-](?:nineties"
    r"|90'?s))\b(?! (?:music|hits|song|show|kid|rap|rock|movie))"
)
_WORD_FOR = re.compile(r"\b(?P<age>(?:super)?centenarians?|nonagenarians?)\b")
_KIN = (
    r"(?:grand(?:mother|father|ma|pa|mom|dad|parents?|mama|daddy)|gran|grams|gma|gpa|gramps|pop"
    r"|pops|nan|peepaw"
    r"|mamaw|papaw|pawpaw|mee-?maw|great[ \-](?:aunt|uncle|grand\w+)|mother|father|mom|dad|aunt"
    r"|uncle|nana|nanny|grammy|granny|abuel[ao]|nonna|oma|opa|neighbou?r|husband|wife|widow|widower"
    r"|sister|brother|friend|member|client|resident|patient|veteran|mother-in-law|father-in-law|she"
    r"|he|who|lady|gentleman|woman|man|i'm|i am)"
)
_OF_SOMEONE = re.compile(
    rf"\b{_KIN}(?:'s)?\b[^.!?\n\d]{{0,28}}?(?:\b(?:is|was|be|at|now|age|already|turns|turned)|'s"
    rf"|,|\()"
    rf" ?(?:now |only |just |about |almost |already |nearly |all of "
    rf"|over |up to )?{_AGE}(?![\w%\-])(?!(?:[.,:]\d| ?/))"
    r"(?! ?(?:%|percent|days?|minutes?|mins?|hours?|hrs?|meetings?|pounds?|lbs?|mg|degrees?"
    r"|dollars?"
    r"|mph|miles|weeks?|months?|calories|steps|reps|times|people|members|points?|out of|of\b|sober"
    r"|clean|in 90|beats|bpm|over|on the|cents|acres))"
)

_UNITLESS = (
    r"(?! ?(?:%|percent|days?|minutes?|mins?|hours?|hrs?|meetings?|pounds?|lbs?|mg|degrees?"
    r"|dollars?|mph|miles"
    r"|weeks?|months?|calories|steps|reps|times|people|members|points?|out of|of\b|sober|clean"
    r"|in \d|beats|bpm))"
)
_STATED = re.compile(
    rf"(?P<who>[^\W\d_]+)(?:'s| is| was| turned| turns| just turned| is now| is already) (?:now "
    rf"|only |almost |about )?{_AGE}"
    rf"(?![\w%\-/:])(?!\.\d){_UNITLESS}"
)
_APPOSED = re.compile(
    rf"(?P<who>[^\W\d_]+)(?:, ?| ?\(){_AGE}(?: ?\)|,(?! ?\d)(?! (?:and|or) \d)|(?=[.;] ?(?:[a-z]"
    rf"|\n|$))|(?= (?:this|last|next|come|as of|since|on)\b))"
)
_AT_AGE = re.compile(
    rf"(?:^|[.!?;:\n\"] ?)at {_AGE}(?:,| (?=(?:he|she|they|his|her|their|who)\b))(?! ?\d)"
    rf"|\bat (?P<age_alone>ninety[ \-]?{_UNITS}),? (?:he|she|they|still|his|her)\b"
)
_AGED_PERSON = re.compile(
    rf"\b(?:woman|man|lady|gentleman|person|widow|widower|veteran|age"
    rf"|someone) of {_AGE}(?![\w%\-/:])"
    rf"|\b{_KIN} of (?P<age_of>(?:{_DIGITS}|{_WORDS})(?: years)?)(?![\w%/:\-])"
    rf"(?! (?:people|members))"
    rf"|\bages?\b[^.!?\n\d]{{0,24}}\b(?:to|and|-) ?(?P<age_alone>{_DIGITS}|{_WORDS})(?![\w%/:])"
)
_NOT_WHO = frozenset(
    """
    it that this there score scores total hr bp pulse weight temp temperature rate glucose sugar
    spo sat sats o gaf phq gad count census attendance room bed page number level which what a1c
    average mean goal range limit price cost speed day week pcl bdi madrs panss raw percentile
    rank grade quiz test sum attended pounds height max min target cpt code unit step item
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_AGE_WORDS = frozenset(
    """
    ninety nineties ninetieth hundred hundredth centenarian centenarians nonagenarian nonagenarians
    supercentenarian ninetyish noventa
    """.split()  # noqa: SIM905 - a short list
)
_OLD = re.compile(r"(?:9\d|1[012]\d)(?!\d)|9 \d ?y")


def ages_in(reading: Reading) -> Iterator[Finding]:
    """Find an age of 90 or more; of "90 days", "95 %" and "a score of 92" there is none."""
    if not _may_hold_age(reading):
        return
    for pattern, rule in _BY_UNIT:
        for match in pattern.finditer(reading.plain):
            yield reading.finding(match.span(), Category.AGE90, rule)
    for match in _AFTER_AGE.finditer(reading.plain):
        level = Level.BLOCK if _SURE_CUE.match(match[0]) else Level.REVIEW
        start = match.start() if match[0].startswith("aged") else match.start("age")
        yield reading.finding((start, match.end()), Category.AGE90, "age.cued", level)
    for pattern, rule in _BY_PERSON:
        yield from _found(reading, pattern, rule)
    for match in chain(_STATED.finditer(reading.plain), _APPOSED.finditer(reading.plain)):
        if _can_be_aged(reading, match):
            yield reading.finding(match.span("age"), Category.AGE90, "age.stated")
    yield from bare_ages_in(reading)


_BY_UNIT = (
    (_WITH_UNIT, "age.years"),
    (_WITH_SEX, "age.sex"),
    (_BIRTHDAY, "age.birthday"),
)
_BY_PERSON = (
    (_DECADE, "age.decade"),
    (_WORD_FOR, "age.word"),
    (_OF_SOMEONE, "age.person"),
    (_AGED_PERSON, "age.person"),
    (_AT_AGE, "age.person"),
)


def _can_be_aged(reading: Reading, match: re.Match[str]) -> bool:
    """Tell "Connie, 91," and "Gran, ninety-three," from "pulse 92, steady"."""
    who = match["who"]
    if who in _NOT_WHO:
        return False
    high = reading.written(*match.span("who"))[0].isupper() and not reading.is_high
    return high or re.fullmatch(_KIN, who) is not None or is_first_name(who) or who == "age"


def _may_hold_age(reading: Reading) -> bool:
    if not _AGE_WORDS.isdisjoint(reading.words):
        return True
    return any(_OLD.match(reading.plain, start) for start in reading.numbers)


def _found(reading: Reading, pattern: re.Pattern[str], rule: str) -> Iterator[Finding]:
    for match in pattern.finditer(reading.plain):
        span = match.span("age")
        for group in ("age_alone", "age_of"):
            if span == (-1, -1) and group in match.re.groupindex:
                span = match.span(group)
        yield reading.finding(span, Category.AGE90, rule)
