"""The Merkle tree over the audit log (RFC 6962, section 2.1): one hash for all events up to one.

A tree that only grows is known by its peaks, the roots of the complete subtrees that
it is made of: twenty hashes stand for a million leaves, and are all that is needed to
add the next one. So a checkpoint never reads what an earlier one has read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
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
