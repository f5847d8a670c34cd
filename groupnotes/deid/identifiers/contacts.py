"""What reaches someone on the network: e-mail and web addresses, user names, IP addresses."""

import ipaddress
import re
from collections.abc import Iterator
from itertools import chain

from groupnotes.deid.findings import Category, Finding
from groupnotes.deid.identifiers.handles import handles_in
from groupnotes.deid.lexicon import is_word
from groupnotes.deid.reading import Reading

_EMAIL = re.compile(
    r"(?<![\w.+\-])[a-z0-9][\w.+\-]{0,63} ?(?:@|[(\[{] ?(?:at|@) ?[)\]}]) ?"
    r"[a-z0-9\-]{1,63}(?: ?(?:\.|[(\[{] ?(?:dot|\.) ?[)\]}]) ?[a-z0-9\-]{1,63}){1,4}"
)
_PROVIDER = (
    r"(?:g-?mail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|mac|aol|comcast|verizon"
    r"|att|sbcglobal|bellsouth|cox|charter|proton(?:mail)?|gmx|zoho|fastmail|hey|tutanota|mail)"
)
_EMAIL_WITHOUT_END = re.compile(rf"(?<![\w.+\-])[a-z0-9][\w.+\-]{{0,63}}@{_PROVIDER}\b")
_ENDINGS = r"(?:com|net|org|edu|gov|io|co|us|me|info|biz|uk|ca)"
_COMMON_END = re.compile(rf"\. ?{_ENDINGS}\Z")
_HOUR_BEHIND_AT = re.compile(r"@ ?\d{1,4}\. ")
_DOT = r"(?: ?[(\[{]? ?\bdot\b ?[)\]}]? ?| ?\. ?)"
_JOINT = r"(?: ?(?:\bdot\b|\bunderscore\b|\bdash\b|\bhyphen\b|\bplus\b|[.\-_]) ?)"
_EMAIL_SPOKEN = re.compile(
    rf"(?<![\w.+\-@])(?P<local>[a-z0-9][\w+\-.]{{0,39}}(?:{_JOINT}[\w+\-]{{1,30}}){{0,4}}"
    rf"(?: \d{{1,4}})?)"
    rf" ?[(\[{{]?\bat\b[)\]}}]? ?(?P<domain>[a-z0-9][\w\-]{{1,40}})"
    rf"(?P<dots>(?:{_DOT}[\w\-]{{2,20}}){{0,2}}"
    rf"{_DOT}{_ENDINGS}\b)"
)
_AT_PROVIDER = re.compile(
    r"(?<![\w.+\-@])(?P<local>[a-z0-9][\w+\-.]{1,39}) at (?:gmail|yahoo|hotmail|icloud|aol"
    r"|protonmail)\b(?!\.\w)"
)
_PROVIDERS = frozenset({"gmail", "yahoo", "hotmail", "icloud", "aol", "protonmail"})
_SPOKEN_ENDINGS = frozenset({"com", "net", "org", "edu", "gov", "dot"})
_PROVIDER_ONLY = re.compile(_PROVIDER + r"\Z")
_PLAIN_WORDS_BEFORE_AT = re.compile(r"[a-z]+\Z")

