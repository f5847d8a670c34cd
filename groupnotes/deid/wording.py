"""Put a neutral phrase in the place of a name and keep the sentence whole."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from groupnotes.deid.findings import Finding
from groupnotes.deid.phrases import PHRASES
from groupnotes.deid.sentences import begins_sentence

_LOOK_BACK = 16
_NEARBY = 80
_TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|prof)\.?\s+\Z", re.IGNORECASE)
_ARTICLE = re.compile(
    r"\b(?:the|this|these|those|our|both|all|two|three|four|a|an|another|other|every|each"
    r"|his|her|their|my|your|its)\s+\Z",
    re.IGNORECASE,
)
_MANY = re.compile(r"\b(?:the|these|those|our|both|all|two|three|four|other)\s+\Z", re.IGNORECASE)
_NOUN = re.compile(
    r"\b(?:mrn|ssn|account|acct|card|plate|plates|tag|policy|license|lic|dl|vin|docket|case|claim"
    r"|id|number"
    r"|no\.|chart|record|serial|inmate|medicaid|medicare|mbi|npi|zip|code|phone|fax|cell"
    r"|member)\s+\Z",
    re.IGNORECASE,
)
_APOSTROPHES = ("'", "’")


@dataclass(frozen=True, slots=True)
class _Edit:
    """What to write over which stretch."""

    start: int
    end: int
    words: str


def replacement(text: str, finding: Finding) -> str:
    """Give the words for the place of the finding: "a member", "A member", "members"."""
    return _edit(text, finding).words


def replace_all(text: str, findings: Iterable[Finding]) -> str:
    """Give the text without the names that were found in it."""
    kept: list[str] = []
    at = 0
    for finding in sorted(findings, key=lambda found: found.start):
        edit = _edit(text, finding)
        kept += [text[at : edit.start], edit.words]
        at = edit.end
    return "".join([*kept, text[at:]])


def _edit(text: str, finding: Finding) -> _Edit:
    """Widen the place over a title before the name and over what its ending needs."""
    title = _TITLE.search(text, max(0, finding.start - _LOOK_BACK), finding.start)
    start = finding.start if title is None else title.start()
    end, ending = _ending(text, finding)
    words = _phrase(text, finding, start) + ending
    return _Edit(start, end, _cased(text, finding, start, words))


def _phrase(text: str, finding: Finding, start: int) -> str:
    phrase = PHRASES[finding.suggestion]
    before = max(0, start - _LOOK_BACK)
    if phrase.after_noun and _NOUN.search(text, before, start):
        return phrase.after_noun
    if _are_several(text, finding):
        return phrase.several
    return phrase.after_article if _ARTICLE.search(text, before, start) else phrase.alone


def _are_several(text: str, finding: Finding) -> bool:
    """Tell "the Garcias" from "Marias story", a possessive typed without its apostrophe."""
    if not finding.rule.endswith(".plural"):
        return False
    before = max(0, finding.start - _LOOK_BACK)
    surname = finding.rule == "roster.last.plural"
    possessive = text.startswith(_APOSTROPHES, finding.end)
    return surname or possessive or _MANY.search(text, before, finding.start) is not None


def _ending(text: str, finding: Finding) -> tuple[int, str]:
    """Give where to stop writing over the text, and the ending that the phrase takes."""
    end = finding.end
    name = text[finding.start : end]
    if finding.rule.endswith(".plural"):
        return end, "" if _are_several(text, finding) else "'s"
    if name.endswith("."):
        return end, "." if _is_end_of_sentence(text, end) else ""
    if not text.startswith(_APOSTROPHES, end):
        return end, ""
    if name[-1] in "sS" and not text[end + 1 : end + 2].isalnum() and not _is_quoted(text, finding):
        return end + 1, f"{text[end]}s"
    if text[end + 1 : end + 2] == "S" and not text[end + 2 : end + 3].isalnum():
        return end + 2, f"{text[end]}s"
    return end, ""


def _is_end_of_sentence(text: str, at: int) -> bool:
    """Tell whether the point of "T.J." ended its sentence too."""
    following = text[at : at + 3].strip()
    return not following or following[0].isupper()


def _is_quoted(text: str, finding: Finding) -> bool:
    """Tell 'James' in quotation marks from James' of the possessive."""
    return text.endswith(("'", "‘"), 0, finding.start)  # noqa: RUF001


def _cased(text: str, finding: Finding, start: int, words: str) -> str:
    """Write as the text around is written: all in capitals, or with a capital to begin with."""
    if _surroundings(text, start, finding.end).isupper():
        return words.upper()
    first = text[finding.start]
    starts_high = first.isupper() or (not first.isalpha() and not text.islower())
    return words[0].upper() + words[1:] if starts_high and begins_sentence(text, start) else words


def _surroundings(text: str, start: int, end: int) -> str:
    """Give the line, or what is near of a long one: a text may be one line of a million."""
    first, last = max(0, start - _NEARBY), end + _NEARBY
    return text[first:start].rpartition("\n")[2] + text[start:last].partition("\n")[0]
