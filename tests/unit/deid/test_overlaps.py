"""Findings that lie over each other made one."""

from hypothesis import given
from hypothesis import strategies as st

from groupnotes.deid import Category, Finding, Level
from groupnotes.deid.overlaps import settled


def finding(start: int, end: int, rule: str = "any", level: Level = Level.BLOCK) -> Finding:
    return Finding(start, end, Category.DATE, rule, level, "a date")


findings = st.lists(
    st.builds(
        lambda start, length, level: finding(start, start + length, level=level),
        st.integers(0, 50),
        st.integers(1, 20),
        st.sampled_from(Level),
    )
)


class TestSettled:
    def test_the_first_given_says_what_it_is_and_nothing_is_lost(self) -> None:
        (joined,) = settled([finding(5, 9, "sure"), finding(2, 7, "likely")])

        assert (joined.start, joined.end, joined.rule) == (2, 9, "sure")

    def test_one_that_blocks_makes_all_of_it_block(self) -> None:
        (joined,) = settled([finding(0, 4, level=Level.REVIEW), finding(2, 6)])

        assert joined.level is Level.BLOCK

    def test_two_for_review_stay_so(self) -> None:
        (joined,) = settled([finding(0, 4, level=Level.REVIEW), finding(0, 6, level=Level.REVIEW)])

        assert joined.level is Level.REVIEW

    def test_those_that_only_touch_stay_two(self) -> None:
        assert settled([finding(4, 8), finding(0, 4)]) == [finding(0, 4), finding(4, 8)]

    @given(findings)
    def test_every_place_is_kept_and_none_is_twice(self, given: list[Finding]) -> None:
        apart = settled(given)

        covered = [place for found in apart for place in range(found.start, found.end)]
        assert covered == sorted(set(covered))
        assert set(covered) == {p for found in given for p in range(found.start, found.end)}