_URL = re.compile(
    r"(?<![a-z0-9])(?:h(?:tt|xx)ps? ?: ?/{1,2} ?|www ?\. ?|www dot )[^\s<>\"“”]{2,2000}"
)
_DOMAIN = re.compile(
    r"(?<![\w@.\-/])(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.){1,4}"
    r"(?P<ending>com|org|net|edu|gov|mil|io|app|gg|tv|ly|dev|xyz|online|info|biz|club|social|blog"
    r"|live|link|page|site|ee|be|us|me|co|ai|fm|uk|ca|mx|example|test|invalid|local)\b(?!\.\w)(?!@)"
    r"(?P<path>(?:[/?][^\s<>\"“”]{1,2000}|/)?)"
)
_WITH_PATH = re.compile(
    r"(?<![\w@.\-/])[a-z0-9][a-z0-9\-]{1,60}(?:\.[a-z0-9\-]{2,60}){0,3}\.[a-z]{2,20}/[^\s<>\"“”]{1,2000}"
)
_URL_AHEAD = re.compile(r"https?|hxxp|www|\.[a-z]{2,20}/[a-z0-9~@?]")
_SPOKEN_DOMAIN = re.compile(
    r"(?<![\w@.\-])[a-z0-9][a-z0-9\-]{1,40}(?: dot [a-z0-9\-]{2,30})? ?(?:\bdot\b|\(dot\)) ?"
    r"(?:com|org|net|edu|gov)\b(?: slash [a-z0-9._\-]{2,40})*"
)
_ALSO_WORDS = frozenset(
    "be us me co ca live link page site club blog social online info app ee".split()  # noqa: SIM905
)
"""Endings that are words as well: after a full stop without its space they begin a sentence."""
_ENDINGS_ALONE = frozenset(
    "com org net edu gov mil io gg tv ly dev xyz biz ai fm uk mx example invalid local".split()  # noqa: SIM905
)
_ENDING_AND_PATH = re.compile(r"\.(?:me|us|be|co|ca|link|page|site|live|club|social|app|ee)/")
_PUBLIC_SITES = frozenset(
    """
    aa.org na.org al-anon.org alanon.org smartrecovery.org nami.org samhsa.gov 988lifeline.org
    intherooms.com refugerecovery.org recoverydharma.org celebraterecovery.com dbsalliance.org
    adaa.org chadd.org psychologytoday.com betterhelp.com headspace.com calm.com insighttimer.com
    webmd.com mayoclinic.org goodrx.com facebook.com instagram.com tiktok.com youtube.com
    reddit.com twitter.com x.com snapchat.com linkedin.com google.com amazon.com netflix.com
    indeed.com craigslist.org wikipedia.org zoom.us zoom.com doxy.me meetup.com findhelp.org
    thetrevorproject.org translifeline.org rainn.org thehotline.org crisistextline.org
    ptsd.va.gov va.gov nimh.nih.gov self-compassion.org actmindfully.com.au dbtselfhelp.com
    therapistaid.com virtualhope.org venmo.com paypal.com spotify.com gmail.com yahoo.com
    outlook.com hotmail.com chatgpt.com openai.com medlineplus.gov cdc.gov nih.gov ssa.gov
    medicare.gov medicaid.gov healthcare.gov irs.gov mentalhealth.gov findtreatment.gov
    """.split()  # noqa: SIM905 - a table of sites
)
"""Sites for anyone: their address alone, or their pages, point at nobody."""
_SITES_OF_PEOPLE = frozenset(
    """
    facebook.com instagram.com tiktok.com youtube.com reddit.com twitter.com x.com snapchat.com
    linkedin.com venmo.com paypal.com spotify.com meetup.com zoom.us zoom.com doxy.me google.com
    craigslist.org
    """.split()  # noqa: SIM905 - a table of sites
)
_IPV4 = re.compile(r"(?<![\w.\-])(?:\d{1,3}\.){3}\d{1,3}(?![\w\-]|\.\d)(?::\d{1,5})?")
_IPV6 = re.compile(r"(?<![\w:.])[0-9a-f]{0,4}(?::{1,2}[0-9a-f]{1,4}){2,7}(?:::)?(?![\w:])")
_MAC = re.compile(r"(?<![\w:\-])[0-9a-f]{2}(?:[:\-][0-9a-f]{2}){5}(?![\w:\-])")
_COLONS = re.compile(r"::|:[0-9a-f]{1,4}:[0-9a-f]{1,4}:")
_MAC_MARKS = 5
_IPV6_MARKS = 2
_TRAILING = ".,;:!?)]}>'\"*"


def contacts_in(reading: Reading) -> Iterator[Finding]:
    yield from _emails_in(reading)
    yield from _urls_in(reading)
    yield from handles_in(reading)
    yield from _network_addresses_in(reading)


def _emails_in(reading: Reading) -> Iterator[Finding]:
    text = reading.plain
    if "@" in text or "at)" in text or "at]" in text:
        for pattern in (_EMAIL, _EMAIL_WITHOUT_END):
            for match in pattern.finditer(text):
                if not _is_word_and_handle(match[0]):
                    yield reading.finding(match.span(), Category.EMAIL, "email")
    if "at" in reading.words:
        for match in _spoken(reading):
            yield reading.finding(match.span(), Category.EMAIL, "email.spoken")


