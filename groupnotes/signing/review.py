"""What a co-signature covers: a supervisor's review of exactly what a supervisee signed.

The text itself is not written twice: its digest stands for its bytes, all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from groupnotes.signing.content import Client, ContentError, Meaning, Signature
from groupnotes.signing.entry import NoteReference

FORMAT = "groupnotes.review/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedReview:
    """The whole of one co-signature; `of` is the note, or the entry of it, that was reviewed.

    An entry gets its number among those of its note by this, the `version`: it is locked now.
    """

    format: str = FORMAT
    encounter: str
    version: int | None = None
    of: NoteReference
    client: Client
    time_zone: str
    signature: Signature

    def __post_init__(self) -> None:
        if self.format != FORMAT:
            raise ContentError("format", f"this version reads only {FORMAT}")
        if self.signature.meaning is not Meaning.REVIEW:
            raise ContentError("signature.meaning", "is not that of a review")
