"""The Merkle tree: as RFC 6962 defines it, however it was grown."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.audit.merkle import EMPTY_ROOT, Tree, leaf_hash, node_hash

LEAVES = st.lists(st.binary(max_size=40), max_size=70)

# The eight leaves with which implementations of Certificate Transparency test themselves, and
# the root of the first n of them (google/certificate-transparency, merkle_tree_test.cc).
KNOWN_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
KNOWN_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def tree(leaves: list[bytes]) -> Tree:
    grown = Tree()
    grown.extend(leaves)
    return grown


def defined(leaves: list[bytes]) -> bytes:
    """Return the root by the recursive definition of RFC 6962, section 2.1."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    both = defined(leaves[:split]) + defined(leaves[split:])
    return hashlib.sha256(b"\x01" + both).digest()


class TestTheRoot:
    @pytest.mark.parametrize("size", range(9))
    def test_it_is_the_one_that_others_compute(self, size: int) -> None:
        assert tree(KNOWN_LEAVES[:size]).root().hex() == KNOWN_ROOTS[size]

    @given(LEAVES)
    def test_it_is_the_one_defined(self, leaves: list[bytes]) -> None:
        assert tree(leaves).root() == defined(leaves)

    def test_of_nothing_is_the_hash_of_nothing(self) -> None:
        assert Tree().root() == EMPTY_ROOT

    @given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
    def test_no_leaf_passes_for_a_node(self, left: bytes, right: bytes) -> None:
        assert leaf_hash(left + right) != node_hash(left, right)

    @given(LEAVES.filter(bool), st.data())
    def test_it_changes_with_every_leaf(self, leaves: list[bytes], data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(leaves) - 1))
        changed = [*leaves[:at], leaves[at] + b"x", *leaves[at + 1 :]]

        assert tree(changed).root() != tree(leaves).root()
        assert tree(leaves[:-1]).root() != tree(leaves).root()


class TestThePeaks:
    @given(LEAVES, LEAVES)
    def test_a_tree_goes_on_from_them(self, first: list[bytes], then: list[bytes]) -> None:
        start = tree(first)

        resumed = Tree.from_peaks(start.size, start.peaks())
        resumed.extend(then)

        assert (resumed.size, resumed.root()) == (len(first + then), tree(first + then).root())

    @given(LEAVES)
    def test_they_are_few(self, leaves: list[bytes]) -> None:
        assert len(tree(leaves).peaks()) == 32 * len(leaves).bit_count()

    @pytest.mark.parametrize(
        ("size", "peaks"), [(-1, b""), (1, b""), (0, bytes(32)), (3, bytes(32))]
    )
    def test_of_another_size_are_refused(self, size: int, peaks: bytes) -> None:
        with pytest.raises(ValueError, match="not the peaks of a tree of this size"):
            Tree.from_peaks(size, peaks)
