"""Checkpoints of the audit log: signed now and then, so that nobody can write it anew.

The chain alone shows every alteration but one: whoever owns the database can compute it
again from the altered event on. They cannot sign what they computed, for the key is
wrapped by the practice root key; and a checkpoint kept elsewhere (an anchor) shows a log
that was replaced as a whole. 45 CFR 164.312(b) and (c)(2) ask for both.

Checkpoints are C2SP ones (c2sp.org/tlog-checkpoint) over the RFC 6962 tree whose leaves
are the chained hashes of the events.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groupnotes.audit import checkpoint_text, signed_note
from groupnotes.audit.checkpoint_text import Checkpoint
from groupnotes.audit.merkle import Tree
from groupnotes.audit.models import AuditCheckpoint, AuditEvent, AuditKey
from groupnotes.audit.signed_note import PublicKey
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.crypto import wrapping
from groupnotes.crypto.keyring import ring

EVENTS = 1_000
INTERVAL = dt.timedelta(hours=1)

_CHUNK = 5_000  # hashes fetched at a time
_KEYS = sa.select(AuditKey).order_by(AuditKey.created_at.desc(), AuditKey.id.desc())
_LOG = logging.getLogger(__name__)


class Damaged(Exception):  # noqa: N818 - reads as what it is
    """The log is not what an earlier checkpoint says: no new one can be signed over it."""


def is_due(size: int | None, at: dt.datetime | None, new_size: int, now: dt.datetime) -> bool:
    """Say whether a log of ``new_size`` events needs a checkpoint after the one of ``size``.

    A clock that ran back by an hour counts too, or none would be made until it caught up.
    """
    if size is None or at is None:
        return True
    return new_size - size >= EVENTS or abs(now - at) >= INTERVAL


def make(size: int, at: dt.datetime) -> None:
    """Sign what the log is with ``size`` events; for whoever holds the head of the log.

    A log that was altered gets no signature, and stops nobody's work: that it has none is
    found by ``audit verify``, as is the alteration.
    """
    session = db.session()
    try:
        tree = _grown(session, size)
        public, private = signing_key(session, at)
    except (Damaged, wrapping.WrongKey) as reason:
        _LOG.critical("audit.damaged: %s", reason)
        return
    text = str(Checkpoint(public.name, size, tree.root()))
    session.add(
        AuditCheckpoint(
            size=size,
            at=at,
            note=signed_note.sign(text, public.name, private),
            peaks=tree.peaks(),
        )
    )
    session.flush()


def public_keys(session: Session) -> list[PublicKey]:
    """Return the keys that may have signed checkpoints of this log, the first one first.

    Whoever can write to the database can add a key of their own, but not wrap it: a key
    whose private part the practice's does not open is nobody's.
    """
    query = _KEYS.order_by(None).order_by(AuditKey.created_at, AuditKey.id)
    keys = []
    for row in session.scalars(query):
        with contextlib.suppress(wrapping.WrongKey, LookupError):
            if signed_note.public_key(row.origin, _opened(session, row)).key == row.public_key:
                keys.append(PublicKey(row.origin, row.public_key))
    return keys


def newest(session: Session) -> AuditCheckpoint | None:
    """Return the checkpoint over the most events, if there is one."""
    query = sa.select(AuditCheckpoint).order_by(AuditCheckpoint.size.desc()).limit(1)
    return session.scalar(query)


def tree_of(row: AuditCheckpoint) -> Tree:
    """Return the tree that a checkpoint was made of; raise Damaged if it is another one."""
    try:
        said = checkpoint_text.parse(signed_note.text_of(row.note))
        tree = Tree.from_peaks(row.size, row.peaks)
    except (signed_note.NotSigned, ValueError) as error:
        raise Damaged(f"checkpoint {row.size} cannot be read") from error
    if (said.size, said.root) != (row.size, tree.root()):
        raise Damaged(f"checkpoint {row.size} is not what was signed")
    return tree


def signing_key(session: Session, now: dt.datetime) -> tuple[PublicKey, bytes]:
    """Return the newest key of the log, opened; the first is made when it is first needed."""
    row = session.scalar(_KEYS.limit(1)) or renew_key(session, now)
    return PublicKey(row.origin, row.public_key), _opened(session, row)


def renew_key(session: Session, now: dt.datetime) -> AuditKey:
    """Let a new key sign from now on; what the earlier ones signed stays good."""
    private, key_id = wrapping.new_key(), new_id()
    earlier = session.scalar(_KEYS.limit(1))
    origin = earlier.origin if earlier else f"groupnotes/audit/{key_id}"
    generation, wrapped = ring().wrap(session, private)
    row = AuditKey(
        id=key_id,
        origin=origin,
        public_key=signed_note.public_key(origin, private).key,
        generation=generation,
        wrapped=wrapped,
        check_value=wrapping.check_value(private),
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _opened(session: Session, row: AuditKey) -> bytes:
    what = "the key of the audit log"
    return ring().unwrap(session, row.generation, row.wrapped, row.check_value, what)


def _grown(session: Session, size: int) -> Tree:
    """Return the tree of ``size`` events, from the newest checkpoint on."""
    row = newest(session)
    tree = Tree() if row is None else tree_of(row)
    query = (
        sa.select(AuditEvent.hash)
        .where(AuditEvent.sequence > tree.size, AuditEvent.sequence <= size)
        .order_by(AuditEvent.sequence)
        .execution_options(yield_per=_CHUNK)
    )
    tree.extend(session.scalars(query))
    if tree.size != size:
        raise Damaged(f"there are not {size} events")
    return tree
