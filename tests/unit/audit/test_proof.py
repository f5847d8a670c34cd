"""Holding the log against those who vouch for it: nothing they said may be otherwise now."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.audit.chain import GENESIS, Break, Event, chained
from groupnotes.audit.merkle import Tree
from groupnotes.audit.proof import Point, Proof, Start, walk

Links = list[tuple[Event, bytes]]

AT = dt.datetime(2026, 3, 3, 22, 0, tzinfo=dt.UTC)


def log(count: int, *, detail: str | None = None, altered: int = 0) -> Links:
    """Return a whole log, whose event ``altered`` says something else."""
    events = (
        Event(
            n,
            AT,
            None,
            None,
            "note:read",
            "success",
            None,
            None,
            uuid.UUID(int=n),
            detail if n == altered else None,
        )
        for n in range(1, count + 1)
    )
    return list(chained(GENESIS, events))


def root(links: Links, size: int) -> bytes:
    tree = Tree()
    tree.extend(digest for _, digest in links[:size])
    return tree.root()


def head(links: Links) -> tuple[int, bytes]:
    return (len(links), links[-1][1]) if links else (0, GENESIS)


def vouching(links: Links, *sizes: int) -> list[Point]:
    return [Point(size, root(links, size), f"anchor {size}") for size in sizes]


class TestALogThatHolds:
    @given(st.integers(0, 12), st.data())
    def test_it_holds_against_all_that_was_ever_said(self, size: int, data: st.DataObject) -> None:
        links = log(size)
        sizes = data.draw(st.lists(st.integers(0, size)))

        assert walk(links, head(links), vouching(links, *sizes)) == Proof(
            size, root(links, size), None
        )

    @given(st.integers(0, 8), st.integers(0, 8))
    def test_it_may_be_walked_from_a_checkpoint_on(self, first: int, more: int) -> None:
        links = log(first + more)
        tree = Tree()
        tree.extend(digest for _, digest in links[:first])
        start = Start(tree, links[first - 1][1] if first else GENESIS)

        found = walk(links[first:], head(links), vouching(links, first, first + more), start)

        assert found == Proof(first + more, root(links, first + more), None)


class TestALogThatWasWrittenAnew:
    @pytest.mark.parametrize(("altered", "named"), [(1, 1), (4, 1), (5, 5), (8, 5), (9, None)])
    def test_it_is_found_after_the_last_point_that_holds(
        self, altered: int, named: int | None
    ) -> None:
        points = vouching(log(9), 4, 8)

        forged = log(9, detail="forged", altered=altered)

        found = walk(forged, head(forged), points).broken
        assert (found and found.sequence) == named

    def test_it_says_who_vouches_for_another(self) -> None:
        forged = log(3, detail="forged", altered=2)

        assert walk(forged, head(forged), vouching(log(3), 2)).broken == Break(
            1, "events up to 2 are not those that anchor 2 vouches for"
        )

    @pytest.mark.parametrize("left", range(4))
    def test_an_end_that_is_gone_is_found(self, left: int) -> None:
        cut = log(left)

        assert walk(cut, head(cut), vouching(log(6), 4, 6)).broken == Break(
            left + 1, "the end of the log is missing: anchor 4 vouches for 4 events"
        )

    def test_two_that_contradict_each_other_are_found(self) -> None:
        links = log(4)
        points = [*vouching(links, 4), *vouching(log(4, detail="x", altered=1), 4)]

        assert walk(links, head(links), points).broken is not None

    def test_a_root_of_no_events_is_held_too(self) -> None:
        assert walk([], head([]), [Point(0, bytes(32), "a liar")]).broken is not None

    def test_a_point_before_the_start_cannot_be_met(self) -> None:
        links = log(4)
        tree = Tree()
        tree.extend(digest for _, digest in links)

        found = walk([], head(links), vouching(links, 3), Start(tree, links[-1][1]))

        assert found.broken is not None
