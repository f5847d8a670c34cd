"""What a glance may say of a text: never that it names nobody when it does."""

from collections.abc import Iterable
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.deid import INDIVIDUAL_NOTE, Roster, check, findings_in, index, others_of
from groupnotes.deid.glance import is_harmless
from tests.support.rosters import person, roster

_PIECES = (
    "Maria", "Zoë", "Anne-Marie", "O'Brien", "OBrien", "de la Cruz", "Nguyễn", "Garcia", "Jones",
    "Garcias", "Joneses", "Gon-\nzalez", "gon", "zalez", "An", "an hour", "'s", "’", "-", "_", " ",
    "\n", "\x85", "\u200b", "Members practised.", "“So be it”", "J", "J. R.", "İ", "ﬁ", "Ω", "a i",
    "A.", "@", ".", "84", "M a r i a", "Marai", "\u041caria", "client ", "said", "luv", "84maria",
)  # fmt: skip
_names = st.text(max_size=12) | st.lists(st.sampled_from(_PIECES), max_size=3).map("".join)
_rosters = st.builds(
    lambda names: Roster(
        tuple(
            person(number, first, last, preferred=preferred, aliases=(alias,))
            for number, (first, last, preferred, alias) in enumerate(names)
        )
    ),
    st.lists(st.tuples(_names, _names, _names, _names), max_size=4),
)
_texts = st.text() | st.lists(st.sampled_from(_PIECES)).map("".join)


def may_name(people: Roster, texts: Iterable[str], *, but: UUID | None = None) -> bool:
    """Say whether anything is found by way of the glance; the person ``but`` may be named."""
    numbered = {str(number): text for number, text in enumerate(texts)}
    return bool(findings_in(numbered, index(people).about(but), INDIVIDUAL_NOTE))


class TestAGlance:
    @given(_rosters, _texts, st.data())
    def test_it_misses_nothing_that_the_check_finds(
        self, people: Roster, text: str, data: st.DataObject
    ) -> None:
        named = [name for one in people.persons for name in (one.first, one.last, *one.aliases)]
        inserted = data.draw(st.sampled_from([*named, ""]))
        written = f"{text} {inserted}{data.draw(st.sampled_from(['', 's', chr(10), '.']))} {text}"
        found = check(written, index(people), INDIVIDUAL_NOTE)

        assert may_name(people, ["", written]) or not found
        assert not is_harmless(written, index(people)) or not found

    @given(_rosters, _texts)
    def test_it_misses_nobody_but_the_one_whom_the_text_is_about(
        self, people: Roster, text: str
    ) -> None:
        for one in people.persons:
            found = check(text, index(others_of(people, one.id)), INDIVIDUAL_NOTE)
            assert may_name(people, [text], but=one.id) or not found

    @pytest.mark.parametrize(
        "text",
        [
            "Maria spoke.",
            "the Garcias",
            "Gar-\ncia",
            "GARCIA",
            "we met Ma\nria",
            "M.G. spoke",
            "client M. spoke",
            "mgarcia",
            "Marai",
            "G a r c i a",
            "x@garcia.example",
        ],
    )
    def test_it_looks_up_at_a_name(self, text: str) -> None:
        assert may_name(roster(person(1, "Maria", "Garcia")), ["Nothing here.", text])

    def test_it_passes_over_texts_without_one(self) -> None:
        texts = ["It’s said that two members rehearsed “no”.\nThe others gave feedback.", ""]
        maria = person(1, "Maria", "Garcia", aliases=("Big Mike",))

        assert not may_name(roster(maria), texts)
        assert all(is_harmless(text, index(roster(maria))) for text in texts)

    def test_it_passes_over_the_name_of_the_one_whom_the_text_is_about(self) -> None:
        maria, ben = person(1, "Maria", "Garcia"), person(2, "Ben", "Brandt")

        people = roster(maria, ben)

        assert not may_name(people, ["Maria spoke."], but=maria.id)
        assert may_name(people, ["Maria spoke."], but=ben.id)
