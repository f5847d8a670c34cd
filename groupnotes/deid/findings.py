"""What a check saw: where, by which rule, and what to do about it.

A finding never holds the words it was found in, so that it can be stored and logged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """The kind of identifier (45 CFR 164.514(b)(2)(i)); a fax number is a PHONE."""

    NAME_ROSTER = "NAME_ROSTER"
    INITIALS = "INITIALS"
    NAME_OTHER = "NAME_OTHER"
    PLACE = "PLACE"
    ORG = "ORG"
    DATE = "DATE"
    AGE90 = "AGE90"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    URL = "URL"
    HANDLE = "HANDLE"
    ADDRESS = "ADDRESS"
    ZIP = "ZIP"
    SSN = "SSN"
    MRN = "MRN"
    MEMBER_ID = "MEMBER_ID"
    ACCOUNT = "ACCOUNT"
    LICENSE = "LICENSE"
    PLATE = "PLATE"
    VIN = "VIN"
    DEVICE = "DEVICE"
    IP = "IP"
    CASE = "CASE"


class Level(StrEnum):
    """A text with a block cannot be filed; a review is marked and left to its writer."""

    BLOCK = "block"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a text: code points of the text as given, ``end`` exclusive.

    A possessive 's and a title before the name are outside the span. ``suggestion`` is the
    neutral phrase for a button; ``replacement`` fits it into its sentence.
    """

    start: int
    end: int
    category: Category
    rule: str
    level: Level
    suggestion: str

    def is_block(self) -> bool:
        """Say whether a text may not be filed with this in it."""
        return self.level is Level.BLOCK


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text to show; marked where it has a finding."""

    text: str
    finding: Finding | None = None


def pieces(text: str, findings: Iterable[Finding]) -> list[Piece]:
    """Cut a text at its findings; the pieces joined are the text."""
    cut: list[Piece] = []
    at = 0
    for finding in sorted(findings, key=lambda found: found.start):
        cut.append(Piece(text[at : finding.start]))
        cut.append(Piece(text[finding.start : finding.end], finding))
        at = finding.end
    cut.append(Piece(text[at:]))
    return [piece for piece in cut if piece.text]
