"""The words that announce a number of someone, and the form of what they announce."""

import re
from typing import NamedTuple

from groupnotes.deid.findings import Category


class Cue(NamedTuple):
    """Words and what number they announce; ``least`` is how many letters and digits it has."""

    category: Category
    rule: str
    pattern: re.Pattern[str]
    least: int
    sure: bool


_CODE = r"(?P<code>[a-z]{0,5}[\-.]?\d[\da-z]{0,24}(?:[\-./][\da-z]{1,16}){0,4}(?: ?-? ?\d[\da-z]{1,11}){0,4})(?![\w])"
_LETTERS_FIRST = r"(?P<code>(?:[a-z]{1,4}[\- ]\d{2,6}[a-z]{0,3}|\d{1,4}[\- ]?[a-z]{2,4}[\- ]?\d{0,4}|[a-z]{0,4}\d[\da-z]{1,8}(?:[\- ·]\d[\da-z]{1,6})?))(?!\w)"
_LINK = (
    r"(?:'s)?(?:[ \t]?(?:[#:=,;\-(\"']|\n|\b(?:is|was|of|no|num|nbr|number|numbers|id|ids|the|as|reads?|reading|ending|ends|in|on|file|card|listed"
    r"|they|gave|has|have|had|which|that|it|under|for|plan|with|says|said|showed|starts|starting|begins|beginning|digits|last|four|filed|and|his|her|their)\b\.?)){1,7}[ \t\n]{0,2}[#(\"']?"
)
_SHORT_LINK = r"(?:'s)?[ \t]?(?:(?:no|num|nbr|number|id)\b\.?|[#:=(]){1,3}[ \t]?(?:[#:=(\-]|is\b|was\b){0,3}[ \t]{0,2}[#(\"']?"
_BESIDE = r"(?:'s)?[ \t:#=(\-]{1,4}(?:(?:no|num|number|id|is|was|reads?)\b[.: #]{1,3}){0,2}"


def _cue(category: Category, words: str, *, least: int = 4, sure: bool = True) -> Cue:
    """Make a cue whose number may stand some small words away: "account number on file is 12"."""
    return Cue(
        category,
        f"{category.lower()}.cued",
        re.compile(rf"\b(?:{words})(?!\w){_LINK}{_CODE}"),
        least,
        sure,
    )


def _near(category: Category, words: str, *, least: int = 4, link: str = _BESIDE) -> Cue:
    """Make a cue whose number stands beside it: "case 24-118", "chart #4410"."""
    return Cue(
        category,
        f"{category.lower()}.cued",
        re.compile(rf"\b(?:{words})(?!\w){link}{_CODE}"),
        least,
        sure=True,
    )


_PROFESSIONS = (
    r"lpc|lcsw|lmsw|lmft|lmhc|lcpc|lpcc|rn|lpn|lvn|cna|md|pa|np|aprn|crnp|psy|lp|ladc|lcadc|cadc|lac|lcdc|cdl|otr|slp"
    r"|cpa|esq|bar|emt|pharmd|rph"
)

