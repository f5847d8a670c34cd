"""Walk the stored log and say whether it is what was written."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from groupnotes.audit import chain, checkpoint_text, checkpoints, proof, signed_note
from groupnotes.audit import head as heads
from groupnotes.audit.chain import Break, Head
from groupnotes.audit.models import AuditCheckpoint, AuditEvent, AuditHead
from groupnotes.audit.proof import Point, Proof, Start
from groupnotes.audit.signed_note import PublicKey
from groupnotes.core.prepared import Prepared
from groupnotes.core.types import UTCDateTime
from groupnotes.crypto.wrapping import WrongKey

_HEAD = sa.select(*(getattr(AuditHead, name) for name in Head._fields)).where(AuditHead.id == 1)
_SEAL = sa.select(AuditHead.seal).where(AuditHead.id == 1)
_NOT_SEALED = (
    "the end of the log is not what the practice's key sealed: from here on events were removed, "
    "or written anew"
)
_CHUNK = 5000  # rows fetched at a time
_ID_BYTES = 16
_BEFORE_ALL = -(2**63)  # a forged event may have any number
# What a forged value raises: an outcome we do not have, an id that is none, bytes for text.
UNREADABLE = (AttributeError, LookupError, TypeError, ValueError)


class CannotVerify(Exception):  # noqa: N818 - reads as what happened
    """What was asked cannot be answered; the text says why."""


def verify(session: Session, points: Iterable[Point] = (), since: int | None = None) -> Proof:
    """Walk the log and return where it first fails, if it does.

    It is held against its own signed checkpoints and against ``points``, which come from
    outside. ``since`` is the size of a checkpoint whose events are taken as they are.
    """
    try:
        head = _head(session)
    except UNREADABLE:
        return _broken(Break(0, "the head of the log cannot be read"))
    if head is None:
        return _broken(Break(0, "the log has no head"))
    rows = session.scalars(
        sa.select(AuditCheckpoint)
        .where(AuditCheckpoint.size >= (since or 0))
        .order_by(AuditCheckpoint.size)
    ).all()
    own, doubtful = _vouching(rows, checkpoints.public_keys(session), head.checkpointed)
    points = [*own, *points]
    start = _start(session, rows, own, since)
    if any(point.size < start.tree.size for point in points):
        raise CannotVerify("an anchor, or the last verification, lies before that checkpoint")
    walked = _walked(session, head, points, start)
    if walked.broken is None and doubtful is None and not has_sealed_end(session):
        doubtful = Break(_after(own), _NOT_SEALED)
    if doubtful is None or (walked.broken and walked.broken.sequence <= doubtful.sequence):
        return walked
    return Proof(walked.size, walked.root, doubtful)


def has_sealed_end(session: Session) -> bool:
    """Say whether the practice's key vouches for where the log ends.

    Raises CannotVerify if that key does not open.
    """
    try:
        head, seal = _head(session), session.scalar(_SEAL)
        return head is not None and heads.is_sealed(session, head, seal or b"")
    except WrongKey as error:
        raise CannotVerify(str(error)) from error
    except UNREADABLE:
        return False


def _head(session: Session) -> Head | None:
    found = session.execute(_HEAD).one_or_none()
    return None if found is None else Head(*found)


def _walked(session: Session, head: Head, points: Iterable[Point], start: Start) -> Proof:
    links = _links(session, _CHUNK, start.tree.size)
    first = start.tree.size
    try:
        return proof.walk(links, (head.sequence, head.hash), points, start)
    except UNREADABLE:
        return _broken(Break(_readable(session, first) + 1, "an event cannot be read"))


def _vouching(
    rows: Iterable[AuditCheckpoint], keys: list[PublicKey], newest: int | None
) -> tuple[list[Point], Break | None]:
    """Return what the sound checkpoints say, and the break that the first other one shows."""
    points: list[Point] = []
    for row in rows:
        point = _point(row, keys)
        if point is None:
            reason = f"checkpoint {row.size} is not what was signed"
            return points, Break(_after(points), reason)
        points.append(point)
    if (points[-1].size if points else None) != newest:
        return points, Break(_after(points), "a checkpoint is missing")
    return points, None


def _point(row: AuditCheckpoint, keys: list[PublicKey]) -> Point | None:
    try:
        key = signed_note.signer_of(row.note, keys)
        root = checkpoints.tree_of(row).root()
        said = checkpoint_text.parse(signed_note.text_of(row.note))
    except (checkpoints.Damaged, signed_note.NotSigned, *UNREADABLE):
        return None
    if key is None or said.origin != key.name:
        return None
    return Point(row.size, root, f"checkpoint {row.size}")


def _after(points: list[Point]) -> int:
    return points[-1].size + 1 if points else 1


def _start(
    session: Session, rows: Iterable[AuditCheckpoint], own: list[Point], since: int | None
) -> Start:
    if since is None:
        return Start()
    row = next((row for row in rows if row.size == since), None)
    if row is None or since not in {point.size for point in own}:
        raise CannotVerify(f"there is no sound checkpoint {since}")
    digest = session.scalar(sa.select(AuditEvent.hash).where(AuditEvent.sequence == since))
    if digest is None:
        raise CannotVerify(f"event {since} is missing")
    return Start(checkpoints.tree_of(row), digest)


def _readable(session: Session, after: int) -> int:
    """Return the last event, from ``after`` on, before one that holds what no event can."""
    links = _links(session, 1, after)
    while True:
        try:
            chain.canonical(next(links)[0])
        except (*UNREADABLE, StopIteration):
            return after
        after += 1


def _links(session: Session, chunk: int, size: int) -> Iterator[tuple[Any, bytes]]:
    """Yield the events after the first ``size``, each with its hash; they have Event's fields."""
    query = _events(session.get_bind().dialect.name, chunk)
    after = size or _BEFORE_ALL
    while rows := query.all({"after": after}):
        for row in rows:
            yield row, row.hash
        after = rows[-1].sequence


@functools.cache
def _events(dialect: str, size: int) -> Prepared:
    """Return the question for ``size`` events; a million are read in seconds."""
    return Prepared(
        sa.select(*(_as_written(column, dialect) for column in AuditEvent.__table__.columns))
        .where(AuditEvent.sequence > sa.bindparam("after"))
        .order_by(AuditEvent.sequence)
        .limit(size)
    )


def _as_written(column: sa.ColumnElement[Any], dialect: str) -> sa.ColumnElement[Any]:
    """Return a column in the form that is quickest to hash: ids as bytes, outcomes as words."""
    if isinstance(column.type, sa.Uuid) and dialect == "postgresql":
        return sa.func.uuid_send(column, type_=sa.LargeBinary).label(column.name)
    if isinstance(column.type, sa.Uuid):
        return sa.type_coerce(column, _HexId()).label(column.name)
    if isinstance(column.type, sa.Enum):
        return sa.type_coerce(column, sa.String).label(column.name)
    if isinstance(column.type, UTCDateTime) and dialect == "sqlite":
        # As it is written: in another writing it would mean the same, and no filter find it.
        return sa.type_coerce(column, sa.String).label(column.name)
    return column


class _HexId(TypeDecorator[bytes]):
    """An id as SQLite holds it, in 32 digits; written otherwise, no question would find it."""

    impl = sa.String
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> bytes:  # noqa: ARG002
        read = bytes.fromhex(value or "")
        if len(read) != _ID_BYTES or read.hex() != value:
            raise ValueError("this is no id")
        return read


def _broken(found: Break) -> Proof:
    return Proof(0, b"", found)
