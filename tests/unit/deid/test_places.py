"""Places and organizations, in notes with capitals."""

import pytest

from groupnotes.deid import Category
from tests.support.marks import unmarked
from tests.support.strangers import strangers

PLACES = [
    "moved to {Tullahoma}",
    "grew up in {Sandpoint}",
    "from {Waukegan}",
    "lives near {Hyde Park}",
    "lives in {Salem}, Oregon",
    "born in {Toledo}, OH",
    "outside {Kalispell}",
    "in {Pike County}",
    "drove through {Yreka}",
    "her cousin in {Dearborn}",
    "near {Battery Hollow}",
    "over in {Brightmoor}",
    "fire in {Cut Bank Creek}",
    "a farm in {Boone County}",
    "works in {Bakersfield}",
    "staying in {Florissant}",
    "went to {Lake Norwell}",
    "trip to {Albuquerque}",
    "by the {Ludlow Bridge}",
    "moved from {Lagos}",
]
ORGANIZATIONS = [
    "works at {Tyson Foods}",
    "job at {Hendrickson Plumbing}",
    "fired from {Jiffy Lube}",
    "works nights at {Kroger}",
    "goes to {Lincoln Middle School}",
    "attends {First Baptist Church of Tupelo}",
    "at {Northside High}",
    "shift at the {Amazon} warehouse",
    "graduated from {Pima Community College}",
    "discharged from {St. Mark's Hospital}",
    "at {Cedar Ridge Elementary}",
    "at {Masjid Al-Noor}",
    "staying at {Sparrow House}",
    "hired by {Corrigan Heating & Air}",
    "manager at {Waffle House}",
    "member of {Calvary Chapel}",
    "at {Second Wind Bike Shop}",
    "job with {Bridgeway Couriers}",
    "bed at {Good Road Men's Lodge}",
    "at the {383rd District Court}",
    "detox at {Pinecrest General}",
    "ED at {Triangle Women's}",
    "school at {Wydown Academy}",
    "cook at {Maudie's Diner}",
    "volunteers at {Elim Tabernacle}",
    "seen at {Umpqua Ridge Medical}",
    "at {Drexel University}",
    "court at {Franklin County Courthouse}",
]
FOUND = [
    *((Category.PLACE, sentence) for sentence in PLACES),
    *((Category.ORG, sentence) for sentence in ORGANIZATIONS),
]


class TestFound:
    @pytest.mark.parametrize(("category", "sentence"), FOUND)
    @pytest.mark.parametrize(
        ("before", "after"), [("One member said ", " and left."), ("Later, pt shared: ", ".")]
    )
    def test_each_is_found(
        self, category: Category, sentence: str, before: str, after: str
    ) -> None:
        text, names = unmarked(before + sentence + after)

        findings = strangers(text)

        found = " / ".join(text[finding.start : finding.end] for finding in findings)
        assert [name for name in names if name not in found] == []
        assert category in {finding.category for finding in findings}
