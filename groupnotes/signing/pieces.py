"""Whether signed parts are one record: one note, with every review due and every entry but later.

By what each of them says of the others. Who has only them cannot tell whether another followed:
that the record as a whole is signed for (`signing.whole`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from groupnotes.signing import content, entry, review
from groupnotes.signing.proof import Proof, Verdict


def verdicts(proofs: Sequence[Proof], keys: Sequence[bytes]) -> Iterator[Verdict]:
    """Judge each signature, and then whether they are one record with nothing left out."""
    judged = [one.verdict() if one.public_key in keys else Verdict.OTHER_KEY for one in proofs]
    parts = [(one.digest.hex(), _tree(one)) for one in proofs]
    all_parts = _Parts(parts, [verdict is Verdict.VERIFIED for verdict in judged])
    for (sha256, tree), verdict in zip(parts, judged, strict=True):
        doubt = all_parts.doubt(sha256, tree) if verdict is Verdict.VERIFIED else None
        yield doubt or verdict


class _Parts:
    """All that one file holds, by which each of its parts is judged: its digest and its tree."""

    def __init__(self, parts: Sequence[tuple[str, Any]], verified: Sequence[bool]) -> None:
        self._signed = {sha256 for sha256, _ in parts}
        self._notes = [
            (sha256, _at(tree, "encounter"))
            for sha256, tree in parts
            if _at(tree, "format") in content.FORMATS
        ]
        self._reviewed = {
            _at(tree, "of", "sha256"): _at(tree, "version")
            for (_, tree), is_verified in zip(parts, verified, strict=True)
            if is_verified and _at(tree, "format") == review.FORMAT
        }
        self._numbers = [
            self._number(*part) for part in parts if _at(part[1], "format") in entry.FORMATS
        ]

    def doubt(self, sha256: str, tree: Any) -> Verdict | None:
        """Doubt what is of another record, or not reviewed, or follows upon what was left out."""
        if self._is_stray(tree):
            return Verdict.OTHER_RECORD
        is_due = _at(tree, "signature", "review") == content.Review.DUE
        if is_due and sha256 not in self._reviewed:
            return Verdict.NOT_REVIEWED
        if _at(tree, "format") not in entry.FORMATS:
            return None
        is_counted = entry.leaves_none_out(self._number(sha256, tree), self._numbers)
        return None if is_counted else Verdict.LEFT_OUT

    def _is_stray(self, tree: Any) -> bool:
        if len(self._notes) != 1 or _at(tree, "encounter") != self._notes[0][1]:
            return True
        if _at(tree, "format") == review.FORMAT:
            return _at(tree, "of", "sha256") not in self._signed
        is_entry = _at(tree, "format") in entry.FORMATS
        return is_entry and bool(_at(tree, "note", "sha256") != self._notes[0][0])

    def _number(self, sha256: str, tree: Any) -> Any:
        """Return the number of an entry among those of its note: its own, or its review's."""
        given = self._reviewed.get(sha256)
        return _at(tree, "version") if given is None else given


def _tree(one: Proof) -> Any:
    try:
        return json.loads(one.signed)
    except (ValueError, RecursionError):
        return None


def _at(tree: Any, *names: str) -> Any:
    for name in names:
        tree = tree.get(name) if isinstance(tree, dict) else None
    return tree
