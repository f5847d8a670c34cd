"""What the signer saw of a note, so that nothing else is signed (21 CFR 11.10(e), 11.70)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from groupnotes.signing.canonical import Written

_REVIEW = "whether a supervisor has to sign too"
# Everything that is signed but who signs and when, in the words that tell what changed.
_SHOWN = {
    "the note itself": ("individual",),
    "the group note": ("shared",),
    "the session or the attendance": ("session", "attendance"),
    "the client’s details": ("client",),
    "how late it is": ("late",),
    "what the group, the practice or its staff are called": (
        "encounter",
        "facilitators",
        "format",
        "group",
        "practice",
    ),
    _REVIEW: (),
}
_LENGTH = 32  # hexadecimal digits for each of them


def fingerprint(written: Written, *, review_due: bool) -> str:
    """Return a fingerprint of what a review shows, for the form to send back.

    ``review_due`` is whether the note is locked only by a supervisor's signature beside this one.
    """
    digests = {what: _digest(written, names) for what, names in _SHOWN.items()}
    return ".".join((digests | {_REVIEW: "due" if review_due else "none"}).values())


def changed(seen: Iterable[tuple[str, str]]) -> list[str]:
    """Name what differs; ``seen`` are the fingerprints that were sent back, each with today's."""
    pairs = [(sent.split("."), now.split(".")) for sent, now in seen]
    return [
        what
        for place, what in enumerate(_SHOWN)
        if any(sent[place : place + 1] != now[place : place + 1] for sent, now in pairs)
    ]


def _digest(written: Written, names: Iterable[str]) -> str:
    shown = "\n".join(written.parts.get(name, "") for name in names)
    return hashlib.sha256(shown.encode()).hexdigest()[:_LENGTH]
