"""User names: @name, "on Instagram as name", u/name, name_77."""

import re
from collections.abc import Iterator

from groupnotes.deid.findings import Category, Finding, Level
from groupnotes.deid.lexicon import is_first_name, is_rare_word, is_word
from groupnotes.deid.reading import Reading

_AT = re.compile(r"(?<![\w@./+\-])@(?P<name>[a-z0-9_][\w.\-]{1,39})")
_REDDIT = re.compile(r"(?<![\w/])/?u/(?P<name>[a-z0-9_\-]{3,30})(?![\w/])")
_CASHTAG = re.compile(r"(?<![\w$])\$(?P<name>[a-z][\w\-]{2,24})(?!\w)")
_DISCORD = re.compile(r"(?<![\w#])(?P<name>[a-z][\w.\-]{2,31}#\d{4})(?!\w)")
_JOINED = re.compile(
    r"(?<![\w@./\-])(?P<name>[a-z0-9]{1,30}(?:[_.][a-z0-9]{1,30}){0,4}_[a-z0-9]{1,30}"
    r"(?:[_.][a-z0-9]{1,30})?_?|[a-z0-9]{1,30}(?:\.[a-z0-9]{1,30}){0,3}_(?!_))(?![\w@/])"
)
_DOTTED = re.compile(
    r"(?<![\w@./\-])(?P<name>[a-z0-9]{1,20}(?:\.[a-z0-9]{1,20}){2,5})(?![\w@/]|\.\w)"
)
_NUMBERED = re.compile(
    r"(?<![\w@./#$\-])(?P<name>(?P<letters>[a-z]{4,24})(?P<digits>\d{1,6}))(?![\w@/\-%])"
)
_NETWORK = (
    r"(?:ig|insta(?:gram)?|snap(?:chat)?|tik ?tok|twitter|discord|venmo|cash ?app|zelle|telegram"
    r"|kik|whats ?app|reddit|xbox(?: live)?|psn|playstation|twitch|steam|be ?real|threads|blue ?sky"
    r"|facebook|fb|messenger|paypal|only ?fans|skype|signal|tumblr|pinterest|you ?tube|roblox"
    r"|fortnite|minecraft|grindr|tinder|hinge|bumble|linked ?in|soundcloud|spotify|duolingo|vsco)"
)
_LINK = (
    r"(?:\s?[:=\-\"'(,]\s?|\s(?:is|was|as|at|user|username|under|handle|name|named|called|account"
    r"|tag"
    r"|id|profile|to|the|by|of|goes|posting|posts|messages|from|added|follow|add|him|her|them"
    r"|with|screen)\b){1,6}\s?[\"'(]?\s?"
)
_NAMED_ACCOUNT = re.compile(
    r"\b(?:user ?names?|user id|screen ?names?|handles?|gamer ?tags?|alias online|login|log-?in"
    r"|user)"
    r"(?:\s(?:is|was|as|of|on [a-z]{2,12} (?:is|was))|\s?[:=]|(?=\s)"
    r"|\s?,)\s?[\"'(]?@?(?P<name>[a-z0-9_][\w.\-]{1,39})"
)
_ON_NETWORK = re.compile(
    rf"(?<!\w){_NETWORK}\b(?P<link>{_LINK}|\s)@?(?P<name>[a-z0-9_][\w.\-]{{2,39}})"
)
_CUE_BEFORE_AT = re.compile(
    rf"(?:\b(?:handle|follow\w*|dm|dms|dm'?d|tag(?:ged)?|posts?|posted|profile|account|username"
    rf"|user"
    rf"|{_NETWORK})\b[^.!?\n]{{0,40}}|\bon )\Z"
)
_THREE_PARTS = re.compile(r"[a-z0-9]\.[a-z0-9]{1,20}\.[a-z0-9]")
_ACCOUNT_WORDS = frozenset(
    """
    username usernames user screen screenname handle handles gamer gamertag gamertags alias login
    log
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_NETWORK_WORDS = frozenset(
    """
    ig insta instagram snap snapchat tiktok tok twitter discord venmo cash cashapp zelle telegram
    kik whatsapp whats reddit xbox psn playstation twitch steam bereal real threads bluesky sky
    facebook fb messenger paypal onlyfans fans skype signal tumblr pinterest youtube you tube
    roblox fortnite minecraft grindr tinder hinge bumble linkedin linked soundcloud spotify
    duolingo vsco
    """.split()  # noqa: SIM905 - as above
)
_LOOK_BACK = 56
_NOT_NAMES = frozenset(
    """
    phq gad moca audit dast covid group step room unit page week session module chapter handout
    worksheet item question day lesson skill part goal objective level version form
    section phase cohort track grade stage track bldg building suite apt box route highway hwy
    interstate exit channel lot madrs ymrs pcl bdi bai cssrs whodas dsm icd cpt promis mood
    vitamin omega mp3 html utf sha win windows iphone galaxy ps xbox mg mcg ml kg lbs cal
    minutes min mins hrs hours times reps sets year years month months
    """.split()  # noqa: SIM905 - as prose it is read and kept in order
)
_WHERE_ONE_IS = frozenset(
    """
    home work school clinic group night noon midnight dinner lunch breakfast bedtime least first
    last this the their his her end start present time times church court hospital store gym
    risk baseline bedside rest residence program office meeting meetings meds intake discharge
    """.split()  # noqa: SIM905 - as above
)
"""What follows an "at" that is typed as a sign."""


def handles_in(reading: Reading) -> Iterator[Finding]:
    text = reading.plain
    if "@" in text:
        yield from _after_at(reading)
    for sign, pattern, rule in _BY_SIGN:
        if sign in text:
            yield from _all(reading, pattern, rule)
    yield from _cued(reading)
    yield from _dotted(reading)
    if any(start and text[start - 1].isalpha() for start in reading.numbers):
        for match in _NUMBERED.finditer(text):
            if _is_name_with_number(match):
                yield _finding(reading, match, "handle.numbered", Level.REVIEW)


_BY_SIGN = (
    ("u/", _REDDIT, "handle.reddit"),
    ("#", _DISCORD, "handle.discord"),
    ("$", _CASHTAG, "handle.cashtag"),
    ("_", _JOINED, "handle.joined"),
)


def _dotted(reading: Reading) -> Iterator[Finding]:
    if _THREE_PARTS.search(reading.plain):
        for match in _DOTTED.finditer(reading.plain):
            if _is_dotted_name(reading, match):
                yield _finding(reading, match, "handle.dotted")


def _cued(reading: Reading) -> Iterator[Finding]:
    for pattern, words in ((_NAMED_ACCOUNT, _ACCOUNT_WORDS), (_ON_NETWORK, _NETWORK_WORDS)):
        for match in reading.anywhere(pattern, words):
            if _looks_made_up(reading, match, named=pattern is _NAMED_ACCOUNT):
                yield _finding(reading, match, "handle.cued")


def _all(reading: Reading, pattern: re.Pattern[str], rule: str) -> Iterator[Finding]:
    for match in pattern.finditer(reading.plain):
        yield _finding(reading, match, rule)


def _finding(
    reading: Reading, match: re.Match[str], rule: str, level: Level = Level.BLOCK
) -> Finding:
    start = match.start("name")
    if start and reading.plain[start - 1] in "@$":
        start -= 1
    elif reading.plain.endswith("u/", 0, start):
        start -= 2
    end = match.start("name") + len(match["name"].rstrip(".-"))
    return reading.finding((start, end), Category.HANDLE, rule, level)


def _after_at(reading: Reading) -> Iterator[Finding]:
    """Tell "@stuart_88" from "met @ clinic", "@3pm" and "@home"."""
    for match in _AT.finditer(reading.plain):
        name = match["name"].rstrip(".-")
        if name[0].isdigit() and not any(map(str.isalpha, name[2:])):
            continue
        before = reading.plain[max(0, match.start() - _LOOK_BACK) : match.start()]
        cued = _CUE_BEFORE_AT.search(before) is not None
        if cued or not is_word(name) or is_first_name(name):
            yield _finding(reading, match, "handle.at")
        elif name not in _WHERE_ONE_IS:
            yield _finding(reading, match, "handle.at.word", Level.REVIEW)


def _looks_made_up(reading: Reading, match: re.Match[str], *, named: bool) -> bool:
    """Tell a user name from the next word of the sentence."""
    name = match["name"].rstrip(".-'")
    link = match["link"] if "link" in match.re.groupindex else ":"
    linked = any(sign.isalpha() or sign in ":=" for sign in link)
    if name in _NETWORK_WORDS or not (linked or _is_mixed(name)):
        return False
    if any(map(str.isdigit, name)) and not name.isdigit() and any(map(str.isalpha, name)):
        return name.rstrip("0123456789") not in _NOT_NAMES
    if any(joint in name for joint in "_."):
        return True
    if name.isdigit() or len(name) < 4:
        return False
    written = reading.written(match.start("name"), match.start("name") + len(name))
    if not written.islower() and not written.istitle() and not written.isupper():
        return True
    return not is_word(name) and (named or (not is_rare_word(name) and not is_first_name(name)))


def _is_mixed(name: str) -> bool:
    """Tell "ruiz-slayer88" right behind a network: letters, then two digits or more."""
    return re.fullmatch(r"[a-z][a-z._\-]{2,20}\d{2,6}|[a-z\d]+_[a-z\d_]+", name) is not None


def _is_dotted_name(reading: Reading, match: re.Match[str]) -> bool:
    """Tell "the.real.jay" from "p.r.n.", "v1.2.3" and blanks left out after full stops."""
    parts = match["name"].split(".")
    if parts[0] == "www" or parts[-1] in {"com", "org", "gov", "net", "edu", "us", "uk"}:
        return False
    named = [part for part in parts if len(part) > 2 and part.isalpha()]
    written = reading.written(*match.span("name"))
    return len(named) > 1 and (written.islower() or reading.is_high)


def _is_name_with_number(match: re.Match[str]) -> bool:
    """Tell "brayden2" and "nightowl92" from "step4", "covid19" and "phq9"."""
    letters = match["letters"]
    if letters in _NOT_NAMES:
        return False
    if is_first_name(letters):
        return True
    return len(match["digits"]) > 1 and not is_word(letters)
