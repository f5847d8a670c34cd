"""The Merkle tree: as RFC 6962 defines it, however it was grown."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from groupnotes.audit.merkle import (
    EMPTY_ROOT,
    Tree,
    audit_path,
    leaf_hash,
    node_hash,
    root_from,
)

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

# The ways to some of them (the same test; the first counts from 0 here).
_A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
_B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
_C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
_D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
_E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
KNOWN_PATHS: list[tuple[int, int, list[str]]] = [
    (0, 1, []),
    (0, 8, [_A, _B, _C]),
    (5, 8, [_D, _E, KNOWN_ROOTS[4]]),
    (2, 3, [KNOWN_ROOTS[2]]),
    (1, 5, [KNOWN_ROOTS[1], _B, _D]),
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


def path_of(leaves: list[bytes], index: int) -> list[bytes]:
    """Return the path to a leaf by the recursive definition of RFC 6962, section 2.1.1."""
    if len(leaves) == 1:
        return []
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if index < split:
        return [*path_of(leaves[:split], index), defined(leaves[split:])]
    return [*path_of(leaves[split:], index - split), defined(leaves[:split])]


class TestTheWayToALeaf:
    @pytest.mark.parametrize(("index", "size", "path"), KNOWN_PATHS)
    def test_it_is_the_one_that_others_compute(
        self, index: int, size: int, path: list[str]
    ) -> None:
        found = audit_path(tree(KNOWN_LEAVES[:index]), KNOWN_LEAVES[index + 1 : size], size)

        assert [one.hex() for one in found] == path
        assert root_from(KNOWN_LEAVES[index], index, size, found).hex() == KNOWN_ROOTS[size]

    @pytest.mark.parametrize("size", range(1, 70))
    def test_it_is_the_one_defined_for_every_leaf_of_every_tree(self, size: int) -> None:
        leaves = [bytes([number]) for number in range(size)]
        root = defined(leaves)

        for index in range(size):
            path = audit_path(tree(leaves[:index]), leaves[index + 1 :], size)
            assert path == path_of(leaves, index)
            assert root_from(leaves[index], index, size, path) == root

    @given(st.lists(st.binary(max_size=40), min_size=1, max_size=70, unique=True), st.data())
    def test_it_proves_no_other_leaf_and_no_other_place(
        self, leaves: list[bytes], data: st.DataObject
    ) -> None:
        at, place = (data.draw(st.integers(0, len(leaves) - 1)) for _ in range(2))
        path = audit_path(tree(leaves[:at]), leaves[at + 1 :], len(leaves))

        assert root_from(leaves[at] + b"x", at, len(leaves), path) != defined(leaves)
        if place != at:
            assert leads_elsewhere(leaves[at], place, len(leaves), path, defined(leaves))

    @given(LEAVES.filter(bool), st.data())
    def test_no_bit_of_it_can_be_another(self, leaves: list[bytes], data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(leaves) - 1))
        path = audit_path(tree(leaves[:at]), leaves[at + 1 :], len(leaves))
        assume(path)
        step, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
        path[step] = (int.from_bytes(path[step]) ^ 1 << bit).to_bytes(32)

        assert root_from(leaves[at], at, len(leaves), path) != defined(leaves)

    @given(LEAVES.filter(bool), st.data())
    def test_of_another_length_it_leads_nowhere(
        self, leaves: list[bytes], data: st.DataObject
    ) -> None:
        at = data.draw(st.integers(0, len(leaves) - 1))
        path = audit_path(tree(leaves[:at]), leaves[at + 1 :], len(leaves))

        for other in ([*path, bytes(32)], path[:-1]):
            if other != path:
                assert leads_elsewhere(leaves[at], at, len(leaves), other, defined(leaves))

    @pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3), (9, 3)])
    def test_there_is_none_to_a_leaf_that_is_not_there(self, index: int, size: int) -> None:
        with pytest.raises(ValueError, match="has no such leaf"):
            root_from(b"", index, size, [])

    def test_few_hashes_are_held_for_it(self) -> None:
        """The leaves come once, in their order, and are let go: a generator does."""
        count = 100_000
        before = tree([b"x"])

        path = audit_path(before, (b"x" for _ in range(count - 2)), count)

        assert len(path) == 17
        assert root_from(b"x", 1, count, path) == tree([b"x"] * count).root()


def leads_elsewhere(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Say whether a path proves nothing of this leaf at this place."""
    try:
        return root_from(leaf, index, size, path) != root
    except ValueError:
        return True
