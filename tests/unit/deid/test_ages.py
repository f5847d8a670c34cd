"""Ages of 90 and over."""

import pytest

from groupnotes.deid import Category
from tests.support.marks import assert_blocked

AGE90 = [
    "{92 years old}",
    "{ninety-two-year-old}",
    "{aged 94}",
    "{92 y/o}",
    "{92yo}",
    "turned {95}",
    "her {90th birthday}",
    "in her {nineties}",
    "grandmother is {94}",
    "his grandfather ({97}) fell",
    "{a hundred and two years old}",
    "her mother, {93}, fell",
    "{91 y.o.}",
    "a {centenarian}",
    "age {92}",
    "{94-yr-old}",
    "{92F}",
    "in his {early 90s}",
    "his nana turns {ninety-one}",
    "{101-year-old}",
    "her dad, who is {ninety}, drove",
    "almost {92}",
    "{95 yr old}",
    "in her {late nineties}",
    "she is {93} now",
    "a grandfather of {96 years}",
    "his aunt of {ninety-three}",
]

FOUND = [*((Category.AGE90, sentence) for sentence in AGE90)]


class TestFound:
    @pytest.mark.parametrize(("category", "sentence"), FOUND)
    @pytest.mark.parametrize("written", [str, str.lower, str.upper], ids=["as", "low", "high"])
    def test_every_letter_is_found_and_blocks(
        self, category: Category, sentence: str, written: type[str]
    ) -> None:
        assert_blocked(category, sentence, written)
