"""The neutral words that can stand in the place of an identifier."""

from dataclasses import dataclass

from groupnotes.deid.findings import Category


@dataclass(frozen=True, slots=True)
class Phrase:
    """How to say it alone, after an article, and of several.

    ``after_noun`` is for what follows the very noun: "account on file", not "account an account
    number".
    """

    alone: str
    after_article: str
    several: str
    after_noun: str = ""


def _number(alone: str) -> Phrase:
    bare = alone.split(" ", 1)[1]
    return Phrase(alone, bare, f"{bare}s", after_noun="on file")


def _thing(alone: str, several: str = "") -> Phrase:
    bare = alone.split(" ", 1)[1]
    return Phrase(alone, bare, several or f"{bare}s")


_ALL = (
    Phrase("a member", "member", "members"),
    Phrase("another member", "other member", "other members"),
    Phrase("another person", "other person", "other people"),
    _thing("a relative"),
    _thing("a town"),
    _thing("a place"),
    _thing("an organization"),
    _thing("an employer"),
    _thing("a school"),
    _thing("a church", "churches"),
    _thing("a clinic"),
    _thing("a court"),
    _thing("a shelter"),
    _thing("a date"),
    Phrase("90 or older", "90 or older", "90 or older"),
    _thing("a birthday"),
    _number("a phone number"),
    _thing("an e-mail address", "e-mail addresses"),
    _thing("a web page"),
    _thing("a user name"),
    _thing("an address", "addresses"),
    _number("a ZIP code"),
    _number("a Social Security number"),
    _number("a record number"),
    _number("an insurance number"),
    _number("an account number"),
    _number("a license number"),
    _number("a license plate"),
    _number("a vehicle number"),
    _number("a device number"),
    _thing("an IP address", "IP addresses"),
    _number("a case number"),
)
PHRASES = {phrase.alone: phrase for phrase in _ALL}
"""Each by its words when it stands alone, which are what a finding suggests."""

SUGGESTIONS = {
    Category.NAME_ROSTER: "a member",
    Category.INITIALS: "a member",
    Category.NAME_OTHER: "another person",
    Category.PLACE: "a place",
    Category.ORG: "an organization",
    Category.DATE: "a date",
    Category.AGE90: "90 or older",
    Category.PHONE: "a phone number",
    Category.EMAIL: "an e-mail address",
    Category.URL: "a web page",
    Category.HANDLE: "a user name",
    Category.ADDRESS: "an address",
    Category.ZIP: "a ZIP code",
    Category.SSN: "a Social Security number",
    Category.MRN: "a record number",
    Category.MEMBER_ID: "an insurance number",
    Category.ACCOUNT: "an account number",
    Category.LICENSE: "a license number",
    Category.PLATE: "a license plate",
    Category.VIN: "a vehicle number",
    Category.DEVICE: "a device number",
    Category.IP: "an IP address",
    Category.CASE: "a case number",
}
"""What to suggest for each kind where the rule knows nothing better."""
