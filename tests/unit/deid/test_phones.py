"""Telephone numbers, as people write them."""

import pytest

from groupnotes.deid import Category
from tests.support.marks import assert_blocked

PHONE = [
    "call her at {603-555-0134}",
    "cell {(603) 555-0134}",
    "ph: {603.555.0134}",
    "{603 555 0134} is the new number",
    "text {6035550134} after 5",
    "{+1 (603) 555-0134}",
    "{1-603-555-0134 ext. 22}",
    "{603-555-0134 x22}",
    "call {555-0134}",
    "cell: {5550134}",
    "reach mom at {555.0134}",
    "fax {603/555-0134}",
    "{603 - 555 - 0134}",
    "tel {(603)555-0134}",
    "{six oh three five five five oh one three four}",
    "six-oh-three, said {555 dash 0134}",
    "phone ending in {0134}",
    "last four of her cell: {0134}",
    "{603-555-HELP}",
    "WhatsApp {+44 20 7946 0958}",
    "his number changed to {555 0134}",
    "{603\u2013555\u20130134}",
    "{603·555·0134}",
    "{[603] 555-0134}",
    "dial {555-0134, extension 12}",
    "her landline ({603) 555 0134}",
    "{+52 55 1234 5678}",
    "reach at {603-555\n0134}",
    "area code {603}, then she stopped",
    "pager {603-5550134}",
    "call {5 5 5 0 1 3 4}",
    "text me at {5550134}",
]

FOUND = [*((Category.PHONE, sentence) for sentence in PHONE)]


class TestFound:
    @pytest.mark.parametrize(("category", "sentence"), FOUND)
    @pytest.mark.parametrize("written", [str, str.lower, str.upper], ids=["as", "low", "high"])
    def test_every_letter_is_found_and_blocks(
        self, category: Category, sentence: str, written: type[str]
    ) -> None:
        assert_blocked(category, sentence, written)