def _is_word_and_handle(stretch: str) -> bool:
    """Tell "DM @its.kayla" and "meds @ 2040. slept" from "kayla @gmail.com"."""
    apart = " @" in stretch or "@ " in stretch
    return apart and not (_COMMON_END.search(stretch) and not _HOUR_BEHIND_AT.search(stretch))


def _spoken(reading: Reading) -> Iterator[re.Match[str]]:
    for match in reading.anywhere(_AT_PROVIDER, _PROVIDERS):
        if not is_word(match["local"]):
            yield match
    for match in reading.anywhere(_EMAIL_SPOKEN, _SPOKEN_ENDINGS):
        if _is_spoken_address(match):
            yield match


def _is_spoken_address(match: re.Match[str]) -> bool:
    """Tell "gina.brandt at outlook dot com" from "she works at home. Come"."""
    if "dot" in match["dots"] or _PROVIDER_ONLY.match(match["domain"]):
        return True
    return _PLAIN_WORDS_BEFORE_AT.match(match["local"]) is None and " " not in match["dots"]


def _urls_in(reading: Reading) -> Iterator[Finding]:
    text = reading.plain
    if _URL_AHEAD.search(text):
        for match in chain(_URL.finditer(text), _WITH_PATH.finditer(text)):
            if not _is_public(match[0].split("//")[-1].removeprefix("www.")):
                yield _url(reading, match, "url")
    if _may_hold_domain(reading):
        for match in _DOMAIN.finditer(text):
            if _is_someones_site(reading, match):
                yield _url(reading, match, "url.domain")
    for match in reading.anywhere(_SPOKEN_DOMAIN, _DOT_WORD):
        yield _url(reading, match, "url.spoken")


_DOT_WORD = frozenset({"dot"})


def _url(reading: Reading, match: re.Match[str], rule: str) -> Finding:
    end = match.start() + len(match[0].rstrip(_TRAILING))
    return reading.finding((match.start(), end), Category.URL, rule)


def _may_hold_domain(reading: Reading) -> bool:
    if not _ENDINGS_ALONE.isdisjoint(reading.words):
        return True
    return _ENDING_AND_PATH.search(reading.plain) is not None


def _is_someones_site(reading: Reading, match: re.Match[str]) -> bool:
    if match["ending"] in _ALSO_WORDS and not match["path"]:
        return False
    before_path = match[0][: match.start("path") - match.start()]
    written = reading.written(match.start("ending"), match.end("ending"))
    begins_sentence = written[0].isupper() and not written.isupper()
    return not begins_sentence and not _is_public(before_path + match["path"])


def _is_public(address: str) -> bool:
    """Tell a site for anyone from a page of someone on it."""
    host, _, path = address.rstrip(_TRAILING).partition("/")
    host = host.removeprefix("www.")
    if host not in _PUBLIC_SITES and not host.endswith(".gov"):
        return False
    return not path or host not in _SITES_OF_PEOPLE


def _network_addresses_in(reading: Reading) -> Iterator[Finding]:
    for match in reading.at_numbers(_IPV4):
        if all(int(part) <= 255 for part in match[0].partition(":")[0].split(".")):
            yield reading.finding(match.span(), Category.IP, "ip.v4")
    colons = reading.plain.count(":")
    if colons >= _MAC_MARKS or reading.plain.count("-") >= _MAC_MARKS:
        for match in _MAC.finditer(reading.plain):
            yield reading.finding(match.span(), Category.DEVICE, "device.mac")
    if colons < _IPV6_MARKS or _COLONS.search(reading.plain) is None:
        return
    for match in _IPV6.finditer(reading.plain):
        if _is_ipv6(match[0]):
            yield reading.finding(match.span(), Category.IP, "ip.v6")


def _is_ipv6(address: str) -> bool:
    try:
        ipaddress.IPv6Address(address)
    except ValueError:
        return False
    return True
