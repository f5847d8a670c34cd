"""Whether the log is what was written, by its chain and by whoever vouches for it; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from groupnotes.audit import chain
from groupnotes.audit.chain import Break, Event
from groupnotes.audit.merkle import Tree

_ALTERED = "an event is not what was written"


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """``said_by`` vouches that the first ``size`` events had this ``root``."""

    size: int
    root: bytes
    said_by: str


@dataclass(frozen=True, slots=True)
class Start:
    """Where a walk begins: the events before are those of ``tree``, the last had ``hash``."""

    tree: Tree = field(default_factory=Tree)
    hash: bytes = chain.GENESIS


@dataclass(frozen=True, slots=True)
class Proof:
    """How far the log was walked, the root there, and where it first fails, if it does."""

    size: int
    root: bytes
    broken: Break | None


def walk(
    links: Iterable[tuple[Event, bytes]],
    head: tuple[int, bytes],
    points: Iterable[Point] = (),
    start: Start | None = None,
) -> Proof:
    """Follow the chain from ``start`` on; hold its tree against every point on the way.

    ``head`` is the sequence and hash that the database says are the last.
    """
    start = start or Start()
    tree, previous = start.tree, start.hash
    left = sorted(points, reverse=True)
    sound = tree.size
    if (found := _contradicted(tree, left, sound)) is not None:
        return _broken(tree, found)
    for event, stored in links:
        if event.sequence != tree.size + 1:
            return _broken(tree, Break(tree.size + 1, "an event is missing or out of order"))
        previous = chain.link(previous, event)
        if previous != stored:
            return _broken(tree, Break(event.sequence, _ALTERED))
        tree.add(previous)
        if left and left[-1].size == tree.size:
            if (found := _contradicted(tree, left, sound)) is not None:
                return _broken(tree, found)
            sound = tree.size
    return _broken(tree, _at_the_end(tree, previous, head, left))


def _contradicted(tree: Tree, left: list[Point], sound: int) -> Break | None:
    """Take off ``left`` the points of this size; return the break that one of them shows."""
    while left and left[-1].size <= tree.size:
        point = left.pop()
        if (point.size, point.root) != (tree.size, tree.root()):
            reason = f"events up to {point.size} are not those that {point.said_by} vouches for"
            return Break(min(sound + 1, point.size), reason)
    return None


def _at_the_end(
    tree: Tree, previous: bytes, head: tuple[int, bytes], left: list[Point]
) -> Break | None:
    if left:
        reason = f"{left[-1].said_by} vouches for {left[-1].size} events"
        return Break(tree.size + 1, f"the end of the log is missing: {reason}")
    if (tree.size, previous) != head:
        return Break(tree.size + 1, "the end of the log is not what was written")
    return None


def _broken(tree: Tree, found: Break | None) -> Proof:
    return Proof(tree.size, tree.root(), found)
