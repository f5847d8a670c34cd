"""Proof that one event was in the log, for a court that gets no other event of it; pure.

It is the text of C2SP (c2sp.org/tlog-proof): the way from the event to the root of the tree
(RFC 6962, section 2.1.1), and the signed checkpoint with that root. The extra data are the bytes
whose SHA-256 is the leaf: the hash before the event, and the event's own canonical bytes.

The hashes beside the way tell nothing of other events but to somebody who guesses all of one,
down to the ids and the microsecond: the guess can be tested.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass

from groupnotes.audit import chain, checkpoint_text, merkle, signed_note
from groupnotes.audit.chain import Event
from groupnotes.audit.checkpoint_text import Checkpoint, NotACheckpoint
from groupnotes.audit.signed_note import PublicKey

_FORMAT = "c2sp.org/tlog-proof@v1"
_LETTERS = "[A-Za-z0-9+/=]+"
_PROOF = re.compile(
    rf"{re.escape(_FORMAT)}\nextra ({_LETTERS})\nindex (0|[1-9][0-9]{{0,18}})\n"
    rf"((?:{_LETTERS}\n){{0,63}})\n(.+)",
    re.DOTALL,
)


class NotAProof(ValueError):  # noqa: N818 - reads as what it is
    """The text is no proof of an event."""


class NotProved(Exception):  # noqa: N818 - reads as what it is
    """The proof does not show that the event was in the log; the text says why."""


@dataclass(frozen=True, slots=True)
class Proved:
    """``event`` was in the log when ``key`` signed ``checkpoint``."""

    event: Event
    checkpoint: Checkpoint
    key: PublicKey


@dataclass(frozen=True, slots=True)
class Inclusion:
    """What proves the event at ``index``, which counts from 0, to whoever knows the key."""

    index: int
    previous: bytes  # the hash of the event before it
    event: bytes  # its canonical bytes
    path: tuple[bytes, ...]
    note: str  # the signed checkpoint

    def __str__(self) -> str:
        path = "".join(f"{_base64(sibling)}\n" for sibling in self.path)
        extra = _base64(self.previous + self.event)
        return f"{_FORMAT}\nextra {extra}\nindex {self.index}\n{path}\n{self.note}"

    def check(self, keys: Iterable[PublicKey]) -> Proved:
        """Return what is proved, if one of ``keys`` signed the checkpoint; else raise NotProved."""
        try:
            key = signed_note.signer_of(self.note, keys)
            said = checkpoint_text.parse(signed_note.text_of(self.note))
        except (signed_note.NotSigned, NotACheckpoint) as error:
            raise NotProved("the checkpoint is not what was signed") from error
        if key is None or key.name != said.origin:
            raise NotProved("the checkpoint was not signed by this key")
        try:
            event = chain.read(self.event)
            leaf = chain.link(self.previous, event)
            root = merkle.root_from(leaf, self.index, said.size, self.path)
        except ValueError as error:
            raise NotProved("there is no such event in the log") from error
        if root != said.root or event.sequence != self.index + 1:
            raise NotProved("the event is not the one that the log had at this place")
        return Proved(event, said, key)


def read(text: str) -> Inclusion:
    """Read a proof to the letter; raise NotAProof for anything that is not written as ours are."""
    match = _PROOF.fullmatch(text)
    if match is None:
        raise NotAProof("this is no proof of an event")
    extra, index, path, note = match.groups()
    try:
        known = base64.b64decode(extra, validate=True)
        siblings = tuple(base64.b64decode(line, validate=True) for line in path.split())
    except ValueError as error:
        raise NotAProof("a hash in the proof is not base64") from error
    size = merkle.HASH_BYTES
    found = Inclusion(int(index), known[:size], known[size:], siblings, note)
    if str(found) != text or any(len(sibling) != size for sibling in siblings):
        raise NotAProof("a hash in the proof is none")
    return found


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
