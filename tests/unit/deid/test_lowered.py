"""People, places and organizations in notes all in small letters or all in capitals."""

import pytest

from groupnotes.deid import Category
from tests.support.marks import unmarked
from tests.support.strangers import strangers

PEOPLE = [
    "her sister {tasha} called",
    "sponsor {earl} picked him up",
    "dr. {yazzie} lowered the dose",
    "dr {lindgren} wont refill",
    "ms. {whitlock} wants letters",
    "boss {tonya} denies breaks",
    "his ex, {kelsey}, came",
    "a guy named {fermin} sold it",
    "son {dwayne fairchild} was suspended",
    "with roommates {gina} and {stuart}",
    "judge {osterhaus} set terms",
    "{delgadillo}, his old cellie, has it",
    "brother {nabil} stole it",
    "aunt {halina} is visiting",
    "officer {bracamonte} laughed",
    "mrs. {hallquist} held the door",
    "cm {yolanda etsitty} called",
    "niece {alondra} got it",
    "{brayden} said no",
    "uncle {chuyito} gives rides",
    "neighbor {hank} has the key",
    "pastor {ruiz} prayed",
    "atty {vandermeer} advises",
    "daughter-in-law {kirsten} drove",
]
PLACES = [
    "moved to {tullahoma}",
    "grew up outside {sandpoint}",
    "from {waukegan}",
    "lives in {kalispell}",
    "born in {toledo}, ohio",
    "at her moms in {nashua}",
    "cousin in {dearborn}",
    "a trip to {albuquerque}",
    "lives near {hyde park}",
]
ORGANIZATIONS = [
    "works at {hendrickson plumbing}",
    "fired from {mesa vista logistics}",
    "goes to {drexel university}",
    "graduated from {cedar ridge elementary}",
    "at {bright horizons daycare}",
    "seen at {pinecrest hospital}",
    "works at {tyson foods}",
    "attends {calvary baptist church}",
]
FOUND = [
    *((Category.NAME_OTHER, sentence) for sentence in PEOPLE),
    *((Category.PLACE, sentence) for sentence in PLACES),
    *((Category.ORG, sentence) for sentence in ORGANIZATIONS),
]


class TestWithoutCapitals:
    @pytest.mark.parametrize(("category", "sentence"), FOUND)
    @pytest.mark.parametrize(
        ("before", "after"), [("one member said ", " and left."), ("later, pt shared: ", ".")]
    )
    @pytest.mark.parametrize("written", [str.lower, str.upper], ids=["low", "high"])
    def test_each_is_found(
        self, category: Category, sentence: str, before: str, after: str, written: type[str]
    ) -> None:
        text, names = unmarked(written(before + sentence + after))

        findings = strangers(text)

        found = " / ".join(text[finding.start : finding.end] for finding in findings)
        assert [name for name in names if name not in found] == []
        assert category in {finding.category for finding in findings}
