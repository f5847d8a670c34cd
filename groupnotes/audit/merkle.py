"""The Merkle tree over the audit log (RFC 6962, section 2.1): one hash for all events up to one.

A tree that only grows is known by its peaks, the roots of the complete subtrees that
it is made of: twenty hashes stand for a million leaves, and are all that is needed to
add the next one. So a checkpoint never reads what an earlier one has read.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from typing import Self

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256().digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf; its first byte tells it from a node."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree to which leaves are added at its end."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []  # of falling size; a bit of ``size`` is set for each

    @classmethod
    def from_peaks(cls, size: int, peaks: bytes) -> Self:
        """Return the tree of ``size`` leaves whose ``peaks()`` these are."""
        if size < 0 or len(peaks) != size.bit_count() * HASH_BYTES:
            raise ValueError("these are not the peaks of a tree of this size")
        tree = cls()
        tree.size = size
        tree._peaks = [peaks[at : at + HASH_BYTES] for at in range(0, len(peaks), HASH_BYTES)]
        return tree

    def peaks(self) -> bytes:
        """Return the roots of the complete subtrees, the largest first."""
        return b"".join(self._peaks)

    def peaks_apart(self) -> list[bytes]:
        """Return them one by one."""
        return [*self._peaks]

    def add(self, leaf: bytes) -> None:
        """Add one leaf."""
        node = hashlib.sha256(b"\x00" + leaf).digest()
        size, peaks = self.size, self._peaks
        while size & 1:
            node = hashlib.sha256(b"\x01" + peaks.pop() + node).digest()
            size >>= 1
        peaks.append(node)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaves in the order given."""
        for leaf in leaves:
            self.add(leaf)

    def root(self) -> bytes:
        """Return the hash that stands for all leaves and their order."""
        if not self._peaks:
            return EMPTY_ROOT
        *larger, root = self._peaks
        for peak in reversed(larger):
            root = node_hash(peak, root)
        return root


def audit_path(before: Tree, after: Iterable[bytes], size: int) -> list[bytes]:
    """Return what proves the leaf after ``before`` in a tree of ``size`` (RFC 6962, 2.1.1).

    ``after`` are the leaves that follow it, of which only a hash for each doubling is held: the
    siblings to its left are the peaks of the tree before it.
    """
    left, right = before.peaks_apart(), iter(after)
    return [
        _root_of(itertools.islice(right, leaves)) if leaves else left.pop()
        for leaves in _right_siblings(before.size, size)
    ]


def root_from(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root of the tree of ``size`` in which ``path`` proves the leaf at ``index``.

    Raise ValueError where no path of this length leads from such a leaf to a root.
    """
    node = leaf_hash(leaf)
    for is_right, sibling in zip(_right_siblings(index, size), path, strict=True):
        node = node_hash(node, sibling) if is_right else node_hash(sibling, node)
    return node


def _right_siblings(index: int, size: int) -> list[int]:
    """Return for each step from a leaf to the root how many leaves its sibling to the right has.

    It is 0 where the sibling is to the left.
    """
    if not 0 <= index < size:
        raise ValueError("the tree has no such leaf")
    found = []
    while size > 1:
        larger = 1 << (size - 1).bit_length() - 1  # the part to the left
        is_left = index < larger
        found.append(size - larger if is_left else 0)
        index, size = (index, larger) if is_left else (index - larger, size - larger)
    return found[::-1]


def _root_of(leaves: Iterable[bytes]) -> bytes:
    tree = Tree()
    tree.extend(leaves)
    return tree.root()