CUED = (
    _cue(Category.MRN, r"mrns?|mr ?#|m\.r\.n\.?|med(?:ical)?\.? rec(?:ord)?s?|emr|ehr|epic|health record|hospital (?:id|number|no|#)"),
    _near(Category.MRN, r"chart|patient(?: id)?|pt(?: id)?|client(?: id)?|record|encounter|visit id|fin|epic id|emr id|unit record", link=_SHORT_LINK),
    _near(Category.MRN, r"chart|record", least=6),
    _cue(
        Category.MEMBER_ID,
        r"member(?:ship)?(?: id| no| number|#)|mem id|subscriber(?: id)?|policy(?: holder)?(?: id| no| number| #)?|polic(?:y|ies)|insurance(?: id| card| no| number| policy)?"
        r"|medicaid(?: id| no| number)?|medicare(?: id| no| number)?|medi-?cal|masshealth|mbi|hicn|beneficiary(?: id)?|rx ?(?:bin|grp|group|pcn)|bin|pcn|cin"
        r"|(?:aetna|cigna|anthem|humana|bcbs|blue cross|blue shield|uhc|united ?healthcare|kaiser|molina|centene|tricare|champva|optum|magellan|carelon|beacon)(?: member| id| plan)*"
        r"|prior auth(?:orization)?|pre-?auth(?:orization)?|auth(?:orization)?(?: no| number| code| #)|referral(?: no| number| #)|group (?:no|number|id|#)|plan (?:id|no|number|#)",
        least=5,
    ),
    _near(Category.MEMBER_ID, r"member", least=6),
    _cue(
        Category.ACCOUNT,
        r"accounts?(?: number| no| #)?|accts?|routing|iban|swift|(?:debit|credit|gift|ebt|bank|prepaid|cash|snap|benefit)s? card|card(?: number| no| ending)|card|visa|master ?card|amex|discover"
        r"|checking|savings|loan(?: number| no| #)|invoice|order (?:no|number|#|id)|confirmation|tracking|aba|apple pay|payment id|transaction|customer(?: id| no| number)|reference|ref ?#|pin(?: number| code)?|passcode|zoom (?:id|meeting)|meeting id",
    ),
    _cue(
        Category.LICENSE,
        r"licen[cs]es?(?: number| no| #)?|lic|lic\.|dl|d\.l\.|driver'?s? (?:licen[cs]e|id)|cdl|permit|state id|id card|identification|passport|visa (?:no|number|#)|green card|alien(?: registration)?(?: no| number)?"
        r"|a-number|uscis|npi|dea|certificat(?:e|ion)(?: no| number| #)|cert(?: no| number| #)|badge|employee id|student id|school id|veteran id|military id|dod id|registration(?: no| number| #)",
    ),
    Cue(
        Category.LICENSE,
        "license.profession",
        re.compile(rf"(?<![\w])(?P<code>(?:{_PROFESSIONS})[\-# ]{{0,2}}(?:no\.? ?)?\d{{4,9}})(?!\w)"),
        5,
        sure=True,
    ),
    Cue(
        Category.PLATE,
        "plate.cued",
        re.compile(
            r"\b(?:(?:licen[cs]e )?plates?|tags?(?= ?(?:no|number|#|:|is\b|was\b|reads?\b|[a-z0-9]{0,4}\d))|licen[cs]e tags?|vehicle tags?|car tags?)(?!\w)"
            r"(?:[ \t]?(?:[#:=,(\"']|\b(?:is|was|no|num|number|numbers|reads?|reading|says|saying|on|the|her|his|their|car|truck|with|of|ending|ends|in|starts|starting)\b\.?)){0,5}[ \t]{0,2}[#(\"']?"
            + _LETTERS_FIRST
        ),
        4,
        sure=True,
    ),
    _cue(
        Category.DEVICE,
        r"serial(?: no| number| #)?|ser\.? no|s/n|sn|device(?: id| no| number| serial)|imei|meid|udi|implant(?: id| no| number| serial)?|pacemaker|defibrillator|icd (?:serial|model)|insulin pump|glucose (?:monitor|meter)"
        r"|cgm|cpap(?: machine)?|ankle (?:monitor|bracelet)|gps (?:monitor|bracelet|unit)|scram(?: bracelet)?|interlock|hearing aids?|model(?: no| number| #)|lot (?:no|number)|asset tag|mac address",
        least=5,
    ),
    _cue(
        Category.CASE,
        r"case (?:no|num|number|nbr|id|#)|case(?: file)? ?#|docket|dkt|cause(?: no| number| #)|claims?(?: no| number| #| id)?|inmate(?: id| no| number)?|booking|warrant|citation|ticket(?: no| number| #)|petition|police report|incident(?: report)?"
        r"|report (?:no|number|#)|complaint (?:no|number|#)|court (?:file|case|no|number|record)|file (?:no|number|#)|index (?:no|number|#)|doc ?#|doc (?:id|number|no)|doc inmate|cdcr|bop|jail id|prisoner|offender|parole (?:no|number|id)"
        r"|probation (?:no|number|id|case)|order of protection|restraining order|cps (?:case|referral|report|intake)|dcfs case|dcf (?:case|intake)|intake (?:no|number|#)|investigation|matter|workers'? comp(?: claim)?|a case",
    ),
    _near(Category.CASE, r"case|cause|file|ticket|matter|report", least=5),
    _near(Category.ACCOUNT, r"id|ids|user id|number|confirmation|code|ref", least=5, link=r"[ \t]?(?:[#:=]|is\b|was\b){1,2}[ \t]{0,2}[#\"']?"),
)  # fmt: skip

_UNIT = re.compile(
    r"\d+(?:\.\d+)?(?:mg|mcg|ml|kg|lbs?|oz|cm|mm|ft|in|hrs?|h|min|mins|sec|am|pm|x|st|nd|rd|th|k|days?|wks?|yrs?|mo|yo|bpm|s)?\Z"
)
_LIKE_OTHERS = re.compile(
    r"\A(?:(?:19|20)\d\d|\d{1,2}[/\-]\d{1,2}(?:[/\-](?:\d{2}|\d{4}))?|\d{1,2}(?:am|pm)|[a-tv-z]\d{2}(?:\.\d{1,4})?"
    r"|(?:phq|gad|pcl|bdi|moca|dsm|icd|cpt)-?\d+|9079[12]|908[34]\d|90853|992\d\d|9[67]\d{3}|[hgst]\d{4})\Z"
)


def is_code(written: str, least: int) -> bool:
    """Tell a code or number of someone from a dose, a year, a time or a billing code."""
    letters = sum(map(str.isalnum, written))
    digits = sum(map(str.isdigit, written))
    if letters < least or digits < 2 or _LIKE_OTHERS.match(written.strip()):
        return False
    unit = _UNIT.match(written)
    return unit is None or unit[0].isdigit()
