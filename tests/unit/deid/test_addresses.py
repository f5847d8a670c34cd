"""Street addresses, boxes and ZIP codes."""

import pytest

from groupnotes.deid import Category
from tests.support.marks import assert_blocked

ADDRESS = [
    "lives at {12 Maple Street}",
    "{4544 N. Maple St., Apt 4B, Salem, OR 97301}",
    "moved to {77 Laurel Canyon Rd}",
    "stays at {1066 old mill rd}",
    "{PO Box 1234}",
    "{P.O. Box 77}",
    "box: {RR 2 Box 14}",
    "lives on {Maple Street}",
    "off {Birchwood Lane}",
    "near {Elm Ave}",
    "corner of {5th and Main}",
    "the corner of {Fifth and Grand}",
    "{221B Baker Street}",
    "{6128 SE Birchwood Blvd, Unit 4}",
    "apartment {4B}",
    "{1500 W 12th Ave}",
    "{350 East 200 South}",
    "{2200 County Road 14}",
    "address is {9 Elm Ct}",
    "evicted from {18-20 Park Place}",
    "{12 Maple\nStreet}",
    "house on {Martin Luther King Blvd}",
    "at {100 Main St. #3}",
    "living at {33 rue lane}",
    "lives on {maple street}",
    "{88 Sunset Dr.}",
    "{Apt 12}, second floor",
    "{7 Oak Knoll Court, Apt. 2}",
    "trailer at {Lot 9, 400 Pine Rd}",
    "{15 Orchard Way}",
]

ZIP = [
    "zip {02139}",
    "ZIP code is {02139-1234}",
    "lives in {02139}",
    "Salem, OR {97301}",
    "the {02139} area",
    "{02139-4410}",
]

FOUND = [
    *((Category.ADDRESS, sentence) for sentence in ADDRESS),
    *((Category.ZIP, sentence) for sentence in ZIP),
]


class TestFound:
    @pytest.mark.parametrize(("category", "sentence"), FOUND)
    @pytest.mark.parametrize("written", [str, str.lower, str.upper], ids=["as", "low", "high"])
    def test_every_letter_is_found_and_blocks(
        self, category: Category, sentence: str, written: type[str]
    ) -> None:
        assert_blocked(category, sentence, written)
